import type { AssignmentId } from '@copractice/core/kernel'
import { neutralFileName, reviewerMayKnowAuthor, type Anonymity, type WorkFile } from '@copractice/core/review'
import type { StoredFile } from '@copractice/store/review'
import { aliasOf } from './alias.ts'

/** A file as its author and those who teach them see it. */
export const fileSeen = ({ uploadId, mediaType, bytes }: StoredFile, name: string): WorkFile => ({
  uploadId,
  name,
  mediaType,
  bytes,
})

/** A file as its reviewer sees it: where they may not know the author, under another id and name, and cleaned. */
export function fileForReviewer(
  file: StoredFile | null,
  anonymity: Anonymity,
  assignmentId: AssignmentId,
): WorkFile | null {
  if (!file) return null
  if (reviewerMayKnowAuthor(anonymity)) return fileSeen(file, file.fileName)
  return {
    uploadId: aliasOf(assignmentId, file.uploadId),
    name: neutralFileName(file.fileName),
    mediaType: file.mediaType,
    bytes: file.cleaned?.bytes ?? file.bytes,
  }
}
