import { ok, refuse, type Refusal, type Result } from '../../kernel/result.ts'
import type { PlacementProblem, Registrant } from '../placement/problem.ts'
import { scoreCohort } from '../placement/score-cohort.ts'
import { seatingOf, seatParty } from '../placement/seat-party.ts'
import { peopleOf, type Board, type BoardCohort } from './board.ts'

/** A move that a rule forbids, with what would make it possible. `cohort` is a key of the board, people are ids. */
export type MoveBlock =
  /** `over`: how many have to go first. */
  | Refusal<'placement.full', { cohort: string; seats: number; over: number }>
  /** Being free at any `missing` more of `ask` would do. */
  | Refusal<'placement.times', { cohort: string; shared: number; needs: number; missing: number; ask: string[] }>
  | Refusal<'placement.language', { cohort: string; languages: string[] }>
  /** A wish to be apart; it is not said whose. */
  | Refusal<'placement.apart', { cohort: string }>
  /** They asked to be with people who sit elsewhere. */
  | Refusal<'placement.with', { people: string[] }>
  /** The cohort they leave would be too small; with `short` more it would do. */
  | Refusal<'placement.minimum', { cohort: string; left: number; minimum: number; short: number }>
  /** Nobody left behind can chair. */
  | Refusal<'placement.chair', { cohort: string }>
  /** They hold a seat since the board was committed. */
  | Refusal<'placement.seated', { people: string[] }>

/** What a move would mean. `moving` begins with the person; the others come along because a wish ties them. */
export type Move = Readonly<{
  moving: readonly string[]
  sharedThen: number
  /** Points of the whole placement. */
  change: number
  /** Would be the only one of their campus or kind where they sit then, and are not now. */
  alone: readonly string[]
}>

/** Those of a cohort who are the only one of their campus, or of their kind, among its members. */
export function aloneIn(members: readonly Registrant[]): string[] {
  const only = (pick: (one: Registrant) => string) => {
    const groups = Map.groupBy(members, pick)
    return members.filter((one) => groups.get(pick(one))!.length === 1)
  }
  return members.length < 2
    ? []
    : [...new Set([...only(({ campus }) => campus), ...only(({ affiliation }) => affiliation)])].map(({ id }) => id)
}

/**
 * Whether somebody may go to the cohort `to`, or to no place when it is null, by the rules of where they leave and where
 * they go. A wish moves its people together: whom they asked for and who asked for them come along from their cohort; to
 * no place go only those who asked for them. `id` and `to` are on the board.
 */
export function judgeMove(
  problem: PlacementProblem,
  board: Board,
  { id, to }: Readonly<{ id: string; to: string | null }>,
): Result<Move, MoveBlock> {
  const byId = peopleOf(problem)
  const from = board.cohorts.find(({ members }) => members.includes(id))
  const target = board.cohorts.find(({ key }) => key === to)
  const moving = movingWith(byId, board, id, { from, toNowhere: to === null })
  const joining = moving.flatMap((one) => byId.get(one) ?? [])
  const seated = from?.seated.filter((one) => moving.includes(one)) ?? []
  if (seated.length) return refuse('placement.seated', { people: seated })

  const there = (target?.members ?? []).flatMap((one) => byId.get(one) ?? [])
  const sitElsewhere = moving
    .flatMap((one) => byId.get(one)?.with ?? [])
    .filter((one) => !moving.includes(one) && !target?.members.includes(one))
  if (target && sitElsewhere.length) return refuse('placement.with', { people: [...new Set(sitElsewhere)] })
  if (target) {
    const blocked = blockAt(problem, target, there, joining)
    if (blocked) return { ok: false, refusal: blocked }
  }
  const behind = (from?.members ?? []).filter((one) => !moving.includes(one)).flatMap((one) => byId.get(one) ?? [])
  const left = from && blockBehind(problem, from, behind)
  if (left) return { ok: false, refusal: left }

  const before = (from?.members ?? []).flatMap((one) => byId.get(one) ?? [])
  const after = [...there, ...joining]
  const wereAlone = new Set([...aloneIn(before), ...aloneIn(there)])
  const stays = target ? scoreCohort(after) - scoreCohort(there) : 0
  return ok({
    moving,
    sharedThen: target ? seatingOf(after).slots.length : 0,
    change: stays + scoreCohort(behind) - scoreCohort(before),
    alone: [...(target ? aloneIn(after) : []), ...aloneIn(behind)].filter((one) => !wereAlone.has(one)),
  })
}

type Where = Readonly<{ from: BoardCohort | undefined; toNowhere: boolean }>

function movingWith(byId: ReadonlyMap<string, Registrant>, board: Board, id: string, { from, toNowhere }: Where) {
  const placed = new Set(from ? [] : board.cohorts.flatMap(({ members }) => members))
  const moving = new Set([id])
  for (const one of moving) {
    // Who was asked for is bound to nobody: they may keep their place when the others give theirs up.
    const wanted = toNowhere ? [] : (byId.get(one)?.with ?? [])
    for (const other of wanted) if (from ? from.members.includes(other) : !placed.has(other)) moving.add(other)
    for (const other of from?.members ?? []) if (byId.get(other)?.with.includes(one)) moving.add(other)
  }
  return [...moving]
}

function blockAt(
  { policy }: PlacementProblem,
  target: BoardCohort,
  there: readonly Registrant[],
  joining: readonly Registrant[],
): MoveBlock | undefined {
  const seating = seatingOf(there)
  const fits = seatParty(seating, joining, policy)
  if (fits.ok) return undefined
  const cohort = target.key
  const { seats, commonSlots: needs } = policy
  switch (fits.refusal.code) {
    case 'placement.full':
      return { code: 'placement.full', facts: { cohort, seats, over: there.length + joining.length - seats } }
    case 'placement.times': {
      const ask = seating.slots.filter((slot) => !joining.every(({ slots }) => slots.includes(slot)))
      const shared = seating.slots.length - ask.length
      return { code: 'placement.times', facts: { cohort, shared, needs, missing: needs - shared, ask } }
    }
    case 'placement.language':
      return { code: 'placement.language', facts: { cohort, languages: [...seating.languages] } }
    case 'placement.apart':
      return { code: 'placement.apart', facts: { cohort } }
  }
}

/** Why those left behind cannot go on as a cohort; none left is no cohort, and breaks no rule. */
export function blockBehind(
  { policy: { minimum } }: PlacementProblem,
  { key: cohort }: BoardCohort,
  behind: readonly Registrant[],
): MoveBlock | undefined {
  const left = behind.length
  if (left === 0) return undefined
  if (left < minimum) return { code: 'placement.minimum', facts: { cohort, left, minimum, short: minimum - left } }
  return behind.some(({ canChair }) => canChair) ? undefined : { code: 'placement.chair', facts: { cohort } }
}
