import { sql } from 'kysely'
import type { CohortId, NetworkId, PersonId, PostId, PromptId } from '@copractice/core/kernel'
import type { PostSeen } from '@copractice/core/practice'
import type { Db, Trx } from '../database.ts'
import { pageOf, readInstantCursor, type Page } from '../directory/name-cursor.ts'
import { personSeen } from '../directory/person-seen.ts'

type Space = Readonly<{ networkId: NetworkId; cohortId: CohortId }>

/** The posts of a cohort as one person sees them: what was taken back has neither words nor author. */
function postsSeen(db: Db | Trx, { networkId, cohortId }: Space, readerId: PersonId) {
  return db
    .selectFrom('post as o')
    .innerJoin('prompt as t', (on) => on.onRef('t.network_id', '=', 'o.network_id').onRef('t.id', '=', 'o.prompt_id'))
    .innerJoin('person as p', (on) => on.onRef('p.network_id', '=', 'o.network_id').onRef('p.id', '=', 'o.author_id'))
    .select(['o.id', 'o.parent_id as parentId', 'o.posted_at as postedAt', 'o.edited_at as editedAt'])
    .select(['o.removed_at as removedAt', sql<boolean>`o.author_id = ${readerId}`.as('isMine')])
    .select((eb) => [
      eb.case().when('o.removed_at', 'is', null).then(eb.ref('o.body')).end().as('body'),
      eb.case().when('o.removed_at', 'is', null).then(personSeen('p', cohortId)).end().as('author'),
    ])
    .where('o.network_id', '=', networkId)
    .where('t.cohort_id', '=', cohortId)
}

const seen = <Row extends { id: string; parentId: string | null }>({ id, parentId, ...row }: Row) => ({
  ...row,
  id: id as PostId,
  parentId: parentId as PostId | null,
})

/** Earliest first. What was taken back is left out unless a reply hangs on it. */
export async function pageOfPosts(
  db: Db | Trx,
  space: Space,
  readerId: PersonId,
  { promptId, after, limit }: Readonly<{ promptId: PromptId; after?: string | undefined; limit: number }>,
): Promise<Page<PostSeen>> {
  const cursor = readInstantCursor(after)
  let query = postsSeen(db, space, readerId)
    .select(sql<string>`o.posted_at::text`.as('sortKey'))
    .where('o.prompt_id', '=', promptId)
    .where(
      sql<boolean>`(o.removed_at is null or exists (select 1 from post r
        where r.network_id = o.network_id and r.parent_id = o.id and r.removed_at is null))`,
    )
  if (cursor) query = query.where(sql<boolean>`(o.posted_at, o.id) > (${cursor.key}::timestamptz, ${cursor.id}::uuid)`)
  const rows = await query
    .orderBy('o.posted_at')
    .orderBy('o.id')
    .limit(limit + 1)
    .execute()
  return pageOf(rows, limit, seen)
}

/** Undefined when it is not of this cohort. */
export async function findPost(
  db: Db | Trx,
  space: Space,
  readerId: PersonId,
  id: PostId,
): Promise<PostSeen | undefined> {
  const row = await postsSeen(db, space, readerId).where('o.id', '=', id).executeTakeFirst()
  return row && seen(row)
}

/** What deciding about a post asks; locked until commit. Undefined when it is not of this cohort. */
export async function lockPost(trx: Trx, { networkId, cohortId }: Space, id: PostId) {
  const row = await trx
    .selectFrom('post as o')
    .innerJoin('prompt as t', (on) => on.onRef('t.network_id', '=', 'o.network_id').onRef('t.id', '=', 'o.prompt_id'))
    .select(['o.id', 'o.prompt_id as promptId', 'o.parent_id as parentId', 'o.author_id as authorId'])
    .select(['o.posted_at as postedAt', 'o.removed_at as removedAt'])
    .where('o.network_id', '=', networkId)
    .where('t.cohort_id', '=', cohortId)
    .where('o.id', '=', id)
    .forNoKeyUpdate('o')
    .executeTakeFirst()
  if (!row) return undefined
  return {
    id: row.id as PostId,
    promptId: row.promptId as PromptId,
    parentId: row.parentId as PostId | null,
    authorId: row.authorId as PersonId,
    postedAt: row.postedAt,
    removedAt: row.removedAt,
  }
}

export type NewPost = Readonly<{
  /** Chosen by the page that sends it. */
  id?: PostId | undefined
  promptId: PromptId
  parentId: PostId | null
  authorId: PersonId
  body: string
}>

/** Undefined when there is a post of this id already: the same was sent before. */
export async function insertPost(
  trx: Db | Trx,
  networkId: NetworkId,
  { id, promptId, parentId, authorId, body }: NewPost,
  now: Date,
): Promise<PostId | undefined> {
  const row = await trx
    .insertInto('post')
    .values({
      ...(id ? { id } : {}),
      network_id: networkId,
      prompt_id: promptId,
      parent_id: parentId,
      author_id: authorId,
      body,
      posted_at: now,
      edited_at: null,
      removed_at: null,
    })
    .onConflict((conflict) => conflict.columns(['network_id', 'id']).doNothing())
    .returning('id')
    .executeTakeFirst()
  return row?.id as PostId | undefined
}

export async function updatePost(
  trx: Db | Trx,
  networkId: NetworkId,
  id: PostId,
  change: Readonly<{ body: string; editedAt: Date }> | Readonly<{ removedAt: Date | null }>,
): Promise<void> {
  await trx
    .updateTable('post')
    .set('body' in change ? { body: change.body, edited_at: change.editedAt } : { removed_at: change.removedAt })
    .where('network_id', '=', networkId)
    .where('id', '=', id)
    .returning('id')
    .executeTakeFirstOrThrow()
}
