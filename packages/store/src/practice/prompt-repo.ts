import { sql } from 'kysely'
import type { CohortId, NetworkId, PersonId, PromptId } from '@copractice/core/kernel'
import type { PromptSeen } from '@copractice/core/practice'
import type { Db, Trx } from '../database.ts'
import { pageOf, readInstantCursor, type Page } from '../directory/name-cursor.ts'
import { personSeen } from '../directory/person-seen.ts'

type Space = Readonly<{ networkId: NetworkId; cohortId: CohortId }>

/** `openBy` leaves out prompts that open later. */
function promptsSeen(db: Db | Trx, { networkId, cohortId }: Space, openBy: Date | undefined) {
  const query = db
    .selectFrom('prompt as t')
    .innerJoin('person as p', (on) => on.onRef('p.network_id', '=', 't.network_id').onRef('p.id', '=', 't.author_id'))
    .select(['t.id', 't.text', 't.opens_at as opensAt', personSeen('p', cohortId).as('author')])
    .where('t.network_id', '=', networkId)
    .where('t.cohort_id', '=', cohortId)
  return openBy ? query.where('t.opens_at', '<=', openBy) : query
}

const seen = <Row extends { id: string }>({ id, ...row }: Row) => ({ ...row, id: id as PromptId })

/** Newest first. */
export async function pageOfPrompts(
  db: Db | Trx,
  space: Space,
  { openBy, after, limit }: Readonly<{ openBy?: Date | undefined; after?: string | undefined; limit: number }>,
): Promise<Page<PromptSeen>> {
  const cursor = readInstantCursor(after)
  let query = promptsSeen(db, space, openBy).select(sql<string>`t.opens_at::text`.as('sortKey'))
  if (cursor) query = query.where(sql<boolean>`(t.opens_at, t.id) < (${cursor.key}::timestamptz, ${cursor.id}::uuid)`)
  const rows = await query
    .orderBy('t.opens_at', 'desc')
    .orderBy('t.id', 'desc')
    .limit(limit + 1)
    .execute()
  return pageOf(rows, limit, seen)
}

/** Undefined when it is not of this cohort, or opens after `openBy`. */
export async function findPrompt(
  db: Db | Trx,
  space: Space,
  id: PromptId,
  openBy?: Date,
): Promise<PromptSeen | undefined> {
  const row = await promptsSeen(db, space, openBy).where('t.id', '=', id).executeTakeFirst()
  return row && seen(row)
}

export async function insertPrompt(
  trx: Db | Trx,
  { networkId, cohortId }: Space,
  { authorId, text, opensAt }: Readonly<{ authorId: PersonId; text: string; opensAt: Date }>,
): Promise<PromptId> {
  const row = await trx
    .insertInto('prompt')
    .values({ network_id: networkId, cohort_id: cohortId, author_id: authorId, text, opens_at: opensAt })
    .returning('id')
    .executeTakeFirstOrThrow()
  return row.id as PromptId
}
