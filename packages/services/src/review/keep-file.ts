import { randomUUID } from 'node:crypto'
import { open, readFile } from 'node:fs/promises'
import { ok, type NetworkId, type PersonId, type Result } from '@copractice/core/kernel'
import { acceptFile, type FileRefusal } from '@copractice/core/review'
import type { Db } from '@copractice/store/database'
import { deleteUpload, type insertUpload, type StoredFile } from '@copractice/store/review'
import { cleanApart, type NotCleaned } from './clean/clean-apart.ts'
import type { UploadStorage } from './upload-storage.ts'

/** A file as it came in: on this machine's disk, with the name its sender gave it. */
export type FileReceived = Readonly<{ path: string; fileName: string; bytes: number }>
export type FileDeps = Readonly<{ db: Db; storage: UploadStorage }>
export type KeptFile = Parameters<typeof insertUpload>[1]

const HEAD_BYTES = 4096

/**
 * Accepts and keeps a file, and beside it a copy without its author's traces where its readers may not know the author. A
 * file that no such copy can be made of is refused, and nothing of it stays.
 */
export async function keepFile(
  { storage }: Pick<FileDeps, 'storage'>,
  file: FileReceived,
  owner: Readonly<{ networkId: NetworkId; ownerId: PersonId; mayBeKnown: boolean }>,
  now: Date,
): Promise<Result<KeptFile, FileRefusal | NotCleaned>> {
  const accepted = acceptFile({ ...file, head: await headOf(file.path) })
  if (!accepted.ok) return accepted
  const { networkId, ownerId, mayBeKnown } = owner
  const result = mayBeKnown
    ? ok(null)
    : await cleanApart({ ...accepted.value, personId: ownerId, read: () => readFile(file.path) })
  if (!result.ok) return result
  const key = () => `${networkId}/${randomUUID()}`
  const storageKey = key()
  const cleaned: StoredFile['cleaned'] = result.value && { storageKey: key(), bytes: result.value.byteLength }
  try {
    await storage.keep(storageKey, file.path)
    if (cleaned) await storage.keepBytes(cleaned.storageKey, result.value!)
  } catch (error) {
    // Whatever was written of either goes again; why it failed is what is told.
    await dropFile({ storage }, { storageKey, cleaned }).catch(() => {})
    throw error
  }
  return ok({ ...accepted.value, networkId, ownerId, storageKey, cleaned, uploadedAt: now })
}

/** Keeps a file for as long as `use` wants it: what it refuses, or fails over, goes again. */
export async function withKeptFile<T, R extends { code: string; facts: unknown }>(
  deps: Pick<FileDeps, 'storage'>,
  file: FileReceived,
  owner: Parameters<typeof keepFile>[2],
  now: Date,
  use: (kept: KeptFile) => Promise<Result<T, R>>,
): Promise<Result<T, R | FileRefusal | NotCleaned>> {
  const kept = await keepFile(deps, file, owner, now)
  if (!kept.ok) return kept
  const result = await use(kept.value).catch(async (error: unknown) => {
    await dropFile(deps, kept.value)
    throw error
  })
  if (!result.ok) await dropFile(deps, kept.value)
  return result
}

async function dropFile(
  { storage }: Pick<FileDeps, 'storage'>,
  { storageKey, cleaned }: Pick<KeptFile, 'storageKey' | 'cleaned'>,
): Promise<void> {
  const keys = cleaned ? [storageKey, cleaned.storageKey] : [storageKey]
  const gone = await Promise.allSettled(keys.map((key) => storage.remove(key)))
  for (const one of gone) if (one.status === 'rejected') throw one.reason
}

/** Lets go of a file that was taken out, unless a version of the work still has it. */
export async function forgetFile(
  { db, storage }: FileDeps,
  networkId: NetworkId,
  file: StoredFile | null | undefined,
): Promise<void> {
  if (file && (await deleteUpload(db, networkId, file.uploadId))) await dropFile({ storage }, file)
}

async function headOf(path: string): Promise<Uint8Array> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}
