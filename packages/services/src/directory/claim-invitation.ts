import { createHmac, randomInt, timingSafeEqual } from 'node:crypto'
import {
  CLAIM_CODE_DIGITS,
  CLAIM_CODE_MINUTES,
  CLAIM_CODE_TRIES,
  CLAIM_HOUR_LIMITS,
  decideClaim,
  mayClaim,
} from '@copractice/core/directory'
import { ok, refuse, type PersonId } from '@copractice/core/kernel'
import { lockSeatsOfPeople } from '@copractice/store/cohort'
import { acrossNetworks, type Db, type Trx } from '@copractice/store/database'
import {
  claimSides,
  endAddressSessions,
  findClaim,
  findInvited,
  findMergeable,
  pageOfMyCohorts,
  recordSignInAttempts,
  saveClaimCode,
  spendClaimTry,
  takeClaimCode,
  type OpenSpaceSession,
} from '@copractice/store/directory'
import { queueMail } from '../notice/index.ts'
import { claimCodeMail, claimedMail } from './claim-mail.ts'
import { joinPeople } from './merge-people.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

/** `secrets`: the first makes codes' hashes, the others still know them. `spaceUrl`: where people without an LMS sign in. */
type Deps = Readonly<{ db: Db; secrets: readonly [string, ...string[]]; spaceUrl: string }>
type Person = OpenSpaceSession['actor']

/** What the page begins with: the address that the LMS told, and a code that may still be typed. */
export async function showClaim(db: Db, session: OpenSpaceSession, now: Date) {
  const may = mayClaim(session)
  return may.ok ? ok(await findClaim(db, session.actor, CLAIM_CODE_TRIES, now)) : may
}

/**
 * Mails a code to the address of an invitation, when somebody of this network signs in with it. What is stored, counted
 * and answered is the same when nobody does, so that nobody learns here who is invited.
 */
export async function askClaimCode(
  { db, secrets }: Omit<Deps, 'spaceUrl'>,
  session: OpenSpaceSession,
  { email, networkAddress }: Readonly<{ email: string; networkAddress: string }>,
  now: Date,
) {
  const may = mayClaim(session)
  if (!may.ok) return may
  const { actor } = session
  const { networkId, personId } = actor
  const tooMany = async (limits: readonly (readonly [string, number])[]) => {
    const subjects = limits.map(([subject]) => createHmac('sha256', secrets[0]).update(subject).digest())
    const since = new Date(now.getTime() - HOUR)
    // Attempts belong to the installation, which has one table of them for every way to ask for a mail.
    const attempts = await acrossNetworks(() => recordSignInAttempts(db, subjects, { now, since }))
    return limits.some(([, limit], index) => attempts[index]! > limit)
  }
  const byAsker = [
    [`claim by ${networkId} ${personId}`, CLAIM_HOUR_LIMITS.person],
    [`claim from ${networkAddress}`, CLAIM_HOUR_LIMITS.network],
  ] as const
  // What is refused for who asks counts nothing for the address, whose owner may ask yet.
  if ((await tooMany(byAsker)) || (await tooMany([[`claim of ${networkId} ${email}`, CLAIM_HOUR_LIMITS.address]])))
    return refuse('claim.too_many', { retryAt: new Date(now.getTime() + HOUR).toISOString() })

  const invited = await findInvited(db, { networkId, email })
  if (invited === personId) return refuse('claim.already_yours', {})
  const code = String(randomInt(10 ** CLAIM_CODE_DIGITS)).padStart(CLAIM_CODE_DIGITS, '0')
  const expiresAt = new Date(now.getTime() + CLAIM_CODE_MINUTES * MINUTE)
  await db.transaction().execute(async (trx) => {
    await saveClaimCode(trx, actor, { email, codeHash: hashOf(secrets[0], actor, { email, code }), expiresAt })
    if (invited) await queueMail(trx, { ...claimCodeMail({ code }), networkId, to: email }, now)
  })
  return ok({ email, expiresAt })
}

/** Bound to whom it was made for and to the address, so that it is good for nothing else. */
const hashOf = (
  secret: string,
  { networkId, personId }: Person,
  { email, code }: Readonly<{ email: string; code: string }>,
) => createHmac('sha256', secret).update(`claim code ${networkId} ${personId} ${email} ${code}`).digest()

/**
 * Makes the person of the launch and the one invited by mail one. The person of the launch is kept: their course, work
 * and scores on their way stay as they are, and so does this session; every session of the other ends. Both ways to come
 * in lead to them from then on. An administrator can take it apart like every merge.
 */
export async function claimInvitation(
  { db, secrets, spaceUrl }: Deps,
  session: OpenSpaceSession,
  code: string,
  now: Date,
) {
  const may = mayClaim(session)
  if (!may.ok) return may
  const { actor } = session
  const asked = await spendClaimTry(db, actor, CLAIM_CODE_TRIES, now)
  if (!asked) return refuse('claim.code_over', {})
  const { email, codeHash, left } = asked
  const isRight = secrets.some((secret) => timingSafeEqual(hashOf(secret, actor, { email, code }), codeHash))
  if (!isRight) return refuse('claim.code_wrong', { left })

  const joined = await db.transaction().execute(async (trx) => {
    const invited = await findInvited(trx, { networkId: actor.networkId, email })
    if (!invited || invited === actor.personId) return refuse('claim.code_over', {})
    return joinInvited(trx, actor, { invited, email, codeHash, spaceUrl }, now)
  })
  if (!joined.ok) return joined
  await acrossNetworks(() => endAddressSessions(db, email))
  const { items } = await pageOfMyCohorts(db, actor, { limit: 20 })
  return ok({ cohorts: items.filter(({ isClosed }) => !isClosed).map(({ name }) => name) })
}

async function joinInvited(
  trx: Trx,
  actor: Person,
  asked: Readonly<{ invited: PersonId; email: string; codeHash: Uint8Array; spaceUrl: string }>,
  now: Date,
) {
  const { networkId, personId } = actor
  const { invited, email, codeHash, spaceUrl } = asked
  await lockSeatsOfPeople(trx, networkId, [personId, invited])
  // Held from here on, so that neither is given a role, merged or removed meanwhile.
  const people = await findMergeable(trx, networkId, [personId, invited], true)
  if (!people || !(await takeClaimCode(trx, actor, { email, codeHash }))) return refuse('claim.code_over', {})
  const [kept, gone] = [people[0]!, people[1]!]
  const [asker, other] = await claimSides(trx, networkId, [personId, invited])
  const may = decideClaim({ asker, invited: other })
  if (!may.ok) return may
  const joined = await joinPeople(trx, actor, { kept, gone, spaceUrl }, now)
  if (!joined.ok) return joined
  // Both hear of it: whoever did not do this themselves learns so where they read their mail.
  const told = new Set([email, ...(kept.email ? [kept.email.toLowerCase()] : [])])
  const mail = claimedMail({ email })
  await queueMail(
    trx,
    [...told].map((to) => ({ ...mail, networkId, to })),
    now,
  )
  return joined
}
