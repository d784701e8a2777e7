import * as z from 'zod'
import { ok, refuse, type Refusal, type Result } from '../kernel/result.ts'
import { FILE_BYTES_AT_MOST } from './accept-file.ts'

/** How many files one work may have, by its round. */
export const FilesAtMost = z.number().int().min(1).max(20)
export const FILES_AT_MOST_USUALLY = 5
/** All files of one work together. */
export const FILES_BYTES_AT_MOST = 60 * 1024 * 1024

type Kept = Readonly<{ bytes: number }>
export type AddFileRefusal =
  | Refusal<'upload.too_many', Readonly<{ filesAtMost: number }>>
  | Refusal<'upload.too_large_together', Readonly<{ bytesAtMost: number; bytesLeft: number }>>
export type OrderFilesRefusal = Refusal<'upload.order_differs', Record<string, never>>

/** May one more file join those that a work has? `bytes` null: its size is not known yet. */
export function addFile(
  files: readonly Kept[],
  { bytes }: Readonly<{ bytes: number | null }>,
  { filesAtMost }: Readonly<{ filesAtMost: number }>,
): Result<true, AddFileRefusal> {
  if (files.length >= filesAtMost) return refuse('upload.too_many', { filesAtMost })
  const bytesLeft = FILES_BYTES_AT_MOST - files.reduce((sum, file) => sum + file.bytes, 0)
  if (bytesLeft <= 0 || (bytes !== null && bytes > bytesLeft))
    return refuse('upload.too_large_together', {
      bytesAtMost: FILES_BYTES_AT_MOST,
      bytesLeft: Math.max(0, Math.min(bytesLeft, FILE_BYTES_AT_MOST)),
    })
  return ok(true)
}

/** An order names every file there is, once. Refused when a file came or went since its sender looked. */
export function orderFiles<Id extends string>(
  files: readonly Id[],
  wanted: readonly Id[],
): Result<readonly Id[], OrderFilesRefusal> {
  const isSame = wanted.length === files.length && new Set(wanted).size === files.length
  return isSame && wanted.every((id) => files.includes(id)) ? ok(wanted) : refuse('upload.order_differs', {})
}
