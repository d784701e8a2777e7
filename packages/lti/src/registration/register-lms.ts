import * as z from 'zod'
import { addressesElsewhere, knowSameClients } from '@copractice/core/connection'
import type { Db } from '@copractice/store/database'
import {
  consumeInvite,
  findInvite,
  findPlatformOwner,
  insertPlatform,
  listTokenEndpointsOfOthers,
  saveDeployment,
  type OpenInvite,
  type PlatformDetails,
} from '@copractice/store/connection'
import { insertAuditEntry } from '@copractice/store/directory'
import { hashSecret } from '../launch/browser-cookie.ts'
import { isText } from '../launch/claims.ts'
import { Refused, type RefusalFacts } from '../launch/refused.ts'
import { isNoPublicName, OutgoingFailure, type Answer, type Outgoing, type OutgoingRequest } from '../net/outgoing.ts'
import { TOOL_CONFIGURATION, toolConfiguration } from './tool-configuration.ts'

const PLATFORM_CONFIGURATION = 'https://purl.imsglobal.org/spec/lti-platform-configuration'

const Address = z
  .url({ protocol: /^https?$/ })
  .max(1000)
  .refine(isText)
const Id = z.string().min(1).max(255).refine(isText)
const OpenidConfiguration = z.object({
  issuer: Address,
  authorization_endpoint: Address,
  token_endpoint: Address,
  jwks_uri: Address,
  registration_endpoint: Address,
  /** Canvas names a bare host here and wants its token endpoint as audience all the same. */
  authorization_server: Address.optional().catch(undefined),
  [PLATFORM_CONFIGURATION]: z
    .object({ product_family_code: z.string().max(100) })
    .optional()
    .catch(undefined),
})
type OpenidConfiguration = z.infer<typeof OpenidConfiguration>

const Reply = z.object({
  client_id: Id,
  [TOOL_CONFIGURATION]: z
    .object({ deployment_id: Id.optional().catch(undefined) })
    .optional()
    .catch(undefined),
})

export type RegistrationRequest = Readonly<{
  invite: string
  /** As they came: what was repeated is no text. */
  openidConfiguration: unknown
  registrationToken: unknown
}>
type Deps = Readonly<{ db: Db; outgoing: Outgoing; publicUrl: string; clock: () => Date }>

/**
 * An LMS registers us, and so we it (LTI Dynamic Registration 1.0): only with an invite, which is used up when all went
 * well; only when issuer, configuration and every endpoint are of one host, or of Instructure's Canvas. The connection is
 * parked until an administrator of ours confirms it. Throws `Refused`, with the invite where one held: whoever may see it
 * finds why it failed.
 */
export async function registerLms(request: RegistrationRequest, deps: Deps): Promise<void> {
  const invite = await findInvite(deps.db, hashSecret(request.invite), deps.clock())
  if (!invite) throw new Refused('registration.invite_unknown')
  const { openidConfiguration: address, registrationToken: token } = request
  try {
    if (typeof address !== 'string' || !address || (token !== undefined && typeof token !== 'string'))
      throw new Refused('registration.request_incomplete')
    await registerWith(invite, address, token, deps)
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    throw new Refused(error.code, { ...error.facts, ...lmsAt(address) }, null, invite)
  }
}

/** Which LMS it was, as far as its administrator has to know: the rest of the address may hold secrets of theirs. */
function lmsAt(address: unknown): RefusalFacts {
  const lms = typeof address === 'string' && URL.canParse(address) ? hostOf(address).slice(0, 255) : ''
  return lms ? { lms } : {}
}

async function registerWith(
  invite: OpenInvite,
  address: string,
  registrationToken: string | undefined,
  deps: Deps,
): Promise<void> {
  const { db, publicUrl, clock } = deps
  const configuration = await readConfiguration(address, registrationToken, deps)
  const profile = profileOf(configuration)
  const reply = await postRegistration(configuration, toolConfiguration(profile, publicUrl), registrationToken, deps)
  const details = {
    profile,
    clientId: reply.client_id,
    ...addressesOf(configuration),
  }
  await park(db, invite, details, reply[TOOL_CONFIGURATION]?.deployment_id, clock())
}

const addressesOf = (configuration: OpenidConfiguration) => ({
  issuer: configuration.issuer,
  authorizationEndpoint: configuration.authorization_endpoint,
  tokenEndpoint: configuration.token_endpoint,
  tokenAudience: configuration.authorization_server ?? null,
  jwksUri: configuration.jwks_uri,
})

