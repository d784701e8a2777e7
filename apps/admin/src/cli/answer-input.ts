import { readFileSync } from 'node:fs'
import type * as z from 'zod'

/** The file is not what the command reads; `lines` say why. */
class Unreadable extends Error {
  readonly lines: readonly string[]
  constructor(lines: readonly string[]) {
    super(lines[0])
    this.lines = lines
  }
}

/** What `file` says, by `schema`. A file that cannot be read, is not JSON or does not fit ends the command by `answer`. */
export function readInput<Schema extends z.ZodType>(file: string, schema: Schema): z.output<Schema> {
  const parsed = schema.safeParse(parseJson(file))
  if (parsed.success) return parsed.data
  throw new Unreadable(parsed.error.issues.flatMap((issue) => linesOf(issue)))
}

function linesOf(issue: z.core.$ZodIssue): string[] {
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => `${[...issue.path, key].join('.')}: there is no such field`)
  return [`${issue.path.join('.') || 'input'}: ${issue.message.replace(/^Invalid (input|option): /, '')}`]
}

function parseJson(file: string): unknown {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    throw new Unreadable([`--input ${file}: ${error instanceof Error ? error.message : 'cannot be read'}`])
  }
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new Unreadable([`--input ${file}: not JSON. ${error instanceof Error ? error.message : ''}`])
  }
}

/** More lines than one reads are counted rather than printed. */
const LINES_AT_MOST = 20

/**
 * Prints what `work` answers as one JSON object. Where it could not read its input, says on standard error why, one line
 * per field, and the command ends with exit code 2.
 */
export async function answer(work: () => object | Promise<object>): Promise<void> {
  try {
    console.log(JSON.stringify(await work()))
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error
    for (const line of error.lines.slice(0, LINES_AT_MOST)) console.error(line)
    if (error.lines.length > LINES_AT_MOST) console.error(`and ${error.lines.length - LINES_AT_MOST} more`)
    process.exitCode = 2
  }
}
