import type { Actor } from '@copractice/core/directory'
import type { GradeColumn } from '@copractice/core/gradebook'
import {
  ok,
  refuse,
  type AppealId,
  type PersonId,
  type Refusal,
  type Result,
  type RoundId,
} from '@copractice/core/kernel'
import {
  answerAppeal as decideAnswer,
  isSettled,
  raiseAppeal as decideRaise,
  withdrawAppeal as decideWithdraw,
  type AnswerRefusal,
  type AppealStatus,
  type RaiseRefusal,
  type Release,
  type Round,
} from '@copractice/core/review'
import type { Db, Trx } from '@copractice/store/database'
import {
  insertAppeal,
  insertAppealEntry,
  insertOverride,
  listAddresses,
  listAppeals,
  listCoursesOfLearner,
  listInstructorsOf,
  listReleases,
  lockRound,
  setAppealStatus,
  type StandingRelease,
} from '@copractice/store/review'
import { queueMail, type MailWritten } from '../notice/index.ts'
import { appealAnsweredMail, appealRaisedMail } from './appeal-mail.ts'
import { notFound, seenRound, type InstructorsOnly, type NotFound } from './find-round.ts'
import { releaseThatCounts } from './load-entered.ts'
import { loadScoring } from './load-scoring.ts'
import { lockForOwnLearner, maximumOf, noteScoring } from './moderate-score.ts'

const DAY_MS = 86_400_000

type NotParticipant = Refusal<'review.not_participant', Record<string, never>>

/**
 * The release that stands for a learner in any of their courses: the one that gives them longest, and the one whose figures
 * they read. None stands while
 * reviews can be written again: each would be told to its author as it comes in.
 */
export async function releaseFor(
  trx: Db | Trx,
  networkId: Actor['networkId'],
  round: Round,
  personId: PersonId,
  now: Date,
): Promise<(Release & Readonly<{ counts: StandingRelease }>) | null> {
  if (!isSettled(round, now)) return null
  const { roundId, cohortId } = round
  const courses = await listCoursesOfLearner(trx, { networkId, cohortId }, personId)
  const releases = (await listReleases(trx, networkId, roundId)).filter(({ courseId }) => courses.includes(courseId))
  const counts = releaseThatCounts(releases, courses)
  const longest = releases.toSorted((a, b) => +b.appealsUntil - +a.appealsUntil)[0]
  return longest && counts ? { ...longest, counts } : null
}

/** The round held, for someone who takes part in it. */
async function lockMine(trx: Trx, actor: Actor, roundId: RoundId): Promise<Result<Round, NotFound | NotParticipant>> {
  const seen = seenRound(actor, await lockRound(trx, actor.networkId, roundId, 'update'))
  if (!seen.ok) return seen
  return seen.value.viewer === 'participant' ? ok(seen.value.round) : refuse('review.not_participant', {})
}

type Asked = Readonly<{ roundId: RoundId; column: GradeColumn; reason: string }>

/** A learner asks for another look at one of their grades; the instructors of their course get a mail, of one grade once a day. */
export function raiseAppeal(
  db: Db,
  actor: Actor,
  { roundId, column, reason }: Asked,
  now: Date,
): Promise<Result<{ appealId: AppealId }, NotFound | NotParticipant | RaiseRefusal>> {
  return db.transaction().execute(async (trx) => {
    const { networkId, personId } = actor
    const found = await lockMine(trx, actor, roundId)
    if (!found.ok) return found
    const round = found.value
    const release = await releaseFor(trx, networkId, round, personId, now)
    const { scored } = await loadScoring(trx, networkId, round, release?.counts ?? null)
    const mine = await listAppeals(trx, networkId, roundId, personId)
    const decided = decideRaise(
      release,
      {
        grade: scored.grade(personId, column),
        hasOpen: mine.some((appeal) => appeal.column === column && appeal.status === 'open'),
      },
      now,
    )
    if (!decided.ok) return decided
    const submissionId = scored.workOf(personId)?.submissionId ?? null
    const appealId = await insertAppeal(trx, { networkId, roundId, submissionId, personId, column, reason }, now)
    const courses = await listCoursesOfLearner(trx, { networkId, cohortId: round.cohortId }, personId)
    const [me] = await listAddresses(trx, networkId, [personId])
    const about = { round: round.title, column }
    // Taken back and raised again the same day, it is one question: the instructors have its mail. What is asked of an
    // answer is another.
    const isSame = (appeal: (typeof mine)[number]) => appeal.column === column && appeal.status !== 'answered'
    if (!mine.some((appeal) => isSame(appeal) && +now - +appeal.raisedAt < DAY_MS))
      await writeTo(trx, networkId, await listInstructorsOf(trx, networkId, courses), now, (name) =>
        appealRaisedMail(about, name, me?.name ?? null),
      )
    return ok({ appealId })
  })
}

