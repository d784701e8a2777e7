import type { Db } from '@copractice/store/database'
import { claimDueMail, markMailFailed, markMailSent, type MailDue } from '@copractice/store/notice'

export type OutgoingMail = Pick<MailDue, 'to' | 'subject' | 'text' | 'html' | 'unsubscribeUrl'>
/** Hands one mail to the post office; rejects when it does not take it. */
export type DeliverMail = (mail: OutgoingMail) => Promise<void>

const BATCH = 20
const CLAIM_MINUTES = 5
/** Minutes to wait after the first, second, ... failure; then it is given up. */
const RETRY_AFTER_MINUTES = [1, 5, 30, 120, 360]

/**
 * Sends what is due in the outbox, oldest first, until nothing is. Any number of workers may do this at once. A worker
 * that dies between delivering and marking sends that one mail again after five minutes: twice is better than never.
 */
export async function sendWaitingMail(db: Db, deliver: DeliverMail, clock: () => Date): Promise<void> {
  for (;;) {
    const now = clock()
    const due = await claimDueMail(db, now, minutesAfter(now, CLAIM_MINUTES), BATCH)
    for (const mail of due) await sendOne(db, deliver, mail, clock)
    if (due.length < BATCH) return
  }
}

async function sendOne(db: Db, deliver: DeliverMail, mail: MailDue, clock: () => Date): Promise<void> {
  const { to, subject, text, html, unsubscribeUrl = null } = mail
  try {
    await deliver({ to, subject, text, html, unsubscribeUrl })
  } catch (error) {
    const wait = isForGood(error) ? undefined : RETRY_AFTER_MINUTES[mail.attempts - 1]
    const nextAttemptAt = wait === undefined ? null : minutesAfter(clock(), wait)
    await markMailFailed(db, mail, { nextAttemptAt, error: lineOf(error) })
    return
  }
  await markMailSent(db, mail, clock())
}

/** A post office that answers 5xx will not change its mind (RFC 5321, 4.2.1). */
const isForGood = (error: unknown): boolean => {
  const code = (error as { responseCode?: unknown } | null)?.responseCode
  return typeof code === 'number' && code >= 500
}

const lineOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split('\n')[0]!.slice(0, 300)
const minutesAfter = (now: Date, minutes: number): Date => new Date(now.getTime() + minutes * 60_000)
