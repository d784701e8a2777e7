import { randomUUID } from 'node:crypto'
import { buffer } from 'node:stream/consumers'
import type { Actor } from '@copractice/core/directory'
import { ok, refuse, type Refusal, type Result, type UploadId } from '@copractice/core/kernel'
import { isSettled, neutralFileName, reviewerMayKnowAuthor, viewerOf } from '@copractice/core/review'
import type { Db } from '@copractice/store/database'
import {
  findRound,
  findUpload,
  findWork,
  listFilesToReview,
  saveCleaned,
  type StoredFile,
  type UploadInRound,
} from '@copractice/store/review'
import { aliasOf } from './alias.ts'
import { cleanFile, holdsTraces } from './clean/clean-file.ts'
import { peopleOfRound } from './people-of-round.ts'
import { workReader } from './read-reviewed-work.ts'
import type { UploadStorage } from './upload-storage.ts'

export type Download = Readonly<{ storageKey: string; name: string; mediaType: string; bytes: number }>
type UploadNotFound = Refusal<'upload.not_found', Record<string, never>>
type Deps = Readonly<{ db: Db; storage: UploadStorage }>

const none = () => refuse('upload.not_found', {})

/** A file for its authors, a reviewer of the work, and the instructors and assistants of the author's own course. */
export async function findDownload(
  { db, storage }: Deps,
  actor: Actor,
  uploadId: UploadId,
  now: Date,
): Promise<Result<Download, UploadNotFound>> {
  const upload = await findUpload(db, actor.networkId, uploadId)
  if (upload && (await mayHaveAsItIs(db, actor, upload))) {
    const { storageKey, fileName: name, mediaType, bytes } = upload
    return ok({ storageKey, name, mediaType, bytes })
  }
  return forReviewer({ db, storage }, actor, uploadId, now)
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
): Promise<Result<Download, UploadNotFound>> {
  const { networkId, personId } = actor
  for (const { assignmentId, roundId, file, isFirst, isFiled } of await listFilesToReview(
    deps.db,
    networkId,
    personId,
  )) {
    const isAlias = aliasOf(assignmentId, file.uploadId) === asked
    if (!isAlias && file.uploadId !== asked) continue
    const round = await findRound(deps.db, networkId, roundId)
    if (!round || viewerOf(actor, round.cohortId) !== 'participant') continue
    if (!isFirst && !(isFiled && isSettled(round, now))) continue
    const { storageKey, fileName, mediaType, bytes } = file
    if (reviewerMayKnowAuthor(round.anonymity)) {
      if (!isAlias) return ok({ storageKey, name: fileName, mediaType, bytes })
      continue
    }
    if (!isAlias) continue
    const cleaned = await cleanedCopy(deps, actor, file)
    return cleaned ? ok({ ...cleaned, name: neutralFileName(fileName), mediaType }) : none()
  }
  return none()
}

/** The copy for readers who may not know the author, made now for a file that came before copies were made. */
async function cleanedCopy(
  { db, storage }: Deps,
  { networkId }: Actor,
  file: StoredFile,
): Promise<Readonly<{ storageKey: string; bytes: number }> | null> {
  if (file.cleaned) return file.cleaned
  if (!holdsTraces(file.mediaType)) return { storageKey: file.storageKey, bytes: file.bytes }
  const result = await cleanFile(file.mediaType, await buffer(await storage.open(file.storageKey)))
  if (!result.ok || !result.value) return null
  const cleaned = { storageKey: `${networkId}/${randomUUID()}`, bytes: result.value.byteLength }
  await storage.keepBytes(cleaned.storageKey, result.value)
  await saveCleaned(db, networkId, file.uploadId, cleaned)
  return cleaned
}
