import type { InstitutionId, RegionId } from '../kernel/ids.ts'
import type { Actor } from './actor.ts'
import { adminReach, grantsToChange } from './may-administer.ts'

/** `read` sees it; `settings` sets it up; `all` also says which domains it speaks for, and forgets whom it remembered. */
export type SignInAccess = 'none' | 'read' | 'settings' | 'all'

type Place = Readonly<{ institutionId: InstitutionId; regionId: RegionId | null }>

/**
 * What somebody may do about the sign-in of an institution. A network admin: everything. An institution admin: set up
 * their own, because they know their identity provider; never confirm a domain, because whoever speaks for a domain can be
 * anybody who has an address there. A coordinator of its region and support: read.
 */
export function maySetUpSignIn({ grants }: Pick<Actor, 'grants'>, place: Place): SignInAccess {
  const changing = grantsToChange(grants)
  if (changing.some(({ role }) => role === 'network_admin')) return 'all'
  const isOwn = changing.some((one) => one.role === 'institution_admin' && one.institutionId === place.institutionId)
  if (isOwn) return 'settings'
  const reach = adminReach({ grants })
  if (!reach) return 'none'
  const isInReach = reach.regions === 'all' || (place.regionId !== null && reach.regions.includes(place.regionId))
  return isInReach ? 'read' : 'none'
}

/** Who speaks, as settings have it. `clientId` is of OIDC, `ssoUrl` and certificates of SAML. */
export type Speaker = Readonly<{
  kind: 'oidc' | 'saml'
  issuer: string
  clientId: string
  ssoUrl: string | null
  certificates: readonly string[]
}>

/**
 * Whether settings hand the word to somebody else than before: another issuer, a certificate that was not there, another
 * address that people are sent to, or another client, for which nobody is remembered, so that whoever was given an
 * address would be let in to what was somebody else's. Then its domains have to be confirmed again, unless whoever changed it is who confirms.
 */
export function isOtherSpeaker(before: Speaker | undefined, after: Speaker): boolean {
  if (!before || before.kind !== after.kind || before.issuer !== after.issuer) return true
  if (before.clientId !== after.clientId || before.ssoUrl !== after.ssoUrl) return true
  return after.certificates.some((one) => !before.certificates.includes(one))
}
