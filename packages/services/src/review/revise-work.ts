import type { Actor } from '@copractice/core/directory'
import { ok, refuse, type Refusal, type Result, type RoundId, type UploadId } from '@copractice/core/kernel'
import {
  handInRevision as decideHandIn,
  isSettled,
  saveRevision as decideSave,
  takesKind,
  viewerOf,
  type DatedVersion,
  type HandInRevisionRefusal,
  type KindNotTaken,
  type RevisionState,
  type RevisionWritten,
  type Round,
  type SaveRevisionRefusal,
  type Versions,
  type WorkKind,
} from '@copractice/core/review'
import type { Db, Trx } from '@copractice/store/database'
import {
  handInVersion,
  listVersions,
  lockRound,
  lockWork,
  saveRevisionWritten,
  type RevisionChange,
  type Version,
  type Work,
} from '@copractice/store/review'
import { filesSeen } from './file-for.ts'
import { notFound, type NotFound } from './find-round.ts'
import type { NotParticipant } from './read-reviews.ts'

export type Mine = NotFound | NotParticipant
/** One's own work with its versions, held until commit. `written`: the revision being written. */
export type OwnVersions = Readonly<{
  round: Round
  work: Work | undefined
  handedIn: readonly Version[]
  written: Version | undefined
}>

/** Every version an author has handed in, and what they are writing. */
export async function showVersions(db: Db, actor: Actor, roundId: RoundId, now: Date): Promise<Result<Versions, Mine>> {
  return db.transaction().execute(async (trx): Promise<Result<Versions, Mine>> => {
    const own = await ownVersions(trx, actor, roundId)
    return own.ok ? ok(versionsSeen(own.value, now)) : own
  })
}

/** The versions of a work for those who may read it by name. */
export async function versionsHandedIn(
  trx: Db | Trx,
  { networkId }: Actor,
  { submissionId }: Pick<Work, 'submissionId'>,
): Promise<DatedVersion[]> {
  return datedVersions((await listVersions(trx, networkId, [submissionId])).get(submissionId) ?? [])
}

/** Autosave of a revision. */
export function saveRevision(
  db: Db,
  actor: Actor,
  input: Readonly<{ roundId: RoundId; body: string; link: string | null; changeNote: string; basedOn: Date | null }>,
  now: Date,
) {
  return changeRevision<SaveRevisionRefusal | KindNotTaken>(
    db,
    actor,
    input.roundId,
    now,
    async ({ round, work, handedIn, written }) => {
      const decision = decideSave(round, { isHandedIn: isHandedIn(work), written: stateOf(written) }, input, now)
      if (!decision.ok) return decision
      const before = written ?? handedIn.at(-1)
      const taken = takesChange(round, before, input)
      if (!taken.ok) return taken
      const { body, link, changeNote } = input
      return ok({ body, link, changeNote, fileIds: idsOf(before) })
    },
  )
}

/** What stands may stay; what is new is of a kind the round takes. Words from a portfolio are revised as text. */
function takesChange(
  round: Round,
  before: Pick<Version, 'body' | 'link'> | undefined,
  { body, link }: Readonly<{ body: string; link: string | null }>,
): Result<true, KindNotTaken> {
  const takes = (...kinds: readonly [WorkKind, WorkKind]) =>
    takesKind(round, kinds.find((kind) => round.workKinds.includes(kind)) ?? kinds[0])
  const words = body.trim() && body !== before?.body ? takes('text', 'portfolio') : ok<true>(true)
  if (!words.ok) return words
  return link && link !== before?.link ? takes('link', 'video') : words
}

