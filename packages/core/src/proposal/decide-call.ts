import { ok, refuse } from '../kernel/result.ts'

export type CallDates = Readonly<{ status: 'draft' | 'open' | 'closed'; opensAt: Date; closesAt: Date }>

/** What a call is at a moment: opened by a coordinator, and within its dates, it takes proposals (`open`). */
export function callState({ status, opensAt, closesAt }: CallDates, now: Date) {
  if (status !== 'open') return status
  if (now < opensAt) return 'to_open' as const
  return now > closesAt ? ('over' as const) : ('open' as const)
}
export type CallState = ReturnType<typeof callState>

export const CALL_REFUSALS = ['call.closes_before_opens', 'call.deadline_early'] as const

type Details = Readonly<{ opensAt: Date; closesAt: Date; enrolmentDeadline: string | null }>

/** A call closes after it opens, and before the deadline of what it leads to. The deadline is a local date, `YYYY-MM-DD`. */
export function decideCall<Call extends Details>(call: Call) {
  const { opensAt, closesAt, enrolmentDeadline } = call
  if (closesAt <= opensAt) return refuse('call.closes_before_opens', { opensAt, closesAt })
  if (enrolmentDeadline !== null && closesAt.toISOString().slice(0, 10) > enrolmentDeadline)
    return refuse('call.deadline_early', { closesAt, enrolmentDeadline })
  return ok(call)
}

/** A call can be opened until its last day is over. */
export function openCall({ closesAt }: Pick<CallDates, 'closesAt'>, now: Date) {
  return now > closesAt ? refuse('call.over', { closesAt }) : ok('open' as const)
}
