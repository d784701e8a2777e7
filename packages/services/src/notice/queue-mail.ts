import type { NetworkId } from '@copractice/core/kernel'
import type { Db, Trx } from '@copractice/store/database'
import { insertMail, nudge } from '@copractice/store/notice'
import type { MailWritten } from './write-mail.ts'

/** `html` is finished: whatever people wrote is already escaped (`writeMail` does it). */
export type Mail = MailWritten &
  Readonly<{
    networkId: NetworkId
    to: string
    /** Ends mails of this kind when a mail program posts to it, without a page (RFC 8058). */
    unsubscribeUrl?: string
  }>

/** Puts mails into the outbox in the caller's transaction: they go out if and only if it commits. */
export async function queueMail(trx: Db | Trx, mail: Mail | readonly Mail[], now: Date): Promise<void> {
  const mails = [mail].flat()
  if (!mails.length) return
  await insertMail(trx, mails, now)
  await nudge(trx, 'mail')
}
