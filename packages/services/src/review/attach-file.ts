import type { Actor } from '@copractice/core/directory'
import { ok, refuse, type Refusal, type Result, type RoundId } from '@copractice/core/kernel'
import {
  datesFor,
  editWork,
  takesKind,
  viewerOf,
  type AlreadyHandedIn,
  type FileRefusal,
  type HandingRefusal,
  type KindNotTaken,
  type MyWork,
  type Round,
} from '@copractice/core/review'
import type { Db } from '@copractice/store/database'
import { findExtensions, findRound, insertUpload, lockWork, type StoredFile } from '@copractice/store/review'
import type { NotCleaned } from './clean/clean-file.ts'
import { notFound, type NotFound } from './find-round.ts'
import { dropFile, forgetFile, keepFile, type FileDeps, type FileReceived } from './keep-file.ts'
import { changeWork } from './save-work.ts'

type FileChangeRefusal = HandingRefusal | AlreadyHandedIn
type NoFile = Refusal<'upload.not_found', Record<string, never>>

/** Asks whether the work can be changed, keeps the file, and decides again with the row; what is not wanted after all, or no longer, is removed again. */
export async function attachFile(
  deps: FileDeps,
  actor: Actor,
  { roundId, file }: Readonly<{ roundId: RoundId; file: FileReceived }>,
  now: Date,
): Promise<Result<MyWork, FileChangeRefusal | KindNotTaken | FileRefusal | NotCleaned | NotFound>> {
  const { networkId, personId: ownerId } = actor
  const round = await findRound(deps.db, networkId, roundId)
  if (!round) return notFound()
  const taken = takesKind(round, 'file')
  if (!taken.ok) return taken
  const may = await mayChange(deps.db, actor, round, now)
  if (!may.ok) return may
  const kept = await keepFile(deps, file, { networkId, ownerId, anonymity: round.anonymity }, now)
  if (!kept.ok) return kept

  let before: StoredFile | null = null
  const result = await changeWork<FileChangeRefusal>(deps.db, actor, roundId, now, async (situation, trx) => {
    const decision = editWork(situation.round, situation.viewer, situation.state)
    if (!decision.ok) return decision
    before = situation.work?.file ?? null
    return ok({ uploadId: await insertUpload(trx, kept.value) })
  }).catch(async (error: unknown) => {
    await dropFile(deps, kept.value)
    throw error
  })
  if (!result.ok) await dropFile(deps, kept.value)
  else await forgetFile(deps, networkId, before)
  return result
}

/** Nobody has a file read and stored who could not attach it. */
function mayChange(db: Db, actor: Actor, round: Round, now: Date): Promise<Result<true, FileChangeRefusal>> {
  const { networkId, personId: authorId } = actor
  return db.transaction().execute(async (trx) => {
    const work = await lockWork(trx, { networkId, roundId: round.roundId, authorId })
    const state = work ? { ...work, hasFile: work.file !== null, hasLink: work.link !== null } : null
    const own = await findExtensions(trx, networkId, round.roundId, authorId)
    return editWork(datesFor(round, own, now), viewerOf(actor, round.cohortId), state)
  })
}

export async function removeFile(
  deps: FileDeps,
  actor: Actor,
  roundId: RoundId,
  now: Date,
): Promise<Result<MyWork, FileChangeRefusal | NoFile>> {
  let before: StoredFile | null = null
  const result = await changeWork<FileChangeRefusal | NoFile>(deps.db, actor, roundId, now, async (situation) => {
    const decision = editWork(situation.round, situation.viewer, situation.state)
    if (!decision.ok) return decision
    before = situation.work?.file ?? null
    return before ? ok({ uploadId: null }) : refuse('upload.not_found', {})
  })
  if (result.ok) await forgetFile(deps, actor.networkId, before)
  return result
}
