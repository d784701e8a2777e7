import { useId, useRef, type ReactNode } from 'react'
import * as z from 'zod'
import { getDraft, saveDraft, type Draft } from '@copractice/core/practice'
import {
  asSaveAnswer,
  BothVersions,
  Loaded,
  SaveState,
  useAutosave,
  useCall,
  useRoute,
  useSayProblem,
  type Autosave,
} from '@copractice/ui'
import { useSeen } from '../directory/session-provider.tsx'
import { useRefusals, useWords } from './say.ts'

const Elsewhere = z.object({ theirs: z.object({ body: z.string(), savedAt: z.coerce.date() }) })

type Props = Readonly<{
  /** `prompt:ID`, `reply:POST_ID` or `post:ID`. */
  subject: string
  label: string
  /** What stands there when there is no draft, as when a post is edited. */
  otherwise?: string
  rows?: number
  autoFocus?: boolean
  id?: string
  /** The buttons below; they get the text and what saves it. */
  children: (draft: Autosave<string>) => ReactNode
}>

/** A text that is saved as a private draft while it is written. */
export function DraftField(props: Props) {
  const refusals = useRefusals()
  const draft = useRoute(getDraft, { params: { subject: props.subject } })
  return (
    <Loaded from={draft} what={props.label} lines={2} sayRefusal={refusals}>
      {({ draft }) => <Field {...props} saved={draft} />}
    </Loaded>
  )
}

function Field({
  subject,
  label,
  otherwise = '',
  rows = 2,
  autoFocus,
  id,
  children,
  saved,
}: Props & { saved: Draft | null }) {
  const say = useWords()
  const sayProblem = useSayProblem(useRefusals())
  const call = useCall()
  const { person } = useSeen()
  const fieldId = useId()
  const basedOn = useRef(saved?.savedAt ?? null)
  const draft = useAutosave<string>({
    keepAs: `${person.id}:${subject}`,
    initial: saved?.body ?? otherwise,
    savedAt: saved?.savedAt ?? null,
    // What was posted ended its draft on the server, so the next one is based on none.
    onRestart: () => {
      basedOn.current = null
    },
    save: async (body) => {
      const answer = await call(saveDraft, { params: { subject }, body: { body, basedOn: basedOn.current } })
      return asSaveAnswer(answer, {
        saved: ({ savedAt }) => (basedOn.current = savedAt),
        conflict: ({ code, facts }) => {
          const other = code === 'draft.changed_elsewhere' ? Elsewhere.safeParse(facts).data : undefined
          if (!other) return null
          basedOn.current = other.theirs.savedAt
          return other.theirs.body
        },
        say: sayProblem,
      })
    },
  })
  const { value, theirs } = draft
  return (
    <div className="field" id={id}>
      <label htmlFor={fieldId}>{label}</label>
      <textarea
        id={fieldId}
        className="input voice"
        rows={rows}
        value={value}
        autoFocus={autoFocus}
        onChange={(event) => draft.change(event.target.value)}
      />
      {theirs !== null && (
        <BothVersions
          theirs={theirs}
          onKeepMine={() => draft.settle(value)}
          onKeepTheirs={() => draft.settle(theirs)}
          onJoin={() => draft.settle(`${value}\n\n${theirs}`)}
        />
      )}
      <div className="row between compose-foot">
        <SaveState status={draft.status} note={say('answer.onlyYou')} />
        <span className="row">{children(draft)}</span>
      </div>
    </div>
  )
}
