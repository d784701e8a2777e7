import { createHmac } from 'node:crypto'
import {
  decideApplication,
  decideRest,
  statusAfterApplying,
  type ApplyForm,
  type FacilitatorDetails,
} from '@copractice/core/proposal'
import { adminReach, type Actor } from '@copractice/core/directory'
import { ok, refuse, type PersonId } from '@copractice/core/kernel'
import { institutionsToRegisterFrom, personByEmail } from '@copractice/store/convening'
import type { Db } from '@copractice/store/database'
import { recordSignInAttempts } from '@copractice/store/directory'
import {
  findFacilitator,
  findHome,
  isFacilitatorInReach,
  listAreas,
  lockFacilitator,
  nameOfNetwork,
  networkBySlug,
  publicNetworks,
  saveFacilitator,
  setFacilitatorStatus,
  stateFirstTie,
} from '@copractice/store/proposal'
import { audit, notFound, scopeOf } from '../directory/administrator.ts'
import { queueMail, type AllowUnprovedMail } from '../notice/index.ts'
import { appliedMail, decidedMail } from './pairing-mail.ts'

type Deps = Readonly<{ db: Db; adminUrl: string }>
const WINDOW_MINUTES = 15
const PER_ADDRESS = 20
const PER_EMAIL = 3

type From = Readonly<{ email: string; address: string; now: Date }>

/** Refuses `facilitator.too_many` for a form sent too often. Keeps only a keyed hash of either address. */
export async function limitApplications(db: Db, secret: string, { email, address, now }: From) {
  const windowMs = WINDOW_MINUTES * 60_000
  const subjects = [`facilitate ${email}`, `facilitate from ${address}`].map((text) =>
    createHmac('sha256', secret).update(text).digest(),
  )
  const attempts = await recordSignInAttempts(db, subjects, { now, since: new Date(now.getTime() - windowMs) })
  const [ofEmail = 0, ofAddress = 0] = attempts
  if (ofEmail <= PER_EMAIL && ofAddress <= PER_ADDRESS) return ok(undefined)
  return refuse('facilitator.too_many', { retryAt: new Date(now.getTime() + windowMs).toISOString() })
}

/** What the public form offers. */
export async function showApply(db: Db, slug: string | undefined, now: Date) {
  const network = slug ? await networkBySlug(db, slug) : undefined
  const networks = network ? [] : await publicNetworks(db, now)
  if (!network) return ok({ network: null, networks, institutions: [], areas: [] })
  const institutions = await institutionsToRegisterFrom(db, network.id)
  return ok({ network, networks, institutions, areas: await listAreas(db, network.id) })
}

/**
 * Takes an application from anybody, and writes to the address. Who applied before keeps what they said: a form proves no
 * address, so it changes nothing of somebody's own.
 */
export function applyPublicly(
  { db, adminUrl, mailAllowed }: Deps & Readonly<{ mailAllowed: AllowUnprovedMail }>,
  form: ApplyForm,
  now: Date,
) {
  return db.transaction().execute(async (trx) => {
    const network = await networkBySlug(trx, form.network)
    if (!network) return refuse('facilitator.network_unknown', {})
    const networkId = network.id
    if (!(await findHome(trx, networkId, form.institutionId))) return refuse('facilitator.institution_unknown', {})
    const allowed = await mailAllowed(trx, { networkId }, now)
    if (!allowed.ok) return allowed
    const personId = await personByEmail(trx, networkId, form)
    const before = await lockFacilitator(trx, { networkId, personId })
    if (!before) {
      await stateFirstTie(trx, { networkId, personId, institutionId: form.institutionId, kind: form.affiliation })
      await saveFacilitator(trx, { networkId, personId }, { details: form, status: 'applied' }, now)
    }
    const mail = appliedMail({ adminUrl, network: network.name }, form.name, !before)
    await queueMail(trx, { ...mail, to: form.email, networkId }, now)
    return ok(undefined)
  })
}

/** One's own application, or a change of it; what is agreed stays agreed. */
export function saveFacilitating(db: Db, actor: Actor, details: FacilitatorDetails, now: Date) {
  return db.transaction().execute(async (trx) => {
    const who = { networkId: actor.networkId, personId: actor.personId }
    const before = await lockFacilitator(trx, who)
    const status = statusAfterApplying(before?.status)
    await saveFacilitator(trx, who, { details, status }, now)
    return ok({ status })
  })
}

/** Rests, or ends the rest. */
export function restFromFacilitating(db: Db, actor: Actor, rests: boolean, now: Date) {
  return db.transaction().execute(async (trx) => {
    const who = { networkId: actor.networkId, personId: actor.personId }
    const before = await lockFacilitator(trx, who)
    if (!before) return refuse('facilitator.not_in_pool', {})
    const decided = decideRest(before.status, rests)
    if (!decided.ok) return decided
    await setFacilitatorStatus(trx, who, { status: decided.value, reason: '', by: null }, now)
    return ok({ status: decided.value })
  })
}

type Deciding = Readonly<{ personId: PersonId; verdict: 'in_pool' | 'declined'; reason: string }>

/** A coordinator's yes or no to an application of their reach, with a mail to whoever applied. */
export function decideFacilitator(
  { db, adminUrl }: Deps,
  actor: Actor,
  { personId, verdict, reason }: Deciding,
  now: Date,
) {
  return db.transaction().execute(async (trx) => {
    const reach = adminReach(actor)
    // Somebody who sees to one institution's LMS reads who applied there, and decides on nobody.
    const coordinates = reach !== undefined && (reach.regions === 'all' || reach.regions.length > 0)
    if (!coordinates || !(await isFacilitatorInReach(trx, scopeOf(actor), personId))) return notFound()
    const { networkId } = actor
    const before = (await lockFacilitator(trx, { networkId, personId }))!
    const decided = decideApplication(before.status, verdict, reason)
    if (!decided.ok) return decided
    await setFacilitatorStatus(trx, { networkId, personId }, { status: decided.value, reason, by: actor.personId }, now)
    const found = (await findFacilitator(trx, { networkId, personId }))!
    const facts = { person: found.name, reason, ...(found.campus && { institutionId: found.campus.id }) }
    const action = verdict === 'in_pool' ? 'facilitator.accepted' : 'facilitator.declined'
    await audit(trx, actor, { action, subject: `person:${personId}`, facts }, now)
    if (found.email) {
      const network = await nameOfNetwork(trx, networkId)
      const mail = decidedMail({ adminUrl, network }, { name: found.name, verdict, reason })
      await queueMail(trx, { ...mail, to: found.email, networkId }, now)
    }
    return ok(undefined)
  })
}
