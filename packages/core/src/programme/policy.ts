import * as z from 'zod'
import { AFFILIATIONS } from '../directory/affiliation.ts'

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
})
export type PolicyLimits = z.infer<typeof PolicyLimits>

/** What holds where a network has said nothing. */
export const USUAL_LIMITS: PolicyLimits = PolicyLimits.parse({})
