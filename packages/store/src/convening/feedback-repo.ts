import type { FeedbackAnswer } from '@copractice/core/convening'
import type { ConveningId, NetworkId, RegistrationId } from '@copractice/core/kernel'
import type { Db, Trx } from '../database.ts'

type Of = Readonly<{ networkId: NetworkId; registrationId: RegistrationId }>

/** What somebody says of the convening; said again it replaces what they said. */
export async function saveFeedback(
  trx: Trx,
  { networkId, registrationId }: Of,
  { usefulness, kept, change }: FeedbackAnswer,
  at: Date,
): Promise<void> {
  const said = { usefulness, kept, change, at }
  await trx
    .insertInto('convening_feedback')
    .values({ network_id: networkId, registration_id: registrationId, ...said })
    .onConflict((conflict) => conflict.columns(['network_id', 'registration_id']).doUpdateSet(said))
    .execute()
}

export async function hasGivenFeedback(db: Db | Trx, { networkId, registrationId }: Of): Promise<boolean> {
  const row = await db
    .selectFrom('convening_feedback')
    .select('registration_id')
    .where('network_id', '=', networkId)
    .where('registration_id', '=', registrationId)
    .executeTakeFirst()
  return row !== undefined
}

/** Every answer about a convening, without who gave it; the latest 10,000. */
export async function feedbackOf(
  db: Db | Trx,
  { networkId, conveningId }: Readonly<{ networkId: NetworkId; conveningId: ConveningId }>,
): Promise<FeedbackAnswer[]> {
  return db
    .selectFrom('convening_feedback as f')
    .innerJoin('registration as g', (on) =>
      on.onRef('g.network_id', '=', 'f.network_id').onRef('g.id', '=', 'f.registration_id'),
    )
    .select(['f.usefulness', 'f.kept', 'f.change'])
    .where('f.network_id', '=', networkId)
    .where('g.convening_id', '=', conveningId)
    .orderBy('f.at', 'desc')
    .limit(10_000)
    .execute()
}
