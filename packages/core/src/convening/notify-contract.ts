import * as z from 'zod'
import { EmailAddress } from '../directory/contract.ts'
import { ConveningId } from '../kernel/ids.ts'
import { route } from '../kernel/route.ts'

const OfOne = z.object({ slug: z.string().min(1).max(80) })
const Mine = OfOne.extend({ key: z.string().regex(/^[0-9a-f]{64}$/) })
const at = '/api/public/convenings/:slug'

/** Sends a mail that asks whether it was meant. Answers alike whether the address is known or new. */
export const askToBeTold = route({
  method: 'POST',
  path: `${at}/notify`,
  params: OfOne,
  body: z.strictObject({ email: EmailAddress }),
  response: z.undefined(),
  refusals: ['convening.not_found', 'convening.has_dates', 'convening.too_many', 'notice.too_many_mails'],
})
/** Yes, tell me: the second of two opt-ins. */
export const confirmToBeTold = route({
  method: 'POST',
  path: `${at}/notify/:key/confirm`,
  params: Mine,
  response: z.object({ name: z.string() }),
  refusals: ['convening.not_found'],
})
/** Forgets the address. Again, it changes nothing. */
export const stopBeingTold = route({
  method: 'POST',
  path: `${at}/notify/:key/stop`,
  params: Mine,
  response: z.undefined(),
  refusals: ['convening.not_found'],
})

/** How many want to hear of the dates. */
export const countToBeTold = route({
  method: 'GET',
  path: '/api/convenings/:conveningId/notify',
  params: z.object({ conveningId: ConveningId }),
  response: z.object({ confirmed: z.int(), told: z.int() }),
  refusals: ['directory.not_found'],
})
/** `application/pdf`: the flyer, tagged. A draft's is for its coordinators only (below). */
export const publicFlyer = route({
  method: 'GET',
  path: `${at}/flyer.pdf`,
  params: OfOne,
  response: z.string(),
  refusals: ['convening.not_found'],
})
/** `text/calendar`: the convening and its sessions, to subscribe to. Without addresses to join. */
export const publicCalendar = route({
  method: 'GET',
  path: `${at}/calendar.ics`,
  params: OfOne,
  response: z.string(),
  refusals: ['convening.not_found'],
})
export const draftFlyer = route({
  method: 'GET',
  path: '/api/convenings/:conveningId/flyer.pdf',
  params: z.object({ conveningId: ConveningId }),
  response: z.string(),
  refusals: ['directory.not_found'],
})
