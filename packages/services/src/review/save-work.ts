import type { Actor } from '@copractice/core/directory'
import { ok, type Refusal, type Result, type RoundId } from '@copractice/core/kernel'
import {
  datesFor,
  handInWork,
  saveWork as decideSave,
  takeBackWork,
  takesKind,
  viewerOf,
  type AlreadyHandedIn,
  type DraftConflictRefusal,
  type HandingRefusal,
  type KindNotTaken,
  type MyWork,
  type Round,
  type Viewer,
  type WorkState,
} from '@copractice/core/review'
import type { Db, Trx } from '@copractice/store/database'
import {
  findExtensions,
  findRound,
  lockRound,
  lockWork,
  pinFirstVersion,
  saveWork as storeWork,
  unpinFirstVersion,
  type Work,
  type WorkChange,
} from '@copractice/store/review'
import { notFound, type NotFound } from './find-round.ts'
import { repairHeldRound } from './repair-round.ts'
import { myWorkOf } from './show-round.ts'

type Situation = Readonly<{
  round: Round & { takesLate: boolean }
  viewer: Viewer | null
  work: Work | undefined
  state: WorkState | null
}>

/** `savedAt`: the instant that the next save of the text is based on, where the text stays as it is. */
type Changed = WorkChange & Readonly<{ savedAt?: Date | undefined }>

/** Load, decide, save. The round is held, so that nothing is handed in while its reviews are being dealt. */
export function changeWork<R extends Refusal>(
  db: Db,
  actor: Actor,
  roundId: RoundId,
  now: Date,
  decide: (situation: Situation, trx: Trx) => Promise<Result<Changed, R>>,
): Promise<Result<MyWork, R | NotFound>> {
  const { networkId, personId: authorId } = actor
  return db.transaction().execute(async (trx): Promise<Result<MyWork, R | NotFound>> => {
    // Late work is followed by a repair, which nobody else may be doing.
    const before = await findRound(trx, networkId, roundId)
    const round = await lockRound(trx, networkId, roundId, before?.phase === 'review' ? 'update' : 'share')
    if (!round) return notFound()
    const place = { networkId, roundId, authorId }
    const work = await lockWork(trx, place)
    const state = work ? { ...work, hasFile: work.files.length > 0, hasLink: work.link !== null } : null
    const own = await findExtensions(trx, networkId, roundId, authorId)
    const decision = await decide(
      { round: datesFor(round, own, now), viewer: viewerOf(actor, round.cohortId), work, state },
      trx,
    )
    if (!decision.ok) return decision
    const { savedAt = now, ...change } = decision.value
    await storeWork(trx, place, change, savedAt)
    if (decision.value.status === 'submitted') await repairHeldRound(trx, networkId, round, 'late_work', now)
    const saved = await lockWork(trx, place)
    if (!saved) throw new Error('Work was lost in its own transaction')
    // What reviewers get is what is handed in here, whatever the author revises later.
    if (decision.value.status === 'submitted') await pinFirstVersion(trx, networkId, saved.submissionId)
    if (work?.status === 'submitted' && saved.status === 'draft')
      await unpinFirstVersion(trx, networkId, saved.submissionId)
    return ok(myWorkOf(saved))
  })
}

type SaveRefusal =
  | HandingRefusal
  | AlreadyHandedIn
  | KindNotTaken
  | DraftConflictRefusal<{ body: string; savedAt: Date }>

export function saveWork(
  db: Db,
  actor: Actor,
  input: Readonly<{ roundId: RoundId; body: string; basedOn: Date | null }>,
  now: Date,
) {
  return changeWork<SaveRefusal>(db, actor, input.roundId, now, async ({ round, viewer, state }) => {
    const decision = decideSave(round, viewer, state, input)
    if (!decision.ok) return decision
    const taken = takesKind(round, 'text')
    if (!taken.ok && input.body.trim() && input.body !== state?.body) return taken
    // Words of one's own are no copy of a portfolio's draft any more.
    return ok({ body: input.body, ...(input.body !== state?.body && { portfolioDraftId: null }) })
  })
}

export function handIn(db: Db, actor: Actor, roundId: RoundId, now: Date) {
  return changeWork(db, actor, roundId, now, async ({ round, viewer, state }) => {
    const decision = handInWork(round, viewer, state, now)
    return decision.ok ? ok({ status: 'submitted' as const, handedInAt: now, ...decision.value }) : decision
  })
}

export function takeBack(db: Db, actor: Actor, roundId: RoundId, now: Date) {
  return changeWork(db, actor, roundId, now, async ({ round, viewer, state }) => {
    const decision = takeBackWork(round, viewer, state, now)
    return decision.ok ? ok({ status: 'draft' as const, handedInAt: null, lateMinutes: null }) : decision
  })
}
