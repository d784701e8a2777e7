import type { Actor } from '@copractice/core/directory'
import { ok } from '@copractice/core/kernel'
import { decideDraft } from '@copractice/core/practice'
import type { Db } from '@copractice/store/database'
import { deleteDraft, findDraft, lockDraft, upsertDraft } from '@copractice/store/practice'

/** The actor's own draft. Drafts belong to a person, not to a cohort: they outlive a seat. */
export async function getDraft(db: Db, actor: Actor, subject: string) {
  return ok({ draft: (await findDraft(db, actor, subject)) ?? null })
}

type Typed = Readonly<{ subject: string; body: string; basedOn: Date | null }>

/** Keeps what is typed, or says what another screen has kept meanwhile. */
export function saveDraft(db: Db, actor: Actor, { subject, body, basedOn }: Typed, now: Date) {
  return db.transaction().execute(async (trx) => {
    const kept = await lockDraft(trx, actor, subject)
    const decided = decideDraft(kept, { body, basedOn })
    if (!decided.ok) return decided
    if (decided.value.ends) {
      await deleteDraft(trx, actor, subject)
      return ok({ savedAt: null })
    }
    await upsertDraft(trx, actor, subject, { body, savedAt: now })
    return ok({ savedAt: now })
  })
}
