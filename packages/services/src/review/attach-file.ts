import type { Actor } from '@copractice/core/directory'
import { ok, refuse, type Refusal, type Result, type RoundId, type UploadId } from '@copractice/core/kernel'
import {
  addFile,
  datesFor,
  editWork,
  orderFiles,
  reviewerMayKnowAuthor,
  takesKind,
  viewerOf,
  type AddFileRefusal,
  type AlreadyHandedIn,
  type FileRefusal,
  type HandingRefusal,
  type KindNotTaken,
  type MyWork,
  type OrderFilesRefusal,
  type Round,
} from '@copractice/core/review'
import type { Db } from '@copractice/store/database'
import { findExtensions, findRound, insertUpload, lockWork, type StoredFile } from '@copractice/store/review'
import type { NotCleaned } from './clean/clean-apart.ts'
import { notFound, type NotFound } from './find-round.ts'
import { forgetFile, withKeptFile, type FileDeps, type FileReceived } from './keep-file.ts'
import { changeWork } from './save-work.ts'

type FileChangeRefusal = HandingRefusal | AlreadyHandedIn
type NoFile = Refusal<'upload.not_found', Record<string, never>>
export type Attaching = FileRefusal | NotCleaned | AddFileRefusal

/**
 * Asks whether the work can have one more file, keeps it, and decides again with the row; what is not wanted after all, or
 * no longer, is removed again. The text's own instant stays: what somebody types meanwhile is no conflict.
 */
export async function attachFile(
  deps: FileDeps,
  actor: Actor,
  { roundId, file }: Readonly<{ roundId: RoundId; file: FileReceived }>,
  now: Date,
): Promise<Result<MyWork, FileChangeRefusal | KindNotTaken | Attaching | NotFound>> {
  const { networkId, personId: ownerId } = actor
  const round = await findRound(deps.db, networkId, roundId)
  if (!round) return notFound()
  const taken = takesKind(round, 'file')
  if (!taken.ok) return taken
  const may = await mayAdd(deps.db, actor, round, now)
  if (!may.ok) return may
  const owner = { networkId, ownerId, mayBeKnown: reviewerMayKnowAuthor(round.anonymity) }
  return withKeptFile(deps, file, owner, now, (kept) =>
    changeWork<FileChangeRefusal | AddFileRefusal>(deps.db, actor, roundId, now, async (situation, trx) => {
      const decision = editWork(situation.round, situation.viewer, situation.state)
      if (!decision.ok) return decision
      const { files = [], savedAt } = situation.work ?? {}
      const more = addFile(files, kept, situation.round)
      if (!more.ok) return more
      return ok({ fileIds: [...idsOf(files), await insertUpload(trx, kept)], savedAt })
    }),
  )
}

const idsOf = (files: readonly StoredFile[]): UploadId[] => files.map(({ uploadId }) => uploadId)

/** Nobody has a file read and stored who could not attach it. */
function mayAdd(
  db: Db,
  actor: Actor,
  round: Round,
  now: Date,
): Promise<Result<true, FileChangeRefusal | AddFileRefusal>> {
  const { networkId, personId: authorId } = actor
  return db.transaction().execute(async (trx) => {
    const work = await lockWork(trx, { networkId, roundId: round.roundId, authorId })
    const state = work ? { ...work, hasFile: work.files.length > 0, hasLink: work.link !== null } : null
    const own = await findExtensions(trx, networkId, round.roundId, authorId)
    const may = editWork(datesFor(round, own, now), viewerOf(actor, round.cohortId), state)
    return may.ok ? addFile(work?.files ?? [], { bytes: null }, round) : may
  })
}

export async function removeFile(
  deps: FileDeps,
  actor: Actor,
  { roundId, uploadId }: Readonly<{ roundId: RoundId; uploadId: UploadId }>,
  now: Date,
): Promise<Result<MyWork, FileChangeRefusal | NoFile>> {
  let before: StoredFile | undefined
  const result = await changeWork<FileChangeRefusal | NoFile>(
    deps.db,
    actor,
    roundId,
    now,
    async ({ round, viewer, state, work }) => {
      const decision = editWork(round, viewer, state)
      if (!decision.ok) return decision
      before = work?.files.find((file) => file.uploadId === uploadId)
      if (!work || !before) return refuse('upload.not_found', {})
      return ok({ fileIds: idsOf(work.files).filter((id) => id !== uploadId), savedAt: work.savedAt })
    },
  )
  if (result.ok) await forgetFile(deps, actor.networkId, before)
  return result
}

export function orderWorkFiles(
  db: Db,
  actor: Actor,
  { roundId, order }: Readonly<{ roundId: RoundId; order: readonly UploadId[] }>,
  now: Date,
): Promise<Result<MyWork, FileChangeRefusal | OrderFilesRefusal>> {
  return changeWork<FileChangeRefusal | OrderFilesRefusal>(
    db,
    actor,
    roundId,
    now,
    async ({ round, viewer, state, work }) => {
      const decision = editWork(round, viewer, state)
      if (!decision.ok) return decision
      const ordered = orderFiles(idsOf(work?.files ?? []), order)
      return ordered.ok ? ok({ fileIds: ordered.value, savedAt: work?.savedAt }) : ordered
    },
  )
}
