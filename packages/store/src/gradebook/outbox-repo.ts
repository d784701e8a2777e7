import { sql } from 'kysely'
import { chooseTimestamp, type GradeColumn } from '@copractice/core/gradebook'
import type { DeliveryId, NetworkId, PersonId, PlatformId, RoundId } from '@copractice/core/kernel'
import type { Db, Trx } from '../database.ts'

/** A score in a worker's hands until `claimedUntil`, with everything sending it takes. */
export type ClaimedScore = Readonly<{
  networkId: NetworkId
  deliveryId: DeliveryId
  platformId: PlatformId
  lineItemsUrl: string | null
  lineItem: Readonly<{ id: string; url: string | null; label: string; maximum: number }>
  roundId: RoundId
  column: GradeColumn
  lmsUserId: string
  personId: PersonId
  /** Of the work that is scored; null when the score is for reviewing. */
  handedInAt: Date | null
  score: number
  maximum: number
  comment: string
  /** Shares of the maximum that its cell may hold as ours: of the last that arrived, and of those sent since. */
  sentBefore: readonly number[]
  /** Somebody asked for this score to take the place of a teacher's. */
  overwrites: boolean
  /** Takes back what was sent for its cell, instead of sending `score`. */
  withdraws: boolean
  attempts: number
  /** A request with it may have gone out before, also in a try that does not count. */
  isAgain: boolean
  timestamp: Date
  claimedUntil: Date
}>

/** Whether a request with a row's score may have gone out: a timestamp is fixed before, and lost when it starts anew. */
export const mayHaveBeenSent = (row: 'd' | 'e' | 'score_delivery') =>
  sql<boolean>`coalesce(${sql.ref(row)}.was_sent, ${sql.ref(row)}.score_timestamp is not null)`

export type OutboxPlatform = Readonly<{ networkId: NetworkId; platformId: PlatformId }>

/** LMSs that have scores due and are not resting, of every network; `limit` of them. */
export async function listDuePlatforms(db: Db, now: Date, limit: number): Promise<OutboxPlatform[]> {
  const rows = await db
    .selectFrom('score_delivery as d')
    .select(['d.network_id as networkId', 'd.platform_id as platformId'])
    .distinct()
    .where('d.status', '=', 'waiting')
    .where('d.next_attempt_at', '<=', now)
    .where(sql<boolean>`(d.claimed_until is null or d.claimed_until <= ${now})`)
    .where(
      sql<boolean>`not exists (select 1 from lti_circuit k where k.network_id = d.network_id
        and k.platform_id = d.platform_id and k.open_until > ${now})`,
    )
    .limit(limit)
    .execute()
  return rows as OutboxPlatform[]
}

export type ScoresClaimed = Readonly<{
  scores: readonly ClaimedScore[]
  /** Found due, and put off to a second that their cell has not used. */
  putOff: number
}>

/**
 * Takes due scores of an LMS, those published first before others, counts the attempt and fixes the timestamp they are
 * sent with before anything is sent, so that after a crash the very same score is sent again. Of a cell only the latest
 * score is taken, and none while another of it is in a worker's hands. While the LMS's circuit is open, nothing is taken
 * but by the one who finds out whether it is well again (`isProbe`): the score that was tried least, because one that
 * keeps failing by itself must not be the one that an LMS is judged by.
 */
