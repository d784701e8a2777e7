import { ok, refuse } from '../kernel/result.ts'
import type { PolicyLimits } from '../programme/policy.ts'
import type { MeetingFinding, PlanMeeting } from './contract.ts'

const MINUTE = 60_000
const DAY_MINUTES = 24 * 60

type Times = Pick<PlanMeeting, 'startsAt' | 'endsAt'>
type Around = Readonly<{
  limits: Pick<PolicyLimits, 'meetingMinutes' | 'meetingMinutesTolerance' | 'deadlineBufferDays'>
  submissionDeadline: Date | null
}>

const minutesOf = ({ startsAt, endsAt }: Times) => Math.round((endsAt.getTime() - startsAt.getTime()) / MINUTE)

/** meeting.length and schedule.before_deadline, as far as one meeting meets them. */
export function checkMeeting(plan: Times, { limits, submissionDeadline }: Around): MeetingFinding[] {
  const findings: MeetingFinding[] = []
  const { meetingMinutes: usual, meetingMinutesTolerance: tolerance, deadlineBufferDays: bufferDays } = limits
  const minutes = minutesOf(plan)
  if (Math.abs(minutes - usual) > tolerance) {
    findings.push({ code: 'meeting.length', facts: { minutes, usual, tolerance } })
  }
  if (submissionDeadline) {
    const daysBefore = (submissionDeadline.getTime() - plan.endsAt.getTime()) / (DAY_MINUTES * MINUTE)
    if (daysBefore < bufferDays) {
      const facts = { deadline: submissionDeadline.toISOString(), daysBefore: Math.floor(daysBefore), bufferDays }
      findings.push({ code: 'schedule.before_deadline', facts })
    }
  }
  return findings
}

/**
 * Whether a meeting may be planned like this; gives the warnings that were accepted, for the record. Refuses
 * `meeting.times` (ends before it starts, or lasts over a day), `meeting.place` (neither a place nor a link), and
 * `meeting.needs_reason` while a rule warns and nobody said why it goes ahead.
 */
export function decideMeeting(plan: PlanMeeting, around: Around) {
  const minutes = minutesOf(plan)
  if (minutes <= 0 || minutes > DAY_MINUTES) return refuse('meeting.times', {})
  if (!plan.place && !plan.joinUrl) return refuse('meeting.place', {})
  const findings = checkMeeting(plan, around)
  if (findings.length && !plan.reason) return refuse('meeting.needs_reason', { findings })
  return ok({ accepted: findings })
}
