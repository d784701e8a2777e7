import { addressesElsewhere, knowSameClients } from '@copractice/core/connection'
import { ok, refuse, type InstitutionId, type NetworkId, type PersonId, type PlatformId } from '@copractice/core/kernel'
import {
  findPlatformOwner,
  insertPlatform,
  listTokenEndpointsOfOthers,
  saveConfirmedAddresses,
  saveDeployment,
  updatePlatform,
  type PlatformDetails,
} from '@copractice/store/connection'
import { acrossNetworks, type Db, type Trx } from '@copractice/store/database'
import { insertAuditEntry } from '@copractice/store/directory'

export type PlatformToRegister = Readonly<{
  networkId: NetworkId
  institutionId: InstitutionId
  details: Omit<PlatformDetails, 'tokenAudience' | 'profile'> &
    Partial<Pick<PlatformDetails, 'tokenAudience' | 'profile'>>
  deploymentId: string
  /** Null for an operator at the command line. */
  by: PersonId | null
}>
export type RegisteredPlatform = Readonly<{
  platformId: PlatformId
  change: 'registered' | 'updated' | 'unchanged'
  deployment: 'added' | 'known'
}>

/**
 * Registers an LMS by hand, active at once; again for the same institution it changes what differs and keeps its status.
 * Refused when issuer and client id, or the client id at that token endpoint, belong to another institution, without
 * saying which; and when addresses are not the issuer's own, unless an operator says so: a Canvas of a school's own may
 * keep the issuer that all share, and the operator stands for where it answers. Whoever calls has decided that this institution may be administered.
 */
export function registerPlatform(db: Db, given: PlatformToRegister, now: Date) {
  // An LMS is registered once in the whole installation, so other networks' are looked at.
  return acrossNetworks(() => registerOnce(db, given, now))
}

function registerOnce(db: Db, given: PlatformToRegister, now: Date) {
  return db.transaction().execute(async (trx) => {
    const { networkId, institutionId, deploymentId } = given
    const { issuer, clientId } = given.details
    const details = {
      tokenAudience: null,
      profile: guessProfile(given.details.authorizationEndpoint),
      ...given.details,
    }
    const elsewhere = addressesElsewhere(details)
    if (given.by !== null && elsewhere.length)
      return refuse('connection.addresses_elsewhere', { addresses: elsewhere.join(', ') })
    const others = await listTokenEndpointsOfOthers(trx, given, clientId)
    if (others.some((endpoint) => knowSameClients(endpoint, details.tokenEndpoint)))
      return refuse('connection.already_registered', { issuer, clientId })
    const owner = await findPlatformOwner(trx, issuer, clientId)
    if (owner && (owner.networkId !== networkId || owner.institutionId !== institutionId))
      return refuse('connection.already_registered', { issuer, clientId })

    const isUpdated = owner ? await updatePlatform(trx, networkId, owner.platformId, details) : false
    const platformId =
      owner?.platformId ?? (await insertPlatform(trx, { networkId, institutionId, status: 'active' }, details))
    const stoodFor = [...new Set(elsewhere.flatMap((name) => details[name] ?? []))]
    await saveConfirmedAddresses(trx, { networkId, platformId }, stoodFor)
    const isDeploymentNew = await saveDeployment(trx, { networkId, platformId }, deploymentId, 'active')
    const change = !owner ? 'registered' : isUpdated || isDeploymentNew ? 'updated' : 'unchanged'
    const deployment = isDeploymentNew ? 'added' : 'known'
    if (change !== 'unchanged') await writeDown(trx, given, platformId, change, now)
    return ok({ platformId, change, deployment } satisfies RegisteredPlatform)
  })
}

async function writeDown(
  trx: Trx,
  { networkId, institutionId, details, by }: PlatformToRegister,
  platformId: PlatformId,
  change: 'registered' | 'updated',
  at: Date,
): Promise<void> {
  const facts = { institutionId, issuer: details.issuer, clientId: details.clientId }
  await insertAuditEntry(trx, {
    networkId,
    at,
    actorId: by,
    action: `connection.${change}`,
    subject: `platform:${platformId}`,
    facts,
  })
}

/** By the address that each LMS product answers logins at. */
function guessProfile(authorizationEndpoint: string): PlatformDetails['profile'] {
  const path = URL.canParse(authorizationEndpoint) ? new URL(authorizationEndpoint).pathname : ''
  if (path.endsWith('/api/lti/authorize_redirect')) return 'canvas'
  return path.endsWith('/mod/lti/auth.php') ? 'moodle' : 'other'
}
