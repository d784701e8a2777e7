import { useState } from 'react'
import { explainPairing, offerPairing, suggestPairing } from '@copractice/core/proposal'
import type { ProposalId, RouteOutput } from '@copractice/core/kernel'
import {
  ActionButton,
  AppLink,
  Card,
  EmptyState,
  LetterBadge,
  Loaded,
  ProblemNotice,
  TextButton,
  useRoute,
  useSend,
  useTell,
} from '@copractice/ui'
import { AdminPage } from '../../directory/admin-page.tsx'
import { OfferCard } from './offer-card.tsx'
import { usePairingRefusals, usePairingWords, useReason, useWhyNot } from './say-pairing.ts'
import './pairing.css'

type Asking = RouteOutput<typeof suggestPairing>['proposals'][number]
type Explained = RouteOutput<typeof explainPairing>

/** The best pairing of proposals with the pool, each pair with its reasons; the coordinator offers, both sides consent. */
export function PairingPage() {
  const say = usePairingWords()
  const suggestion = useRoute(suggestPairing, {})
  return (
    <AdminPage title={say('pairing')}>
      <Loaded from={suggestion} what={say('pairing')} lines={10}>
        {({ proposals, places, pool }) =>
          proposals.length ? (
            <>
              <Card title={say('pairing')}>
                <p className="muted">{say('pairing.lead')}</p>
                <p>
                  <strong>{say('pairing.reaches', { ...places, pool })}</strong>
                </p>
              </Card>
              {proposals.map((one) => (
                <AskingCard key={one.id} proposal={one} />
              ))}
            </>
          ) : (
            <Card title={say('pairing')}>
              <EmptyState title={say('pairing.none')} icon="people">
                {say('pairing.noneText')}
              </EmptyState>
            </Card>
          )
        }
      </Loaded>
    </AdminPage>
  )
}

function AskingCard({ proposal }: { proposal: Asking }) {
  const say = usePairingWords()
  const reason = useReason()
  const refusals = usePairingRefusals()
  const tell = useTell()
  const [explains, setExplains] = useState(false)
  const { id, title, area, hosts, wants, suggested, offers } = proposal
  const offer = useSend(offerPairing, { refreshes: [suggestPairing, explainPairing] })
  const nameOf = (name: string | null) => name ?? say('noName')
  const open = offers.filter(({ status }) => status === 'offered' || status === 'agreed')
  return (
    <Card title={title} aside={<AppLink href={`/proposals/${id}`}>{area}</AppLink>}>
      <div className="stack">
        <p className="row">
          {hosts.map((mark) => (
            <span key={mark.id} className="with-badge small">
              <LetterBadge mark={mark} small />
              {mark.name}
            </span>
          ))}
          <span className="small muted">{say('pairing.wants', { count: wants })}</span>
        </p>
        {open.map((one) => (
          <OfferCard key={one.id} offer={one} title={nameOf(one.facilitator.name)} as={null} />
        ))}
        {suggested.map(({ facilitator, reasons }) => (
          <div key={facilitator.id} className="pair row between">
            <div>
              <strong>{nameOf(facilitator.name)}</strong>{' '}
              {facilitator.campus && <span className="small muted">{facilitator.campus.name}</span>}
              <br />
              <span className="small">{reasons.map(reason).join(' · ')}</span>
            </div>
            <ActionButton
              size="small"
              isBusy={offer.isPending}
              onClick={() =>
                offer.mutate(
                  { body: { proposalId: id, personId: facilitator.id } },
                  { onSuccess: () => tell({ text: say('pairing.offered', { name: nameOf(facilitator.name) }) }) },
                )
              }
            >
              {say('pairing.offer')}
              <span className="vh"> {nameOf(facilitator.name)}</span>
            </ActionButton>
          </div>
        ))}
        {!suggested.length && <p className="muted">{say(open.length >= wants ? 'pairing.done' : 'pairing.nobody')}</p>}
        {offer.error && <ProblemNotice problem={offer.error.problem} sayRefusal={refusals} />}
        <TextButton about={title} expanded={explains} onClick={() => setExplains(!explains)}>
          {say('pairing.why')}
        </TextButton>
        {explains && <Explained proposalId={id} />}
      </div>
    </Card>
  )
}

function Explained({ proposalId }: { proposalId: ProposalId }) {
  const say = usePairingWords()
  const refusals = usePairingRefusals()
  const explained = useRoute(explainPairing, { params: { proposalId } })
  return (
    <Loaded from={explained} what={say('pairing.why')} sayRefusal={refusals}>
      {(found) => <WhyNotList found={found} />}
    </Loaded>
  )
}

function WhyNotList({ found }: { found: Explained }) {
  const say = usePairingWords()
  const whyNot = useWhyNot(found.names)
  if (!found.people.length) return <p className="muted">{say('pairing.whyNone')}</p>
  return (
    <ul className="plain">
      {found.people.map((one) => (
        <li key={one.id}>
          <strong>{one.name ?? say('noName')}</strong> {one.whyNot.map(whyNot).join('; ')}
        </li>
      ))}
    </ul>
  )
}