const CANVAS_CONFIGURATION = '/api/lti/security/openid-configuration'

async function readConfiguration(
  address: string,
  token: string | undefined,
  { outgoing }: Deps,
): Promise<OpenidConfiguration> {
  const headers = { accept: 'application/json', ...bearer(token) }
  const answer = await call(outgoing, { method: 'GET', url: address, headers })
  const parsed = OpenidConfiguration.safeParse(answer.status === 200 ? json(answer.text) : undefined)
  if (!parsed.success) throw new Refused('registration.configuration_unreadable', { status: answer.status })
  const { issuer, registration_endpoint: endpoint } = parsed.data
  const host = hostOf(address)
  const ofAllSchools = new URL(address).pathname === CANVAS_CONFIGURATION ? hostedCanvas(issuer) : undefined
  const isIssuersOwn = hostOf(issuer) === host || ofAllSchools === host
  // A school on Instructure's Canvas takes registrations at its own name, whichever that is; Instructure's own answer tells it.
  const isEndpointsOwn = hostOf(endpoint) === host || ofAllSchools !== undefined
  if (!isIssuersOwn || !isEndpointsOwn) throw new Refused('registration.issuer_mismatch')
  if (addressesElsewhere(addressesOf(parsed.data)).length) throw new Refused('registration.issuer_mismatch')
  return parsed.data
}

async function postRegistration(
  { registration_endpoint: url }: OpenidConfiguration,
  tool: Record<string, unknown>,
  token: string | undefined,
  { outgoing }: Deps,
): Promise<z.infer<typeof Reply>> {
  const headers = {
    'content-type': 'application/json',
    accept: 'application/json',
    ...bearer(token),
  }
  const answer = await call(outgoing, { method: 'POST', url, headers, body: JSON.stringify(tool), timeoutMs: 20_000 })
  const reply = Reply.safeParse(answer.status < 300 ? json(answer.text) : undefined)
  if (!reply.success) throw new Refused('registration.lms_refused', { status: answer.status })
  return reply.data
}

/** Canvas asks for it at its configuration as well. */
const bearer = (token: string | undefined): Record<string, string> =>
  token ? { authorization: `Bearer ${token}` } : {}

function park(
  db: Db,
  invite: OpenInvite,
  details: PlatformDetails,
  deploymentId: string | undefined,
  now: Date,
): Promise<void> {
  return db.transaction().execute(async (trx) => {
    if (await findPlatformOwner(trx, details.issuer, details.clientId))
      throw new Refused('registration.already_registered')
    const { networkId, institutionId } = invite
    const others = await listTokenEndpointsOfOthers(trx, invite, details.clientId)
    if (others.some((endpoint) => knowSameClients(endpoint, details.tokenEndpoint)))
      throw new Refused('registration.already_registered')
    const platformId = await insertPlatform(trx, { networkId, institutionId, status: 'parked' }, details)
    if (deploymentId) await saveDeployment(trx, { networkId, platformId }, deploymentId, 'parked')
    if (!(await consumeInvite(trx, invite, platformId, now))) throw new Refused('registration.invite_unknown')
    const { issuer, clientId } = details
    await insertAuditEntry(trx, {
      networkId,
      at: now,
      actorId: null,
      action: 'connection.registered_itself',
      subject: `platform:${platformId}`,
      facts: { institutionId, issuer, clientId },
    })
  })
}

async function call(outgoing: Outgoing, request: OutgoingRequest): Promise<Answer> {
  try {
    return await outgoing.send({ ...request, maxBytes: 500_000 })
  } catch (error) {
    if (!(error instanceof OutgoingFailure)) throw error
    if (error.kind === 'address_refused' || isNoPublicName(error)) throw new Refused('registration.address_refused')
    throw new Refused(request.method === 'GET' ? 'registration.configuration_unreadable' : 'registration.lms_refused', {
      why: error.kind,
    })
  }
}

function profileOf(configuration: OpenidConfiguration): PlatformDetails['profile'] {
  const family = configuration[PLATFORM_CONFIGURATION]?.product_family_code.toLowerCase()
  return family === 'canvas' || family === 'moodle' ? family : 'other'
}

/** Instructure's own Canvas answers for all its schools under one issuer, from another host of its own. */
function hostedCanvas(issuer: string): string | undefined {
  const environment = /^canvas(\.beta|\.test)?\.instructure\.com$/.exec(hostOf(issuer))
  return environment ? `sso${environment[1] ?? ''}.canvaslms.com` : undefined
}

const hostOf = (address: string) => new URL(address).host

function json(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
