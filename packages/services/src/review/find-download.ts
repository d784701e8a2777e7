import { randomUUID } from 'node:crypto'
import { buffer } from 'node:stream/consumers'
import type { Actor } from '@copractice/core/directory'
import { ok, refuse, type Refusal, type Result, type UploadId } from '@copractice/core/kernel'
import { isSettled, neutralFileName, reviewerMayKnowAuthor, viewerOf } from '@copractice/core/review'
import type { Db } from '@copractice/store/database'
import {
  findExemplarUpload,
  findRound,
  findUpload,
  findWork,
  listFilesToReview,
  saveCleaned,
  type FileToReview,
  type StoredFile,
  type UploadInRound,
} from '@copractice/store/review'
import { aliasOf } from './alias.ts'
import { cleanApart, type Busy } from './clean/clean-apart.ts'
import { holdsTraces } from './clean/clean-file.ts'
import { mayBeginReview } from './mark-exemplar.ts'
import { peopleOfRound } from './people-of-round.ts'
import { workReader } from './read-reviewed-work.ts'
import type { UploadStorage } from './upload-storage.ts'

export type Download = Readonly<{ storageKey: string; name: string; mediaType: string; bytes: number }>
type UploadNotFound = Refusal<'upload.not_found', Record<string, never>>
type Deps = Readonly<{ db: Db; storage: UploadStorage }>

const none = () => refuse('upload.not_found', {})
const asItIs = ({ storageKey, fileName: name, mediaType, bytes }: StoredFile) =>
  ok({ storageKey, name, mediaType, bytes })

/** A file for its authors, a reviewer of the work, and the instructors and assistants of the author's own course. */
export async function findDownload(
  { db, storage }: Deps,
  actor: Actor,
  uploadId: UploadId,
  now: Date,
): Promise<Result<Download, UploadNotFound | Busy>> {
  const upload = await findUpload(db, actor.networkId, uploadId)
  if (upload && (await mayHaveAsItIs(db, actor, upload))) {
    return asItIs(upload)
  }
  const ofExemplar = await forMarker({ db, storage }, actor, uploadId)
  return ofExemplar.ok ? ofExemplar : forReviewer({ db, storage }, actor, uploadId, now)
}

/** An exemplar's file: as it is for those who run the round, without its maker's traces for those who mark it. */
async function forMarker(
  deps: Deps,
  actor: Actor,
  uploadId: UploadId,
): Promise<Result<Download, UploadNotFound | Busy>> {
  const upload = await findExemplarUpload(deps.db, actor.networkId, uploadId)
  const round = upload && (await findRound(deps.db, actor.networkId, upload.roundId))
  const viewer = round && viewerOf(actor, round.cohortId)
  if (upload && viewer === 'instructor') return asItIs(upload)
  if (!upload || viewer !== 'participant' || round?.phase === 'draft') return none()
  return unnamed(deps, actor, upload, upload.place)
}

async function mayHaveAsItIs(db: Db, actor: Actor, upload: UploadInRound): Promise<boolean> {
  const { networkId, personId } = actor
  const round = await findRound(db, networkId, upload.roundId)
  const viewer = round && viewerOf(actor, round.cohortId)
  if (!round) return false
  if (!viewer || viewer === 'onlooker')
    return upload.isHandedIn && (await workReader(db, actor, round, upload.authorId)) !== null
  if (viewer === 'instructor')
    return upload.isHandedIn && (await peopleOfRound(db, actor, round)).isOwn(upload.authorId)
  const own = await findWork(db, { networkId, roundId: round.roundId, authorId: personId })
  return own?.submissionId === upload.submissionId
}

/**
 * By the id that this reviewer knows the file by. The work that was reviewed while they review it and after; a revision
 * once the reviews can be read, for those who sent theirs.
 */
async function forReviewer(
  deps: Deps,
  actor: Actor,
  asked: UploadId,
  now: Date,
): Promise<Result<Download, UploadNotFound | Busy>> {
  const { networkId, personId } = actor
  for (const found of await listFilesToReview(deps.db, networkId, personId)) {
    const { assignmentId, roundId, file, place } = found
    const isAlias = aliasOf(assignmentId, file.uploadId) === asked
    if (!isAlias && file.uploadId !== asked) continue
    const round = await findRound(deps.db, networkId, roundId)
    if (!round || viewerOf(actor, round.cohortId) !== 'participant' || !mayRead(found, isSettled(round, now))) continue
    if (isAlias === reviewerMayKnowAuthor(round.anonymity)) continue
    if (!(await mayBeginReview(deps.db, actor, round, found)).ok) return none()
    return isAlias ? unnamed(deps, actor, file, place) : asItIs(file)
  }
  return none()
}

const mayRead = ({ isFirst, filedAt, isHidden }: FileToReview, isReadable: boolean): boolean =>
  isFirst || (filedAt !== null && !isHidden && isReadable)

async function unnamed(
  deps: Deps,
  actor: Actor,
  file: StoredFile,
  place: FileToReview['place'],
): Promise<Result<Download, UploadNotFound | Busy>> {
  const cleaned = await cleanedCopy(deps, actor, file)
  if (!cleaned.ok) return cleaned
  return ok({ ...cleaned.value, name: neutralFileName(file.fileName, place), mediaType: file.mediaType })
}

/** The copy for readers who may not know the author, made now for a file whose copy is of older rules, or that has none. */
async function cleanedCopy(
  { db, storage }: Deps,
  { networkId, personId }: Actor,
  file: StoredFile,
): Promise<Result<Readonly<{ storageKey: string; bytes: number }>, UploadNotFound | Busy>> {
  if (file.cleaned && file.cleaned.bytes > 0) return ok(file.cleaned)
  if (!holdsTraces(file.mediaType)) return ok({ storageKey: file.storageKey, bytes: file.bytes })
  const result = await cleanApart({ ...file, personId, read: async () => buffer(await storage.open(file.storageKey)) })
  if (!result.ok && result.refusal.code === 'upload.busy') return refuse('upload.busy', {})
  if (!result.ok || !result.value) return none()
  const cleaned = { storageKey: `${networkId}/${randomUUID()}`, bytes: result.value.byteLength }
  await storage.keepBytes(cleaned.storageKey, result.value)
  await saveCleaned(db, networkId, file.uploadId, cleaned)
  if (file.cleaned) await storage.remove(file.cleaned.storageKey)
  return ok(cleaned)
}
