import { createHash } from 'node:crypto'
import type { NetworkId } from '@copractice/core/kernel'
import {
  estimateByModel,
  methodInForce,
  poolRounds,
  scoreRound,
  type Estimate,
  type ModelGround,
  type Round,
  type RoundToPool,
  type ScoredRound,
  type ScoreMethod,
} from '@copractice/core/review'
import type { Db, Trx } from '@copractice/store/database'
import {
  findRounds,
  listOverrides,
  listWorksToScore,
  type Entered,
  type StandingRelease,
  type StoredOverride,
  type WorkToScore,
} from '@copractice/store/review'
import { loadEntered } from './load-entered.ts'

/** A round's scores with everything they come from. For the server alone. */
export type RoundScoring = Readonly<{
  scored: ScoredRound
  works: readonly WorkToScore[]
  /** In the order in which authors and reviewers read them numbered. */
  reviews: Entered['reviews']
  overrides: readonly StoredOverride[]
  offered: boolean
  because: readonly ModelGround[]
  inForce: ScoreMethod
  /** The model's estimates by submission where it is offered and asked for, in force or not. */
  estimates: ReadonlyMap<string, Estimate> | null
}>

/**
 * Works a round out, by what counts with a release (`releaseThatCounts`; null: by what would count now). Earlier rounds of the same
 * cohort are pooled for the rater model. `model`: its estimates whenever it is offered, for those who choose; otherwise only when it is
 * in force. Overrides and lateness are as they are now.
 */
export async function loadScoring(
  trx: Db | Trx,
  networkId: NetworkId,
  round: Round,
  release: StandingRelease | null,
  model: 'whenever offered' | 'in force' = 'in force',
): Promise<RoundScoring> {
  const { roundId } = round
  const { roundIds, entered } = await loadEntered(trx, networkId, round, release)
  const { reviews, checks, exemplars } = entered
  // In one order, as the model's dice go by it.
  const pooled = [...(await findRounds(trx, networkId, roundIds)), round].sort((a, b) =>
    a.roundId < b.roundId ? -1 : 1,
  )
  const [reviewsOf, checksOf, exemplarsOf] = [byRound(reviews), byRound(checks), byRound(exemplars)]
  const pool = poolRounds(
    pooled.map((each): RoundToPool => ({
      roundId: each.roundId,
      rubric: each.rubric,
      reviews: (reviewsOf.get(each.roundId) ?? []).filter(({ filedAt }) => filedAt !== null),
      checks: checksOf.get(each.roundId) ?? [],
      exemplars: exemplarsOf.get(each.roundId) ?? [],
    })),
  )
  const inForce = methodInForce(entered.method, pool.offered)
  const wanted = inForce === 'model' || (model === 'whenever offered' && pool.offered)
  const estimates = wanted ? remembered(pool, round.seed) : null

  const works = await listWorksToScore(trx, networkId, roundId)
  const own = { reviews: reviewsOf.get(roundId) ?? [], checks: checksOf.get(roundId) ?? [] }
  const overrides = await listOverrides(trx, networkId, roundId)
  return {
    scored: scoreRound({
      round,
      works,
      ...own,
      overrides: overridesThatCount(overrides),
      estimates: inForce === 'model' ? estimates : null,
    }),
    works,
    reviews: own.reviews,
    overrides,
    offered: pool.offered,
    because: pool.because,
    inForce,
    estimates,
  }
}

const byRound = <T extends Readonly<{ roundId: Round['roundId'] }>>(items: readonly T[]) =>
  Map.groupBy(items, ({ roundId }) => roundId)

/** The latest of each person and column that was not taken back. They come latest first. */
export function overridesThatCount(overrides: readonly StoredOverride[]): StoredOverride[] {
  const seen = new Set<string>()
  return overrides.filter(({ personId, column, withdrawnAt }) => {
    const cell = `${personId} ${column}`
    if (withdrawnAt || seen.has(cell)) return false
    seen.add(cell)
    return true
  })
}

const POOLS_AT_MOST = 8
const fitted = new Map<string, Map<string, Estimate>>()

/** The model takes seconds on a hundred thousand marks, and the same marks give the same estimates: the last few are kept. */
function remembered(pool: ReturnType<typeof poolRounds>, seed: number): Map<string, Estimate> {
  const marks = pool.marks.map((mark) => [mark.submission, mark.reviewer, mark.round, mark.points])
  const key = createHash('sha256')
    .update(JSON.stringify([seed, marks, [...pool.anchors]]))
    .digest('base64')
  const known = fitted.get(key) ?? estimateByModel(pool, seed)
  fitted.delete(key)
  fitted.set(key, known)
  const [oldest] = fitted.keys()
  if (fitted.size > POOLS_AT_MOST && oldest !== undefined) fitted.delete(oldest)
  return known
}
