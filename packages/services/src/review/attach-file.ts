import type { Actor } from '@copractice/core/directory'
import { ok, refuse, type Refusal, type Result, type RoundId } from '@copractice/core/kernel'
import {
  editWork,
  takesKind,
  type AlreadyHandedIn,
  type FileRefusal,
  type HandingRefusal,
  type KindNotTaken,
  type MyWork,
} from '@copractice/core/review'
import { findRound, insertUpload, type StoredFile } from '@copractice/store/review'
import type { NotCleaned } from './clean/clean-file.ts'
import { notFound, type NotFound } from './find-round.ts'
import { dropFile, forgetFile, keepFile, type FileDeps, type FileReceived } from './keep-file.ts'
import { changeWork } from './save-work.ts'

type FileChangeRefusal = HandingRefusal | AlreadyHandedIn
type NoFile = Refusal<'upload.not_found', Record<string, never>>

/** Keeps the file, then decides with the row; what is not wanted after all, or no longer, is removed again. */
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
