import { MERGE_UNDO_DAYS, mayAdminister, type Actor } from '@copractice/core/directory'
import { ok, refuse, type CohortId, type NetworkId, type PersonId } from '@copractice/core/kernel'
import { findSpace, lockSeats, lockSeatsOfPeople, setSeatStatus } from '@copractice/store/cohort'
import type { Db, Trx } from '@copractice/store/database'
import {
  findMergePair,
  findMergeable,
  insertMerge,
  listMergesMade,
  lockMerge,
  markUndone,
  mergeRows,
  planMerge,
  undoRows,
} from '@copractice/store/directory'
import { giveFreeSeats } from '../cohort/give-free-seats.ts'
import { audit, notFound } from './administrator.ts'

const DAY = 86_400_000
const undoUntil = (at: Date) => new Date(at.getTime() + MERGE_UNDO_DAYS * DAY)

/** `spaceUrl`: where people without an LMS sign in, for the mail of who gets a seat that became free. */
type Deps = Readonly<{ db: Db; spaceUrl: string }>
type Pair = Readonly<{ personId: PersonId; goneId: PersonId }>
const nameOf = (person: Readonly<{ name: string | null; email: string | null }>) => person.name ?? person.email ?? ''

/** Only a network admin: a merge hands on roles, work and ways to sign in. */
async function findPair(db: Db | Trx, actor: Actor, { personId, goneId }: Pair, lock: boolean) {
  if (!mayAdminister(actor, { kind: 'network' })) return notFound()
  if (personId === goneId) return refuse('merge.same_person', {})
  const people = await findMergeable(db, actor.networkId, [personId, goneId], lock)
  if (!people) return notFound()
  return ok({ kept: people[0]!, gone: people[1]! })
}

/** What merging the two would do, and what stands in its way. */
export async function previewMerge(db: Db, actor: Actor, asked: Pair) {
  const found = await findPair(db, actor, asked, false)
  if (!found.ok) return found
  const plan = await planMerge(db, { networkId: actor.networkId, keptId: asked.personId, goneId: asked.goneId })
  return ok({ ...found.value, ...plan })
}

/**
 * Makes two persons one: everything of `goneId` becomes `personId`'s. Refuses where both hold what can be only once, and
 * where one reviews the other. People are never merged because an address is the same.
 */
export function mergePeople({ db, spaceUrl }: Deps, actor: Actor, asked: Pair, now: Date) {
  return db.transaction().execute(async (trx) => {
    if (mayAdminister(actor, { kind: 'network' }))
      await lockSeatsOfPeople(trx, actor.networkId, [asked.personId, asked.goneId])
    const found = await findPair(trx, actor, asked, true)
    if (!found.ok) return found
    return joinPeople(trx, actor, { ...found.value, spaceUrl }, now)
  })
}

type Named = Readonly<{ id: PersonId; name: string | null; email: string | null }>

/**
 * The merge itself, of two persons whom the caller may make one and holds, after the seats of their cohorts: refused where
 * both hold what can be only once or one reviews the other, otherwise done and written to the audit log. One person has
 * one seat in a cohort: of two the better one stays, and the other goes to the first who waits.
 */
export async function joinPeople(
  trx: Trx,
  actor: Actor,
  { kept, gone, spaceUrl }: Readonly<{ kept: Named; gone: Named; spaceUrl: string }>,
  now: Date,
) {
  const pair = { networkId: actor.networkId, keptId: kept.id, goneId: gone.id }
  const plan = await planMerge(trx, pair)
  if (plan.refused.length) return refuse('merge.both_hold', { tables: plan.refused.map(({ table }) => table) })
  if (plan.reviewsOfEachOther) return refuse('merge.review_each_other', { reviews: plan.reviewsOfEachOther })
  const steps = await mergeRows(trx, pair)
  for (const { cohortId } of seatsPutAway(steps)) {
    const at = { networkId: actor.networkId, cohortId }
    // Held already, unless one of them came to sit there a moment ago.
    await lockSeats(trx, at)
    await giveFreeSeats(trx, at, spaceUrl, now)
  }
  const id = await insertMerge(trx, pair, { by: actor.personId, steps }, now)
  const facts = { mergeId: id, person: nameOf(kept), gone: gone.id, goneName: nameOf(gone) }
  await audit(trx, actor, { action: 'person.merged', subject: `person:${kept.id}`, facts }, now)
  return ok({ id })
}

type Steps = Awaited<ReturnType<typeof mergeRows>>
const seatsPutAway = (steps: Readonly<Steps>) =>
  steps
    .flatMap((step) => (step.did === 'put_away' && step.table === 'seat' ? (step.rows as SeatRow[]) : []))
    .filter(({ status, kind }) => status === 'seated' && kind !== 'facilitator')
    .map(({ id, cohort_id: cohortId }) => ({ id, cohortId }))
type SeatRow = Readonly<{ id: string; cohort_id: CohortId; status: string; kind: string }>

/** A seat that comes back to a cohort which is full meanwhile waits for the next that is free. */
async function keepToSeats(trx: Trx, networkId: NetworkId, steps: Readonly<Steps>) {
  for (const { id, cohortId } of seatsPutAway(steps)) {
    const at = { networkId, cohortId }
    await lockSeats(trx, at)
    const { seats } = (await findSpace(trx, at))!
    if (seats.taken > seats.capacity) await setSeatStatus(trx, at, [id], 'waitlisted')
  }
}

export async function listMerges(
  db: Db,
  actor: Actor,
  asked: Readonly<{ after?: string | undefined; limit: number }>,
  now: Date,
) {
  if (!actor.grants.some(({ role }) => role === 'network_admin' || role === 'support')) return notFound()
  const page = await listMergesMade(db, actor.networkId, asked)
  const may = mayAdminister(actor, { kind: 'network' })
  const items = page.items.map((one) => {
    const until = undoUntil(one.at)
    return { ...one, undoUntil: until, mayUndo: may && !one.undoneAt && until > now }
  })
  return ok({ ...page, items })
}

/** Takes the newest merge of a person apart again, within 30 days. What came to the kept person since stays with them. */
export function undoMerge(db: Db, actor: Actor, mergeId: string, now: Date) {
  return db.transaction().execute(async (trx) => {
    const pair = mayAdminister(actor, { kind: 'network' }) && (await findMergePair(trx, actor.networkId, mergeId))
    if (!pair) return notFound()
    await lockSeatsOfPeople(trx, actor.networkId, [pair.keptId, pair.goneId])
    const merge = await lockMerge(trx, actor.networkId, mergeId)
    if (!merge) return notFound()
    if (merge.undoneAt) return refuse('merge.undone_already', {})
    if (undoUntil(merge.at) <= now) return refuse('merge.too_late', { days: MERGE_UNDO_DAYS })
    if (!merge.isLast) return refuse('merge.went_on', {})
    const { keptId, goneId } = pair
    await undoRows(trx, pair, merge.steps)
    await keepToSeats(trx, actor.networkId, merge.steps)
    await markUndone(trx, actor.networkId, { id: mergeId, goneId, by: actor.personId }, now)
    const facts = { mergeId, person: nameOf(merge), gone: goneId }
    await audit(trx, actor, { action: 'person.unmerged', subject: `person:${keptId}`, facts }, now)
    return ok(undefined)
  })
}
