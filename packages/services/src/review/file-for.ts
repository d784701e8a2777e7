import type { AssignmentId } from '@copractice/core/kernel'
import { neutralFileName, reviewerMayKnowAuthor, type Anonymity, type WorkFile } from '@copractice/core/review'
import type { StoredFile } from '@copractice/store/review'
import { aliasOf } from './alias.ts'

/** Files as their author and those who teach them see them: by the author's own names. */
export const filesSeen = (files: readonly StoredFile[]): WorkFile[] =>
  files.map(({ uploadId, fileName: name, mediaType, bytes }) => ({ uploadId, name, mediaType, bytes }))

/** Files as their reviewer sees them: where they may not know the author, under other ids and names, and cleaned. */
export function filesForReviewer(
  files: readonly StoredFile[],
  anonymity: Anonymity,
  assignmentId: AssignmentId,
): WorkFile[] {
  if (reviewerMayKnowAuthor(anonymity)) return filesSeen(files)
  return filesUnnamed(files).map((file) => ({ ...file, uploadId: aliasOf(assignmentId, file.uploadId) }))
}

/** By their number in the work, and cleaned. */
export const filesUnnamed = (files: readonly StoredFile[]): WorkFile[] =>
  files.map(({ uploadId, fileName, mediaType, bytes, cleaned }, at) => ({
    uploadId,
    name: neutralFileName(fileName, { number: at + 1, of: files.length }),
    mediaType,
    // A copy to be made anew has no size yet.
    bytes: cleaned?.bytes || bytes,
  }))
