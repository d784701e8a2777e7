import type { Answer } from '../net/outgoing.ts'
import { isNoPublicName, OutgoingFailure } from '../net/outgoing.ts'
import type { ServiceTrouble } from './port.ts'

/** A `ServiceTrouble` on its way up to the port, which answers it instead of throwing. */
export class ServiceFailure extends Error {
  readonly trouble: ServiceTrouble
  constructor(trouble: ServiceTrouble) {
    super(trouble.reason)
    this.trouble = trouble
  }
}

/** What an LMS's answer other than success means. `now` turns a Retry-After date into seconds. */
export function troubleOf(answer: Answer, now: Date): ServiceTrouble {
  const { status } = answer
  const retryAfter = answer.header('retry-after')
  if (status === 401)
    return { kind: 'unauthorized', reason: 'The LMS did not let us in. The connection has to be looked at.' }
  if (status === 429 || (status === 503 && retryAfter !== null) || isThrottled(answer))
    return { kind: 'busy', reason: 'The LMS was busy.', retryAfterSeconds: secondsOf(retryAfter, now) }
  if (status >= 500 || status === 408)
    return { kind: 'unreachable', reason: `The LMS had a fault of its own (${status}).` }
  return { kind: 'refused', code: `lms.${status}`, reason: REASONS[status] ?? `The LMS refused this (${status}).` }
}

/** Canvas says 403 and no Retry-After to a tool that asks too much at once; only its words tell ("Throttling" in its API's documentation). */
const isThrottled = ({ status, text }: Answer): boolean => status === 403 && /rate limit exceeded/i.test(text)

const REASONS: Readonly<Record<number, string>> = {
  400: 'The LMS did not take this as it was sent.',
  403: 'The LMS does not allow this for our tool. Its services have to be switched on in the tool’s settings.',
  404: 'The LMS no longer has this course or column.',
  412: 'The LMS says that this column is not ours.',
  422: 'The LMS does not take this now: the course may be over, the assignment unpublished, or the person no longer a learner there.',
}

/** No whole answer came. */
export function troubleOfFailure(failure: OutgoingFailure): ServiceTrouble {
  switch (failure.kind) {
    case 'address_refused':
      return {
        kind: 'refused',
        code: 'lms.address_refused',
        reason: isNoPublicName(failure) ? failure.message : 'The LMS named an address that we may not call.',
      }
    case 'too_large':
      return { kind: 'refused', code: 'lms.answer_too_large', reason: 'The LMS’s answer was larger than we read.' }
    case 'timeout':
      return { kind: 'unreachable', reason: 'The LMS did not answer in time.' }
    case 'broken':
      // A name may be known again in a moment, so this is tried again.
      return {
        kind: 'unreachable',
        reason: isNoPublicName(failure) ? failure.message : 'The connection to the LMS broke.',
      }
  }
}

export const unreadable = (): ServiceTrouble => ({
  kind: 'refused',
  code: 'lms.answer_unreadable',
  reason: 'The LMS answered in a form that we cannot read.',
})

/** Retry-After is seconds or an HTTP date; at most an hour is believed. */
function secondsOf(retryAfter: string | null, now: Date): number | null {
  if (retryAfter === null) return null
  const seconds = /^\d+$/.test(retryAfter) ? Number(retryAfter) : (Date.parse(retryAfter) - now.getTime()) / 1000
  return Number.isFinite(seconds) ? Math.min(Math.max(Math.ceil(seconds), 1), 3600) : null
}
