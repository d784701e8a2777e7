import * as z from 'zod'
import { TimeZone } from '../directory/time-zone.ts'
import { PersonId } from '../kernel/ids.ts'
import { Day } from '../kernel/route.ts'

export const SCOPES = ['institutional', 'state', 'regional', 'national'] as const
export const MODALITIES = ['in_person', 'online', 'both'] as const

const text = (most: number) => z.string().max(most)
const people = z
  .array(PersonId)
  .max(20)
  .refine((ids) => new Set(ids).size === ids.length, 'names a person twice')

/** One meeting of the plan: a date and a wall clock in the proposal's zone; null and empty until it is written. */
export const PlannedMeeting = z.strictObject({
  title: text(160),
  date: Day.nullable(),
  startTime: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'A time such as 15:30')
    .nullable(),
  minutes: z.int().min(0).max(1440),
  place: text(300),
  joinUrl: text(2000),
})
export type PlannedMeeting = z.infer<typeof PlannedMeeting>

/**
 * What a proposal says. A draft may be empty everywhere: text is empty rather than absent, and the rules say what is
 * missing. `area` is one micro-credential or competency area. `pair_us`: we look for facilitators. `cohorts`: how many run
 * by the plan side by side. There is no price and no pay (cost.free).
 */
export const ProposalBody = z.strictObject({
  title: text(120),
  area: text(200),
  scope: z.enum(SCOPES),
  modality: z.enum(MODALITIES),
  startsOn: Day.nullable(),
  endsOn: Day.nullable(),
  timeZone: TimeZone,
  cohorts: z.int().min(1).max(10).default(1),
  meetings: z.array(PlannedMeeting).max(60),
  facilitation: z.enum(['own', 'pair_us']),
  facilitators: people,
  chairs: people,
  democratic: text(4000),
  inclusive: text(4000),
  charter: z.strictObject({ domain: text(4000), community: text(4000), practice: text(4000) }),
})
export type ProposalBody = z.infer<typeof ProposalBody>

/** An empty draft in a zone. */
export const emptyBody = (timeZone: string): ProposalBody => ({
  title: '',
  area: '',
  scope: 'institutional',
  modality: 'both',
  startsOn: null,
  endsOn: null,
  timeZone,
  cohorts: 1,
  meetings: [],
  facilitation: 'own',
  facilitators: [],
  chairs: [],
  democratic: '',
  inclusive: '',
  charter: { domain: '', community: '', practice: '' },
})
