import type { Actor } from '@copractice/core/directory'
import { ok, refuse, type Refusal, type Result, type RubricId } from '@copractice/core/kernel'
import {
  compareRubrics,
  exportRubric as writeFile,
  importRubric as readFile,
  instructedCourses,
  rubricPoints,
  sameRubric,
  type Rubric,
  type RubricDetail,
  type RubricDifference,
  type RubricFileRefusal,
  type RubricSummary,
  type RoundWithRubric,
} from '@copractice/core/review'
import type { CohortId } from '@copractice/core/kernel'
import type { Db, Trx } from '@copractice/store/database'
import { insertAuditEntry } from '@copractice/store/directory'
import {
  findRubric,
  insertRubric,
  insertRubricVersion,
  listRoundsOfRubric,
  listRubrics as listRows,
  listRubricVersions,
  lockRubric,
  updateRubric,
  type RubricStored,
} from '@copractice/store/review'

type InstructorsOnly = Refusal<'rubric.instructors_only', Readonly<Record<string, never>>>
type NotFound = Refusal<'rubric.not_found', Readonly<Record<string, never>>>
type VersionRefusal =
  | Refusal<'rubric.unchanged' | 'rubric.archived', Readonly<Record<string, never>>>
  | Refusal<'rubric.changed_meanwhile', Readonly<{ number: number }>>

/** The library belongs to whoever runs rounds anywhere in the network. */
const runsAnyRounds = (actor: Actor): boolean => actor.courses.some(({ role }) => role === 'instructor')
const instructorsOnly = () => refuse('rubric.instructors_only', {})
const notFound = () => refuse('rubric.not_found', {})

type Wanted = Readonly<{ search: string; archived: boolean; after?: string | undefined; limit: number }>

export async function listRubrics(
  db: Db,
  actor: Actor,
  { search, archived, ...paging }: Wanted,
): Promise<Result<{ items: RubricSummary[]; next: string | null }, InstructorsOnly>> {
  if (!runsAnyRounds(actor)) return instructorsOnly()
  const page = await listRows(db, actor.networkId, { search, archived }, paging)
  return ok({ ...page, items: page.items.map(summaryOf) })
}

const summaryOf = ({ rubric, ...stored }: RubricStored): RubricSummary => ({
  ...stored,
  criteria: rubric.criteria.map(({ title }) => title),
  points: rubricPoints(rubric),
})

export async function showRubric(
  db: Db | Trx,
  actor: Actor,
  rubricId: RubricId,
): Promise<Result<RubricDetail, InstructorsOnly | NotFound>> {
  if (!runsAnyRounds(actor)) return instructorsOnly()
  const stored = await findRubric(db, actor.networkId, rubricId)
  return stored ? ok(await detailOf(db, actor, stored)) : notFound()
}

async function detailOf(db: Db | Trx, actor: Actor, stored: RubricStored): Promise<RubricDetail> {
  const rows = await listRubricVersions(db, actor.networkId, stored.rubricId)
  const versions = rows.map((version, place) => {
    const before = rows[place + 1]
    return { ...version, difference: before ? differenceOf(before.rubric, version.rubric) : null }
  })
  const openRounds = await openRoundsOf(db, actor, stored.rubricId)
  return { ...summaryOf(stored), rubric: stored.rubric, versions, openRounds }
}

function differenceOf(before: Rubric, after: Rubric): RubricDifference {
  const { changes, ...rest } = compareRubrics(before, after)
  return { changes: [...changes], ...rest }
}

/** Rounds that keep the version they have; by title only where the actor runs them. */
async function openRoundsOf(db: Db | Trx, actor: Actor, rubricId: RubricId): Promise<RoundWithRubric[]> {
  const rounds = await listRoundsOfRubric(db, actor.networkId, rubricId)
  return rounds.map(({ roundId, title, cohortId, ...round }) => {
    const isMine = instructedCourses(actor, cohortId as CohortId).length > 0
    return { ...round, roundId: isMine ? roundId : null, title: isMine ? title : null }
  })
}

type New = Readonly<{ title: string; note: string; rubric: Rubric }>

export function createRubric(
  db: Db,
  actor: Actor,
  given: New,
  now: Date,
): Promise<Result<RubricDetail, InstructorsOnly>> {
  return db.transaction().execute(async (trx): Promise<Result<RubricDetail, InstructorsOnly>> => {
    if (!runsAnyRounds(actor)) return instructorsOnly()
    const made = { ...given, createdBy: actor.personId, createdAt: now }
    const rubricId = await insertRubric(trx, actor.networkId, made)
    await audit(trx, actor, rubricId, { action: 'rubric.created', facts: { title: given.title } }, now)
    const stored = await findRubric(trx, actor.networkId, rubricId)
    return ok(await detailOf(trx, actor, stored!))
  })
}

