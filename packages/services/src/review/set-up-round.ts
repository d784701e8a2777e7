import { randomInt } from 'node:crypto'
import type { Actor } from '@copractice/core/directory'
import {
  ok,
  refuse,
  type CohortId,
  type PersonId,
  type Refusal,
  type Result,
  type RoundId,
} from '@copractice/core/kernel'
import {
  changeRound as decideChange,
  closeRound as decideClose,
  instructedCourses,
  openRound as decideOpen,
  reopenRound as decideReopen,
  sameRubric,
  stepBack as decideStepBack,
  type DatePassed,
  type DatesOutOfOrder,
  type NamedPerson,
  type Round,
  type RoundChange,
  type RoundDetail,
  type RoundSetup,
  type StepBackRefusal,
  type WrongPhase,
} from '@copractice/core/review'
import type { Db, Trx } from '@copractice/store/database'
import { insertAuditEntry } from '@copractice/store/directory'
import {
  countRoundSoFar,
  deleteAssignments,
  findRubricSource,
  insertRound,
  listCourseLearners,
  listSeatedPeople,
  recountLateness,
  replaceConflicts,
  updateRound,
} from '@copractice/store/review'
import { lockRoundRunBy, type InstructorsOnly, type NotFound } from './find-round.ts'
import { namedPerson } from './people-of-round.ts'
import { roundAfter, runsRounds } from './show-round.ts'

type NotOwnLearner = Refusal<'review.conflict_not_own_learner', Readonly<{ personId: PersonId }>>
type Running = NotFound | InstructorsOnly

/** Own learners of the cohort, and how many others would take part in a round. */
export async function listRoundPeople(
  db: Db,
  actor: Actor,
  cohortId: CohortId | null,
): Promise<Result<{ own: NamedPerson[]; others: number }, InstructorsOnly>> {
  if (!runsRounds(actor, cohortId)) return refuse('review.instructors_only', {})
  const { own, others } = await ownLearners(db, actor, cohortId)
  return ok({ own: own.map(namedPerson), others: others.length })
}

async function ownLearners(trx: Db | Trx, actor: Actor, cohortId: CohortId) {
  const learners = await listCourseLearners(trx, actor.networkId, instructedCourses(actor, cohortId))
  const ids = new Set(learners.map(({ personId }) => personId))
  const taking = (await listSeatedPeople(trx, actor.networkId, cohortId)).filter(({ takesPart }) => takesPart)
  return {
    own: taking.filter(({ personId }) => ids.has(personId)),
    others: taking.filter(({ personId }) => !ids.has(personId)),
  }
}

/** Makes a draft that only the instructors of the cohort's courses see. */
export function setUpRound(
  db: Db,
  actor: Actor,
  { cohortId, setup }: Readonly<{ cohortId: CohortId | null; setup: RoundSetup }>,
  now: Date,
): Promise<Result<RoundDetail, InstructorsOnly | NotOwnLearner>> {
  return db.transaction().execute(async (trx) => {
    if (!runsRounds(actor, cohortId)) return refuse('review.instructors_only', {})
    const { conflicts, seed = randomInt(2 ** 31), ...written } = setup
    const { networkId, personId: createdBy } = actor
    const apart = await conflictsAmongOwn(trx, actor, cohortId, conflicts)
    if (!apart.ok) return apart
    const rubricVersionId = await versionOf(trx, actor, written)
    const made = { ...written, rubricVersionId, seed, cohortId, createdBy, createdAt: now }
    const roundId = await insertRound(trx, networkId, made)
    await replaceConflicts(trx, networkId, roundId, apart.value)
    await audit(trx, actor, { roundId, action: 'round.set_up' }, now)
    return ok(await roundAfter(trx, actor, roundId, now))
  })
}

/** The library's version a rubric is, if it is that one to the last word. */
async function versionOf(
  trx: Trx,
  { networkId }: Actor,
  { rubric, rubricVersionId }: Pick<RoundSetup, 'rubric' | 'rubricVersionId'>,
): Promise<RoundSetup['rubricVersionId']> {
  const source = rubricVersionId && (await findRubricSource(trx, networkId, rubricVersionId))
  return source && sameRubric(source.rubric, rubric) ? rubricVersionId : null
}

type Apart = Parameters<typeof replaceConflicts>[3]

/** The pairs in both directions. Each instructor declares conflicts among their own learners, whose names they see. */
async function conflictsAmongOwn(
  trx: Trx,
  actor: Actor,
  cohortId: CohortId,
  conflicts: RoundSetup['conflicts'],
): Promise<Result<Apart, NotOwnLearner>> {
  const { own } = await ownLearners(trx, actor, cohortId)
  const among = own.map(({ personId }) => personId)
  const stranger = conflicts.flatMap(({ people }) => people).find((personId) => !among.includes(personId))
  if (stranger) return refuse('review.conflict_not_own_learner', { personId: stranger })
  const pairs = conflicts
    .filter(({ people: [one, other] }) => one !== other)
    .flatMap(({ people: [one, other], reason, note }) => [
      { reviewerId: one, authorId: other, reason, note },
      { reviewerId: other, authorId: one, reason, note },
    ])
  return ok({ among, pairs })
}

