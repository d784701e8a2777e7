import * as z from 'zod'
import { ok, refuse, type Refusal, type Result } from '../kernel/result.ts'
import { findRubricFaults, type RubricFault } from './rubric-faults.ts'
import { Criterion, Rubric, RubricNote } from './rubric.ts'

const FORMAT = 'copractice-rubric'
const VERSION = 1
const FAULTS_AT_MOST = 100
const RubricFile = z.object({
  format: z.literal(FORMAT),
  version: z.literal(VERSION),
  title: Criterion.shape.title,
  note: RubricNote.default(''),
  rubric: Rubric,
})

/** Why a file is no rubric of ours. `line` is where it stops being JSON; `format` and `version` are what the file says. */
export type RubricFileRefusal =
  | Refusal<'rubric.file_not_json', Readonly<{ line: number | null }>>
  | Refusal<'rubric.file_other_kind', Readonly<{ format: string | null }>>
  | Refusal<'rubric.file_other_version', Readonly<{ version: number; reads: number }>>
  | Refusal<'rubric.file_not_readable', Readonly<{ problems: readonly RubricFault[]; more: number }>>

/** A rubric as a file others can read: UTF-8 JSON of a named format. */
export function exportRubric(rubric: Readonly<{ title: string; note: string; rubric: Rubric }>): string {
  return `${JSON.stringify({ format: FORMAT, version: VERSION, ...rubric }, null, 2)}\n`
}

/** Reads such a file. What does not fit is named place by place, all at once, at most 100 of them. */
export function importRubric(text: string): Result<{ title: string; note: string; rubric: Rubric }, RubricFileRefusal> {
  let read: unknown
  try {
    // A byte order mark is what some editors put before the text.
    read = JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch (error) {
    return refuse('rubric.file_not_json', { line: lineOf(error) })
  }
  const parts = z.record(z.string(), z.unknown()).safeParse(read).data ?? {}
  const { format, version } = parts
  if (format !== FORMAT)
    return refuse('rubric.file_other_kind', { format: typeof format === 'string' ? format.slice(0, 80) : null })
  if (typeof version === 'number' && version !== VERSION)
    return refuse('rubric.file_other_version', { version, reads: VERSION })
  const faults = findRubricFaults(parts)
  const file = RubricFile.safeParse(parts)
  if (faults.length > 0 || !file.success) {
    return refuse('rubric.file_not_readable', {
      problems: faults.slice(0, FAULTS_AT_MOST),
      more: Math.max(0, faults.length - FAULTS_AT_MOST),
    })
  }
  const { title, note, rubric } = file.data
  return ok({ title, note, rubric })
}

/** V8 ends its words with the line for most broken files, after a piece of the file itself; other engines may not. */
function lineOf(error: unknown): number | null {
  const line = error instanceof Error ? /\(line (\d+) column \d+\)$/.exec(error.message)?.[1] : undefined
  return line === undefined ? null : Number(line)
}
