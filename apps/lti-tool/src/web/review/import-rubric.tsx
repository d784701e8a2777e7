import { useId, useRef, useState } from 'react'
import { importRubricRoute, listRubricsRoute, type RubricFault } from '@copractice/core/review'
import { Notice, ProblemNotice, useSend } from '@copractice/ui'
import { useSetupRefusals, useSetupWords } from './say-setup.ts'

/** What the server takes at once, and more than a full rubric has: as JSON inside a request. */
const BYTES_AT_MOST = 1_000_000
type Chosen = Readonly<{ name: string; bytes: number; isTooLarge: boolean }>
type Say = ReturnType<typeof useSetupWords>

/** Reads a rubric from a file made by export. All that does not fit is named at once, place by place; nothing is half taken. */
export function ImportRubric({ onDone }: { onDone: (rubric: { rubricId: string; title: string }) => void }) {
  const say = useSetupWords()
  const hint = useId()
  const input = useRef<HTMLInputElement>(null)
  const [chosen, setChosen] = useState<Chosen | null>(null)
  const read = useSend(importRubricRoute, { refreshes: [listRubricsRoute], onDone })
  const onFile = async (file: File | undefined) => {
    if (!file || read.isPending) return
    read.reset()
    const text = file.size > BYTES_AT_MOST ? null : await file.text()
    const bytes = text === null ? file.size : new TextEncoder().encode(JSON.stringify({ text })).length
    setChosen({ name: file.name, bytes, isTooLarge: bytes > BYTES_AT_MOST })
    if (text !== null && bytes <= BYTES_AT_MOST) read.mutate({ body: { text } })
    // The same file can be chosen again once it was mended.
    if (input.current) input.current.value = ''
  }
  return (
    <div className="stack">
      <label className="btn btn-quiet file-pick">
        <span>{say(read.isPending ? 'import.reading' : 'import')}</span>
        <input
          ref={input}
          type="file"
          accept=".json,application/json"
          aria-describedby={hint}
          onChange={(event) => void onFile(event.target.files?.[0])}
        />
      </label>
      <p className="hint" id={hint}>
        {say('import.hint')}
      </p>
      {chosen?.isTooLarge && (
        <Notice tone="bad" live>
          {say('import.tooLarge', { name: chosen.name, size: (chosen.bytes / 1_000_000).toFixed(1) })}
        </Notice>
      )}
      {read.error && chosen && <WhyNot problem={read.error.problem} name={chosen.name} />}
    </div>
  )
}

type Problem = NonNullable<ReturnType<typeof useSend<typeof importRubricRoute>>['error']>['problem']

function WhyNot({ problem, name }: { problem: Problem; name: string }) {
  const say = useSetupWords()
  const refusals = useSetupRefusals()
  if (problem.code !== 'rubric.file_not_readable') {
    const more = moreOf(problem, say)
    return (
      <>
        <ProblemNotice problem={problem} sayRefusal={refusals} />
        {more && <p className="hint">{more}</p>}
      </>
    )
  }
  const { problems, more } = problem.facts as { problems: readonly RubricFault[]; more: number }
  return (
    <Notice tone="bad" live>
      <p>
        <strong>{say('import.problems', { name, count: problems.length + more })}</strong>
      </p>
      <ul>
        {problems.map((fault) => (
          <li key={JSON.stringify(fault)}>{sentence(fault, say)}</li>
        ))}
      </ul>
      {more > 0 && <p>{say('import.more', { count: more })}</p>}
    </Notice>
  )
}

/** Where a broken file stops being JSON, or what a file of another kind says it is. */
function moreOf({ code, facts }: Problem, say: Say): string | null {
  const { line, format } = facts as { line?: number | null; format?: string | null }
  if (code === 'rubric.file_not_json' && line) return say('import.brokenAt', { line })
  if (code === 'rubric.file_other_kind' && format) return say('import.otherFormat', { format })
  return null
}

/** "Criterion 2, level 1: points must be a number between 0 and 1,000. The file says "six"." */
function sentence(fault: RubricFault, say: Say): string {
  const { criterion, level, prompt, kind, count, found } = fault
  const at = level ? 'level' : prompt ? 'prompt' : criterion ? 'criterion' : 'file'
  const others = fault.others?.join(', ') ?? ''
  const values = { ...fault, found: found ?? '', others }
  const place = say(`import.at.${at}`, { criterion: criterion ?? 0, level: level ?? 0, prompt: prompt ?? 0 })
  // What stands there is said already where the fault is a name, or what several share.
  const isSaid = fault.others !== undefined || kind === 'unknown' || kind === 'characters' || found === undefined
  const seen = isSaid
    ? ''
    : count
      ? say('import.found.count', { count })
      : say(found === null ? 'import.found.nothing' : 'import.found.value', { found: found ?? '' })
  return `${place}: ${say(`import.fault.${kind}`, values)} ${seen}`.trim()
}
