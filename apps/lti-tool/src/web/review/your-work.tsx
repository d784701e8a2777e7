import { useId, useRef, useState } from 'react'
import {
  countWords,
  DraftConflict,
  handInRoute,
  saveWorkRoute,
  takeBackRoute,
  type RoundDetail,
} from '@copractice/core/review'
import {
  ActionButton,
  asSaveAnswer,
  BothVersions,
  ConfirmModal,
  EmptyState,
  Notice,
  ProblemNotice,
  SaveState,
  Section,
  useAutosave,
  useCall,
  useNow,
  useSayProblem,
  useSend,
  useTell,
  useTimes,
} from '@copractice/ui'
import { useSeen } from '../directory/session-provider.tsx'
import { WorkFiles } from './attach-files.tsx'
import { workRefreshes } from './round-refreshes.ts'
import { TracesWarning } from './traces-warning.tsx'
import { WorkText } from './work-text.tsx'
import { useRefusals, useWords } from './say.ts'
import { useSetupWords } from './say-setup.ts'
import { WorkSources } from './work-sources.tsx'

/** One's own work: written and handed in while that is open, read afterwards. */
export function YourWork({ round }: { round: RoundDetail }) {
  const say = useWords()
  const setup = useSetupWords()
  const times = useTimes()
  const { phase, submitUntil, myWork, plan } = round
  const now = useNow()
  const isInTime = now <= withGrace(round)
  const isTaken = plan.takesLate || (phase === 'submit' && (isInTime || plan.latePolicy.kind !== 'closed'))
  const isOpen = isTaken && (isInTime || now <= round.reviewUntil)
  if (phase === 'draft') return <EmptyState title={say('work.noneYet')} />
  return (
    <Section title={say('work.title')} id="work">
      {plan.moreTime.work && (
        <Notice tone="info" icon="clock">
          {setup('time.mineWork', { when: times.dateTime(submitUntil) })}
        </Notice>
      )}
      {myWork?.status === 'handed_in' ? (
        <HandedIn round={round} work={myWork} isOpen={phase === 'submit' && submitUntil > now} />
      ) : isOpen ? (
        // Another draft of the portfolio is other words: written in anew.
        <Writing key={`${myWork?.portfolio?.itemId} ${myWork?.portfolio?.number}`} round={round} isLate={!isInTime} />
      ) : (
        <>
          <Notice tone="info" icon="clock">
            {say(myWork ? 'work.closed' : 'work.closedNone')}
          </Notice>
          {myWork && <WorkText {...myWork} link={myWork.link?.url ?? null} />}
        </>
      )}
    </Section>
  )
}

const withGrace = ({ submitUntil, plan }: RoundDetail) =>
  new Date(submitUntil.getTime() + plan.latePolicy.graceMinutes * 60_000)

function HandedIn(props: { round: RoundDetail; work: NonNullable<RoundDetail['myWork']>; isOpen: boolean }) {
  const { round, work, isOpen } = props
  const say = useWords()
  const setup = useSetupWords()
  const refusals = useRefusals()
  const times = useTimes()
  const tell = useTell()
  const takeBack = useSend(takeBackRoute, {
    refreshes: workRefreshes,
    onDone: () => tell({ text: say('work.takenBack') }),
  })
  return (
    <div className="stack">
      <Notice
        tone="ok"
        action={
          isOpen && (
            <ActionButton
              weight="quiet"
              size="small"
              isBusy={takeBack.isPending}
              onClick={() => takeBack.mutate({ params: { roundId: round.roundId } })}
            >
              {say('work.takeBack')}
            </ActionButton>
          )
        }
      >
        {work.handedInAt && say('work.handedIn', { when: times.dateTime(work.handedInAt) })}
      </Notice>
      {takeBack.error && <ProblemNotice problem={takeBack.error.problem} sayRefusal={refusals} />}
      {work.lateMinutes !== null && <p className="hint">{setup('time.wasLate')}</p>}
      <WorkText {...work} link={work.link?.url ?? null} />
    </div>
  )
}

