import type { CheckStep, LaunchRefusal, RegistrationRefusal } from '@copractice/core/connection'
import checkMessages from './check.en.json' with { type: 'json' }
import refusalMessages from './refusal.en.json' with { type: 'json' }

export type LmsName = 'canvas' | 'moodle' | 'other'
type Kept = Readonly<Record<string, string>>

/** The type check fails here until every step and code has its words. */
const checks: Readonly<Record<`title.${CheckStep['step']}` | `ok.${CheckStep['step']}`, string>> &
  Readonly<Record<`${'found' | 'do'}.${NonNullable<CheckStep['code']>}`, string>> &
  Kept = checkMessages
const refusals: Readonly<Record<`${'means' | 'do'}.${LaunchRefusal | RegistrationRefusal}`, string>> & Kept =
  refusalMessages

/** What to do, in the words of that LMS where it has its own. */
const doing = (messages: Kept, code: string, lms: LmsName) =>
  `do.${code}.${lms}` in messages ? `do.${code}.${lms}` : `do.${code}`

/** Keys of check.en.json for one step; nothing is to be done where all is well. */
export function keysOfStep({ step, code }: Pick<CheckStep, 'step' | 'code'>, lms: LmsName) {
  return {
    title: `title.${step}`,
    found: code ? `found.${code}` : `ok.${step}`,
    todo: code ? doing(checks, code, lms) : null,
  }
}

/** Keys of refusal.en.json: what a refused visit means, and what to do about it. */
export const keysOfRefusal = (code: LaunchRefusal | RegistrationRefusal, lms: LmsName) => ({
  means: `means.${code}`,
  todo: doing(refusals, code, lms),
})

/** A step in English sentences, for the command line. */
export function sayStep(step: CheckStep, lms: LmsName) {
  const keys = keysOfStep(step, lms)
  const fill = (key: string) =>
    (checks[key] ?? key).replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => String(step.facts[name] ?? ''))
  return { title: fill(keys.title), found: fill(keys.found).trim(), todo: keys.todo && fill(keys.todo) }
}
