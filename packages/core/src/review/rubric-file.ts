import * as z from 'zod'
import { ok, refuse, type Refusal, type Result } from '../kernel/result.ts'
import { Rubric } from './rubric.ts'

const FORMAT = 'copractice-rubric'
const RubricFile = z.object({
  format: z.literal(FORMAT),
  version: z.literal(1),
  title: z.string().trim().min(1).max(200),
  note: z.string().trim().max(500).default(''),
  rubric: Rubric,
})

/** `at` names the place as people count: "criterion 2, level 1, points". `code` is what is wrong there, `found` what stands there. */
export type RubricFileProblem = Readonly<{ at: string; message: string }>
export type RubricFileRefusal = Refusal<
  'rubric.file_not_readable',
  Readonly<{ problems: readonly RubricFileProblem[]; more: number }>
>
const SHOWN_AT_MOST = 20

/** A rubric as a file others can read: UTF-8 JSON of a named format. */
export function exportRubric(rubric: Readonly<{ title: string; note: string; rubric: Rubric }>): string {
  return `${JSON.stringify({ format: FORMAT, version: 1, ...rubric }, null, 2)}\n`
}

/** Reads such a file. What does not fit is named place by place, at most 20 of them. */
export function importRubric(text: string): Result<{ title: string; note: string; rubric: Rubric }, RubricFileRefusal> {
  const refused = (problems: RubricFileProblem[]) =>
    refuse('rubric.file_not_readable', {
      problems: problems.slice(0, SHOWN_AT_MOST),
      more: Math.max(0, problems.length - SHOWN_AT_MOST),
    })
  let read: unknown
  try {
    // A byte order mark is what some editors put before the text.
    read = JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch {
    return refused([{ at: '', message: 'This is not JSON.' }])
  }
  const file = RubricFile.safeParse(read)
  if (!file.success) {
    return refused(file.error.issues.map(({ path, message }) => ({ at: placeOf(path), message })))
  }
  const { title, note, rubric } = file.data
  return ok({ title, note, rubric })
}

const ONE = new Map([
  ['criteria', 'criterion'],
  ['levels', 'level'],
  ['prompts', 'prompt'],
])

function placeOf(path: readonly PropertyKey[]): string {
  const places: string[] = []
  for (const step of path) {
    const list = ONE.get(places.at(-1) ?? '')
    if (typeof step === 'number' && list) places[places.length - 1] = `${list} ${step + 1}`
    else if (step !== 'rubric') places.push(String(step))
  }
  return places.join(', ')
}
