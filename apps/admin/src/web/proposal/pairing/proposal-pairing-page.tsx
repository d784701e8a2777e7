import { useState } from 'react'
import { TextInput } from '@instructure/ui/v11_7'
import { useParams } from '@tanstack/react-router'
import { savePairingNeed, showProposal, showProposalPairing, wishForFacilitator } from '@copractice/core/proposal'
import type { ProposalId, RouteOutput } from '@copractice/core/kernel'
import {
  ActionButton,
  AppLink,
  Card,
  EmptyState,
  LetterBadge,
  Loaded,
  ProblemNotice,
  useRoute,
  useSend,
  useTell,
  type Column,
} from '@copractice/ui'
import { AdminPage } from '../../directory/admin-page.tsx'
import { AdminTable } from '../../directory/admin-table.tsx'
import { Choice } from '../../directory/choice.tsx'
import { wordsIn } from './details-fields.tsx'
import { OfferCard } from './offer-card.tsx'
import { usePairingRefusals, usePairingWords } from './say-pairing.ts'
import { WishChoice } from './wish-choice.tsx'
import './pairing.css'

type Shown = RouteOutput<typeof showProposalPairing>
type Pooled = Shown['pool'][number]
type Props = Readonly<{ shown: Shown; proposalId: ProposalId }>

/** The hosts' side of a pairing: whom they would gladly have, what they need, and the offers they answer. */
export function ProposalPairingPage() {
  const say = usePairingWords()
  const refusals = usePairingRefusals()
  const proposalId = useParams({ strict: false }).proposalId as ProposalId
  const params = { proposalId }
  const proposal = useRoute(showProposal, { params })
  const shown = useRoute(showProposalPairing, { params })
  const title = say('hosts.title', { title: proposal.data?.body.title ?? '' })
  return (
    <AdminPage title={title}>
      <p>
        <AppLink href={`/proposals/${proposalId}`}>{say('hosts.back')}</AppLink>
      </p>
      <Loaded from={shown} what={say('hosts.pool')} lines={8} sayRefusal={refusals}>
        {(found) => (
          <>
            {(found.asks || found.offers.length > 0) && <Offers shown={found} />}
            {found.asks ? (
              <>
                {found.mayAnswer && <Need key={found.languages.join()} shown={found} proposalId={proposalId} />}
                {found.readsPool ? (
                  <Pool shown={found} proposalId={proposalId} />
                ) : (
                  <Card title={say('hosts.pool')}>
                    <EmptyState title={say('hosts.poolLater')} icon="people">
                      {say('hosts.poolLaterText')}
                    </EmptyState>
                  </Card>
                )}
              </>
            ) : (
              <Card title={say('hosts.pool')}>
                <EmptyState title={say('hosts.notAsked')} icon="people">
                  {say('hosts.notAskedText')}
                </EmptyState>
              </Card>
            )}
          </>
        )}
      </Loaded>
    </AdminPage>
  )
}

function Offers({ shown }: { shown: Shown }) {
  const say = usePairingWords()
  return (
    <Card title={say('offers')}>
      {shown.offers.length ? (
        shown.offers.map((offer) => (
          <OfferCard
            key={offer.id}
            offer={offer}
            title={offer.facilitator.name ?? say('noName')}
            as={shown.mayAnswer ? 'hosts' : null}
          />
        ))
      ) : (
        <p className="muted">{say('hosts.noOffers')}</p>
      )}
    </Card>
  )
}

function Need({ shown, proposalId }: Props) {
  const say = usePairingWords()
  const refusals = usePairingRefusals()
  const tell = useTell()
  const [wants, setWants] = useState(String(shown.wants))
  const [languages, setLanguages] = useState(shown.languages.join(', '))
  const save = useSend(savePairingNeed, {
    refreshes: [showProposalPairing],
    onDone: () => tell({ text: say('hosts.saved') }),
  })
  const body = { wants: Number(wants), languages: wordsIn(languages).slice(0, 20) }
  return (
    <Card title={say('hosts.need')}>
      <div className="fields-group">
        <div className="two">
          <Choice
            id="wants"
            label={say('hosts.wants')}
            value={wants}
            options={[
              ['1', say('hosts.wants.1')],
              ['2', say('hosts.wants.2')],
            ]}
            onChange={setWants}
          />
          <TextInput
            renderLabel={say('hosts.languages')}
            value={languages}
            onChange={(_event, value) => setLanguages(value)}
            messages={[{ type: 'hint', text: say('hosts.languagesHint') }]}
          />
        </div>
        {save.error && <ProblemNotice problem={save.error.problem} sayRefusal={refusals} />}
        <ActionButton isBusy={save.isPending} onClick={() => save.mutate({ params: { proposalId }, body })}>
          {say('own.save')}
        </ActionButton>
      </div>
    </Card>
  )
}

function Pool({ shown, proposalId }: Props) {
  const say = usePairingWords()
  const refusals = usePairingRefusals()
  const wish = useSend(wishForFacilitator, { refreshes: [showProposalPairing] })
  const nameOf = ({ name }: Pooled) => name ?? say('noName')
  const columns: Column<Pooled>[] = [
    {
      id: 'who',
      head: say('who'),
      isHead: true,
      cell: (one) => (
        <>
          {nameOf(one)}
          {one.campus && (
            <span className="with-badge small block">
              <LetterBadge mark={one.campus} small /> {one.campus.name}
            </span>
          )}
          <span className="small muted block">{[one.about, one.experience].filter(Boolean).join(' ')}</span>
        </>
      ),
    },
    {
      id: 'can',
      head: say('can'),
      cell: ({ languages, areas }) => [languages.join(', '), areas.join(', ')].filter(Boolean).join(' · '),
    },
    { id: 'fits', head: say('hosts.fits'), cell: ({ free, meetings }) => say('hosts.fitsOf', { free, meetings }) },
    {
      id: 'wish',
      head: say('wish'),
      cell: (one) =>
        shown.mayAnswer ? (
          <WishChoice
            about={nameOf(one)}
            wish={one.wish}
            onChange={(value) => wish.mutate({ params: { proposalId, personId: one.personId }, body: { wish: value } })}
          />
        ) : (
          say(one.wish === null ? 'wish.none' : `wish.${one.wish}`)
        ),
    },
  ]
  return (
    <Card title={say('hosts.pool')}>
      <p className="muted">{say('hosts.poolText')}</p>
      {wish.error && <ProblemNotice problem={wish.error.problem} sayRefusal={refusals} />}
      {shown.pool.length ? (
        <AdminTable
          caption={say('hosts.pool')}
          columns={columns}
          rows={shown.pool}
          rowKey={({ personId }) => personId}
        />
      ) : (
        <EmptyState title={say('pool.none')} icon="people" />
      )}
    </Card>
  )
}
