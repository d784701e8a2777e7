import * as z from 'zod'
import { AFFILIATIONS } from './affiliation.ts'
import { CohortId, ConveningId, InstitutionId, PersonId } from '../kernel/ids.ts'
import { Instant, route } from '../kernel/route.ts'
import { CampusMark } from './person-seen.ts'
import { RoleHeld } from './roles-contract.ts'

const One = z.object({ personId: PersonId })

/** Everything the admin app shows of one person. No grades, works or reviews. */
export const PersonShown = z.object({
  id: PersonId,
  name: z.string().nullable(),
  pronouns: z.string().nullable(),
  email: z.string().nullable(),
  since: Instant,
  affiliations: z.array(z.object({ institution: CampusMark, kind: z.enum(AFFILIATIONS), mayChange: z.boolean() })),
  /** Institutions that the reader may still tie this person to. */
  mayTieTo: z.array(z.object({ id: InstitutionId, name: z.string() })),
  /** How they sign in: an address, or at which LMS or institution. */
  identities: z.array(z.object({ kind: z.enum(['lti', 'email', 'oidc', 'saml']), at: z.string(), since: Instant })),
  roles: z.array(RoleHeld),
  cohorts: z.array(
    z.object({ id: CohortId, name: z.string(), kind: z.string(), status: z.enum(['seated', 'waitlisted', 'left']) }),
  ),
  convenings: z.array(z.object({ id: ConveningId, name: z.string(), status: z.string() })),
  /** Network admins hand out what is kept about somebody, and remove them. */
  mayExport: z.boolean(),
  mayRemove: z.boolean(),
})

export const showPerson = route({
  method: 'GET',
  path: '/api/people/:personId',
  params: One,
  response: PersonShown,
  refusals: ['directory.not_found'],
})

const Tie = One.extend({ institutionId: InstitutionId })

/** A tie to an institution that the actor administers; one kind for each institution. */
export const setAffiliation = route({
  method: 'PUT',
  path: '/api/people/:personId/affiliations/:institutionId',
  params: Tie,
  body: z.strictObject({ kind: z.enum(AFFILIATIONS) }),
  response: z.undefined(),
  refusals: ['directory.not_found'],
})
export const removeAffiliation = route({
  method: 'DELETE',
  path: '/api/people/:personId/affiliations/:institutionId',
  params: Tie,
  response: z.undefined(),
  refusals: ['directory.not_found'],
})

/** Rows by table, as they are kept. Work, reviews and scores are left out: nobody reads those in the admin app. */
export const exportPerson = route({
  method: 'GET',
  path: '/api/people/:personId/export',
  params: One,
  response: z.object({
    exportedAt: Instant,
    tables: z.record(z.string(), z.array(z.record(z.string(), z.unknown()))),
    /** Tables left out that hold something about them, with how many rows. */
    leftOut: z.record(z.string(), z.int()),
  }),
  refusals: ['directory.not_found'],
})

/** What they signed in with, who they were and what was only theirs goes; what others built upon stays, without a name. */
export const removePerson = route({
  method: 'POST',
  path: '/api/people/:personId/remove',
  params: One,
  body: z.strictObject({ reason: z.string().trim().min(1).max(500) }),
  response: z.undefined(),
  refusals: ['directory.not_found', 'directory.last_network_admin', 'directory.not_yourself'],
})
