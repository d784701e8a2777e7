import { sql } from 'kysely'
import type { NetworkId } from '@copractice/core/kernel'
import type { Db, Trx } from '../database.ts'

export type NewMail = Readonly<{
  networkId: NetworkId
  to: string
  subject: string
  text: string
  html: string
  /** Ends mails of this kind when posted to (RFC 8058). */
  unsubscribeUrl?: string | null
}>

export async function insertMail(trx: Db | Trx, mails: readonly NewMail[], now: Date): Promise<void> {
  if (!mails.length) return
  await trx
    .insertInto('mail')
    .values(
      mails.map((mail) => ({
        network_id: mail.networkId,
        recipient: mail.to,
        subject: mail.subject,
        body_text: mail.text,
        body_html: mail.html,
        unsubscribe_url: mail.unsubscribeUrl ?? null,
        status: 'waiting',
        created_at: now,
        next_attempt_at: now,
        sent_at: null,
      })),
    )
    .execute()
}

export type MailDue = NewMail & Readonly<{ id: string; attempts: number }>

/**
 * Takes up to `limit` mails that are due, of every network (the post office is one), and keeps other workers off them
 * until `claimedUntil`: a worker that dies leaves them to the next one then.
 */
export async function claimDueMail(db: Db, now: Date, claimedUntil: Date, limit: number): Promise<MailDue[]> {
  const rows = await db
    .updateTable('mail')
    .set({ next_attempt_at: claimedUntil, attempts: sql<number>`attempts + 1` })
    .where((eb) =>
      eb(
        eb.refTuple('network_id', 'id'),
        'in',
        eb
          .selectFrom('mail as due')
          .select(['due.network_id', 'due.id'])
          .where('due.status', '=', 'waiting')
          .where('due.next_attempt_at', '<=', now)
          .orderBy('due.next_attempt_at')
          .limit(limit)
          .forUpdate()
          .skipLocked()
          .$asTuple('network_id', 'id'),
      ),
    )
    .returning(['network_id', 'id', 'recipient', 'subject', 'body_text', 'body_html', 'unsubscribe_url', 'attempts'])
    .execute()
  return rows.map((row) => ({
    networkId: row.network_id as NetworkId,
    id: row.id,
    to: row.recipient,
    subject: row.subject,
    text: row.body_text,
    html: row.body_html,
    unsubscribeUrl: row.unsubscribe_url,
    attempts: row.attempts,
  }))
}

type Mail = Readonly<{ networkId: NetworkId; id: string }>

/** The words go: what was sent is nobody's business any more. */
export async function markMailSent(db: Db, { networkId, id }: Mail, now: Date): Promise<void> {
  await db
    .updateTable('mail')
    .set({ status: 'sent', sent_at: now, body_text: '', body_html: '', unsubscribe_url: null })
    .where('network_id', '=', networkId)
    .where('id', '=', id)
    .returning('id')
    .executeTakeFirstOrThrow()
}

/** `nextAttemptAt` null gives it up. `error` is the post office's word, for the operator. */
export async function markMailFailed(
  db: Db,
  { networkId, id }: Mail,
  { nextAttemptAt, error }: Readonly<{ nextAttemptAt: Date | null; error: string }>,
): Promise<void> {
  await db
    .updateTable('mail')
    .set(
      nextAttemptAt
        ? { next_attempt_at: nextAttemptAt, last_error: error }
        : { status: 'given_up', last_error: error, body_text: '', body_html: '', unsubscribe_url: null },
    )
    .where('network_id', '=', networkId)
    .where('id', '=', id)
    .returning('id')
    .executeTakeFirstOrThrow()
}
