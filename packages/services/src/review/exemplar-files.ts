import type { Actor } from '@copractice/core/directory'
import {
  ok,
  refuse,
  type ExemplarId,
  type Refusal,
  type Result,
  type RouteOutput,
  type UploadId,
} from '@copractice/core/kernel'
import {
  addFile,
  orderFiles,
  type AddFileRefusal,
  type listExemplarsRoute,
  type OrderFilesRefusal,
  type Round,
  type WrongPhase,
} from '@copractice/core/review'
import type { Db, Trx } from '@copractice/store/database'
import {
  findExemplar,
  insertUpload,
  listMarkings,
  setFiles,
  type Exemplar,
  type StoredFile,
} from '@copractice/store/review'
import type { Attaching } from './attach-file.ts'
import { lockRoundRunBy, notFound, type InstructorsOnly, type NotFound } from './find-round.ts'
import { forgetFile, withKeptFile, type FileDeps, type FileReceived } from './keep-file.ts'
import { exemplarsSeen } from './mark-exemplar.ts'

type Changing = NotFound | InstructorsOnly | WrongPhase | Refusal<'exemplar.marked', Readonly<{ marked: number }>>
type Listed = RouteOutput<typeof listExemplarsRoute>
type Held = Readonly<{ round: Round; exemplar: Exemplar }>

/** One more file for an exemplar. Always kept with a copy that says nothing of who made it: it may be a learner's of another year. */
export async function attachExemplarFile(
  deps: FileDeps,
  actor: Actor,
  { exemplarId, file }: Readonly<{ exemplarId: ExemplarId; file: FileReceived }>,
  now: Date,
): Promise<Result<Listed, Changing | AddFileRefusal | Attaching>> {
  // Nobody has a file read and stored who could not attach it.
  const may = await deps.db.transaction().execute(async (trx): Promise<Result<true, Changing | AddFileRefusal>> => {
    const held = await lockExemplar(trx, actor, exemplarId)
    return held.ok ? addFile(held.value.exemplar.files, { bytes: null }, held.value.round) : held
  })
  if (!may.ok) return may
  const owner = { networkId: actor.networkId, ownerId: actor.personId, mayBeKnown: false }
  return withKeptFile(deps, file, owner, now, (kept) =>
    changeFiles<AddFileRefusal>(deps.db, actor, exemplarId, async ({ round, exemplar: { files } }, trx) => {
      const more = addFile(files, kept, round)
      return more.ok ? ok([...idsOf(files), await insertUpload(trx, kept)]) : more
    }),
  )
}

export async function removeExemplarFile(
  deps: FileDeps,
  actor: Actor,
  { exemplarId, uploadId }: Readonly<{ exemplarId: ExemplarId; uploadId: UploadId }>,
): Promise<Result<Listed, Changing | Refusal<'upload.not_found', Record<string, never>>>> {
  let before: StoredFile | undefined
  const result = await changeFiles<Refusal<'upload.not_found', Record<string, never>>>(
    deps.db,
    actor,
    exemplarId,
    async ({ exemplar: { files } }) => {
      before = files.find((file) => file.uploadId === uploadId)
      return before ? ok(idsOf(files).filter((id) => id !== uploadId)) : refuse('upload.not_found', {})
    },
  )
  if (result.ok) await forgetFile(deps, actor.networkId, before)
  return result
}

export function orderExemplarFiles(
  db: Db,
  actor: Actor,
  { exemplarId, order }: Readonly<{ exemplarId: ExemplarId; order: readonly UploadId[] }>,
): Promise<Result<Listed, Changing | OrderFilesRefusal>> {
  return changeFiles<OrderFilesRefusal>(db, actor, exemplarId, async ({ exemplar: { files } }) =>
    orderFiles(idsOf(files), order),
  )
}

const idsOf = (files: readonly StoredFile[]): UploadId[] => files.map(({ uploadId }) => uploadId)

function changeFiles<R extends Refusal>(
  db: Db,
  actor: Actor,
  exemplarId: ExemplarId,
  decide: (held: Held, trx: Trx) => Promise<Result<readonly UploadId[], R>>,
): Promise<Result<Listed, Changing | R>> {
  return db.transaction().execute(async (trx): Promise<Result<Listed, Changing | R>> => {
    const held = await lockExemplar(trx, actor, exemplarId)
    if (!held.ok) return held
    const decision = await decide(held.value, trx)
    if (!decision.ok) return decision
    await setFiles(trx, actor.networkId, 'exemplar', exemplarId, decision.value)
    return ok(await exemplarsSeen(trx, actor, held.value.round))
  })
}

/** Held with its round until commit. What people have marked stays what they marked. */
async function lockExemplar(trx: Trx, actor: Actor, exemplarId: ExemplarId): Promise<Result<Held, Changing>> {
  const known = await findExemplar(trx, actor.networkId, exemplarId)
  if (!known) return notFound()
  const found = await lockRoundRunBy(trx, actor, known.roundId)
  if (!found.ok) return found
  const { phase } = found.value
  if (phase === 'closed') return refuse('review.wrong_phase', { phase, needed: 'review' as const })
  const marked = (await listMarkings(trx, actor.networkId, known.roundId)).filter(
    (marking) => marking.exemplarId === exemplarId && marking.filedAt !== null,
  ).length
  if (marked > 0) return refuse('exemplar.marked', { marked })
  const exemplar = await findExemplar(trx, actor.networkId, exemplarId)
  return exemplar ? ok({ round: found.value, exemplar }) : notFound()
}
