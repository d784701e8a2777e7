import type { Actor } from '@copractice/core/directory'
import { ok, type PersonId, type Result, type ReviewFlagId, type RoundId } from '@copractice/core/kernel'
import type { FlagListed, Round } from '@copractice/core/review'
import type { Db, Trx } from '@copractice/store/database'
import {
  findFlag,
  listAssignmentsOfWorks,
  listAuthorsOfWorks,
  listFlags as listRows,
  listLearnersWithGradebook,
  listPassages,
  saveFlagAnswer,
  type Flag,
} from '@copractice/store/review'
import { lockRoundRunBy, notFound, roundRunBy, type InstructorsOnly, type NotFound } from './find-round.ts'
import { peopleOfRound } from './people-of-round.ts'
import { repairHeldRound } from './repair-round.ts'
import { notesOf } from './read-review-list.ts'

/** The flags of a round that this instructor answers: of their own learners, and of people whom nobody teaches. */
export async function listFlags(
  db: Db,
  actor: Actor,
  { roundId, ...paging }: Readonly<{ roundId: RoundId; after?: string | undefined; limit: number }>,
): Promise<Result<{ items: FlagListed[]; next: string | null }, NotFound | InstructorsOnly>> {
  const found = await roundRunBy(db, actor, roundId)
  if (!found.ok) return found
  const page = await listRows(db, await scopeOf(db, actor, found.value), paging)
  return ok({ ...page, items: await flagsListed(db, actor, found.value, page.items) })
}

/**
 * Writes the instructor's answer; hiding keeps the review from its author and out of every score, from now on, and while
 * reviews can be written somebody else is given one of the same work.
 */
export async function answerFlag(
  db: Db,
  actor: Actor,
  input: Readonly<{ roundId: RoundId; flagId: ReviewFlagId; outcome: 'kept' | 'hidden'; text: string }>,
  now: Date,
): Promise<Result<FlagListed, NotFound | InstructorsOnly>> {
  const { networkId, personId: answeredBy } = actor
  return db.transaction().execute(async (trx): Promise<Result<FlagListed, NotFound | InstructorsOnly>> => {
    const found = await lockRoundRunBy(trx, actor, input.roundId)
    if (!found.ok) return found
    const flag = await findFlag(trx, networkId, input.flagId)
    if (flag?.roundId !== input.roundId) return notFound()
    const scope = await scopeOf(trx, actor, found.value)
    const isTheirs = (await listRows(trx, { ...scope, flagId: flag.flagId }, { limit: 1 })).items.length === 1
    if (!isTheirs) return notFound()
    const { outcome, text } = input
    await saveFlagAnswer(trx, networkId, flag, { outcome, text, answeredBy, at: now })
    // While it can still be written, somebody else gets what the work now lacks.
    if (outcome === 'hidden' && now <= found.value.reviewUntil)
      await repairHeldRound(trx, networkId, found.value, 'set_aside', now)
    const answered = { ...flag, answer: { outcome, text, at: now } }
    const [listed] = await flagsListed(trx, actor, found.value, [answered])
    return listed ? ok(listed) : notFound()
  })
}

async function scopeOf(trx: Db | Trx, actor: Actor, round: Round) {
  const { networkId } = actor
  const people = await peopleOfRound(trx, actor, round)
  const taught = await listLearnersWithGradebook(trx, networkId, round.cohortId)
  return { networkId, roundId: round.roundId, own: people.own.map(({ personId }) => personId), taught: [...taught] }
}

async function flagsListed(trx: Db | Trx, actor: Actor, round: Round, flags: readonly Flag[]): Promise<FlagListed[]> {
  const { networkId } = actor
  const people = await peopleOfRound(trx, actor, round)
  const works = [...new Set(flags.map(({ submissionId }) => submissionId))]
  const authors = await listAuthorsOfWorks(trx, networkId, works)
  const reviews = await listAssignmentsOfWorks(trx, networkId, works)
  const passages = await listPassages(
    trx,
    networkId,
    flags.flatMap(({ assignmentId }) => assignmentId ?? []),
  )
  const taught = await listLearnersWithGradebook(trx, networkId, round.cohortId)
  const isTheirs = (wrote: readonly PersonId[]) => wrote.some((id) => people.isOwn(id) || !taught.has(id))
  return flags.map(({ flagId, raisedAs, kind, text, raisedAt, raisedBy, submissionId, assignmentId, answer }) => {
    const review = reviews.find((written) => written.assignmentId === assignmentId)
    return {
      flagId,
      raisedAs,
      kind,
      text,
      raisedAt,
      answer,
      raisedBy: people.label(raisedBy),
      authors: (authors.get(submissionId) ?? []).map((personId) => people.label(personId)),
      reviewer: review ? people.label(review.reviewerId) : null,
      review: review?.filedAt
        ? {
            comment: review.comment,
            marks: isTheirs(authors.get(submissionId) ?? []) ? [...review.marks] : [],
            passages: notesOf(passages.get(review.assignmentId) ?? []),
          }
        : null,
      isHidden: review ? review.hiddenAt !== null : false,
    }
  })
}
