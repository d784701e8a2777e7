import * as z from 'zod'
import { CampusMark } from '../directory/person-seen.ts'
import { ConveningId, RegistrationId } from '../kernel/ids.ts'
import { Instant, route } from '../kernel/route.ts'
import { PublicSession, SessionId } from './session-contract.ts'
import { MyWishes, Wishes } from './wishes.ts'

const OneBadge = z.object({ slug: z.string().min(1).max(80), key: z.string().regex(/^[0-9a-f]{64}$/) })
const at = '/api/public/convenings/:slug/badges/:key'

export const FeedbackAnswer = z.strictObject({
  /** 1 little, 5 a great deal. */
  usefulness: z.int().min(1).max(5),
  /** What they take with them, and what should be otherwise next time. */
  kept: z.string().trim().max(2000),
  change: z.string().trim().max(2000),
})
export type FeedbackAnswer = z.infer<typeof FeedbackAnswer>

const Needs = z.strictObject({
  accessibility: z.string().trim().max(1000),
  dietary: z.string().trim().max(1000),
})

/** What the holder of a badge's link sees: their own place, sessions and links to join, which nobody else is shown. */
export const Badge = z.object({
  registrationId: RegistrationId,
  conveningId: ConveningId,
  name: z.string().nullable(),
  institution: CampusMark,
  /** Those who wait see no address to join. */
  status: z.enum(['registered', 'waitlisted']),
  convening: z.object({
    name: z.string(),
    network: z.string(),
    startsAt: Instant.nullable(),
    endsAt: Instant.nullable(),
    timeZone: z.string(),
    place: z.string().nullable(),
    joinUrl: z.string().nullable(),
    lead: z.string().nullable(),
    contactEmail: z.string().nullable(),
  }),
  sessions: z.array(
    PublicSession.extend({ mine: z.enum(['chosen', 'waitlisted']).nullable(), joinUrl: z.string().nullable() }),
  ),
  needs: Needs,
  wishes: Wishes.extend({ interests: z.string() }),
  /** They have been placed into a cohort: what they wished for decided it, and changes nothing any more. */
  isPlaced: z.boolean(),
  /** later: the convening is not over. */
  feedback: z.enum(['later', 'open', 'given']),
})
export type Badge = z.infer<typeof Badge>

export const showBadge = route({
  method: 'GET',
  path: at,
  params: OneBadge,
  response: Badge,
  refusals: ['convening.not_found'],
})
/** A session let go goes to the next who waits for it, who is written to. */
export const chooseMySessions = route({
  method: 'PUT',
  path: `${at}/sessions`,
  params: OneBadge,
  body: z.strictObject({ sessions: z.array(SessionId).max(200) }),
  response: z.undefined(),
  refusals: ['convening.not_found', 'convening.over', 'session.unknown', 'session.overlap'],
})
export const stateMyNeeds = route({
  method: 'PUT',
  path: `${at}/needs`,
  params: OneBadge,
  body: Needs,
  response: z.undefined(),
  refusals: ['convening.not_found', 'convening.over'],
})
/** Replaces what they said of being placed. Refuses `wishes.settled` once they are placed into a cohort. */
export const stateMyWishes = route({
  method: 'PUT',
  path: `${at}/wishes`,
  params: OneBadge,
  body: MyWishes,
  response: z.undefined(),
  refusals: ['convening.not_found', 'convening.over', 'wishes.settled', 'wishes.own_address', 'wishes.with_and_apart'],
})
/** Gives the place back. Registering again puts the person at the end of the order. */
export const giveUpMyPlace = route({
  method: 'POST',
  path: `${at}/give-up`,
  params: OneBadge,
  response: z.undefined(),
  refusals: ['convening.not_found', 'convening.over'],
})
/** Sent again, it replaces what was said. */
export const giveFeedback = route({
  method: 'PUT',
  path: `${at}/feedback`,
  params: OneBadge,
  body: FeedbackAnswer,
  response: z.undefined(),
  refusals: ['convening.not_found', 'feedback.not_yet', 'feedback.no_place'],
})
/** `text/calendar`: the convening and the sessions chosen, with the addresses to join. */
export const myCalendar = route({
  method: 'GET',
  path: `${at}/calendar.ics`,
  params: OneBadge,
  response: z.string(),
  refusals: ['convening.not_found'],
})
