import type { Actor } from '@copractice/core/directory'
import { ok, refuse, type ConveningId, type NetworkId } from '@copractice/core/kernel'
import {
  confirmWish,
  countWishes,
  deleteWish,
  findConveningToKeep,
  findPublicConvening,
  saveWish,
  takeToTell,
} from '@copractice/store/convening'
import type { Db, Trx } from '@copractice/store/database'
import { notFound, scopeOf } from '../directory/administrator.ts'
import { queueMail, spellTime, writeMail, type AllowUnprovedMail } from '../notice/index.ts'

const unknown = () => refuse('convening.not_found', {})
const wishAddress = (origin: string, slug: string, key: string) => `${origin}/c/${slug}/notify/${key}`

type Asking = Readonly<{ slug: string; email: string; origin: string; mailAllowed: AllowUnprovedMail }>

/** Writes to the address and asks whether it was meant; nothing else is ever sent to one that does not say yes. */
export function askToBeTold(db: Db, { slug, email, origin, mailAllowed }: Asking, now: Date) {
  return db.transaction().execute(async (trx) => {
    const convening = await findPublicConvening(trx, slug)
    if (!convening) return unknown()
    if (convening.startsAt) return refuse('convening.has_dates', {})
    const { networkId, id: conveningId, name, network } = convening
    const allowed = await mailAllowed(trx, { networkId }, now)
    if (!allowed.ok) return allowed
    const { key, confirmedAt } = await saveWish(trx, { networkId, conveningId }, email, now)
    const mail = writeMail({
      subject: confirmedAt ? `We will tell you: ${name}` : `Shall we tell you? ${name}`,
      paragraphs: [
        confirmedAt
          ? `You had asked to hear of the dates of ${name}. You will.`
          : `Somebody gave this address to hear when the dates of ${name} are set. Was it you? Say yes, and we write once, when they are.`,
      ],
      action: {
        label: confirmedAt ? 'Do not tell me after all' : 'Yes, tell me',
        url: wishAddress(origin, slug, key),
      },
      footnote: `${network}. If it was not you, there is nothing you need to do: without a yes the address is deleted within a week.`,
    })
    await queueMail(trx, { ...mail, networkId, to: email }, now)
    return ok(undefined)
  })
}

type Mine = Readonly<{ slug: string; key: string }>

/** Who says yes after the dates were set is told at once. */
export function confirmToBeTold(db: Db, { slug, key, origin }: Mine & Readonly<{ origin: string }>, now: Date) {
  return db.transaction().execute(async (trx) => {
    const convening = await findPublicConvening(trx, slug)
    if (!convening) return unknown()
    const { networkId, id: conveningId, name, startsAt } = convening
    const where = { networkId, conveningId }
    if (!(await confirmWish(trx, where, key, now))) return unknown()
    if (startsAt) await tellOfDates(trx, where, { convening: { ...convening, slug, startsAt }, origin }, now)
    return ok({ name })
  })
}

/** Forgets the address. Somebody already forgotten is told the same. */
export function stopBeingTold(db: Db, { slug, key }: Mine) {
  return db.transaction().execute(async (trx) => {
    const convening = await findPublicConvening(trx, slug)
    if (!convening) return unknown()
    await deleteWish(trx, { networkId: convening.networkId, conveningId: convening.id }, key)
    return ok(undefined)
  })
}

type Telling = Readonly<{
  convening: Readonly<{ name: string; network: string; slug: string; startsAt: Date; timeZone: string }>
  origin: string
}>

/** Writes once to everybody who confirmed, in the transaction that sets the dates. */
export async function tellOfDates(
  trx: Trx,
  where: Readonly<{ networkId: NetworkId; conveningId: ConveningId }>,
  { convening, origin }: Telling,
  now: Date,
): Promise<void> {
  const { name, network, slug, startsAt, timeZone } = convening
  const wishes = await takeToTell(trx, where, now)
  const mails = wishes.map(({ email, key }) => ({
    ...writeMail({
      subject: `The dates are set: ${name}`,
      paragraphs: [`${name} begins on ${spellTime(startsAt, timeZone, null)}.`],
      action: { label: 'Read more and sign up', url: `${origin}/c/${slug}` },
      footnote: `${network}. You asked to be told, and this was the one mail. Forget my address: ${wishAddress(origin, slug, key)}`,
    }),
    networkId: where.networkId,
    to: email,
  }))
  await queueMail(trx, mails, now)
}

export async function countToBeTold(db: Db, actor: Actor, conveningId: ConveningId) {
  if (!(await findConveningToKeep(db, scopeOf(actor), conveningId))) return notFound()
  return ok(await countWishes(db, { networkId: actor.networkId, conveningId }))
}
