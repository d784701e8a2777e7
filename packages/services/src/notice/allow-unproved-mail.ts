import { createHmac } from 'node:crypto'
import { ok, refuse, type NetworkId, type PersonId, type Refusal, type Result } from '@copractice/core/kernel'
import type { Trx } from '@copractice/store/database'
import { takeAllowances } from '@copractice/store/notice'

const DAY = 86_400_000
const HOUR = 3_600_000

/**
 * Mails a day to addresses that nobody proved: registrations, invitations to write, wishes to be told. From one network
 * address enough for a campus behind a single one; for invitations by one person who is signed in, and in one network by all
 * newcomers together, who come from a form that is open to everybody, and by all others.
 */
export const UNPROVED_MAILS_A_DAY = { fromAddress: 400, byPerson: 20, inNetwork: 200 } as const

type TooManyMails = Refusal<'notice.too_many_mails', Readonly<{ most: number; liftsAt: string; hours: number }>>
/** `by`: who is signed in. */
type For = Readonly<{ networkId: NetworkId; by?: Readonly<{ personId: PersonId; isNewcomer: boolean }> }>

/** Asked in the transaction that queues the mail, before it writes anything. */
export type AllowUnprovedMail = (trx: Trx, mail: For, now: Date) => Promise<Result<undefined, TooManyMails>>

/**
 * Counts such mail of a network by whoever calls from `address`, in all processes together, and keeps keyed hashes alone.
 * Refuses `notice.too_many_mails` with the limit that is reached and when it lifts: as the first of its mails is a day old.
 */
export function allowUnprovedMail(secret: string, address: string): AllowUnprovedMail {
  return async (trx, { networkId, by }, now) => {
    const { fromAddress, byPerson, inNetwork } = UNPROVED_MAILS_A_DAY
    const counted = [
      { text: `mail from ${address}`, most: fromAddress },
      ...(by
        ? [
            { text: `mail by ${by.personId}`, most: byPerson },
            { text: by.isNewcomer ? 'mail by newcomers' : 'mail by anybody signed in', most: inNetwork },
          ]
        : []),
    ]
    const allowances = counted.map(({ text, most }) => ({
      subject: createHmac('sha256', secret).update(text).digest(),
      most,
    }))
    const used = await takeAllowances(trx, { networkId, allowances }, { now, since: new Date(now.getTime() - DAY) })
    if (!used) return ok(undefined)
    const liftsAt = new Date(used.first.getTime() + DAY)
    const hours = Math.max(1, Math.ceil((liftsAt.getTime() - now.getTime()) / HOUR))
    return refuse('notice.too_many_mails', { most: counted[used.index]!.most, liftsAt: liftsAt.toISOString(), hours })
  }
}
