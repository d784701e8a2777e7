import {
  checkPlacement,
  explainUnplaced,
  PlacementAnswer,
  PlacementProblem,
  placeLate,
  scorePlacement,
  type Cohorts,
} from '@copractice/core/convening/placement'
import { solvePlacement } from '@copractice/services/convening/placement'
import { Command } from 'commander'
import { answer, readInput } from './answer-input.ts'
import { wordsFor } from './placement-words.ts'

const PROBLEM = 'seed, policy and registrants as JSON'
const ANSWER = 'what `placement solve` printed'
type Files = Readonly<{ input: string; answer: string }>

/**
 * `placement solve`, `late` and `check`: cohorts out of a JSON file of registrants, for operators and researchers. Each
 * prints one JSON object. A file that does not fit is told on standard error, field by field, and ends with exit code 2.
 * People without a place are part of an answer, each with the reason in words; cohorts are counted from 1 in them.
 */
export function placementCommand(): Command {
  const placement = new Command('placement').description('place registrants into cohorts from a JSON file')
  placement
    .command('solve')
    .description('who sits with whom, who has no place and why, the points and what they cannot pass')
    .requiredOption('--input <file>', PROBLEM)
    .action(({ input }: Files) =>
      answer(async () => {
        const { unplaced, ...placed } = await solvePlacement(readInput(input, PlacementProblem))
        return {
          cohorts: placed.cohorts,
          unplaced: inWords(unplaced),
          objective: placed.objective,
          bound: placed.bound,
        }
      }),
    )
  placement
    .command('late')
    .description('seats those who are in no cohort yet and moves nobody else')
    .requiredOption('--input <file>', `${PROBLEM}, newcomers among them`)
    .requiredOption('--answer <file>', ANSWER)
    .action((files: Files) => answer(() => late(files)))
  placement
    .command('check')
    .description('every rule that an answer breaks; exit code 1 if there is one')
    .requiredOption('--input <file>', PROBLEM)
    .requiredOption('--answer <file>', ANSWER)
    .action((files: Files) => answer(() => check(files)))
  return placement
}

function late(files: Files) {
  const problem = readInput(files.input, PlacementProblem)
  const cohorts: Cohorts = placeLate(problem, readInput(files.answer, PlacementAnswer).cohorts)
  return {
    cohorts,
    unplaced: inWords(explainUnplaced(problem, cohorts)),
    objective: scorePlacement(problem, cohorts),
  }
}

function check(files: Files) {
  const violations = checkPlacement(readInput(files.input, PlacementProblem), readInput(files.answer, PlacementAnswer))
  if (violations.length) process.exitCode = 1
  return { violations }
}

const inWords = (unplaced: ReturnType<typeof explainUnplaced>) =>
  unplaced.map(({ id, why }) => ({ id, why: wordsFor(why) }))
