import { sql } from 'kysely'
import type { CohortId, NetworkId, PersonId, PromptId } from '@copractice/core/kernel'
import type { Draft } from '@copractice/core/practice'
import type { Db, Trx } from '../database.ts'

/** Drafts are a person's own: every function here takes whose. */
export type DraftOwner = Readonly<{ networkId: NetworkId; personId: PersonId }>

export async function findDraft(
  db: Db | Trx,
  { networkId, personId }: DraftOwner,
  subject: string,
): Promise<Draft | undefined> {
  return db
    .selectFrom('text_draft')
    .select(['body', 'saved_at as savedAt'])
    .where('network_id', '=', networkId)
    .where('person_id', '=', personId)
    .where('subject', '=', subject)
    .executeTakeFirst()
}

/** Lets nobody else change the person's drafts of this subject until commit, whether there is one yet or not. */
export async function lockDraft(trx: Trx, owner: DraftOwner, subject: string): Promise<Draft | undefined> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`draft ${owner.personId} ${subject}`}, 0))`.execute(trx)
  return findDraft(trx, owner, subject)
}

export async function upsertDraft(
  trx: Db | Trx,
  { networkId, personId }: DraftOwner,
  subject: string,
  { body, savedAt }: Draft,
): Promise<void> {
  const kept = { body, saved_at: savedAt }
  await trx
    .insertInto('text_draft')
    .values({ network_id: networkId, person_id: personId, subject, ...kept })
    .onConflict((conflict) => conflict.columns(['network_id', 'person_id', 'subject']).doUpdateSet(kept))
    .execute()
}

export async function deleteDraft(trx: Db | Trx, { networkId, personId }: DraftOwner, subject: string): Promise<void> {
  await trx
    .deleteFrom('text_draft')
    .where('network_id', '=', networkId)
    .where('person_id', '=', personId)
    .where('subject', '=', subject)
    .execute()
}

/** Answers begun to prompts of a cohort, latest first; at most five. */
export async function listPromptDrafts(
  db: Db | Trx,
  { networkId, personId }: DraftOwner,
  cohortId: CohortId,
): Promise<(Draft & { promptId: PromptId; promptText: string })[]> {
  const rows = await db
    .selectFrom('text_draft as d')
    .innerJoin('prompt as t', (on) =>
      on.onRef('t.network_id', '=', 'd.network_id').on(sql<boolean>`d.subject = 'prompt:' || t.id`),
    )
    .select(['t.id as promptId', 't.text as promptText', 'd.body', 'd.saved_at as savedAt'])
    .where('d.network_id', '=', networkId)
    .where('d.person_id', '=', personId)
    .where('t.cohort_id', '=', cohortId)
    .orderBy('d.saved_at', 'desc')
    .limit(5)
    .execute()
  return rows.map((row) => ({ ...row, promptId: row.promptId as PromptId }))
}
