import type { CallProblem } from '../api/create-api.ts'
import type { Route } from '@copractice/core/kernel'
import { useUiWords, type SayRefusal } from '../words/create-i18n.ts'

/** The sentence for a failed call: the slice's own words first, then those every call may need. */
export function useSayProblem(sayRefusal?: SayRefusal): <R extends Route>(problem: CallProblem<R>) => string {
  const say = useUiWords()
  return (problem) => {
    const code: string = problem.code
    const own = sayRefusal?.(code, problem.facts)
    if (own) return own
    switch (code) {
      case 'offline':
      case 'session.ended':
      case 'input.invalid':
      case 'input.unreadable':
      case 'answer.unreadable':
      case 'rate.limited':
      case 'not_found':
        return say(`problem.${code}`)
      case 'fault':
        return problem.reference
          ? say('problem.faultReference', { reference: problem.reference })
          : say('problem.fault')
      default:
        return say('problem.unknown', { code })
    }
  }
}