export async function claimDueScores(
  db: Db,
  { networkId, platformId }: OutboxPlatform,
  { limit, leaseSeconds, isProbe = false }: Readonly<{ limit: number; leaseSeconds: number; isProbe?: boolean }>,
  now: Date,
): Promise<ScoresClaimed> {
  return db.transaction().execute(async (trx) => {
    const rows = await trx
      .selectFrom('score_delivery as d')
      .innerJoin('line_item as l', (on) =>
        on.onRef('l.network_id', '=', 'd.network_id').onRef('l.id', '=', 'd.line_item_id'),
      )
      .innerJoin('course as c', (on) => on.onRef('c.network_id', '=', 'd.network_id').onRef('c.id', '=', 'd.course_id'))
      .select(['d.network_id', 'd.id', 'd.round_id', 'd.lms_user_id', 'd.score_given', 'd.score_maximum', 'd.comment'])
      .select(['d.attempts', 'd.score_timestamp', 'd.platform_id', 'c.lineitems_url', 'l.grade_column', 'l.label'])
      .select(['l.id as line_item_id', 'l.url', 'l.score_maximum as line_item_maximum'])
      .select(['d.person_id', 'd.overwrites', 'd.withdraws', mayHaveBeenSent('d').as('isAgain')])
      .select(
        sql<number[]>`array(select e.score_given / e.score_maximum from score_delivery e
          where e.network_id = d.network_id and e.line_item_id = d.line_item_id and e.person_id = d.person_id
            and e.id <> d.id and ${mayHaveBeenSent('e')} and not e.withdraws
            and e.sequence >= coalesce((select max(a.sequence) from score_delivery a where a.network_id = d.network_id
              and a.line_item_id = d.line_item_id and a.person_id = d.person_id and a.id <> d.id
              and a.status = 'arrived'), 0))`.as('sentBefore'),
      )
      .select(
        sql<Date | null>`case when l.grade_column = 'work' then (select w.submitted_at from submission w
          where w.network_id = d.network_id and w.round_id = d.round_id and w.author_id = d.person_id
            and w.status = 'submitted') end`.as('handedInAt'),
      )
      .select(
        sql<Date | null>`(select max(e.score_timestamp) from score_delivery e where e.network_id = d.network_id
          and e.line_item_id = d.line_item_id and e.person_id = d.person_id and e.id <> d.id)`.as('lastOfCell'),
      )
      .where('d.network_id', '=', networkId)
      .where('d.platform_id', '=', platformId)
      .where('d.status', '=', 'waiting')
      .where('d.next_attempt_at', '<=', now)
      .where(sql<boolean>`(d.claimed_until is null or d.claimed_until <= ${now})`)
      .where(
        sql<boolean>`not exists (select 1 from score_delivery e where e.network_id = d.network_id
          and e.line_item_id = d.line_item_id and e.person_id = d.person_id and e.id <> d.id
          and (e.claimed_until > ${now} or (e.sequence > d.sequence and e.status = 'waiting')))`,
      )
      .where(
        sql<boolean>`(${isProbe} or not exists (select 1 from lti_circuit k where k.network_id = d.network_id
          and k.platform_id = d.platform_id and k.opened_at is not null))`,
      )
      .$if(isProbe, (query) => query.orderBy('d.attempts'))
      .orderBy('d.sequence')
      .limit(limit)
      .forUpdate('d')
      .skipLocked()
      .execute()

    const claimedUntil = new Date(now.getTime() + leaseSeconds * 1000)
    const decided = rows.map((row) => ({
      row,
      choice: chooseTimestamp({ own: row.score_timestamp, lastOfCell: row.lastOfCell }, now),
    }))
    const put = decided.flatMap(({ row, choice }) =>
      choice.kind === 'wait' ? [{ id: row.id, networkId: row.network_id, at: choice.until }] : [],
    )
    const sent = decided.flatMap(({ row, choice }) => (choice.kind === 'send' ? [{ row, at: choice.timestamp }] : []))
    if (put.length > 0) {
      await sql`update score_delivery d set next_attempt_at = v.at from unnest(
        ${put.map(({ networkId }) => networkId)}::uuid[], ${put.map(({ id }) => id)}::uuid[],
        ${put.map(({ at }) => at)}::timestamptz[]) as v (network_id, id, at)
        where d.network_id = v.network_id and d.id = v.id`.execute(trx)
    }
    if (sent.length > 0) {
      await sql`update score_delivery d set claimed_until = ${claimedUntil}, attempts = d.attempts + 1,
        score_timestamp = v.at, was_sent = nullif(d.was_sent, false) from unnest(
        ${sent.map(({ row }) => row.network_id)}::uuid[], ${sent.map(({ row }) => row.id)}::uuid[],
        ${sent.map(({ at }) => at)}::timestamptz[]) as v (network_id, id, at)
        where d.network_id = v.network_id and d.id = v.id`.execute(trx)
    }
    const scores = sent.map(({ row, at }) => ({
      networkId: row.network_id as NetworkId,
      deliveryId: row.id as DeliveryId,
      platformId: row.platform_id as PlatformId,
      lineItemsUrl: row.lineitems_url,
      lineItem: { id: row.line_item_id, url: row.url, label: row.label, maximum: row.line_item_maximum },
      roundId: row.round_id as RoundId,
      column: row.grade_column,
      lmsUserId: row.lms_user_id,
      personId: row.person_id as PersonId,
      handedInAt: row.handedInAt,
      score: row.score_given,
      maximum: row.score_maximum,
      comment: row.comment,
      sentBefore: row.sentBefore,
      overwrites: row.overwrites,
      withdraws: row.withdraws,
      attempts: row.attempts + 1,
      isAgain: row.isAgain,
      timestamp: at,
      claimedUntil,
    }))
    return { scores, putOff: put.length }
  })
}

type Claimed = Pick<ClaimedScore, 'networkId' | 'deliveryId' | 'claimedUntil' | 'isAgain'>

