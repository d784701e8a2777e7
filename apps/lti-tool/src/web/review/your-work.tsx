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
import { AttachedFile } from './attached-file.tsx'
import { workRefreshes } from './round-refreshes.ts'
import { TracesWarning } from './traces-warning.tsx'
import { WorkText } from './work-text.tsx'
import { useRefusals, useWords } from './say.ts'

/** One's own work: written and handed in while that is open, read afterwards. */
export function YourWork({ round }: { round: RoundDetail }) {
  const say = useWords()
  const { phase, submitUntil, myWork } = round
  const now = useNow()
  const isOpen = phase === 'submit' && submitUntil > now
  if (phase === 'draft') return <EmptyState title={say('work.noneYet')} />
  return (
    <Section title={say('work.title')} id="work">
      {myWork?.status === 'handed_in' ? (
        <HandedIn round={round} work={myWork} isOpen={isOpen} />
      ) : isOpen ? (
        <Writing round={round} />
      ) : (
        <>
          <Notice tone="info" icon="clock">
            {say(myWork ? 'work.closed' : 'work.closedNone')}
          </Notice>
          {myWork && <WorkText body={myWork.body} file={myWork.file} />}
        </>
      )}
    </Section>
  )
}

function HandedIn(props: { round: RoundDetail; work: NonNullable<RoundDetail['myWork']>; isOpen: boolean }) {
  const { round, work, isOpen } = props
  const say = useWords()
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
      <WorkText body={work.body} file={work.file} />
    </div>
  )
}

function Writing({ round: { roundId, myWork, submitUntil } }: { round: RoundDetail }) {
  const say = useWords()
  const refusals = useRefusals()
  const sayProblem = useSayProblem(refusals)
  const call = useCall()
  const times = useTimes()
  const tell = useTell()
  const { person } = useSeen()
  const [isAsking, setIsAsking] = useState(false)
  const basedOn = useRef(myWork?.savedAt ?? null)
  const fieldId = useId()
  const draft = useAutosave<string>({
    keepAs: `${person.id}:work:${roundId}`,
    initial: myWork?.body ?? '',
    savedAt: myWork?.savedAt ?? null,
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
    <div className="compose">
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
      {theirs !== null && (
        <BothVersions
          theirs={theirs}
          onKeepMine={() => draft.settle(value)}
          onKeepTheirs={() => draft.settle(theirs)}
          onJoin={() => draft.settle(`${value}\n\n${theirs}`)}
        />
      )}
      <AttachedFile
        roundId={roundId}
        file={myWork?.file ?? null}
        beforeChange={draft.flush}
        onChanged={(savedAt) => {
          basedOn.current = savedAt
        }}
      />
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
        <p>{say('work.handInText', { when: times.dateTime(submitUntil) })}</p>
        <TracesWarning roundId={roundId} of="work" />
      </ConfirmModal>
    </div>
  )
}
