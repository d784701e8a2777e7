import type { Actor } from '@copractice/core/directory'
import { ATTEMPTS_AT_MOST, DeliveryProblem, type deliveriesRoute, type Delivery } from '@copractice/core/gradebook'
import {
  ok,
  refuse,
  type DeliveryId,
  type Refusal,
  type Result,
  type RoundId,
  type RouteOutput,
} from '@copractice/core/kernel'
import { instructedCourses } from '@copractice/core/review'
import type { Db } from '@copractice/store/database'
import {
  countDeliveries,
  findDelivery,
  listCourses,
  listDeliveries as listRows,
  listPauses,
  reviveDelivery,
  type DeliveryLogged,
} from '@copractice/store/gradebook'
import { nudge } from '@copractice/store/notice'
import { lockRound } from '@copractice/store/review'
import { roundRunBy, type InstructorsOnly, type NotFound } from '../review/index.ts'

/** The delivery log of the actor's own courses, with a sum per course. */
export async function listDeliveries(
  db: Db,
  actor: Actor,
  { roundId, ...paging }: Readonly<{ roundId: RoundId; after?: string | undefined; limit: number }>,
): Promise<Result<RouteOutput<typeof deliveriesRoute>, NotFound | InstructorsOnly>> {
  const found = await roundRunBy(db, actor, roundId)
  if (!found.ok) return found
  const { networkId } = actor
  const courseIds = instructedCourses(actor, found.value.cohortId)
  const scope = { networkId, roundId, courseIds }
  const page = await listRows(db, scope, paging)
  const counts = await countDeliveries(db, scope)
  const pauses = await listPauses(db, networkId, courseIds)
  const courses = (await listCourses(db, networkId, courseIds)).map((course) => {
    const count = (status: string) =>
      counts.find((one) => one.courseId === course.courseId && one.status === status)?.count ?? 0
    return {
      ...course,
      arrived: count('arrived'),
      waiting: count('waiting'),
      refused: count('refused'),
      givenUp: count('given_up'),
      pausedUntil: pauses.get(course.courseId) ?? null,
    }
  })
  return ok({ ...page, items: page.items.map(deliveryOf), attemptsAtMost: ATTEMPTS_AT_MOST, courses })
}

type RetryRefusal =
  | Refusal<'delivery.not_found', Record<string, never>>
  | Refusal<'delivery.not_retryable', Readonly<{ status: string }>>
  | Refusal<'delivery.outdated', Record<string, never>>

/**
 * Sends a refused or given-up score of an own course once more, unless a later score took its place. The round is held:
 * none is published for its cell meanwhile, that this one would then arrive after.
 */
export function retryDelivery(
  db: Db,
  actor: Actor,
  deliveryId: DeliveryId,
  now: Date,
): Promise<Result<Delivery, RetryRefusal>> {
  return db.transaction().execute(async (trx) => {
    const found = await findDelivery(trx, actor.networkId, deliveryId)
    const isOwn = found && instructedCourses(actor, found.cohortId).includes(found.courseId)
    if (!found || !isOwn) return refuse('delivery.not_found', {})
    await lockRound(trx, actor.networkId, found.roundId, 'update')
    const delivery = (await findDelivery(trx, actor.networkId, deliveryId))!
    if (!delivery.isLatest) return refuse('delivery.outdated', {})
    const revived = await reviveDelivery(trx, actor.networkId, deliveryId, now)
    if (!revived) return refuse('delivery.not_retryable', { status: delivery.status })
    await nudge(trx, 'scores')
    const after = await findDelivery(trx, actor.networkId, deliveryId)
    return ok(deliveryOf(after!))
  })
}

/** `last_error` begins with the problem; what follows is the LMS's answer. */
function deliveryOf(row: DeliveryLogged): Delivery {
  const [problem, ...detail] = row.lastError?.split(' ') ?? []
  const { deliveryId, courseId, personId, name, column, score, maximum, status, attempts } = row
  return {
    deliveryId,
    courseId,
    personId,
    name,
    column,
    score,
    maximum,
    status,
    attempts,
    problem: problem ? DeliveryProblem.parse(problem) : null,
    detail: detail.join(' ') || null,
    withdraws: row.withdraws,
    changedInLms: row.lmsScore === null ? null : { score: row.lmsScore, weHadSent: row.weHadSent },
    publishedAt: row.publishedAt,
    arrivedAt: row.arrivedAt,
    nextAttemptAt: status === 'waiting' ? row.nextAttemptAt : null,
    canRetry: row.isLatest && (status === 'refused' || status === 'given_up'),
  }
}
