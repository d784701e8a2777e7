import { randomUUID } from 'node:crypto'
import { open } from 'node:fs/promises'
import type { Actor } from '@copractice/core/directory'
import { ok, refuse, type Refusal, type Result, type RoundId } from '@copractice/core/kernel'
import {
  acceptFile,
  editWork,
  handInWork,
  saveWork as decideSave,
  takeBackWork,
  viewerOf,
  type AlreadyHandedIn,
  type FileRefusal,
  type HandingRefusal,
  type MyWork,
  type Round,
  type Viewer,
  type WorkState,
} from '@copractice/core/review'
import type { Db, Trx } from '@copractice/store/database'
import {
  deleteUpload,
  insertUpload,
  lockRound,
  lockWork,
  saveWork as storeWork,
  type StoredFile,
  type Work,
  type WorkChange,
} from '@copractice/store/review'
import { notFound, type NotFound } from './find-round.ts'
import { myWorkOf } from './show-round.ts'
import type { UploadStorage } from './upload-storage.ts'

type Situation = Readonly<{ round: Round; viewer: Viewer | null; work: Work | undefined; state: WorkState | null }>

/** Load, decide, save. The round is held, so that nothing is handed in while its reviews are being dealt. */
function changeWork<R extends Refusal>(
  db: Db,
  actor: Actor,
  roundId: RoundId,
  now: Date,
  decide: (situation: Situation, trx: Trx) => Promise<Result<WorkChange, R>>,
): Promise<Result<MyWork, R | NotFound>> {
  const { networkId, personId: authorId } = actor
  return db.transaction().execute(async (trx): Promise<Result<MyWork, R | NotFound>> => {
    const round = await lockRound(trx, networkId, roundId, 'share')
    if (!round) return notFound()
    const place = { networkId, roundId, authorId }
    const work = await lockWork(trx, place)
    const state = work ? { ...work, hasFile: work.file !== null } : null
    const decision = await decide({ round, viewer: viewerOf(actor, round.cohortId), work, state }, trx)
    if (!decision.ok) return decision
    await storeWork(trx, place, decision.value, now)
    const saved = await lockWork(trx, place)
    if (!saved) throw new Error('Work was lost in its own transaction')
    return ok(myWorkOf(saved))
  })
}

export function saveWork(
  db: Db,
  actor: Actor,
  input: Readonly<{ roundId: RoundId; body: string; basedOn: Date | null }>,
  now: Date,
) {
  return changeWork(db, actor, input.roundId, now, async ({ round, viewer, state }) => {
    const decision = decideSave(round, viewer, state, input)
    return decision.ok ? ok({ body: input.body }) : decision
  })
}

export function handIn(db: Db, actor: Actor, roundId: RoundId, now: Date) {
  return changeWork(db, actor, roundId, now, async ({ round, viewer, state }) => {
    const decision = handInWork(round, viewer, state, now)
    return decision.ok ? ok({ status: 'submitted' as const, handedInAt: now }) : decision
  })
}

export function takeBack(db: Db, actor: Actor, roundId: RoundId, now: Date) {
  return changeWork(db, actor, roundId, now, async ({ round, viewer, state }) => {
    const decision = takeBackWork(round, viewer, state, now)
    return decision.ok ? ok({ status: 'draft' as const, handedInAt: null }) : decision
  })
}

/** A file as it came in: on this machine's disk, with the name its sender gave it. */
export type FileReceived = Readonly<{ path: string; fileName: string; bytes: number }>
type FileChangeRefusal = HandingRefusal | AlreadyHandedIn

/** Keeps the file, then decides with the row; what is not wanted after all, or no longer, is removed again. */
export async function attachFile(
  { db, storage }: Readonly<{ db: Db; storage: UploadStorage }>,
  actor: Actor,
  { roundId, file }: Readonly<{ roundId: RoundId; file: FileReceived }>,
  now: Date,
): Promise<Result<MyWork, FileChangeRefusal | FileRefusal>> {
  const accepted = acceptFile({ ...file, head: await headOf(file.path) })
  if (!accepted.ok) return accepted
  const { networkId, personId: ownerId } = actor
  const storageKey = `${networkId}/${randomUUID()}`
  await storage.keep(storageKey, file.path)

  let before: StoredFile | null = null
  const result = await changeWork<FileChangeRefusal>(db, actor, roundId, now, async (situation, trx) => {
    const decision = editWork(situation.round, situation.viewer, situation.state)
    if (!decision.ok) return decision
    before = situation.work?.file ?? null
    const upload = { ...accepted.value, networkId, ownerId, storageKey, uploadedAt: now }
    return ok({ uploadId: await insertUpload(trx, upload) })
  }).catch(async (error: unknown) => {
    await storage.remove(storageKey)
    throw error
  })
  if (!result.ok) await storage.remove(storageKey)
  else await forget({ db, storage }, actor, before)
  return result
}

export async function removeFile(
  { db, storage }: Readonly<{ db: Db; storage: UploadStorage }>,
  actor: Actor,
  roundId: RoundId,
  now: Date,
): Promise<Result<MyWork, FileChangeRefusal | Refusal<'upload.not_found', Record<string, never>>>> {
  let before: StoredFile | null = null
  const result = await changeWork<FileChangeRefusal | Refusal<'upload.not_found', Record<string, never>>>(
    db,
    actor,
    roundId,
    now,
    async ({ round, viewer, work, state }) => {
      const decision = editWork(round, viewer, state)
      if (!decision.ok) return decision
      before = work?.file ?? null
      return before ? ok({ uploadId: null }) : refuse('upload.not_found', {})
    },
  )
  if (result.ok) await forget({ db, storage }, actor, before)
  return result
}

async function forget(
  { db, storage }: Readonly<{ db: Db; storage: UploadStorage }>,
  { networkId }: Actor,
  file: StoredFile | null,
): Promise<void> {
  if (!file) return
  await deleteUpload(db, networkId, file.uploadId)
  await storage.remove(file.storageKey)
}

const HEAD_BYTES = 4096

async function headOf(path: string): Promise<Uint8Array> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}
