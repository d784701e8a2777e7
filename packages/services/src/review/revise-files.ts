import type { Actor } from '@copractice/core/directory'
import { ok, refuse, type Refusal, type Result, type RoundId, type UploadId } from '@copractice/core/kernel'
import {
  addFile,
  orderFiles,
  reviewerMayKnowAuthor,
  reviseWork,
  takesKind,
  type AddFileRefusal,
  type KindNotTaken,
  type OrderFilesRefusal,
  type ReviseRefusal,
  type RevisionWritten,
} from '@copractice/core/review'
import type { Db } from '@copractice/store/database'
import { findRound, insertUpload, type StoredFile } from '@copractice/store/review'
import type { Attaching } from './attach-file.ts'
import { notFound } from './find-round.ts'
import { forgetFile, withKeptFile, type FileDeps, type FileReceived } from './keep-file.ts'
import { changeRevision, isHandedIn, ownVersions, type Mine, type OwnVersions } from './revise-work.ts'

type MayAttach = ReviseRefusal | KindNotTaken | AddFileRefusal
type NoFile = Refusal<'upload.not_found', Record<string, never>>

/** One more file for the revision being written, which begins as a copy of the latest version. */
export async function attachRevisionFile(
  deps: FileDeps,
  actor: Actor,
  { roundId, file }: Readonly<{ roundId: RoundId; file: FileReceived }>,
  now: Date,
): Promise<Result<RevisionWritten, Mine | MayAttach | Attaching>> {
  const { networkId, personId: ownerId } = actor
  const round = await findRound(deps.db, networkId, roundId)
  if (!round) return notFound()
  // Nobody has a file read and stored who could not attach it.
  const may = await deps.db.transaction().execute(async (trx): Promise<Result<true, Mine | MayAttach>> => {
    const own = await ownVersions(trx, actor, roundId)
    return own.ok ? mayAttach(own.value, { bytes: null }, now) : own
  })
  if (!may.ok) return may
  const owner = { networkId, ownerId, mayBeKnown: reviewerMayKnowAuthor(round.anonymity) }
  return withKeptFile(deps, file, owner, now, (kept) =>
    changeRevision<MayAttach>(deps.db, actor, roundId, now, async (own, trx) => {
      const decision = mayAttach(own, kept, now)
      if (!decision.ok) return decision
      return ok({ ...begun(own), fileIds: [...idsOf(filesOf(own)), await insertUpload(trx, kept)] })
    }),
  )
}

function mayAttach(own: OwnVersions, file: Readonly<{ bytes: number | null }>, now: Date): Result<true, MayAttach> {
  const decision = reviseWork(own.round, { isHandedIn: isHandedIn(own.work) }, now)
  if (!decision.ok) return decision
  const taken = takesKind(own.round, 'file')
  return taken.ok ? addFile(filesOf(own), file, own.round) : taken
}

export async function removeRevisionFile(
  deps: FileDeps,
  actor: Actor,
  { roundId, uploadId }: Readonly<{ roundId: RoundId; uploadId: UploadId }>,
  now: Date,
): Promise<Result<RevisionWritten, Mine | ReviseRefusal | NoFile>> {
  let before: StoredFile | undefined
  const result = await changeRevision<ReviseRefusal | NoFile>(deps.db, actor, roundId, now, async (own) => {
    const decision = reviseWork(own.round, { isHandedIn: isHandedIn(own.work) }, now)
    if (!decision.ok) return decision
    const files = filesOf(own)
    before = files.find((file) => file.uploadId === uploadId)
    return before
      ? ok({ ...begun(own), fileIds: idsOf(files).filter((id) => id !== uploadId) })
      : refuse('upload.not_found', {})
  })
  if (result.ok) await forgetFile(deps, actor.networkId, before)
  return result
}

export function orderRevisionFiles(
  db: Db,
  actor: Actor,
  { roundId, order }: Readonly<{ roundId: RoundId; order: readonly UploadId[] }>,
  now: Date,
): Promise<Result<RevisionWritten, Mine | ReviseRefusal | OrderFilesRefusal>> {
  return changeRevision<ReviseRefusal | OrderFilesRefusal>(db, actor, roundId, now, async (own) => {
    const decision = reviseWork(own.round, { isHandedIn: isHandedIn(own.work) }, now)
    if (!decision.ok) return decision
    const ordered = orderFiles(idsOf(filesOf(own)), order)
    return ordered.ok ? ok({ ...begun(own), fileIds: ordered.value }) : ordered
  })
}

const filesOf = ({ written, handedIn }: OwnVersions): readonly StoredFile[] => (written ?? handedIn.at(-1))?.files ?? []
const idsOf = (files: readonly StoredFile[]): UploadId[] => files.map(({ uploadId }) => uploadId)

/** What a file is changed in: the revision begun, or a copy of the latest version. Its text stays as and when it was saved. */
const begun = ({ written, handedIn }: OwnVersions) => {
  const { body = '', link = null } = written ?? handedIn.at(-1) ?? {}
  return { body, link, changeNote: written?.changeNote ?? '', savedAt: written?.savedAt }
}
