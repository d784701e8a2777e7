import type { Actor } from '@copractice/core/directory'
import {
  ok,
  refuse,
  type ExemplarId,
  type Refusal,
  type Result,
  type RoundId,
  type RouteOutput,
} from '@copractice/core/kernel'
import {
  compareMarking,
  exemplarsFirst,
  fitReference,
  markExemplar as decide,
  viewerOf,
  type ExemplarListed,
  type ExemplarsFirst,
  type ExemplarSetup,
  type ExemplarToMark,
  type Mark,
  type MarkExemplarRefusal,
  type myExemplarsRoute,
  type Round,
  type UnfitMark,
  type WrongPhase,
} from '@copractice/core/review'
import type { Db, Trx } from '@copractice/store/database'
import {
  deleteExemplar,
  findExemplar,
  findRound,
  insertExemplar,
  listExemplars,
  listMarkings,
  lockMarking,
  lockRound,
  saveMarking,
  type Exemplar,
  type ExemplarMarking,
} from '@copractice/store/review'
import { filesSeen, filesUnnamed } from './file-for.ts'
import { lockRoundRunBy, notFound, roundRunBy, roundSeenBy, type InstructorsOnly, type NotFound } from './find-round.ts'
import { forgetFile, type FileDeps } from './keep-file.ts'
import { audit } from './set-up-round.ts'

type Listed = { exemplars: ExemplarListed[] }
type Added = Listed & { exemplarId: ExemplarId }
type Running = NotFound | InstructorsOnly
type AlreadyMarked = Refusal<'exemplar.marked', Readonly<{ marked: number }>>

/** A round's exemplars for those who run it, with how people marked them. */
export async function showExemplars(db: Db, actor: Actor, roundId: RoundId): Promise<Result<Listed, Running>> {
  const found = await roundRunBy(db, actor, roundId)
  return found.ok ? ok(await exemplarsSeen(db, actor, found.value)) : found
}

export async function exemplarsSeen(trx: Db | Trx, { networkId }: Actor, { roundId, rubric }: Round): Promise<Listed> {
  const markings = (await listMarkings(trx, networkId, roundId)).filter(({ filedAt }) => filedAt !== null)
  const exemplars = await listExemplars(trx, networkId, roundId)
  return {
    exemplars: exemplars.map((exemplar) => {
      const differences = markings
        .filter(({ exemplarId }) => exemplarId === exemplar.exemplarId)
        .map(({ marks }) => compareMarking(rubric, marks, exemplar.reference))
        .map(({ own, reference }) => own - reference)
      const sum = differences.reduce((total, difference) => total + difference, 0)
      return {
        ...exemplar,
        files: filesSeen(exemplar.files),
        marked: differences.length,
        meanDifference: differences.length > 0 ? sum / differences.length : null,
      }
    }),
  }
}

type UnfitReference = UnfitMark | Extract<MarkExemplarRefusal, { code: 'review.marks_missing' }>

/** Adds a work with its reference marking, until the round is closed. */
export function addExemplar(
  db: Db,
  actor: Actor,
  { roundId, ...setup }: ExemplarSetup & Readonly<{ roundId: RoundId }>,
  now: Date,
): Promise<Result<Added, Running | WrongPhase | UnfitReference>> {
  return db.transaction().execute(async (trx): Promise<Result<Added, Running | WrongPhase | UnfitReference>> => {
    const found = await lockRoundRunBy(trx, actor, roundId)
    if (!found.ok) return found
    const { phase, rubric } = found.value
    if (phase === 'closed') return refuse('review.wrong_phase', { phase, needed: 'review' as const })
    const fits = fitReference(rubric, setup.reference)
    if (!fits.ok) return fits
    const made = { ...setup, roundId, createdBy: actor.personId, createdAt: now }
    const exemplarId = await insertExemplar(trx, actor.networkId, made)
    await audit(trx, actor, { roundId, action: 'round.exemplar_added', facts: { title: setup.title } }, now)
    return ok({ ...(await exemplarsSeen(trx, actor, found.value)), exemplarId })
  })
}

/** Removes an exemplar that nobody has marked, with its files: what people sent stays with what they sent it about. */
export async function removeExemplar(
  deps: FileDeps,
  actor: Actor,
  exemplarId: ExemplarId,
  now: Date,
): Promise<Result<Listed, Running | AlreadyMarked>> {
  let files: Exemplar['files'] = []
  const result = await deps.db.transaction().execute(async (trx): Promise<Result<Listed, Running | AlreadyMarked>> => {
    const exemplar = await findExemplar(trx, actor.networkId, exemplarId)
    if (!exemplar) return notFound()
    const { roundId, title } = exemplar
    const found = await lockRoundRunBy(trx, actor, roundId)
    if (!found.ok) return found
    // As they are while the round is held: one may have come in meanwhile.
    files = (await findExemplar(trx, actor.networkId, exemplarId))?.files ?? []
    const marked = (await listMarkings(trx, actor.networkId, roundId)).filter(
      (marking) => marking.exemplarId === exemplarId && marking.filedAt !== null,
    ).length
    if (marked > 0) return refuse('exemplar.marked', { marked })
    await deleteExemplar(trx, actor.networkId, exemplarId)
    await audit(trx, actor, { roundId, action: 'round.exemplar_removed', facts: { title } }, now)
    return ok(await exemplarsSeen(trx, actor, found.value))
  })
  if (result.ok) for (const file of files) await forgetFile(deps, actor.networkId, file)
  return result
}