function Writing({ round, isLate }: { round: RoundDetail; isLate: boolean }) {
  const { roundId, myWork, submitUntil, plan } = round
  const say = useWords()
  const setup = useSetupWords()
  const refusals = useRefusals()
  const sayProblem = useSayProblem(refusals)
  const call = useCall()
  const times = useTimes()
  const tell = useTell()
  const { person } = useSeen()
  const [isAsking, setIsAsking] = useState(false)
  const basedOn = useRef(myWork?.savedAt ?? null)
  const fieldId = useId()
  const takesText = plan.workKinds.includes('text')
  const draft = useAutosave<string>({
    keepAs: `${person.id}:work:${roundId}`,
    initial: myWork?.body ?? '',
    savedAt: myWork?.savedAt ?? null,
    basedOn,
    save: async (body) => {
      const answer = await call(saveWorkRoute, { params: { roundId }, body: { body, basedOn: basedOn.current } })
      return asSaveAnswer(answer, {
        saved: ({ savedAt }) => (basedOn.current = savedAt),
        conflict: ({ code, facts }) => {
          const saved = code === 'review.draft_conflict' ? DraftConflict.safeParse(facts).data?.saved : undefined
          if (!saved) return null
          basedOn.current = new Date(saved.savedAt)
          return saved.body
        },
        say: sayProblem,
      })
    },
  })
  const handIn = useSend(handInRoute, {
    refreshes: workRefreshes,
    onDone: () => tell({ text: say('work.handedInTold') }),
  })
  const { value, theirs } = draft
  const send = async () => {
    if (await draft.flush()) handIn.mutate({ params: { roundId } })
    setIsAsking(false)
  }
  return (
    <div className="compose in-order">
      {isLate && <LateNotice round={round} />}
      <WorkSources round={round} beforeChange={draft.flush} onChanged={({ savedAt }) => (basedOn.current = savedAt)} />
      {!takesText && value.trim() && <p className="voice said draft-text">{value}</p>}
      {takesText && (
        <div className="field">
          <label htmlFor={fieldId}>{say('work.label')}</label>
          <textarea
            id={fieldId}
            className="input voice work-field"
            rows={10}
            value={value}
            aria-describedby={`${fieldId}-hint`}
            onChange={(event) => draft.change(event.target.value)}
          />
          <p className="hint row between" id={`${fieldId}-hint`}>
            <span>{say('work.hint')}</span>
            <span className="num">{say('work.words', { count: countWords(value) })}</span>
          </p>
        </div>
      )}
      {theirs !== null && (
        <BothVersions
          theirs={theirs}
          onKeepMine={() => draft.settle(value)}
          onKeepTheirs={() => draft.settle(theirs)}
          onJoin={() => draft.settle(`${value}\n\n${theirs}`)}
        />
      )}
      {plan.workKinds.includes('file') && (
        <WorkFiles
          round={round}
          beforeChange={draft.flush}
          onChanged={({ savedAt }) => {
            basedOn.current ??= savedAt
          }}
        />
      )}
      {handIn.error && <ProblemNotice problem={handIn.error.problem} sayRefusal={refusals} />}
      <div className="row between">
        <SaveState status={draft.status} note={say('work.onlyYou')} />
        <ActionButton onClick={() => void draft.flush().then(() => setIsAsking(true))} isBusy={handIn.isPending}>
          {say('work.handIn')}
        </ActionButton>
      </div>
      <ConfirmModal
        isOpen={isAsking}
        title={say('work.handInAsk')}
        confirm={say('work.handIn')}
        isBusy={handIn.isPending}
        onClose={() => setIsAsking(false)}
        onConfirm={() => void send()}
      >
        <p>{isLate ? setup('work.handInLate') : say('work.handInText', { when: times.dateTime(submitUntil) })}</p>
        <TracesWarning roundId={roundId} of="work" />
      </ConfirmModal>
    </div>
  )
}

/** What coming late costs, before it is handed in. */
function LateNotice({ round: { submitUntil, plan } }: { round: RoundDetail }) {
  const setup = useSetupWords()
  const times = useTimes()
  const { latePolicy } = plan
  const when = times.dateTime(submitUntil)
  return (
    <Notice tone="warn" icon="clock">
      {latePolicy.kind === 'deducted'
        ? setup('time.lateDeducted', { when, perDay: latePolicy.percentPerDay, most: latePolicy.percentAtMost })
        : setup('time.lateTaken', { when })}
    </Notice>
  )
}
