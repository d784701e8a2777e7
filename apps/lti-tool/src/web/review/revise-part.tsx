import { useId, useRef, useState } from 'react'
import {
  countWords,
  handInRevisionRoute,
  RevisionConflict,
  saveRevisionRoute,
  versionsRoute,
  type RevisionWritten,
  type RoundDetail,
  type Versions,
} from '@copractice/core/review'
import {
  ActionButton,
  asSaveAnswer,
  BothVersions,
  ConfirmModal,
  Icon,
  Loaded,
  Notice,
  ProblemNotice,
  SaveState,
  Section,
  useAutosave,
  useCall,
  useRoute,
  useSayProblem,
  useSend,
  useTell,
  useTimes,
} from '@copractice/ui'
import { useSeen } from '../directory/session-provider.tsx'
import { RevisionFiles } from './attach-files.tsx'
import { CompareVersions } from './compare-versions.tsx'
import { useWritingRefusals, useWritingWords } from './say-writing.ts'
import { TracesWarning } from './traces-warning.tsx'

/** After the reviews: a new version of one's own work, what was changed in it, and the versions side by side. */
export function RevisePart({ round }: { round: RoundDetail }) {
  const { roundId } = round
  const say = useWritingWords()
  const refusals = useWritingRefusals()
  const times = useTimes()
  const versions = useRoute(versionsRoute, { params: { roundId } }, { forgets: true })
  return (
    <Section title={say('revise.title')} id="revise">
      <Loaded from={versions} what={say('revise.loading')} sayRefusal={refusals}>
        {(seen) => (
          <div className="stack">
            {seen.versions.length > 1 && (
              <>
                <Notice tone="ok">
                  {say('revise.handedIn', {
                    number: seen.versions.at(-1)!.number,
                    when: times.dateTime(seen.versions.at(-1)!.handedInAt),
                  })}
                </Notice>
                <details className="fold-out">
                  <summary>
                    <Icon name="chevron" small />
                    {say('compare.title')}
                  </summary>
                  <CompareVersions versions={seen.versions} />
                </details>
              </>
            )}
            {seen.isOpen && seen.reviseUntil ? (
              <>
                <p className="muted">{say('revise.until', { when: times.dateTime(seen.reviseUntil) })}</p>
                {/* What one writes starts anew from the version handed in last. */}
                <Revising key={seen.versions.length} round={round} seen={seen} />
              </>
            ) : (
              <p className="muted">{say('revise.over')}</p>
            )}
          </div>
        )}
      </Loaded>
    </Section>
  )
}

type Draft = { body: string; link: string | null; changeNote: string }
const draftOf = ({ body, link, changeNote }: Draft): Draft => ({ body, link, changeNote })

function Revising({ round, seen }: { round: RoundDetail; seen: Versions }) {
  const { roundId } = round
  const say = useWritingWords()
  const refusals = useWritingRefusals()
  const sayProblem = useSayProblem(refusals)
  const call = useCall()
  const tell = useTell()
  const { person } = useSeen()
  const id = useId()
  const latest = seen.versions.at(-1)
  const { written } = seen
  const basedOn = useRef(written?.savedAt ?? null)
  const [isAsking, setIsAsking] = useState(false)
  const [initial] = useState<Draft>(() =>
    written ? draftOf(written) : { body: latest?.body ?? '', link: latest?.link ?? null, changeNote: '' },
  )
  const draft = useAutosave<Draft>({
    keepAs: `${person.id}:revision:${roundId}:${seen.versions.length}`,
    initial,
    savedAt: written?.savedAt ?? null,
    basedOn,
    save: async (value) =>
      asSaveAnswer(
        await call(saveRevisionRoute, { params: { roundId }, body: { ...value, basedOn: basedOn.current } }),
        {
          saved: ({ savedAt }) => (basedOn.current = savedAt),
          conflict: ({ code, facts }) => {
            const saved = code === 'review.draft_conflict' ? RevisionConflict.safeParse(facts).data?.saved : undefined
            if (!saved) return null
            basedOn.current = new Date(saved.savedAt)
            return draftOf(saved)
          },
          say: sayProblem,
        },
      ),
  })
  const handIn = useSend(handInRevisionRoute, {
    refreshes: [versionsRoute],
    onDone: () => {
      draft.restart(draft.value)
      tell({ text: say('revise.sent') })
    },
  })
  const { value, theirs } = draft
  const send = async () => {
    if (await draft.flush()) handIn.mutate({ params: { roundId } }, { onSettled: () => setIsAsking(false) })
    else setIsAsking(false)
  }
  const onFile = (changed: RevisionWritten) => {
    basedOn.current ??= changed.savedAt
  }
  return (
    <div className="compose">
      <div className="field">
        <label htmlFor={`${id}-body`}>{say('revise.body')}</label>
        <textarea
          id={`${id}-body`}
          className="input voice work-field"
          rows={10}
          value={value.body}
          aria-describedby={`${id}-words`}
          onChange={(event) => draft.change({ ...value, body: event.target.value })}
        />
        <p className="hint num" id={`${id}-words`}>
          {say('revise.words', { count: countWords(value.body) })}
        </p>
      </div>
      {theirs !== null && (
        <BothVersions
          theirs={theirs.body}
          onKeepMine={() => draft.settle(value)}
          onKeepTheirs={() => draft.settle(theirs)}
          onJoin={() => draft.settle({ ...value, body: `${value.body}\n\n${theirs.body}` })}
        />
      )}
      {(round.plan.workKinds.includes('file') || (written ?? latest)?.files.length !== 0) && (
        <RevisionFiles
          round={round}
          files={(written ?? latest)?.files ?? []}
          beforeChange={draft.flush}
          onChanged={onFile}
        />
      )}
      <div className="field">
        <label htmlFor={`${id}-note`}>{say('revise.note')}</label>
        <textarea
          id={`${id}-note`}
          className="input voice"
          rows={3}
          maxLength={5000}
          value={value.changeNote}
          aria-describedby={`${id}-note-hint`}
          onChange={(event) => draft.change({ ...value, changeNote: event.target.value })}
        />
        <p className="hint" id={`${id}-note-hint`}>
          {say('revise.noteHint')}
        </p>
      </div>
      {handIn.error && <ProblemNotice problem={handIn.error.problem} sayRefusal={refusals} />}
      <div className="row between">
        <SaveState status={draft.status} note={say('revise.onlyYou')} />
        <ActionButton isBusy={handIn.isPending} onClick={() => void draft.flush().then(() => setIsAsking(true))}>
          {say('revise.send')}
        </ActionButton>
      </div>
      <ConfirmModal
        isOpen={isAsking}
        title={say('revise.ask')}
        confirm={say('revise.send')}
        isBusy={handIn.isPending}
        onClose={() => setIsAsking(false)}
        onConfirm={() => void send()}
      >
        <p>{say('revise.askText')}</p>
        <TracesWarning roundId={roundId} of="revision" />
      </ConfirmModal>
    </div>
  )
}
