import * as z from 'zod'
import { Instant, route } from '../kernel/route.ts'

const Wants = z.object({ wants: z.boolean() })

/** Whether the reader wants reminders of reviews by mail. `address` null: there is nowhere to send them. */
export const showReminderChoiceRoute = route({
  method: 'GET',
  path: '/api/reminders',
  response: Wants.extend({ address: z.string().nullable() }),
})
export const chooseRemindersRoute = route({
  method: 'PUT',
  path: '/api/reminders',
  body: Wants,
  response: Wants,
})

/** The same for whoever a mail went to, without signing in, by the token of its last line. */
export const chooseRemindersByLinkRoute = route({
  method: 'POST',
  path: '/api/reminders/by-link',
  body: Wants.extend({ token: z.string().min(1).max(300) }),
  response: Wants,
  refusals: ['reminder.link_unknown'],
})

/** One click in a mail program (RFC 8058): a form post to the address in the mail's header, without a page or a session. */
export const stopRemindersRoute = route({
  method: 'POST',
  path: '/api/reminders/stop',
  query: z.object({ token: z.string().min(1).max(300) }),
  response: Wants,
  refusals: ['reminder.link_unknown'],
})

/** Whether the reader lets their marks in this cohort be used for research. `since` null: they do not. */
export const showResearchConsentRoute = route({
  method: 'GET',
  path: '/api/research-consent',
  response: z.object({ since: Instant.nullable() }),
  refusals: ['review.not_participant'],
})
export const chooseResearchConsentRoute = route({
  method: 'PUT',
  path: '/api/research-consent',
  body: z.object({ consents: z.boolean() }),
  response: z.object({ since: Instant.nullable() }),
  refusals: ['review.not_participant'],
})
