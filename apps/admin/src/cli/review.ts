import { readFileSync } from 'node:fs'
import { allocateReviewers, dice, offerModel, scoreMarks, ScoreMarksInput } from '@copractice/core/review'
import { Command } from 'commander'
import type * as z from 'zod'
import { AllocationRound, toAllocationInput } from './allocation-round.ts'

/** The file is not what the command reads; `lines` say why. */
class Unreadable extends Error {
  readonly lines: readonly string[]
  constructor(lines: readonly string[]) {
    super(lines[0])
    this.lines = lines
  }
}

/**
 * `review score` and `review allocate`: the rules of the product on a JSON file, for researchers and operators. Each
 * prints one JSON object. A file that cannot be read or does not fit its schema is told on standard error, one line
 * per field, and ends with exit code 2.
 */
export function reviewCommand(): Command {
  const review = new Command('review').description('score and allocate peer reviews from a JSON file')
  review
    .command('score')
    .description('scores of submissions, grades of reviewers, and how far reviewers agree')
    .requiredOption('--input <file>', 'criteria, marks, checks and method ("mean" or "model") as JSON')
    .action(({ input }: { input: string }) => answer(() => score(read(input, ScoreMarksInput))))
  review
    .command('allocate')
    .description('who reviews whose work')
    .requiredOption('--input <file>', 'seed, reviewsPerSubmission, submissions, reviewers, conflicts as JSON')
    .action(({ input }: { input: string }) => answer(() => allocate(read(input, AllocationRound))))
  return review
}

/** The dice are always the same ones: the same file gives the same numbers. */
function score(input: ScoreMarksInput) {
  const rounds = new Set(input.marks.map(({ round }) => round)).size
  if (input.method === 'model' && !offerModel({ rounds, exemplars: 0, checks: input.checks.length }).offered)
    console.error('One round without checks: the mean is the safer choice. The model was used, as asked.')
  return scoreMarks(input, dice(1))
}

function allocate(input: z.infer<typeof AllocationRound>) {
  const allocated = allocateReviewers(toAllocationInput(input))
  if (!allocated.ok) return { pairs: [], load: { min: 0, max: 0 }, connected: false, refusal: allocated.refusal }
  const { pairs, load, connected } = allocated.value
  return { pairs, load, connected, refusal: null }
}

function read<Schema extends z.ZodType>(file: string, schema: Schema): z.output<Schema> {
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

function answer(work: () => object): void {
  try {
    console.log(JSON.stringify(work()))
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error
    for (const line of error.lines.slice(0, LINES_AT_MOST)) console.error(line)
    if (error.lines.length > LINES_AT_MOST) console.error(`and ${error.lines.length - LINES_AT_MOST} more`)
    process.exitCode = 2
  }
}