/** What the actor is asked to mark in a round; nothing for those who take no part. */
export async function showMyExemplars(
  db: Db,
  actor: Actor,
  roundId: RoundId,
): Promise<Result<RouteOutput<typeof myExemplarsRoute>, NotFound>> {
  const seen = await roundSeenBy(db, actor, roundId)
  if (!seen.ok) return seen
  if (seen.value.viewer !== 'participant') return ok({ exemplars: [] })
  const markings = await listMarkings(db, actor.networkId, roundId, actor.personId)
  const own = new Map(markings.map((marking) => [marking.exemplarId, marking]))
  const exemplars = await listExemplars(db, actor.networkId, roundId)
  return ok({
    exemplars: exemplars.filter(isReady).map(({ exemplarId, title, askedFirst }) => ({
      exemplarId,
      title,
      askedFirst,
      savedAt: own.get(exemplarId)?.savedAt ?? null,
      filedAt: own.get(exemplarId)?.filedAt ?? null,
    })),
  })
}

/** An exemplar for somebody who takes part. The reference is shown once theirs is sent. */
export async function showExemplar(
  db: Db,
  actor: Actor,
  exemplarId: ExemplarId,
): Promise<Result<ExemplarToMark, NotFound>> {
  const exemplar = await findExemplar(db, actor.networkId, exemplarId)
  const round = exemplar && (await findRound(db, actor.networkId, exemplar.roundId))
  if (!round || round.phase === 'draft' || viewerOf(actor, round.cohortId) !== 'participant') return notFound()
  return ok(exemplarToMark(round, exemplar, await ownMarking(db, actor, exemplar)))
}

/** Something to read: words or files. */
const isReady = ({ body, files }: Exemplar): boolean => body.trim() !== '' || files.length > 0

/** Whether the actor may open or write this review of theirs: the exemplars that are asked first come before. */
export async function mayBeginReview(
  trx: Db | Trx,
  { networkId, personId }: Actor,
  { roundId, phase }: Pick<Round, 'roundId' | 'phase'>,
  review: Readonly<{ savedAt: Date | null; filedAt: Date | null }>,
): Promise<Result<true, ExemplarsFirst>> {
  const exemplars = await listExemplars(trx, networkId, roundId)
  const markings = exemplars.length > 0 ? await listMarkings(trx, networkId, roundId, personId) : []
  const filed = new Set(markings.filter(({ filedAt }) => filedAt).map(({ exemplarId }) => exemplarId))
  return exemplarsFirst(
    { phase },
    review,
    exemplars.map((one) => ({ ...one, isReady: isReady(one), isFiled: filed.has(one.exemplarId) })),
  )
}

async function ownMarking(trx: Db | Trx, actor: Actor, { roundId, exemplarId }: Exemplar) {
  const own = await listMarkings(trx, actor.networkId, roundId, actor.personId)
  return own.find((marking) => marking.exemplarId === exemplarId)
}

function exemplarToMark(
  { phase, rubric }: Round,
  { title, body, files, reference, referenceComment }: Exemplar,
  own: ExemplarMarking | undefined,
): ExemplarToMark {
  const compared = own?.filedAt ? compareMarking(rubric, own.marks, reference) : null
  return {
    title,
    body,
    files: filesUnnamed(files),
    rubric,
    isOpen: phase === 'submit' || phase === 'review',
    marks: [...(own?.marks ?? [])],
    comment: own?.comment ?? '',
    savedAt: own?.savedAt ?? null,
    filedAt: own?.filedAt ?? null,
    compared: compared && {
      reference,
      referenceComment,
      own: compared.own,
      referencePercent: compared.reference,
      criteria: [...compared.criteria],
    },
  }
}

type Marking = Readonly<{ exemplarId: ExemplarId; marks: readonly Mark[]; comment: string; file: boolean }>

/** Keeps somebody's marking of an exemplar, and sends it where they say so. */
export function markExemplar(
  db: Db,
  actor: Actor,
  { exemplarId, marks, comment, file }: Marking,
  now: Date,
): Promise<Result<ExemplarToMark, NotFound | MarkExemplarRefusal>> {
  const { networkId, personId: reviewerId } = actor
  return db.transaction().execute(async (trx): Promise<Result<ExemplarToMark, NotFound | MarkExemplarRefusal>> => {
    const exemplar = await findExemplar(trx, networkId, exemplarId)
    const round = exemplar && (await lockRound(trx, networkId, exemplar.roundId, 'share'))
    if (!round || round.phase === 'draft' || viewerOf(actor, round.cohortId) !== 'participant') return notFound()
    await lockMarking(trx, exemplarId, reviewerId)
    const before = await ownMarking(trx, actor, exemplar)
    const decision = decide({ ...round, filedAt: before?.filedAt ?? null }, marks, file)
    if (!decision.ok) return decision
    const marking = { exemplarId, reviewerId, marks, comment, savedAt: now, filedAt: file ? now : null }
    await saveMarking(trx, networkId, { ...marking, roundId: round.roundId })
    return ok(exemplarToMark(round, exemplar, marking))
  })
}
