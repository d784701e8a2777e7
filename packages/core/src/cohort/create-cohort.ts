import type { PolicyLimits } from '../programme/policy.ts'
import { ok, refuse } from '../kernel/result.ts'
import type { CohortDraft, CohortFinding } from './create-cohort-contract.ts'
import { isEligible, type Tie } from './is-eligible.ts'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

/** Who may be seated: everyone the draft names and the coordinator may see. */
export type Candidate = Readonly<{
  id: string
  name: string | null
  affiliations: readonly Tie[]
}>

export type CohortContext = Readonly<{
  limits: PolicyLimits
  people: ReadonlyMap<string, Candidate>
  isNameTaken: boolean
}>

type Rule = (draft: CohortDraft, context: CohortContext) => readonly CohortFinding[]

/** A chair takes a seat, a facilitator none, and who waits has none yet (cohort.full). */
const takesSeat = ({ kind, isWaitlisted }: CohortDraft['seats'][number]) => kind !== 'facilitator' && !isWaitlisted

const full: Rule = ({ seats }, { limits: { cohortSeats: capacity } }) => {
  const taken = seats.filter(takesSeat)
  if (taken.length <= capacity) return []
  // The newest participants wait, never a chair: the order of the draft is the order of the waitlist.
  const over = taken.length - capacity
  const personIds = taken.filter(({ kind }) => kind === 'participant').map(({ personId }) => personId)
  return [
    {
      code: 'cohort.full',
      strength: 'block',
      facts: { capacity, taken: taken.length, over, personIds: personIds.slice(-over) },
    },
  ]
}

const chair: Rule = ({ seats }, { limits }) => {
  const chairs = seats.filter(({ kind, isWaitlisted }) => kind === 'chair' && !isWaitlisted).length
  return chairs >= limits.cohortChairs
    ? []
    : [{ code: 'cohort.chair', strength: 'block', facts: { chairs, needed: limits.cohortChairs } }]
}

/** Whoever takes or waits for a seat is eligible by their tie to the institution they come from. */
const eligibleAffiliation: Rule = ({ seats }, { limits, people }) => {
  const strangers = seats
    .filter(({ kind, personId, institutionId }) => {
      const ties = people.get(personId)?.affiliations ?? []
      return (
        kind !== 'facilitator' && !ties.some((tie) => tie.institutionId === institutionId && isEligible(tie, limits))
      )
    })
    .map(({ personId }) => ({ id: personId, name: people.get(personId)?.name ?? null }))
  if (!strangers.length) return []
  const facts = { people: strangers, eligible: [...limits.eligibleAffiliations] }
  return [{ code: 'eligibility.affiliation', strength: 'block', facts }]
}

const enoughMeetings: Rule = ({ meetings }, { limits }) =>
  meetings.length >= limits.minimumMeetings
    ? []
    : [
        {
          code: 'schedule.meetings',
          strength: 'warn',
          facts: { planned: meetings.length, usual: limits.minimumMeetings },
        },
      ]

/** Numbers count from 1 in the order of the draft. */
const numbered = (draft: CohortDraft) => draft.meetings.map((meeting, at) => ({ ...meeting, number: at + 1 }))
const minutesOf = ({ startsAt, endsAt }: { startsAt: Date; endsAt: Date }) =>
  Math.round((endsAt.getTime() - startsAt.getTime()) / MINUTE)

const length: Rule = (draft, { limits }) => {
  const { meetingMinutes: usual, meetingMinutesTolerance: tolerance } = limits
  const meetings = numbered(draft)
    .map((meeting) => ({ number: meeting.number, minutes: minutesOf(meeting) }))
    .filter(({ minutes }) => minutes > 0 && Math.abs(minutes - usual) > tolerance)
  return meetings.length ? [{ code: 'meeting.length', strength: 'warn', facts: { meetings, usual, tolerance } }] : []
}

const commitment: Rule = (draft, { limits }) => {
  if (!limits.commitment) return []
  const { minutes: promised, sessions } = limits.commitment
  const planned = draft.meetings.reduce((sum, meeting) => sum + Math.max(0, minutesOf(meeting)), 0)
  return planned >= promised
    ? []
    : [{ code: 'hours.commitment', strength: 'warn', facts: { planned, promised, sessions } }]
}

const times: Rule = (draft) => {
  const meetings = numbered(draft).filter((meeting) => minutesOf(meeting) <= 0 || minutesOf(meeting) > DAY / MINUTE)
  return meetings.length
    ? [{ code: 'meeting.times', strength: 'block', facts: { meetings: meetings.map(({ number }) => number) } }]
    : []
}

const place: Rule = (draft) => {
  const meetings = numbered(draft).filter((meeting) => !meeting.place && !meeting.joinUrl)
  return meetings.length
    ? [{ code: 'meeting.place', strength: 'block', facts: { meetings: meetings.map(({ number }) => number) } }]
    : []
}

const beforeDeadline: Rule = ({ meetings, submissionDeadline }, { limits: { deadlineBufferDays } }) => {
  if (!submissionDeadline || !meetings.length) return []
  const lastEnd = Math.max(...meetings.map(({ endsAt }) => endsAt.getTime()))
  const latest = submissionDeadline.getTime() - deadlineBufferDays * DAY
  if (lastEnd <= latest) return []
  const facts = {
    deadline: submissionDeadline,
    latest: new Date(latest),
    daysBefore: Math.floor((submissionDeadline.getTime() - lastEnd) / DAY),
    bufferDays: deadlineBufferDays,
  }
  return [{ code: 'schedule.before_deadline', strength: 'block', facts }]
}

const name: Rule = (draft, { isNameTaken }) =>
  isNameTaken ? [{ code: 'cohort.name_taken', strength: 'block', facts: { name: draft.name } }] : []

const RULES: readonly Rule[] = [
  name,
  full,
  chair,
  eligibleAffiliation,
  enoughMeetings,
  commitment,
  times,
  length,
  place,
  beforeDeadline,
]

/** All that the rules have to say about a draft, blocks and warnings as the network holds them, in the order of the form. */
export const checkCohort: Rule = (draft, context) => {
  const strengths: Partial<Record<CohortFinding['code'], CohortFinding['strength']>> = context.limits.strengths
  return RULES.flatMap((rule) => rule(draft, context)).map((finding) => ({
    ...finding,
    strength: strengths[finding.code] ?? finding.strength,
  }))
}

/**
 * Decides whether a draft becomes a cohort. Refuses `cohort.blocked` while a rule blocks, and `cohort.needs_reason`
 * while a rule warns and nobody said why it goes ahead. Gives the findings that were accepted, for the record.
 */
export function createCohort(draft: CohortDraft, context: CohortContext, reason: string | null) {
  const findings = checkCohort(draft, context)
  if (findings.some(({ strength }) => strength === 'block')) return refuse('cohort.blocked', { findings })
  if (findings.length && !reason) return refuse('cohort.needs_reason', { findings })
  return ok({ accepted: findings })
}