/** Makes what was written the next version; its reviewers can read it from now on. */
export async function handInRevision(
  db: Db,
  actor: Actor,
  roundId: RoundId,
  now: Date,
): Promise<Result<Versions, Mine | HandInRevisionRefusal>> {
  return db.transaction().execute(async (trx): Promise<Result<Versions, Mine | HandInRevisionRefusal>> => {
    const own = await ownVersions(trx, actor, roundId)
    if (!own.ok) return own
    const { round, work, handedIn, written } = own.value
    const latest = handedIn.at(-1)
    const decision = decideHandIn(
      round,
      { isHandedIn: isHandedIn(work), written: stateOf(written), latest: latest ? textOf(latest) : null },
      now,
    )
    if (!decision.ok) return decision
    await handInVersion(trx, actor.networkId, work!.submissionId, written!.number, now)
    const after = await ownVersions(trx, actor, roundId)
    return after.ok ? ok(versionsSeen(after.value, now)) : after
  })
}

/** Load, decide, save: the revision begun, or a new one on top of the latest version. */
export function changeRevision<R extends Refusal>(
  db: Db,
  actor: Actor,
  roundId: RoundId,
  now: Date,
  decide: (own: OwnVersions, trx: Trx) => Promise<Result<RevisionChange & Readonly<{ savedAt?: Date | undefined }>, R>>,
): Promise<Result<RevisionWritten, R | Mine>> {
  return db.transaction().execute(async (trx): Promise<Result<RevisionWritten, R | Mine>> => {
    const own = await ownVersions(trx, actor, roundId)
    if (!own.ok) return own
    const decision = await decide(own.value, trx)
    if (!decision.ok) return decision
    const { work, handedIn, written } = own.value
    const { submissionId } = work!
    const number = written?.number ?? (handedIn.at(-1)?.number ?? 1) + 1
    const { savedAt = now, ...change } = decision.value
    await saveRevisionWritten(trx, actor.networkId, { submissionId, roundId }, number, change, savedAt)
    const after = await ownVersions(trx, actor, roundId)
    if (!after.ok) return after
    if (!after.value.written) throw new Error('A revision was lost in its own transaction')
    return ok(writtenSeen(after.value.written))
  })
}

export async function ownVersions(trx: Trx, actor: Actor, roundId: RoundId): Promise<Result<OwnVersions, Mine>> {
  const { networkId, personId: authorId } = actor
  const round = await lockRound(trx, networkId, roundId, 'share')
  const viewer = round && viewerOf(actor, round.cohortId)
  if (!round || !viewer || (round.phase === 'draft' && viewer !== 'instructor')) return notFound()
  if (viewer !== 'participant') return refuse('review.not_participant', {})
  const work = await lockWork(trx, { networkId, roundId, authorId })
  const versions = work ? ((await listVersions(trx, networkId, [work.submissionId])).get(work.submissionId) ?? []) : []
  return ok({
    round,
    work,
    handedIn: versions.filter(({ handedInAt }) => handedInAt !== null),
    written: versions.find(({ handedInAt }) => handedInAt === null),
  })
}

export const isHandedIn = (work: Work | undefined): boolean => work?.status === 'submitted'
const idsOf = (version: Version | undefined): UploadId[] => version?.files.map(({ uploadId }) => uploadId) ?? []
const textOf = (version: Version) => ({ body: version.body, link: version.link, fileIds: idsOf(version) })
const stateOf = (version: Version | undefined): RevisionState | null =>
  version ? { ...textOf(version), changeNote: version.changeNote, savedAt: version.savedAt } : null

function versionsSeen({ round, work, handedIn, written }: OwnVersions, now: Date): Versions {
  return {
    versions: datedVersions(handedIn),
    written: written ? writtenSeen(written) : null,
    reviseUntil: round.reviseUntil,
    isOpen: round.reviseUntil !== null && isHandedIn(work) && isSettled(round, now) && now <= round.reviseUntil,
  }
}

const datedVersions = (versions: readonly Version[]): DatedVersion[] =>
  versions.flatMap(({ number, body, files, link, changeNote, handedInAt }) =>
    handedInAt
      ? {
          number,
          body,
          link,
          changeNote,
          handedInAt,
          files: filesSeen(files),
        }
      : [],
  )

const writtenSeen = ({ body, files, link, changeNote, savedAt }: Version): RevisionWritten => ({
  body,
  link,
  changeNote,
  savedAt,
  files: filesSeen(files),
})