/** A learner takes an open appeal of theirs back. */
export function withdrawAppeal(
  db: Db,
  actor: Actor,
  { roundId, appealId }: Readonly<{ roundId: RoundId; appealId: AppealId }>,
): Promise<
  Result<
    Record<string, never>,
    NotFound | NotParticipant | Refusal<'appeal.not_open', Readonly<{ status: AppealStatus }>>
  >
> {
  return db.transaction().execute(async (trx) => {
    const { networkId, personId } = actor
    const found = await lockMine(trx, actor, roundId)
    if (!found.ok) return found
    const appeal = (await listAppeals(trx, networkId, roundId, personId)).find((each) => each.appealId === appealId)
    if (!appeal) return notFound()
    const decided = decideWithdraw(appeal.status)
    if (!decided.ok) return decided
    await setAppealStatus(trx, networkId, appealId, 'withdrawn')
    return ok({})
  })
}

type Answer = Readonly<{ roundId: RoundId; appealId: AppealId; text: string }> &
  (Readonly<{ outcome: 'kept' }> | Readonly<{ outcome: 'changed'; points: number }>)

/** An instructor answers an own learner's appeal, keeping the grade or changing it by an override; the learner gets a mail. */
export function answerAppeal(
  db: Db,
  actor: Actor,
  answer: Answer,
  now: Date,
): Promise<Result<Record<string, never>, NotFound | InstructorsOnly | AnswerRefusal>> {
  return db.transaction().execute(async (trx) => {
    const { networkId, personId: byId } = actor
    const { roundId, appealId, text, outcome } = answer
    const appeal = (await listAppeals(trx, networkId, roundId)).find((each) => each.appealId === appealId)
    if (!appeal) return notFound()
    const { personId, column } = appeal
    const found = await lockForOwnLearner(trx, actor, roundId, personId)
    if (!found.ok) return found
    const round = found.value
    // Read again now that the round is held: somebody else may have answered meanwhile.
    const [held] = (await listAppeals(trx, networkId, roundId, personId)).filter((each) => each.appealId === appealId)
    const courses = await listCoursesOfLearner(trx, { networkId, cohortId: round.cohortId }, personId)
    const counts = releaseThatCounts(await listReleases(trx, networkId, roundId), courses)
    const { scored } = await loadScoring(trx, networkId, round, counts)
    const facts = { grade: scored.grade(personId, column), maximum: maximumOf(round, column) }
    const decided = decideAnswer(held!.status, answer, facts)
    if (!decided.ok) return decided
    if (answer.outcome === 'changed') {
      const override = { networkId, roundId, personId, column, points: answer.points, reason: text, byId }
      await insertOverride(trx, override, now)
    }
    await insertAppealEntry(trx, networkId, appealId, { byId, by: 'instructor', text, outcome }, now)
    await setAppealStatus(trx, networkId, appealId, 'answered')
    await noteScoring(trx, actor, roundId, 'appeal.answered', now)
    const about = { round: round.title, column }
    await writeTo(trx, networkId, [personId], now, (name) => appealAnsweredMail(about, name))
    return ok({})
  })
}

/** Those whose address is known; the others find it where they look. */
async function writeTo(
  trx: Trx,
  networkId: Actor['networkId'],
  personIds: readonly PersonId[],
  now: Date,
  write: (name: string | null) => MailWritten,
): Promise<void> {
  const mails = (await listAddresses(trx, networkId, personIds)).flatMap(({ name, email }) =>
    email ? [{ networkId, to: email, ...write(name) }] : [],
  )
  await queueMail(trx, mails, now)
}
