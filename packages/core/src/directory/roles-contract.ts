import * as z from 'zod'
import { GrantId, InstitutionId, PersonId, RegionId } from '../kernel/ids.ts'
import { Instant, PageQuery, page, route } from '../kernel/route.ts'
import { EmailAddress } from './contract.ts'

const Named = z.object({ name: z.string() })

export const RoleHeld = z.object({
  id: GrantId,
  person: z.object({ id: PersonId, name: z.string().nullable(), email: z.string().nullable() }),
  role: z.enum(['network_admin', 'coordinator', 'institution_admin', 'support']),
  region: Named.extend({ id: RegionId }).nullable(),
  institution: Named.extend({ id: InstitutionId }).nullable(),
  grantedAt: Instant,
  /** Null: by the command line. */
  grantedByName: z.string().nullable(),
  mayRevoke: z.boolean(),
})
export type RoleHeld = z.infer<typeof RoleHeld>

/** Who administers what, of what the reader administers, by name. */
export const listRoles = route({
  method: 'GET',
  path: '/api/roles',
  query: PageQuery.extend({ search: z.string().trim().max(100).optional() }),
  response: page(RoleHeld),
})

/** Whoever signs in with the address gets the role, and a mail that says so. A person is made where nobody has it. */
export const grantRole = route({
  method: 'POST',
  path: '/api/roles',
  body: z.strictObject({
    email: EmailAddress,
    given: z.discriminatedUnion('role', [
      z.strictObject({ role: z.literal('network_admin') }),
      z.strictObject({ role: z.literal('support') }),
      z.strictObject({ role: z.literal('coordinator'), regionId: RegionId }),
      z.strictObject({ role: z.literal('institution_admin'), institutionId: InstitutionId }),
    ]),
  }),
  response: z.object({ id: GrantId }),
  refusals: ['directory.not_found', 'directory.beyond_reach', 'directory.role_held'],
})

/** Takes the role away; the person's open pages lose it at their next request. */
export const revokeRole = route({
  method: 'DELETE',
  path: '/api/roles/:grantId',
  params: z.object({ grantId: GrantId }),
  response: z.undefined(),
  refusals: ['directory.not_found', 'directory.beyond_reach', 'directory.last_network_admin'],
})
