import type { NetworkId, PersonId, RoundId } from '@copractice/core/kernel'
import type { ScoreMethod } from '@copractice/core/review'
import type { Db, Trx } from '../database.ts'
import type { CheckOfWork, ExemplarMarked, ReviewToScore } from './score-repo.ts'

/** What scores are worked out from, without anybody's words: a round's own reviews and those of the rounds pooled with it. */
export type Entered = Readonly<{
  method: ScoreMethod
  reviews: readonly Omit<ReviewToScore, 'comment'>[]
  checks: readonly Pick<CheckOfWork, 'roundId' | 'submissionId' | 'marks'>[]
  exemplars: readonly ExemplarMarked[]
}>

/** What a release holds fast, since `at`: the rounds pooled and what counted. `entered` null: from before it was kept. */
export type Pinned = Readonly<{ at: Date; roundIds: readonly RoundId[]; entered: Entered | null }>

/** What a release holds fast. Reviewers who turned out to be one person since are that person. */
export async function findPinned(trx: Db | Trx, networkId: NetworkId, releaseId: string): Promise<Pinned> {
  const row = await trx
    .selectFrom('score_release')
    .select(['pooled_as_of', 'pooled_round_ids', 'entered'])
    .where('network_id', '=', networkId)
    .where('id', '=', releaseId)
    .executeTakeFirstOrThrow()
  const entered = row.entered as Kept | null
  const pinned = { at: row.pooled_as_of, roundIds: row.pooled_round_ids as RoundId[] }
  if (!entered) return { ...pinned, entered: null }
  const who = await personsNow(trx, networkId)
  return {
    ...pinned,
    entered: {
      ...entered,
      reviews: entered.reviews.map((review) => ({
        ...review,
        reviewerId: who(review.reviewerId),
        filedAt: review.filedAt === null ? null : new Date(review.filedAt),
      })),
      exemplars: entered.exemplars.map((exemplar) => ({
        ...exemplar,
        markings: exemplar.markings.map((marking) => ({ ...marking, reviewerId: who(marking.reviewerId) })),
      })),
    },
  }
}

/** As JSON keeps it. */
type Kept = Omit<Entered, 'reviews'> &
  Readonly<{ reviews: readonly (Omit<Entered['reviews'][number], 'filedAt'> & { filedAt: string | null })[] }>

/** Merges are rare: all of a network's in one look. */
async function personsNow(trx: Db | Trx, networkId: NetworkId): Promise<(personId: PersonId) => PersonId> {
  const rows = await trx
    .selectFrom('person')
    .select(['id', 'merged_into'])
    .where('network_id', '=', networkId)
    .where('merged_into', 'is not', null)
    .execute()
  const merged = new Map(rows.map((row) => [row.id, row.merged_into as PersonId]))
  return (personId) => merged.get(personId) ?? personId
}
