import * as z from 'zod'
import { AFFILIATIONS } from '../directory/affiliation.ts'

/** A day of every year, `MM-DD`. */
export const DayOfYear = z.string().regex(/^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, 'A day such as 05-14')

/** A term of the year and the day it begins; it lasts until the next begins. */
export const ConveningTerm = z.strictObject({ term: z.enum(['spring', 'summer', 'fall']), begins: DayOfYear })
export type ConveningTerm = z.infer<typeof ConveningTerm>

/** A network may make these block or warn; every other rule has the strength its source gives it. */
export const RULES_OF_EITHER_STRENGTH = [
  'schedule.meetings',
  'meeting.length',
  'schedule.before_deadline',
  'hours.commitment',
] as const

const count = (usual: number) => z.int().min(0).max(10_000).default(usual)

/**
 * The limits of a network's policy pack. Whatever a pack leaves out is as the sources say (Campus Compact's FAQ 2 and 3).
 * No rule has a number of its own: it is told these.
 */
export const PolicyLimits = z.object({
  /** cohort.full: seats of participants and chairs. */
  cohortSeats: z.int().min(1).max(1000).default(15),
  /** Below this many a cohort is shown as too small to its coordinator. */
  cohortMinimum: count(6),
  /** cohort.chair: who lead a cohort from its first day. */
  cohortChairs: count(1),
  /** eligibility.affiliation */
  eligibleAffiliations: z
    .array(z.enum(AFFILIATIONS))
    .min(1)
    .default([...AFFILIATIONS]),
  /** schedule.meetings */
  minimumMeetings: count(6),
  /** meeting.length: usual minutes, and how far from them goes without a reason. */
  meetingMinutes: z.int().min(1).max(1440).default(90),
  meetingMinutesTolerance: count(15),
  /** schedule.before_deadline: days between the last meeting and the submission deadline. */
  deadlineBufferDays: count(14),
  /** hours.commitment: guided minutes of a programme, over how many sessions. Null: none is promised. */
  commitment: z
    .strictObject({ minutes: z.int().min(1), sessions: z.int().min(1) })
    .nullable()
    .default(null),
  /** silence: weeks without any interaction before a community's stewards are told. */
  silenceWeeks: z.int().min(1).max(104).default(6),
  /** convening.each_term: the terms that have a convening each. None: nothing is missed. */
  conveningTerms: z
    .array(ConveningTerm)
    .max(3)
    .refine((terms) => new Set(terms.map(({ term }) => term)).size === terms.length, 'A term stands there twice')
    .default([
      { term: 'spring', begins: '01-01' },
      { term: 'summer', begins: '05-14' },
      { term: 'fall', begins: '08-14' },
    ]),
  /** Rules that this network holds more or less strictly than the sources do. */
  strengths: z.partialRecord(z.enum(RULES_OF_EITHER_STRENGTH), z.enum(['block', 'warn'])).default({}),
})
export type PolicyLimits = z.infer<typeof PolicyLimits>

/** Some limits, for a blueprint: what it leaves out stays as the network has it. */
export const SomeLimits = z.strictObject(
  Object.fromEntries(Object.entries(PolicyLimits.shape).map(([limit, schema]) => [limit, schema.unwrap().optional()])),
) as z.ZodType<Partial<PolicyLimits>>

/** What holds where a network has said nothing. */
export const USUAL_LIMITS: PolicyLimits = PolicyLimits.parse({})
