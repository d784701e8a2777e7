import { useState } from 'react'
import { TextInput } from '@instructure/ui/v11_7'
import {
  answerPairing,
  showFacilitating,
  showProposal,
  showProposalPairing,
  suggestPairing,
  withdrawPairing,
  type PairingShown,
} from '@copractice/core/proposal'
import { ActionButton, ProblemNotice, StatusPill, TextButton, useSend, useTell, type Tone } from '@copractice/ui'
import { usePairingRefusals, usePairingWords, useReason } from './say-pairing.ts'

const TONES = { offered: 'info', agreed: 'ok', declined: 'plain', withdrawn: 'plain' } as const satisfies Record<
  PairingShown['status'],
  Tone | 'plain'
>
const refreshes = [showFacilitating, showProposalPairing, suggestPairing, showProposal]

/** One offer: where each side stands, what speaks for it, and what the reader may do. `as`: whose answer is theirs to give. */
export function OfferCard(props: { offer: PairingShown; title: string; as: 'facilitator' | 'hosts' | null }) {
  const say = usePairingWords()
  const reason = useReason()
  const refusals = usePairingRefusals()
  const tell = useTell()
  const { offer, title, as } = props
  const [isLeaving, setIsLeaving] = useState(false)
  const [why, setWhy] = useState('')
  const params = { pairingId: offer.id }
  const answer = useSend(answerPairing, {
    refreshes,
    onDone: ({ status }) => status !== 'withdrawn' && tell({ text: say(`offer.said.${status}`) }),
  })
  const withdraw = useSend(withdrawPairing, { refreshes, onDone: () => tell({ text: say('offer.withdrawn') }) })
  const isOpen = offer.status === 'offered'
  const own = as === 'facilitator' ? offer.facilitatorAnswer : as === 'hosts' ? offer.hostsAnswer : null
  const problem = (answer.error ?? withdraw.error)?.problem
  return (
    <div className="pair stack">
      <div className="row between">
        <strong>{title}</strong>
        <StatusPill tone={TONES[offer.status]}>{say(`offer.state.${offer.status}`)}</StatusPill>
      </div>
      <p className="small">{offer.reasons.map(reason).join(' · ')}</p>
      <p className="small muted">
        {say(`offer.facilitator.${offer.facilitatorAnswer ?? 'open'}`)}.{' '}
        {say(`offer.hosts.${offer.hostsAnswer ?? 'open'}`)}.{' '}
        {offer.closeReason && say('offer.why', { reason: offer.closeReason })}
      </p>
      {problem && <ProblemNotice problem={problem} sayRefusal={refusals} />}
      <div className="row">
        {isOpen && as && own === null && (
          <>
            <ActionButton
              size="small"
              isBusy={answer.isPending}
              onClick={() => answer.mutate({ params, body: { as, answer: 'yes' } })}
            >
              {say('offer.yes')}
              <span className="vh"> {title}</span>
            </ActionButton>
            <ActionButton
              size="small"
              weight="quiet"
              isBusy={answer.isPending}
              onClick={() => answer.mutate({ params, body: { as, answer: 'no' } })}
            >
              {say('offer.no')}
              <span className="vh"> {title}</span>
            </ActionButton>
          </>
        )}
        {(isOpen || offer.status === 'agreed') && !isLeaving && (
          <TextButton about={title} onClick={() => setIsLeaving(true)}>
            {say('offer.withdraw')}
          </TextButton>
        )}
      </div>
      {isLeaving && (
        <div className="stack">
          <TextInput
            renderLabel={say('offer.withdraw.reason')}
            isRequired
            value={why}
            onChange={(_event, value) => setWhy(value.slice(0, 1000))}
          />
          <div className="row">
            <ActionButton
              size="small"
              weight="bad"
              isDisabled={!why.trim()}
              isBusy={withdraw.isPending}
              onClick={() => withdraw.mutate({ params, body: { reason: why.trim() } })}
            >
              {say('offer.withdraw.do')}
            </ActionButton>
            <ActionButton size="small" weight="quiet" onClick={() => setIsLeaving(false)}>
              {say('leave')}
            </ActionButton>
          </div>
        </div>
      )}
    </div>
  )
}
