import type { Actor } from '@copractice/core/directory'
import { ok, refuse, type CourseId, type Refusal, type Result, type RoundId } from '@copractice/core/kernel'
import { instructedCourses } from '@copractice/core/review'
import type { Db } from '@copractice/store/database'
import { insertAuditEntry } from '@copractice/store/directory'
import { ensureLineItems, insertDeliveries, listCellScores } from '@copractice/store/gradebook'
import { nudge } from '@copractice/store/notice'
import { listCourseLearners } from '@copractice/store/review'
import { lockRoundRunBy, type InstructorsOnly, type NotFound } from '../review/index.ts'
import { columnOf } from './preview-publish.ts'

type TakeBackRefusal = NotFound | InstructorsOnly | Refusal<'publish.nothing_to_take_back', Record<string, never>>

/**
 * Puts on their way, for every score of an own course that its gradebook holds or is about to hold, the word that takes
 * it back. Scores still waiting are superseded. What the actor's learners see here is not touched.
 */
export function takeBackScores(
  db: Db,
  actor: Actor,
  { roundId, courseId }: Readonly<{ roundId: RoundId; courseId: CourseId }>,
  now: Date,
): Promise<Result<{ takenBack: number; learners: number }, TakeBackRefusal>> {
  const { networkId, personId: publishedBy } = actor
  return db.transaction().execute(async (trx) => {
    const found = await lockRoundRunBy(trx, actor, roundId)
    if (!found.ok) return found
    const round = found.value
    const isOwn = instructedCourses(actor, round.cohortId).includes(courseId)
    const held = isOwn ? await listCellScores(trx, networkId, roundId, [courseId]) : []
    const users = new Map(
      (await listCourseLearners(trx, networkId, isOwn ? [courseId] : [])).map((one) => [one.personId, one.lmsUserId]),
    )
    // One for each cell, though it may hold one score and have another on its way.
    const cells = new Map(held.map((cell) => [`${cell.personId} ${cell.column}`, cell]))
    const columns = [...new Set(held.map(({ column }) => column))]
    const known = [...cells.values()].filter(({ personId }) => users.has(personId))
    if (known.length === 0) return refuse('publish.nothing_to_take_back', {})

    const items = columns.map((column) => ({ courseId, ...columnOf(round, column) }))
    const lineItem = await ensureLineItems(trx, networkId, roundId, items)
    const deliveries = known.map(({ personId, column, score }) => ({
      lineItemId: lineItem(courseId, column),
      courseId,
      personId,
      lmsUserId: users.get(personId)!,
      score,
      maximum: columnOf(round, column).maximum,
      withdraws: true,
    }))
    await insertDeliveries(trx, { networkId, roundId, publishedBy }, deliveries, now)
    const facts = { takenBack: known.length, learners: new Set(known.map(({ personId }) => personId)).size }
    const action = 'grades.taken_back'
    await insertAuditEntry(trx, {
      networkId,
      at: now,
      actorId: publishedBy,
      action,
      subject: `round:${roundId}`,
      facts,
    })
    await nudge(trx, 'scores')
    return ok(facts)
  })
}