/** A rubric from a file, as a new one: it never takes another's place. */
export async function importRubric(
  db: Db,
  actor: Actor,
  text: string,
  now: Date,
): Promise<Result<RubricDetail, InstructorsOnly | RubricFileRefusal>> {
  if (!runsAnyRounds(actor)) return instructorsOnly()
  const read = readFile(text)
  return read.ok ? createRubric(db, actor, read.value, now) : read
}

/** What a change would mean, and which rounds would keep what they have. */
export async function compareRubric(
  db: Db,
  actor: Actor,
  { rubricId, rubric }: Readonly<{ rubricId: RubricId; rubric: Rubric }>,
): Promise<Result<{ difference: RubricDifference; openRounds: RoundWithRubric[] }, InstructorsOnly | NotFound>> {
  if (!runsAnyRounds(actor)) return instructorsOnly()
  const stored = await findRubric(db, actor.networkId, rubricId)
  if (!stored) return notFound()
  const openRounds = await openRoundsOf(db, actor, rubricId)
  return ok({ difference: differenceOf(stored.rubric, rubric), openRounds })
}

type NewVersion = Readonly<{ rubricId: RubricId; rubric: Rubric; note: string; basedOn: number }>

export function addRubricVersion(
  db: Db,
  actor: Actor,
  { rubricId, rubric, note, basedOn }: NewVersion,
  now: Date,
): Promise<Result<RubricDetail, InstructorsOnly | NotFound | VersionRefusal>> {
  return changing<VersionRefusal>(db, actor, rubricId, async (trx, stored) => {
    if (stored.archivedAt) return refuse('rubric.archived', {})
    if (stored.number !== basedOn) return refuse('rubric.changed_meanwhile', { number: stored.number })
    if (sameRubric(stored.rubric, rubric)) return refuse('rubric.unchanged', {})
    const number = stored.number + 1
    const version = { rubric, note, number, createdBy: actor.personId, createdAt: now }
    await insertRubricVersion(trx, actor.networkId, rubricId, version)
    await audit(trx, actor, rubricId, { action: 'rubric.version_added', facts: { number, note } }, now)
    return ok(true)
  })
}

type Change = Readonly<{ rubricId: RubricId; title?: string | undefined; archived?: boolean | undefined }>

export function changeRubric(db: Db, actor: Actor, { rubricId, title, archived }: Change, now: Date) {
  return changing<never>(db, actor, rubricId, async (trx, { archivedAt }) => {
    const put = archived === undefined ? undefined : archived ? (archivedAt ?? now) : null
    await updateRubric(trx, actor.networkId, rubricId, { title, archivedAt: put })
    await audit(trx, actor, rubricId, { action: 'rubric.changed', facts: { title, archived } }, now)
    return ok(true)
  })
}

function changing<R extends Refusal>(
  db: Db,
  actor: Actor,
  rubricId: RubricId,
  change: (trx: Trx, stored: RubricStored) => Promise<Result<true, R>>,
): Promise<Result<RubricDetail, InstructorsOnly | NotFound | R>> {
  return db.transaction().execute(async (trx): Promise<Result<RubricDetail, InstructorsOnly | NotFound | R>> => {
    if (!runsAnyRounds(actor)) return instructorsOnly()
    const stored = await lockRubric(trx, actor.networkId, rubricId)
    if (!stored) return notFound()
    const changed = await change(trx, stored)
    return changed.ok ? showRubric(trx, actor, rubricId) : changed
  })
}

/** One version as a file's text. */
export async function exportRubric(
  db: Db,
  actor: Actor,
  { rubricId, number }: Readonly<{ rubricId: RubricId; number: number }>,
): Promise<Result<{ fileName: string; text: string }, InstructorsOnly | NotFound>> {
  if (!runsAnyRounds(actor)) return instructorsOnly()
  const stored = await findRubric(db, actor.networkId, rubricId)
  const versions = stored ? await listRubricVersions(db, actor.networkId, rubricId) : []
  const version = versions.find((one) => one.number === number)
  if (!stored || !version) return notFound()
  const { rubric, note } = version
  const name =
    stored.title
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
      .replaceAll(/^-|-$/g, '') || 'rubric'
  return ok({ fileName: `${name}-${number}.json`, text: writeFile({ title: stored.title, note, rubric }) })
}

function audit(
  trx: Trx,
  { networkId, personId: actorId }: Actor,
  rubricId: RubricId,
  entry: Readonly<{ action: string; facts: Record<string, unknown> }>,
  at: Date,
): Promise<void> {
  return insertAuditEntry(trx, { networkId, at, actorId, subject: `rubric:${rubricId}`, ...entry })
}