export function changeRound(
  db: Db,
  actor: Actor,
  { roundId, change }: Readonly<{ roundId: RoundId; change: RoundChange }>,
  now: Date,
): Promise<Result<RoundDetail, Running | WrongPhase | DatesOutOfOrder | NotOwnLearner>> {
  return db.transaction().execute(async (trx) => {
    const found = await lockRoundRunBy(trx, actor, roundId)
    if (!found.ok) return found
    const decision = decideChange(found.value, change)
    if (!decision.ok) return decision
    const { conflicts, ...written } = change
    if (conflicts) {
      const apart = await conflictsAmongOwn(trx, actor, found.value.cohortId, conflicts)
      if (!apart.ok) return apart
      await replaceConflicts(trx, actor.networkId, roundId, apart.value)
    }
    // A rubric that changes is the library's only as far as it says so.
    const rubric = written.rubric ?? (written.rubricVersionId === undefined ? undefined : found.value.rubric)
    const source = rubric && { rubric, rubricVersionId: written.rubricVersionId ?? null }
    await updateRound(trx, actor.networkId, roundId, {
      ...written,
      ...(source && { rubricVersionId: await versionOf(trx, actor, source) }),
      stalled: null,
    })
    if (written.submitUntil) await recountLateness(trx, actor.networkId, { ...found.value, ...decision.value })
    await audit(trx, actor, { roundId, action: 'round.changed', facts: { fields: Object.keys(change) } }, now)
    return ok(await roundAfter(trx, actor, roundId, now))
  })
}

/** draft -> submit. */
export const openRound = (db: Db, actor: Actor, roundId: RoundId, now: Date) =>
  advance<WrongPhase | DatePassed>(db, actor, roundId, now, 'round.opened', (round) => {
    const decision = decideOpen(round, now)
    return decision.ok ? ok({ phase: decision.value }) : decision
  })

/** review -> closed. */
export const closeRound = (db: Db, actor: Actor, roundId: RoundId, now: Date) =>
  advance<WrongPhase>(db, actor, roundId, now, 'round.closed', (round) => {
    const decision = decideClose(round)
    return decision.ok ? ok({ phase: decision.value }) : decision
  })

/** closed -> review. */
export const reopenRound = (
  db: Db,
  actor: Actor,
  { roundId, reviewUntil }: Readonly<{ roundId: RoundId; reviewUntil?: Date | undefined }>,
  now: Date,
) =>
  advance<WrongPhase | DatePassed | DatesOutOfOrder>(db, actor, roundId, now, 'round.reopened', (round) =>
    decideReopen(round, reviewUntil ?? round.reviewUntil, now),
  )

/** review -> submit or submit -> draft, while that throws nothing away; reviews that were dealt and not begun are. */
export function stepBack(
  db: Db,
  actor: Actor,
  { roundId, submitUntil }: Readonly<{ roundId: RoundId; submitUntil?: Date | undefined }>,
  now: Date,
): Promise<Result<RoundDetail, Running | StepBackRefusal>> {
  return db.transaction().execute(async (trx): Promise<Result<RoundDetail, Running | StepBackRefusal>> => {
    const found = await lockRoundRunBy(trx, actor, roundId)
    if (!found.ok) return found
    const soFar = await countRoundSoFar(trx, actor.networkId, roundId)
    const decision = decideStepBack(found.value, soFar, submitUntil ?? found.value.submitUntil, now)
    if (!decision.ok) return decision
    if (found.value.phase === 'review') await deleteAssignments(trx, actor.networkId, roundId)
    await updateRound(trx, actor.networkId, roundId, { ...decision.value, stalled: null })
    await recountLateness(trx, actor.networkId, { ...found.value, ...decision.value })
    const facts = { from: found.value.phase, to: decision.value.phase }
    await audit(trx, actor, { roundId, action: 'round.stepped_back', facts }, now)
    return ok(await roundAfter(trx, actor, roundId, now))
  })
}

type PhaseChange = Readonly<{ phase: Round['phase']; reviewUntil?: Date }>

function advance<R extends Refusal>(
  db: Db,
  actor: Actor,
  roundId: RoundId,
  now: Date,
  action: string,
  decide: (round: Round) => Result<PhaseChange, R>,
): Promise<Result<RoundDetail, Running | R>> {
  return db.transaction().execute(async (trx): Promise<Result<RoundDetail, Running | R>> => {
    const found = await lockRoundRunBy(trx, actor, roundId)
    if (!found.ok) return found
    const decision = decide(found.value)
    if (!decision.ok) return decision
    await updateRound(trx, actor.networkId, roundId, { ...decision.value, closedAt: now })
    await audit(trx, actor, { roundId, action }, now)
    return ok(await roundAfter(trx, actor, roundId, now))
  })
}

export async function audit(
  trx: Trx,
  { networkId, personId: actorId }: Actor,
  entry: Readonly<{ roundId: RoundId; action: string; facts?: Record<string, unknown> }>,
  at: Date,
): Promise<void> {
  const { roundId, action, facts = {} } = entry
  await insertAuditEntry(trx, { networkId, at, actorId, action, subject: `round:${roundId}`, facts })
}
