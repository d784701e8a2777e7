import { allocateReviewers, dice, offerModel, scoreMarks, ScoreMarksInput } from '@copractice/core/review'
import { Command } from 'commander'
import type * as z from 'zod'
import { answer, readInput } from './answer-input.ts'
import { AllocationRound, toAllocationInput } from './allocation-round.ts'

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
    .action(({ input }: { input: string }) => answer(() => score(readInput(input, ScoreMarksInput))))
  review
    .command('allocate')
    .description('who reviews whose work')
    .requiredOption('--input <file>', 'seed, reviewsPerSubmission, submissions, reviewers, conflicts as JSON')
    .action(({ input }: { input: string }) => answer(() => allocate(readInput(input, AllocationRound))))
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