/**
 * The row while this claim of it holds: whoever was held up for so long that another took it over writes nothing more.
 * `claimedUntil` tells claims apart, since a later one begins only after an earlier one is over.
 */
const claimed = (db: Db | Trx, { networkId, deliveryId, claimedUntil }: Claimed) =>
  db
    .updateTable('score_delivery')
    .where('network_id', '=', networkId)
    .where('id', '=', deliveryId)
    .where('claimed_until', '=', claimedUntil)

/** What stays of a claim that sent nothing. */
const unsent = ({ isAgain }: Claimed) => (isAgain ? {} : { was_sent: false })

/** The LMS holds them. Also one that was superseded on its way: until the later score arrives, this is what is there. */
export async function markArrived(db: Db, scores: readonly Claimed[], now: Date): Promise<void> {
  await db
    .updateTable('score_delivery')
    .set({ status: 'arrived', arrived_at: now, claimed_until: null, last_error: null })
    .set({ lms_score: null, lms_score_unsaid: false })
    .where(
      sql<boolean>`(network_id, id, claimed_until) in (select * from unnest(
        ${scores.map(({ networkId }) => networkId)}::uuid[], ${scores.map(({ deliveryId }) => deliveryId)}::uuid[],
        ${scores.map(({ claimedUntil }) => claimedUntil)}::timestamptz[]))`,
    )
    .where('status', 'in', ['waiting', 'superseded'])
    .execute()
}

/** The LMS took these and kept a teacher's grade, which it does not tell. One that a later score follows is left to that. */
export async function markKept(db: Db, networkId: NetworkId, deliveryIds: readonly string[]): Promise<void> {
  await db
    .updateTable('score_delivery as d')
    .set({ status: 'refused', last_error: 'newer_grade', lms_score_unsaid: true, arrived_at: null })
    .where('d.network_id', '=', networkId)
    .where(sql<boolean>`d.id = any (${deliveryIds}::uuid[])`)
    .where('d.status', '=', 'arrived')
    .where(
      sql<boolean>`not exists (select 1 from score_delivery e where e.network_id = d.network_id
        and e.line_item_id = d.line_item_id and e.person_id = d.person_id and e.sequence > d.sequence)`,
    )
    .execute()
}

/**
 * It did not get there: tried again at `nextAttemptAt`, or over. A try that does not count was the LMS's fault alone.
 * `lmsScore`: a teacher's, that stands in its place, or that there is one. `isUnsent`: this claim sent nothing of it. A
 * superseded score is only let go.
 */
export async function markTrouble(
  db: Db,
  score: Claimed,
  trouble: Readonly<{ error: string; isUnsent: boolean }> &
    (
      | Readonly<{ status: 'waiting'; nextAttemptAt: Date; counts: boolean }>
      | Readonly<{ status: 'refused' | 'given_up'; lmsScore?: number | 'unsaid' | undefined }>
    ),
): Promise<void> {
  const { lmsScore = null } = trouble.status === 'waiting' ? {} : trouble
  const letGo = { claimed_until: null, ...(trouble.isUnsent && unsent(score)) }
  await claimed(db, score)
    .set({
      ...letGo,
      status: trouble.status,
      last_error: trouble.error,
      ...(trouble.status === 'waiting'
        ? { next_attempt_at: trouble.nextAttemptAt, ...(trouble.counts ? {} : { attempts: sql`attempts - 1` }) }
        : { lms_score: lmsScore === 'unsaid' ? null : lmsScore, lms_score_unsaid: lmsScore === 'unsaid' }),
    })
    .where('status', '=', 'waiting')
    .execute()
  await claimed(db, score).set(letGo).where('status', '=', 'superseded').execute()
}

/** Lets a score go that was not tried after all; the attempt is not counted. */
export async function releaseScore(db: Db, score: Claimed, nextAttemptAt: Date): Promise<void> {
  await claimed(db, score)
    .set({ claimed_until: null, attempts: sql`attempts - 1`, next_attempt_at: nextAttemptAt, ...unsent(score) })
    .execute()
}

/** When the next score is due, for a worker that might as well wait for it. */
export async function nextDueAt(db: Db): Promise<Date | null> {
  const row = await db
    .selectFrom('score_delivery as d')
    .leftJoin('lti_circuit as k', (on) =>
      on.onRef('k.network_id', '=', 'd.network_id').onRef('k.platform_id', '=', 'd.platform_id'),
    )
    .select(sql<Date | null>`min(greatest(d.next_attempt_at, k.open_until))`.as('at'))
    .where('d.status', '=', 'waiting')
    .where('d.claimed_until', 'is', null)
    .executeTakeFirst()
  return row?.at ?? null
}
