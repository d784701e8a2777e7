import type { Actor } from '@copractice/core/directory'
import { ok, refuse, type CohortId, type Refusal, type Result } from '@copractice/core/kernel'
import { viewerOf } from '@copractice/core/review'
import type { Db } from '@copractice/store/database'
import { addressOf, consentOf, saveConsent, saveReminderChoice, wantsReminders } from '@copractice/store/review'

export async function showReminderChoice(db: Db, actor: Actor) {
  return ok({ wants: await wantsReminders(db, actor), address: await addressOf(db, actor) })
}

export async function chooseReminders(db: Db, actor: Actor, wants: boolean, now: Date) {
  await saveReminderChoice(db, actor, wants, now)
  return ok({ wants })
}

type Since = Readonly<{ since: Date | null }>
type NotParticipant = Refusal<'review.not_participant', Record<string, never>>

/** Only those who take part in a cohort's rounds have marks to give. */
const takesPart = (actor: Actor, cohortId: CohortId | null): cohortId is CohortId =>
  cohortId !== null && viewerOf(actor, cohortId) === 'participant'

export async function showResearchConsent(
  db: Db,
  actor: Actor,
  cohortId: CohortId | null,
): Promise<Result<Since, NotParticipant>> {
  if (!takesPart(actor, cohortId)) return refuse('review.not_participant', {})
  return ok({ since: await consentOf(db, { ...actor, cohortId }) })
}

/** Consent is given or withdrawn at any time and for this cohort alone; what was exported before cannot be called back. */
export function chooseResearchConsent(
  db: Db,
  actor: Actor,
  { cohortId, consents }: Readonly<{ cohortId: CohortId | null; consents: boolean }>,
  now: Date,
): Promise<Result<Since, NotParticipant>> {
  return db.transaction().execute(async (trx): Promise<Result<Since, NotParticipant>> => {
    if (!takesPart(actor, cohortId)) return refuse('review.not_participant', {})
    const whose = { networkId: actor.networkId, personId: actor.personId, cohortId }
    await saveConsent(trx, whose, consents, now)
    return ok({ since: await consentOf(trx, whose) })
  })
}
