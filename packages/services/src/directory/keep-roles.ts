import { mayGrant, type Actor, type Grant, type RoleGiven } from '@copractice/core/directory'
import { ok, refuse, type GrantId, type InstitutionId, type RegionId } from '@copractice/core/kernel'
import type { Db, Trx } from '@copractice/store/database'
import {
  deleteRole,
  findInstitution,
  findRole,
  findWriter,
  insertRole,
  listRegions,
  lockNetworkAdmins,
  savePersonByEmail,
} from '@copractice/store/directory'
import { queueMail } from '../notice/queue-mail.ts'
import { writeMail } from '../notice/write-mail.ts'
import { audit, notFound, scopeOf } from './administrator.ts'

type Asked =
  | Readonly<{ role: 'network_admin' | 'support' }>
  | Readonly<{ role: 'coordinator'; regionId: RegionId }>
  | Readonly<{ role: 'institution_admin'; institutionId: InstitutionId }>
type Granting = Readonly<{ email: string; given: Asked; adminUrl: string }>

const beyondReach = () => refuse('directory.beyond_reach', {})

/** What the rule asks of a role, and the name of its place. Undefined when the network has no such place in reach. */
async function placeOf(
  trx: Trx,
  actor: Actor,
  given: Asked,
  now: Date,
): Promise<{ given: RoleGiven; grant: Grant; place: string | null } | undefined> {
  if (given.role === 'coordinator') {
    const [region] = await listRegions(trx, actor.networkId, [given.regionId])
    return region && { given, grant: given, place: region.name }
  }
  if (given.role !== 'institution_admin') return { given, grant: given, place: null }
  const institution = await findInstitution(trx, scopeOf(actor), given.institutionId, now)
  const regionId = institution?.region?.id ?? null
  return institution && { given: { ...given, regionId }, grant: given, place: institution.name }
}

/** Gives a role within the actor's own reach to whoever signs in with the address, and writes to them. */
export function grantRole(db: Db, actor: Actor, { email, given: asked, adminUrl }: Granting, now: Date) {
  return db.transaction().execute(async (trx) => {
    const found = await placeOf(trx, actor, asked, now)
    if (!found) return notFound()
    const { given, grant, place } = found
    if (!mayGrant(actor, given)) return beyondReach()
    const { networkId } = actor
    const personId = await savePersonByEmail(trx, networkId, email)
    const id = await insertRole(trx, { networkId, personId, grantedBy: actor.personId }, grant, now)
    if (!id) return refuse('directory.role_held', { email })
    const facts = { email, role: given.role, ...(place && { place }), ...placeFacts(given) }
    await audit(trx, actor, { action: 'role.granted', subject: `person:${personId}`, facts }, now)
    await queueMail(trx, { ...(await grantMail(trx, actor, { adminUrl, place })), to: email, networkId }, now)
    return ok({ id })
  })
}

const placeFacts = (given: RoleGiven) => ({
  ...('regionId' in given && given.regionId && { regionId: given.regionId }),
  ...('institutionId' in given && { institutionId: given.institutionId }),
})

async function grantMail(
  trx: Trx,
  actor: Actor,
  { adminUrl, place }: Readonly<{ adminUrl: string; place: string | null }>,
) {
  const { name, network } = await findWriter(trx, actor)
  const where = place && place !== network ? `${place} (${network})` : network
  return writeMail({
    subject: `You have a part in ${where}`,
    paragraphs: ['Hello,', `${name ?? 'An administrator'} gave you a part in looking after ${where} in Copractice.`],
    action: { label: 'Sign in with this address', url: `${adminUrl}/` },
    footnote: 'There is no password: a link is mailed to you each time.',
  })
}

/**
 * Takes a role away. Grants are read anew at each request, so it is over for pages that are open too. A network keeps one
 * network admin who can sign in.
 */
export function revokeRole(db: Db, actor: Actor, grantId: GrantId, now: Date) {
  return db.transaction().execute(async (trx) => {
    const role = await findRole(trx, scopeOf(actor), grantId)
    if (!role) return notFound()
    if (!mayGrant(actor, role.given)) return beyondReach()
    if (role.role === 'network_admin') {
      const admins = await lockNetworkAdmins(trx, actor.networkId)
      if (admins.every((personId) => personId === role.person.id)) return refuse('directory.last_network_admin', {})
    }
    await deleteRole(trx, actor.networkId, grantId)
    const place = role.region?.name ?? role.institution?.name
    const who = role.person.name ?? role.person.email
    const facts = { role: role.role, ...(who && { person: who }), ...(place && { place }), ...placeFacts(role.given) }
    await audit(trx, actor, { action: 'role.revoked', subject: `person:${role.person.id}`, facts }, now)
    return ok(undefined)
  })
}
