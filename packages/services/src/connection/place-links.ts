import {
  composeContentItem,
  decidePlacing,
  mayPlaceLinks,
  mostPlaced,
  takesColumns,
  type Placeable,
  type PlaceableKind,
  type Placed,
} from '@copractice/core/connection'
import type { Actor } from '@copractice/core/directory'
import { ok, refuse, type PlacingId, type RoundId } from '@copractice/core/kernel'
import type { SignDeepLinkingAnswer } from '@copractice/lti'
import {
  findPlacing,
  findReturnUrl,
  hasWorkColumn,
  listPlaceable as readPlaceable,
  type OpenPlacing,
  type PlaceableScope,
} from '@copractice/store/connection'
import type { Db } from '@copractice/store/database'

const unknown = () => refuse('placing.unknown', {})

/** The actor's own request; none once its time is over, or when the course no longer lets them place links. */
async function openPlacing(db: Db, actor: Actor, placingId: PlacingId, now: Date): Promise<OpenPlacing | undefined> {
  const { networkId, personId } = actor
  const placing = await findPlacing(db, { networkId, personId, placingId }, now)
  const standing = placing && actor.courses.find(({ courseId }) => courseId === placing.courseId)
  return standing && !mayPlaceLinks(standing.role) ? undefined : placing
}

export async function showPlacing(db: Db, actor: Actor, placingId: PlacingId, now: Date) {
  const placing = await openPlacing(db, actor, placingId, now)
  if (!placing) return unknown()
  const { courseTitle: course, profile: lms, takes } = placing
  return ok({
    course,
    lms,
    takesLinks: takes.links,
    takesSeveral: mostPlaced(takes) > 1,
    takesColumns: takesColumns(takes),
  })
}

type Search = Readonly<{
  placingId: PlacingId
  kind: PlaceableKind
  search?: string | undefined
  after?: string | undefined
  limit: number
}>

export async function listPlaceable(db: Db, actor: Actor, { placingId, kind, ...asked }: Search, now: Date) {
  const placing = await openPlacing(db, actor, placingId, now)
  return placing ? ok(await readPlaceable(db, scopeOf(actor, placing), kind, asked, now)) : unknown()
}

type Deps = Readonly<{ db: Db; sign: SignDeepLinkingAnswer; publicUrl: string }>
type Answer = Readonly<{ placingId: PlacingId; chosen: readonly Placed[] }>

/**
 * The signed answer. It may be asked for again until the request's time is over, so that one that got lost on its way
 * costs nobody their choice: each has a nonce of its own, and the LMS takes one.
 */
export async function answerPlacing({ db, sign, publicUrl }: Deps, actor: Actor, answer: Answer, now: Date) {
  const placing = await openPlacing(db, actor, answer.placingId, now)
  if (!placing) return unknown()
  const { takes, returnUrl } = placing
  const decided = decidePlacing(takes, answer.chosen, await findChosen(db, scopeOf(actor, placing), answer.chosen, now))
  if (!decided.ok) return decided
  const items = await composeItems(db, placing, decided.value, `${publicUrl}/lti/launch`)
  const told =
    items.length > 0
      ? ({ kind: 'message', text: `Chosen: ${items.map(({ title }) => title).join(', ')}` } as const)
      : takes.links
        ? null
        : ({ kind: 'error', text: 'Copractice has links to place, and this part of the LMS takes none.' } as const)
  return ok({ returnUrl, jwt: await sign(placing, { items, told }) })
}

/** What there is of the choices, one query per kind. */
async function findChosen(db: Db, scope: PlaceableScope, chosen: readonly Placed[], now: Date): Promise<Placeable[]> {
  const byKind = Map.groupBy(chosen, ({ kind }) => kind)
  const pages = await Promise.all(
    [...byKind].map(([kind, all]) =>
      readPlaceable(db, scope, kind, { ids: [...new Set(all.map(({ id }) => id))] }, now),
    ),
  )
  return pages.flatMap(({ items }) => items)
}

/**
 * A round's link brings its column, unless the course has one. In Canvas it brings it all the same: what is placed there
 * as an assignment is nothing without points.
 */
async function composeItems(db: Db, placing: OpenPlacing, chosen: readonly Placeable[], launchUrl: string) {
  const { networkId, courseId, profile, takes } = placing
  const rounds = chosen.flatMap((placeable) => (placeable.kind === 'round' ? [placeable.id] : []))
  const withOne = courseId ? await hasWorkColumn(db, { networkId, courseId }, rounds) : new Set<RoundId>()
  return chosen.map((placeable) =>
    composeContentItem(placeable, {
      launchUrl,
      courseId,
      withColumn: takesColumns(takes) && (profile === 'canvas' || !withOne.has(placeable.id as RoundId)),
    }),
  )
}

const scopeOf = (actor: Actor, { networkId, platformId }: OpenPlacing): PlaceableScope => ({
  networkId,
  platformId,
  runsRoundsOf: actor.courses.flatMap(({ role, cohortIds }) => (role === 'instructor' ? cohortIds : [])),
})

/** Origin that the page of a request may post its form to; undefined for any other page. */
export async function returnOrigin(db: Db, placingId: PlacingId, now: Date): Promise<string | undefined> {
  const url = await findReturnUrl(db, placingId, now)
  return url === undefined ? undefined : new URL(url).origin
}
