import type { Actor } from '@copractice/core/directory'
import { ok, refuse, type ConveningId } from '@copractice/core/kernel'
import { findConveningToKeep, holdersToWriteTo } from '@copractice/store/convening'
import type { Db } from '@copractice/store/database'
import { audit, notFound, scopeOf } from '../directory/administrator.ts'
import { queueMail } from '../notice/index.ts'
import { badgeAddress, badgeMail } from './registration-mail.ts'

const AT_A_TIME = 500

type Sending = Readonly<{ conveningId: ConveningId; origin: string }>

/** Writes to everybody with a place and an address, also to those a list brought in: their badge, sessions and how to join. */
export function sendBadges(db: Db, actor: Actor, { conveningId, origin }: Sending, now: Date) {
  return db.transaction().execute(async (trx) => {
    const convening = await findConveningToKeep(trx, scopeOf(actor), conveningId)
    if (!convening) return notFound()
    if (!convening.endsAt) return refuse('convening.no_dates', {})
    if (now >= convening.endsAt) return refuse('convening.over', { endsAt: convening.endsAt })
    const { networkId } = actor
    let sent = 0
    for (let after: string | undefined; ;) {
      const page = await holdersToWriteTo(trx, { networkId, conveningId }, { after, limit: AT_A_TIME })
      const mails = page.map(({ name, email, badgeKey }) => {
        const badge = badgeAddress(origin, convening.slug, badgeKey)
        return { ...badgeMail(convening, { name, badge }), networkId, to: email! }
      })
      await queueMail(trx, mails, now)
      sent += page.length
      if (page.length < AT_A_TIME) break
      after = page.at(-1)!.id
    }
    const facts = { name: convening.name, count: sent, regionId: convening.region.id }
    await audit(trx, actor, { action: 'convening.badges_sent', subject: `convening:${conveningId}`, facts }, now)
    return ok({ sent })
  })
}
