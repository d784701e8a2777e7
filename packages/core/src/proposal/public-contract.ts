import * as z from 'zod'
import { AFFILIATIONS } from '../directory/affiliation.ts'
import { EmailAddress } from '../directory/contract.ts'
import { InstitutionKind } from '../directory/institution-kind.ts'
import { CampusMark } from '../directory/person-seen.ts'
import { CallId, InstitutionId } from '../kernel/ids.ts'
import { Instant, PageQuery, page, route } from '../kernel/route.ts'

// ---- pages that anybody reads, without sign-in
const NetworkNamed = z.object({ slug: z.string(), name: z.string() })
const NextMeeting = z.object({
  startsAt: Instant,
  timeZone: z.string(),
  /** Where, not how to join: the address is for those who take part. */
  place: z.string().nullable(),
  isOnline: z.boolean(),
})
const CommunityListed = z.object({
  slug: z.string(),
  name: z.string(),
  area: z.string(),
  domain: z.string(),
  hosts: z.array(CampusMark),
  next: NextMeeting.nullable(),
})
export type CommunityListed = z.infer<typeof CommunityListed>

/** The approved communities of one network, by name. `network` null: there are several, and one has to be chosen. */
export const listCommunities = route({
  method: 'GET',
  path: '/api/public/communities',
  query: PageQuery.extend({
    network: z.string().max(80).optional(),
    search: z.string().trim().max(100).optional(),
  }),
  response: page(CommunityListed).extend({
    network: NetworkNamed.nullable(),
    /** Networks that show something in public. */
    networks: z.array(NetworkNamed),
  }),
})

export const showCommunity = route({
  method: 'GET',
  path: '/api/public/communities/:slug',
  params: z.object({ slug: z.string().min(1).max(80) }),
  response: CommunityListed.omit({ next: true, domain: true }).extend({
    network: NetworkNamed,
    charter: z.object({ domain: z.string(), community: z.string(), practice: z.string() }),
    democratic: z.string(),
    inclusive: z.string(),
    cohorts: z.array(
      z.object({
        name: z.string(),
        seatsFree: z.int(),
        meetings: z.array(NextMeeting.extend({ title: z.string() })),
      }),
    ),
  }),
  refusals: ['community.not_found'],
})

/** What the start-your-own form offers. `network` null: choose one first. */
export const showStart = route({
  method: 'GET',
  path: '/api/public/start',
  query: z.object({ network: z.string().max(80).optional() }),
  response: z.object({
    network: NetworkNamed.nullable(),
    networks: z.array(NetworkNamed),
    calls: z.array(z.object({ id: CallId, title: z.string(), about: z.string(), closesAt: Instant })),
    institutions: z.array(CampusMark.extend({ kind: InstitutionKind })),
  }),
})

/** What somebody says who wants to start a community. Kept until the link of its own mail is followed, as long as that holds. */
export const StartForm = z.strictObject({
  network: z.string().min(1).max(80),
  callId: CallId.nullable(),
  name: z.string().trim().min(1).max(200),
  email: EmailAddress,
  institutionId: InstitutionId,
  affiliation: z.enum(AFFILIATIONS),
  title: z.string().trim().min(1).max(120),
  domain: z.string().trim().max(4000),
})
export type StartForm = z.infer<typeof StartForm>

/** Answers alike whether the address is known: a mail asks to prove it, and its link opens the draft. */
export const startCommunity = route({
  method: 'POST',
  path: '/api/public/start',
  body: StartForm,
  response: z.undefined(),
  refusals: [
    'start.network_unknown',
    'start.institution_unknown',
    'call.closed',
    'start.too_many',
    'notice.too_many_mails',
  ],
})
