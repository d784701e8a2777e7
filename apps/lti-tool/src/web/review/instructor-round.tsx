import { useState } from 'react'
import { closeRoundRoute, openRoundRoute, progressRoute, type RoundDetail } from '@copractice/core/review'
import {
  ActionButton,
  ButtonLink,
  ConfirmModal,
  InOrder,
  Loaded,
  ProblemNotice,
  useRoute,
  useSend,
  useTell,
  useTimes,
} from '@copractice/ui'
import { goToPart } from '../directory/arrive.ts'
import { DeliveryPart } from '../gradebook/delivery-part.tsx'
import { PublishPart } from '../gradebook/publish-part.tsx'
import { ExportPart } from './export-part.tsx'
import { DealPart } from './deal-part.tsx'
import { ExtensionsPart } from './extensions-part.tsx'
import { FlagsPart } from './flags-part.tsx'
import { ExemplarsPart } from './exemplars-part.tsx'
import { PairingMatrixPart } from './pairing-matrix.tsx'
import { NOTHING_ASKED, type ProgressAsked } from './progress-asked.ts'
import { PairingFinder } from './pairing-finder.tsx'
import { ProgressPart } from './progress-part.tsx'
import { ReopenRound } from './reopen-round.tsx'
import { RoundHead } from './round-head.tsx'
import { NewerRubric, StalledNotice, StepBack, UseAgain } from './round-moves.tsx'
import { roundRefreshes } from './round-refreshes.ts'
import { RubricRead } from './rubric-read.tsx'
import { ScoresPart } from './scores-part.tsx'
import { TeamsPart } from './teams-part.tsx'
import { useRefusals, useWords } from './say.ts'

/** A round for its instructor: progress, pairings, scores, what would go where, and what has arrived. */
export function InstructorRound({ round, within }: { round: RoundDetail; within: string }) {
  const say = useWords()
  const { roundId, phase } = round
  const actions = (
    <>
      <ButtonLink href={`/reviews/rounds/${roundId}/set-up`} weight="quiet">
        {say('run.setUp')}
      </ButtonLink>
      {phase === 'draft' && <OpenRound round={round} />}
      <StepBack round={round} />
      <UseAgain round={round} />
      {phase === 'review' && <CloseRound round={round} />}
      {phase === 'closed' && <ReopenRound round={round} />}
    </>
  )
  return (
    <InOrder>
      <RoundHead round={round} within={within} actions={actions} />
      <StalledNotice round={round} />
      <NewerRubric round={round} />
      {phase !== 'closed' && <ExtensionsPart round={round} />}
      {phase === 'draft' ? <Draft round={round} /> : <Running round={round} />}
      <TeamsPart roundId={roundId} />
      <ExemplarsPart round={round} />
    </InOrder>
  )
}

function Draft({ round: { instructions, rubric } }: { round: RoundDetail }) {
  const say = useWords()
  return (
    <section className="blk" aria-labelledby="h-asked">
      <h2 id="h-asked">{say('round.instructions')}</h2>
      <p className="voice said asked">{instructions || say('round.noInstructions')}</p>
      <RubricRead rubric={rubric} />
    </section>
  )
}

function Running({ round }: { round: RoundDetail }) {
  const say = useWords()
  const refusals = useRefusals()
  const { roundId, phase } = round
  const isDealt = phase === 'review' || phase === 'closed'
  const [asked, setAsked] = useState<ProgressAsked>(NOTHING_ASKED)
  const progress = useRoute(
    progressRoute,
    { params: { roundId }, query: asked },
    { everyMs: phase === 'closed' ? false : 60_000, keepPrevious: true },
  )
  const ask = (change: Partial<ProgressAsked>) => setAsked({ ...asked, ...change })
  const parts = isDealt
    ? (['progress', 'pairings', 'flags', 'scores', 'publish', 'delivery'] as const)
    : (['progress', 'pairings'] as const)
  return (
    <>
      <nav className="toc" aria-label={say('run.toc')}>
        <ul className="plain">
          {parts.map((part) => (
            <li key={part}>
              <a href={`#${part}`} onClick={() => goToPart(part)}>
                {say(`run.${part}`)}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <Loaded from={progress} what={say('run.progress')} lines={6} sayRefusal={refusals}>
        {(seen) => (
          <>
            <ProgressPart seen={seen} asked={asked} onAsk={ask}>
              {phase === 'submit' && <DealPart round={round} handedIn={seen.progress.handedIn} />}
            </ProgressPart>
            <PairingMatrixPart
              roundId={roundId}
              phase={phase}
              matrix={seen.matrix}
              finder={seen.part && <PairingFinder part={seen.part} asked={asked} onAsk={ask} />}
            />
          </>
        )}
      </Loaded>
      {isDealt && (
        <>
          <FlagsPart roundId={roundId} rubric={round.rubric} isReleased={(round.setup?.released ?? 0) > 0} />
          <ScoresPart round={round} />
          <PublishPart roundId={roundId} />
          <DeliveryPart roundId={roundId} />
          <ExportPart roundId={roundId} />
        </>
      )}
    </>
  )
}

function OpenRound({ round: { roundId, submitUntil } }: { round: RoundDetail }) {
  const say = useWords()
  const refusals = useRefusals()
  const times = useTimes()
  const tell = useTell()
  const [isAsking, setIsAsking] = useState(false)
  const open = useSend(openRoundRoute, { refreshes: roundRefreshes, onDone: () => tell({ text: say('run.opened') }) })
  return (
    <>
      <ActionButton onClick={() => setIsAsking(true)}>{say('run.open')}</ActionButton>
      <ConfirmModal
        isOpen={isAsking}
        title={say('run.openAsk')}
        confirm={say('run.open')}
        isBusy={open.isPending}
        onClose={() => setIsAsking(false)}
        onConfirm={() => open.mutate({ params: { roundId } }, { onSuccess: () => setIsAsking(false) })}
      >
        <p>{say('run.openText', { when: times.dateTime(submitUntil) })}</p>
        {open.error && <ProblemNotice problem={open.error.problem} sayRefusal={refusals} />}
      </ConfirmModal>
    </>
  )
}

function CloseRound({ round: { roundId, progress } }: { round: RoundDetail }) {
  const say = useWords()
  const refusals = useRefusals()
  const tell = useTell()
  const [isAsking, setIsAsking] = useState(false)
  const close = useSend(closeRoundRoute, { refreshes: roundRefreshes, onDone: () => tell({ text: say('run.closed') }) })
  const missing = progress ? progress.reviewsAssigned - progress.reviewsFiled : 0
  return (
    <>
      <ActionButton weight={missing === 0 ? 'primary' : 'quiet'} onClick={() => setIsAsking(true)}>
        {say('run.close')}
      </ActionButton>
      <ConfirmModal
        isOpen={isAsking}
        title={say('run.closeAsk')}
        confirm={say('run.close')}
        isBusy={close.isPending}
        onClose={() => setIsAsking(false)}
        onConfirm={() => close.mutate({ params: { roundId } }, { onSuccess: () => setIsAsking(false) })}
      >
        <p>{say('run.closeText', { count: missing })}</p>
        {close.error && <ProblemNotice problem={close.error.problem} sayRefusal={refusals} />}
      </ConfirmModal>
    </>
  )
}
