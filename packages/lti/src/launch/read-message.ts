import { randomUUID } from 'node:crypto'
import { courseStanding, mayPlaceLinks, mayVisit, sectionsTold } from '@copractice/core/connection'
import type { LaunchingPlatform } from '@copractice/store/connection'
import { CLAIMS, customParameters, isMessageType, MESSAGES, type Message, type MessageType } from './claims.ts'
import { isOnPlatform, sitesOf } from './is-on-platform.ts'
import type { BegunLogin } from './login-state.ts'
import { Refused } from './refused.ts'
import type { VerifiedLaunch } from './verified-launch.ts'
import type { Payload } from './verify-id-token.ts'

type Expected = Readonly<{
  platform: LaunchingPlatform
  login: BegunLogin
  /** Those that earlier messages of this platform named. */
  sites: readonly string[]
}>

/** Reads a message whose signature holds. Throws `Refused` naming the claim that does not hold (LTI Core 5.3 and 5.4). */
export function readMessage(payload: Payload, { platform, login, sites }: Expected): VerifiedLaunch {
  if (payload[CLAIMS.version] !== '1.3.0') throw new Refused('launch.version_unsupported')
  const messageType = payload[CLAIMS.messageType]
  if (messageType === undefined) throw new Refused('launch.claim_refused', { claim: 'message_type' })
  if (!isMessageType(messageType)) throw new Refused('launch.message_unsupported')
  const message = parse(messageType, payload)
  if (!login.isTarget(message[CLAIMS.targetLinkUri])) throw new Refused('launch.target_mismatch')
  // A sub is what grades and drafts hang on: an anonymous launch can neither find nor keep anything. Choosing what to
  // place hangs on nothing; looking at what is open to all neither, where the institution lets it.
  const isAnonymous = !message.sub
  const isVisit = isAnonymous && mayVisit({ policy: platform.anonymousLaunches, messageType })
  if (isAnonymous && !isVisit && messageType !== 'LtiDeepLinkingRequest') throw new Refused('launch.person_missing')
  const deploymentId = message[CLAIMS.deploymentId]
  if (!login.isDeployment(deploymentId)) throw new Refused('launch.deployment_unknown')
  const sub = message.sub || `anonymous:${randomUUID()}`
  const deepLinking = readDeepLinking(message, platform, sites)
  const launch = {
    ...origin(platform),
    deploymentId,
    messageType,
    sub,
    isAnonymous,
    ...person(message),
    ...place(message),
    ...(isVisit ? NOBODY : {}),
  }
  if (deepLinking && !mayPlaceLinks(launch.standing.role)) throw new Refused('launch.not_instructor')
  return { ...launch, deepLinking }
}

/** Whoever came without an id is told nothing apart by: no name, no address, no role, whatever else the message holds. */
const NOBODY = {
  name: null,
  givenName: null,
  familyName: null,
  email: null,
  roles: [],
  standing: { role: 'guest', isTest: true },
  mentees: [],
  sections: null,
  forUserId: null,
} as const

/**
 * The answer goes where the platform is known to be: an address that only this one setting names is not gone to, although
 * it was signed, so that what an LMS lets others write into it leads nobody astray.
 */
function readDeepLinking(
  message: Message,
  platform: LaunchingPlatform,
  sites: readonly string[],
): VerifiedLaunch['deepLinking'] {
  const settings = message[CLAIMS.deepLinking]
  if (!settings) return null
  const { deep_link_return_url: returnUrl, accept_types: types, accept_multiple, accept_lineitem, data } = settings
  const { [CLAIMS.ags]: ags, [CLAIMS.nrps]: nrps, [CLAIMS.presentation]: presentation } = message
  const named = sitesOf([ags?.lineitems, nrps?.context_memberships_url, presentation?.return_url])
  if (!isOnPlatform(returnUrl, platform, [...sites, ...named]))
    throw new Refused('launch.claim_refused', { claim: 'deep_linking_settings.deep_link_return_url' })
  const takes = {
    links: types.includes('ltiResourceLink'),
    several: accept_multiple ?? null,
    columns: accept_lineitem ?? null,
  }
  return { returnUrl, takes, data: data ?? null }
}

function parse(type: MessageType, payload: Payload): Message {
  const parsed = MESSAGES[type].safeParse(payload)
  if (parsed.success) return parsed.data
  const path = parsed.error.issues[0]?.path.map(String) ?? []
  const claim = path
    .map((part) => part.replace(/^https:\/\/purl\.imsglobal\.org\/spec\/(?:lti\/claim\/)?/, ''))
    .join('.')
  throw new Refused('launch.claim_refused', { claim })
}

function origin({ networkId, institutionId, platformId, profile, issuer, clientId }: LaunchingPlatform) {
  return { networkId, institutionId, platformId, profile, issuer, clientId }
}

function person(message: Message) {
  const roles = message[CLAIMS.roles]
  return {
    name: message.name,
    givenName: message.given_name,
    familyName: message.family_name,
    email: message.email ?? null,
    locale: locale(message[CLAIMS.presentation]?.locale) ?? locale(message.locale),
    roles,
    standing: courseStanding(roles),
    mentees: message[CLAIMS.mentees] ?? [],
    forUserId: message[CLAIMS.forUser]?.user_id ?? null,
  }
}

function place(message: Message) {
  const { [CLAIMS.ags]: ags, [CLAIMS.nrps]: nrps } = message
  const custom = customParameters(message[CLAIMS.custom])
  return {
    context: message[CLAIMS.context] ?? null,
    resourceLink: message[CLAIMS.resourceLink] ?? null,
    ags: ags
      ? { lineItemsUrl: ags.lineitems ?? null, lineItemUrl: ags.lineitem ?? null, scopes: ags.scope ?? [] }
      : null,
    nrps: nrps ? { membershipsUrl: nrps.context_memberships_url } : null,
    custom,
    timeZone: timeZone(custom['time_zone']),
    sections: sectionsTold(custom),
    targetLinkUri: message[CLAIMS.targetLinkUri],
    returnUrl: message[CLAIMS.presentation]?.return_url ?? null,
  }
}

const LONGEST_NAME = 64
const MOST_NAMES = 1000

/** Moodle writes `en_us`. */
const locale = remembering((text) => Intl.getCanonicalLocales(text.replaceAll('_', '-'))[0] ?? null)
const timeZone = remembering((text) => new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone)

/** A shortened text may hold on to the whole it was cut from, which is remembered with it; a copy does not. */
const alone = (text: string) => Buffer.from(text).toString()

/** Null for what names nothing. To ask what a name means costs up to half a millisecond, and a campus uses few names. */
function remembering(meaningOf: (name: string) => string | null): (name: string | null | undefined) => string | null {
  const known = new Map<string, string | null>()
  const ask = (name: string) => {
    try {
      return meaningOf(name)
    } catch {
      return null
    }
  }
  return (name) => {
    if (!name || name.length > LONGEST_NAME) return null
    const told = known.get(name)
    if (told !== undefined) return told
    const meaning = ask(name)
    if (known.size < MOST_NAMES) known.set(alone(name), meaning)
    return meaning
  }
}
