import type { Route, RouteOutput } from '@copractice/core/kernel'
import { isPassing, type Answer, type CallProblem } from '../api/create-api.ts'
import type { SaveAnswer } from './create-saver.ts'

/**
 * Turns the answer of a saving route into what autosave goes by: after a problem that passes, the text waits and is sent once more.
 * `conflict` reads the other version out of the facts.
 */
export function asSaveAnswer<R extends Route, T>(
  answer: Answer<R>,
  on: {
    saved: (value: RouteOutput<R>) => Date | null
    conflict: (problem: CallProblem<R>) => T | null
    say: (problem: CallProblem<R>) => string
  },
): SaveAnswer<T> {
  if (answer.ok) return { kind: 'saved', at: on.saved(answer.value) }
  if (isPassing(answer.problem)) return { kind: 'later', isEnded: answer.problem.code === 'session.ended' }
  const theirs = on.conflict(answer.problem)
  return theirs === null ? { kind: 'refused', because: on.say(answer.problem) } : { kind: 'conflict', theirs }
}
