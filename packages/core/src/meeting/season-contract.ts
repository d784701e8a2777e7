import * as z from 'zod'
import { CohortId, ConveningId, InstitutionId, MeetingId, RegionId } from '../kernel/ids.ts'
import { Instant, route } from '../kernel/route.ts'

export const SeasonMeeting = z.object({
  kind: z.literal('meeting'),
  id: MeetingId,
  title: z.string(),
  cohort: z.object({ id: CohortId, name: z.string() }),
  startsAt: Instant,
  endsAt: Instant,
  timeZone: z.string(),
  place: z.string().nullable(),
  isOnline: z.boolean(),
})
export type SeasonMeeting = z.infer<typeof SeasonMeeting>
export const SeasonEntry = z.discriminatedUnion('kind', [
  SeasonMeeting,
  z.object({
    kind: z.literal('convening'),
    id: ConveningId,
    title: z.string(),
    startsAt: Instant,
    endsAt: Instant,
    timeZone: z.string(),
  }),
  /** A submission deadline with the cohorts that it is for. */
  z.object({
    kind: z.literal('deadline'),
    at: Instant,
    cohorts: z.array(z.object({ id: CohortId, name: z.string() })),
    more: z.int(),
  }),
])
export type SeasonEntry = z.infer<typeof SeasonEntry>

/** At most 500 meetings of at most 100 days, by start; `left` says how many more there are. */
export const showSeason = route({
  method: 'GET',
  path: '/api/season/calendar',
  query: z.object({
    from: Instant,
    until: Instant,
    regionId: RegionId.optional(),
    institutionId: InstitutionId.optional(),
  }),
  response: z.object({ entries: z.array(SeasonEntry), left: z.int() }),
  refusals: ['season.too_long'],
})

/** The address of the reader's own calendar feed; null until they make one. It holds no more than they may see. */
export const showFeed = route({
  method: 'GET',
  path: '/api/season/feed',
  response: z.object({ madeAt: Instant, lastReadAt: Instant.nullable() }).nullable(),
})
/** A new address; the one before no longer answers. It is shown this once. */
export const makeFeed = route({
  method: 'POST',
  path: '/api/season/feed',
  response: z.object({ url: z.string() }),
})
export const endFeed = route({ method: 'POST', path: '/api/season/feed/end', response: z.undefined() })
