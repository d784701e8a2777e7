import { createHmac } from 'node:crypto'
import { LINK_HOLDS_MINUTES } from '@copractice/core/directory'
import { callState, emptyBody, type StartForm } from '@copractice/core/proposal'
import type { Actor } from '@copractice/core/directory'
import { ok, refuse, type NetworkId } from '@copractice/core/kernel'
import { institutionsToRegisterFrom, personByEmail } from '@copractice/store/convening'
import type { Db, Trx } from '@copractice/store/database'
import { recordSignInAttempts } from '@copractice/store/directory'
import {
  findCall,
  findHome,
  firstRegion,
  insertProposal,
  insertStart,
  listOpenCalls,
  publicNetworks,
  stateFirstTie,
  takeStarts,
} from '@copractice/store/proposal'
import { audit } from '../directory/administrator.ts'
import type { EmailSignIn } from '../directory/email-sign-in.ts'
import { hashToken } from '../directory/issue-space-session.ts'
import { queueMail, type AllowUnprovedMail } from '../notice/index.ts'
import { startMail } from './proposal-mail.ts'

const WINDOW_MINUTES = 15
const PER_ADDRESS = 20
const PER_EMAIL = 3

type From = Readonly<{ email: string; address: string; now: Date }>

/** Refuses `start.too_many` for a form sent too often. Keeps only a keyed hash of either address. */
export async function limitStarts(db: Db, secret: string, { email, address, now }: From) {
  const windowMs = WINDOW_MINUTES * 60_000
  const subjects = [`start ${email}`, `start from ${address}`].map((text) =>
    createHmac('sha256', secret).update(text).digest(),
  )
  const since = new Date(now.getTime() - windowMs)
  const [ofEmail = 0, ofAddress = 0] = await recordSignInAttempts(db, subjects, { now, since })
  if (ofEmail <= PER_EMAIL && ofAddress <= PER_ADDRESS) return ok(undefined)
  return refuse('start.too_many', { retryAt: new Date(now.getTime() + windowMs).toISOString() })
}

/** The network that a public page is about: the one of that name, or the only one there is. */
export async function publicNetwork(db: Db, slug: string | undefined, now: Date) {
  const networks = await publicNetworks(db, now)
  const network = slug ? networks.find((one) => one.slug === slug) : networks.length === 1 ? networks[0] : undefined
  return { network: network ?? null, networks }
}

/** What the start-your-own form offers. */
export async function showStart(db: Db, slug: string | undefined, now: Date) {
  const { network, networks } = await publicNetwork(db, slug, now)
  if (!network) return ok({ network, networks, calls: [], institutions: [] })
  const calls = await listOpenCalls(db, network.id, now)
  return ok({ network, networks, calls, institutions: await institutionsToRegisterFrom(db, network.id) })
}

type Proving = Readonly<{ db: Db; prove: EmailSignIn['prove']; mailAllowed: AllowUnprovedMail }>

/**
 * Keeps what somebody said for the link mailed with it, and as long as that holds: nothing of it is a proposal yet, and
 * nobody else reads it. Whoever wrote the form, only who follows that very link stands for it.
 */
export async function startPublicly({ db, prove, mailAllowed }: Proving, said: StartForm, now: Date) {
  const { network } = await publicNetwork(db, said.network, now)
  if (!network) return refuse('start.network_unknown', {})
  const networkId = network.id
  if (!(await findHome(db, networkId, said.institutionId))) return refuse('start.institution_unknown', {})
  const call = said.callId ? await findCall(db, networkId, said.callId) : undefined
  if (said.callId && (!call || callState(call, now) !== 'open')) return refuse('call.closed', {})
  const allowed = await db.transaction().execute((trx) => mailAllowed(trx, { networkId }, now))
  if (!allowed.ok) return allowed
  const expiresAt = new Date(now.getTime() + LINK_HOLDS_MINUTES * 60_000)
  await prove(said.email, (url) =>
    db.transaction().execute(async (trx) => {
      const tokenHash = hashToken(url.slice(url.indexOf('#') + 1))
      await insertStart(trx, { networkId, said, tokenHash, expiresAt }, now)
      await queueMail(trx, { ...startMail({ title: said.title, url }), to: said.email, networkId }, now)
    }),
  )
  return ok(undefined)
}

type Followed = Readonly<{ email: string; token: string }>

/**
 * Opens the draft whose own link was followed, and makes the person who begins where there is none. Gives how many: none
 * for a link to sign in, because anybody can have sent a form with that address.
 */
export function openStarted(db: Db, { email, token }: Followed, now: Date): Promise<number> {
  return db.transaction().execute(async (trx) => {
    const starts = await takeStarts(trx, { email, tokenHash: hashToken(token) }, now)
    for (const { networkId, said } of starts) await openDraft(trx, networkId, said, now)
    return starts.length
  })
}

async function openDraft(trx: Trx, networkId: NetworkId, said: StartForm, now: Date): Promise<void> {
  const { institutionId, affiliation, title, domain } = said
  const home = await findHome(trx, networkId, institutionId)
  const call = said.callId ? await findCall(trx, networkId, said.callId) : undefined
  const regionId = call?.region?.id ?? home?.regionId ?? (await firstRegion(trx, networkId))
  if (!home || !regionId) return
  const personId = await personByEmail(trx, networkId, said)
  await stateFirstTie(trx, { networkId, personId, institutionId, kind: affiliation })
  const empty = emptyBody(home.timeZone)
  const body = { ...empty, title, area: call?.credential?.name ?? '', charter: { ...empty.charter, domain } }
  const proposal = { networkId, callId: call?.id ?? null, regionId, body, hosts: [institutionId], authorId: personId }
  const id = await insertProposal(trx, proposal, now)
  const actor: Actor = { networkId, personId, grants: [], seats: [], courses: [] }
  const facts = { name: title, regionId }
  await audit(trx, actor, { action: 'proposal.started', subject: `proposal:${id}`, facts }, now)
}
