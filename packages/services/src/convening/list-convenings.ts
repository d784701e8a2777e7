import { mayReadNeeds, missingTerms, sinceForTerms, type MissingTerm } from '@copractice/core/convening'
import type { Actor } from '@copractice/core/directory'
import { ok, type ConveningId } from '@copractice/core/kernel'
import { findConvening, findTermFacts, listConvenings as listOf } from '@copractice/store/convening'
import type { Db } from '@copractice/store/database'
import { administersRegion, notFound, scopeOf } from '../directory/administrator.ts'

type Asked = Readonly<{ search?: string | undefined; after?: string | undefined; limit: number }>

/** convening.each_term: the terms of the year ahead that nobody has planned a convening for, as far as the actor reaches. */
async function termsWithoutConvening(db: Db, actor: Actor, now: Date): Promise<MissingTerm[]> {
  const scope = scopeOf(actor)
  // Whoever administers no region plans no convening, and misses none.
  if (scope.reach.regions !== 'all' && !scope.reach.regions.length) return []
  const { limits, timeZone, convenings } = await findTermFacts(db, scope, sinceForTerms(now))
  return missingTerms(convenings, limits.conveningTerms, { now, timeZone })
}

const SOON_DAYS = 120

/** Of those, the terms that have begun or begin within four months: what the home page reminds of. */
export async function termsSoonWithout(db: Db, actor: Actor, now: Date): Promise<MissingTerm[]> {
  const soon = new Date(now.getTime() + SOON_DAYS * 86_400_000).toISOString().slice(0, 10)
  return (await termsWithoutConvening(db, actor, now)).filter(({ from }) => from <= soon)
}

/** Every convening in the actor's reach, latest first, and the terms without one. */
export async function listConvenings(db: Db, actor: Actor, asked: Asked, now: Date) {
  const { items, next } = await listOf(db, scopeOf(actor), asked)
  return ok({ items, next, missing: await termsWithoutConvening(db, actor, now) })
}

/** One convening, and what the actor may do with it. */
export async function showConvening(db: Db, actor: Actor, conveningId: ConveningId) {
  const found = await findConvening(db, scopeOf(actor), conveningId)
  if (!found) return notFound()
  const { region, hosts, leadFacilitatorId } = found
  const hosted = { regionId: region.id, hosts: hosts.map(({ id }) => id), leadFacilitatorId }
  const mayEdit = await administersRegion(db, actor, region.id)
  return ok({ ...found, mayEdit, mayReadNeeds: mayReadNeeds(actor, hosted) })
}
