import type { Actor } from '@copractice/core/directory'
import type { GradeColumn } from '@copractice/core/gradebook'
import {
  ok,
  refuse,
  type OverrideId,
  type PersonId,
  type Refusal,
  type Result,
  type RoundId,
  type SubmissionId,
} from '@copractice/core/kernel'
import {
  checkWork as decideCheck,
  overrideScore as decideOverride,
  type CheckRefusal,
  type Mark,
  type OverrideRefusal,
  type Round,
} from '@copractice/core/review'
import type { Db, Trx } from '@copractice/store/database'
import { insertAuditEntry } from '@copractice/store/directory'
import {
  insertCheck,
  insertOverride,
  listOverrides,
  listReleases,
  listWorksToScore,
  withdrawChecks,
  withdrawOverride as takeBackOverride,
} from '@copractice/store/review'
import { lockRoundRunBy, notFound, type InstructorsOnly, type NotFound } from './find-round.ts'
import { peopleOfRound } from './people-of-round.ts'

type Running = NotFound | InstructorsOnly
type Released = Refusal<'score.released', Record<string, never>>

export const maximumOf = (round: Round, column: GradeColumn): number =>
  column === 'work' ? round.workMaximum : round.reviewingMaximum

/** The round held, for an act on somebody who is a learner of the actor's own course; of anyone else there is nothing. */
export async function lockForOwnLearner(
  trx: Trx,
  actor: Actor,
  roundId: RoundId,
  personId: PersonId,
): Promise<Result<Round, Running>> {
  const found = await lockRoundRunBy(trx, actor, roundId)
  if (!found.ok) return found
  const people = await peopleOfRound(trx, actor, found.value)
  return people.own.some((person) => person.personId === personId) ? found : notFound()
}

/** What was done, and never which points: audit entries are read by people who see no grades. */
export const noteScoring = (trx: Trx, actor: Actor, roundId: RoundId, action: string, now: Date): Promise<void> =>
  insertAuditEntry(trx, {
    networkId: actor.networkId,
    at: now,
    actorId: actor.personId,
    action,
    subject: `round:${roundId}`,
    facts: {},
  })

type NewOverride = Readonly<{
  roundId: RoundId
  personId: PersonId
  column: GradeColumn
  points: number
  reason: string
}>

/** Puts an instructor's points in a score's place. */
export function overrideScore(
  db: Db,
  actor: Actor,
  { roundId, personId, column, points, reason }: NewOverride,
  now: Date,
): Promise<Result<{ overrideId: OverrideId }, Running | OverrideRefusal>> {
  return db.transaction().execute(async (trx) => {
    const found = await lockForOwnLearner(trx, actor, roundId, personId)
    if (!found.ok) return found
    const decided = decideOverride(found.value, { points, reason }, maximumOf(found.value, column))
    if (!decided.ok) return decided
    const { networkId, personId: byId } = actor
    const override = { networkId, roundId, personId, column, points, reason, byId }
    const overrideId = await insertOverride(trx, override, now)
    await noteScoring(trx, actor, roundId, 'score.overridden', now)
    return ok({ overrideId })
  })
}

/** Takes an override back; an earlier one, or what was worked out, counts again. */
export function withdrawOverride(
  db: Db,
  actor: Actor,
  { roundId, overrideId }: Readonly<{ roundId: RoundId; overrideId: OverrideId }>,
  now: Date,
): Promise<Result<Record<string, never>, Running | Refusal<'score.no_override', Record<string, never>>>> {
  return db.transaction().execute(async (trx) => {
    const run = await lockRoundRunBy(trx, actor, roundId)
    if (!run.ok) return run
    const override = (await listOverrides(trx, actor.networkId, roundId)).find((each) => each.overrideId === overrideId)
    const people = await peopleOfRound(trx, actor, run.value)
    if (!override || override.withdrawnAt || !people.isOwn(override.personId)) return refuse('score.no_override', {})
    await takeBackOverride(trx, actor.networkId, overrideId, now)
    await noteScoring(trx, actor, roundId, 'score.override_withdrawn', now)
    return ok({})
  })
}

type WorkOf = Readonly<{ roundId: RoundId; personId: PersonId }>

/** The work of an own learner, handed in. */
async function workOf(trx: Trx, actor: Actor, { roundId, personId }: WorkOf): Promise<SubmissionId | undefined> {
  const works = await listWorksToScore(trx, actor.networkId, roundId)
  return works.find(({ authorIds }) => authorIds.includes(personId))?.submissionId
}

/** Keeps an instructor's own marks of a work. Its reviewers are compared with them from now on. */
export function checkWork(
  db: Db,
  actor: Actor,
  { roundId, personId, marks, note }: WorkOf & Readonly<{ marks: readonly Mark[]; note: string }>,
  now: Date,
): Promise<Result<Record<string, never>, Running | CheckRefusal>> {
  return db.transaction().execute(async (trx) => {
    const { networkId } = actor
    const found = await lockForOwnLearner(trx, actor, roundId, personId)
    if (!found.ok) return found
    const submissionId = await workOf(trx, actor, { roundId, personId })
    if (!submissionId) return notFound()
    const released = (await listReleases(trx, networkId, roundId)).length > 0
    const decided = decideCheck(found.value, marks, released)
    if (!decided.ok) return decided
    const check = { checkedBy: actor.personId, marks, note }
    await insertCheck(trx, { networkId, roundId, submissionId }, check, now)
    await noteScoring(trx, actor, roundId, 'score.checked', now)
    return ok({})
  })
}

export function withdrawCheck(
  db: Db,
  actor: Actor,
  { roundId, personId }: WorkOf,
  now: Date,
): Promise<Result<Record<string, never>, Running | Released | Refusal<'score.no_check', Record<string, never>>>> {
  return db.transaction().execute(async (trx) => {
    const { networkId } = actor
    const found = await lockForOwnLearner(trx, actor, roundId, personId)
    if (!found.ok) return found
    if ((await listReleases(trx, networkId, roundId)).length > 0) return refuse('score.released', {})
    const submissionId = await workOf(trx, actor, { roundId, personId })
    const gone = submissionId && (await withdrawChecks(trx, { networkId, roundId, submissionId }, now))
    if (!gone) return refuse('score.no_check', {})
    await noteScoring(trx, actor, roundId, 'score.check_withdrawn', now)
    return ok({})
  })
}
