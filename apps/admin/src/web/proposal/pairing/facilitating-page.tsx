import { useState } from 'react'
import {
  restFromFacilitating,
  saveFacilitating,
  showFacilitating,
  wishForProposal,
  type FacilitatorDetails,
} from '@copractice/core/proposal'
import type { RouteOutput } from '@copractice/core/kernel'
import {
  ActionButton,
  Card,
  EmptyState,
  Loaded,
  Notice,
  ProblemNotice,
  useRoute,
  useSend,
  useTell,
  useTimes,
} from '@copractice/ui'
import { AdminPage } from '../../directory/admin-page.tsx'
import { DetailsFields, detailsOf, emptyDetails, textOf } from './details-fields.tsx'
import { OfferCard } from './offer-card.tsx'
import { usePairingRefusals, usePairingWords } from './say-pairing.ts'
import { WishChoice } from './wish-choice.tsx'

type Own = RouteOutput<typeof showFacilitating>

/** One's own part in facilitating: offers to answer, proposals to say something about, what one says of oneself. */
export function FacilitatingPage() {
  const say = usePairingWords()
  const own = useRoute(showFacilitating, {})
  return (
    <AdminPage title={say('own.title')}>
      <Loaded from={own} what={say('own.title')} lines={10}>
        {(found) => (
          <>
            {found.application && (
              <>
                <Offers own={found} />
                <Wishes own={found} />
              </>
            )}
            <Application key={found.application?.status ?? 'new'} own={found} />
          </>
        )}
      </Loaded>
    </AdminPage>
  )
}

function Offers({ own }: { own: Own }) {
  const say = usePairingWords()
  return (
    <Card title={say('own.offers')}>
      {own.offers.length ? (
        own.offers.map((offer) => (
          <OfferCard key={offer.id} offer={offer} title={offer.proposal.title} as="facilitator" />
        ))
      ) : (
        <p className="muted">{say('own.offersNone')}</p>
      )}
    </Card>
  )
}

function Wishes({ own }: { own: Own }) {
  const say = usePairingWords()
  const times = useTimes()
  const refusals = usePairingRefusals()
  const wish = useSend(wishForProposal, { refreshes: [showFacilitating] })
  const isKnown = own.application?.status === 'in_pool' || own.application?.status === 'resting'
  return (
    <Card title={say('own.wishes')}>
      {wish.error && <ProblemNotice problem={wish.error.problem} sayRefusal={refusals} />}
      {!isKnown && <p className="muted">{say('own.wishesWait')}</p>}
      {isKnown && !own.proposals.length && (
        <EmptyState title={say('own.wishesNone')} icon="inbox">
          {say('own.wishesNoneText')}
        </EmptyState>
      )}
      {own.proposals.map(({ id, title, area, hosts, languages, meetings, timeZone, wish: said }) => (
        <div key={id} className="pair row between">
          <div>
            <strong>{title}</strong>
            <br />
            <span className="small muted">
              {[area, say('own.hostedBy', { hosts: hosts.map(({ name }) => name).join(', ') }), languages.join(', ')]
                .filter(Boolean)
                .join(' · ')}
            </span>
            <br />
            <span className="small">
              {say('own.meetings', {
                count: meetings.length,
                first: meetings[0] ? times.date(meetings[0].startsAt, timeZone) : '',
              })}
            </span>
          </div>
          <div>
            <WishChoice
              about={title}
              wish={said}
              onChange={(value) => wish.mutate({ params: { proposalId: id }, body: { wish: value } })}
            />
          </div>
        </div>
      ))}
    </Card>
  )
}

function Application({ own: { application, areas } }: { own: Own }) {
  const say = usePairingWords()
  const refusals = usePairingRefusals()
  const tell = useTell()
  const [text, setText] = useState(() =>
    application ? textOf(application satisfies FacilitatorDetails) : emptyDetails(),
  )
  const [isAsked, setIsAsked] = useState(false)
  const refreshes = [showFacilitating]
  const save = useSend(saveFacilitating, { refreshes, onDone: () => tell({ text: say('own.saved') }) })
  const rest = useSend(restFromFacilitating, { refreshes })
  const send = () => {
    setIsAsked(true)
    const details = detailsOf(text)
    if (details) save.mutate({ body: details })
  }
  const problem = (save.error ?? rest.error)?.problem
  const status = application?.status
  return (
    <Card title={say('own.application')}>
      <div className="fields-group">
        {status && (
          <Notice
            tone={status === 'in_pool' ? 'ok' : 'info'}
            action={
              (status === 'in_pool' || status === 'resting') && (
                <ActionButton
                  size="small"
                  weight="quiet"
                  isBusy={rest.isPending}
                  onClick={() => rest.mutate({ body: { rests: status === 'in_pool' } })}
                >
                  {say(status === 'in_pool' ? 'own.rest' : 'own.unrest')}
                </ActionButton>
              )
            }
          >
            {say(`own.status.${status}`, { reason: application.decision })}
          </Notice>
        )}
        <DetailsFields
          text={text}
          areas={areas}
          isAsked={isAsked}
          onChange={(change) => setText((now) => ({ ...now, ...change }))}
        />
        {problem && <ProblemNotice problem={problem} sayRefusal={refusals} />}
        <ActionButton isBusy={save.isPending} onClick={send}>
          {say(application && status !== 'declined' ? 'own.save' : 'own.send')}
        </ActionButton>
      </div>
    </Card>
  )
}
