import type { AllocationInput } from './allocate-reviewers.ts'
import { isConnected, type DealtPair } from './connect-reviews.ts'
import { loads } from './deal-reviews.ts'
import { dice, shuffled } from './dice.ts'
import type { PairCost } from './draw-candidates.ts'
import { giveDirectly, giveMoving } from './give-missing.ts'
import { joinByAdded } from './join-by-added.ts'
import { keptApart } from './kept-apart.ts'

/**
 * A review that somebody has. set_aside: filed, and out of every score by an instructor's word; excused: not asked for any
 * more, by the same. Neither is one of its work's k, and nobody gets the same work again.
 */
export type ReviewHeld = Readonly<{
  submission: string
  reviewer: string
  state: 'open' | 'started' | 'filed' | 'set_aside' | 'excused'
}>

/** Who and what is there now, by the rules of the round, and the reviews as they were dealt. */
export type RepairInput = AllocationInput & Readonly<{ held: readonly ReviewHeld[] }>

type Pair = readonly [submission: string, reviewer: string]

/** Why a review is taken from somebody. */
export type TakenWhy = 'author_left' | 'reviewer_left' | 'moved'

export type Repair = Readonly<{
  /** By submission and then reviewer, as `give`. */
  take: readonly Readonly<{ pair: Pair; why: TakenWhy }>[]
  give: readonly Pair[]
  /** Works that nobody more may review. */
  short: readonly Readonly<{ submission: string; missing: number }>[]
  /** Of those who are there. */
  load: Readonly<{ min: number; max: number }>
  connected: boolean
}>

/**
 * Repairs an allocation after people or works came or went, with the fewest changes. Filed reviews stay, whatever
 * happened; so does one begun by somebody who is still there. Of the others, reviews of works and by people no longer
 * there are taken, and those that a rule by now forbids. Then, in this order: every work gets k reviews as far as anybody may write them; nobody's load leaves
 * what `bounds` says; as few reviews as possible are given, and so moved from one who is there to another; loads are
 * even; campuses and roles mix. Works with more than k reviews keep them. It never refuses: what cannot be is `short`.
 * Last, given reviews change hands where that alone connects the works again.
 */
export function repairAllocation(given: RepairInput): Repair {
  const roll = dice(given.seed)
  const over = given.held.filter(({ state }) => isOver(state))
  const input: RepairInput = {
    ...given,
    conflicts: over.length > 0 ? withOver(given.conflicts, over) : given.conflicts,
    submissions: shuffled([...given.submissions].sort(byId), roll),
    reviewers: shuffled([...given.reviewers].sort(byId), roll),
  }
  // Reading the conflicts of a large round takes longer than all the rest.
  const apart = keptApart(input)
  const state = standing(input, apart)
  const price = priceOf(input, apart, state.stay)
  const room = bounds(input, state)
  const { pairs, missing } =
    giveDirectly(input, { ...state, price, room }, roll) ?? giveMoving(input, { ...state, price, room }, roll)

  const [works, people] = [input.submissions.length, input.reviewers.length]
  const before = new Set(state.stay.map(({ work, reviewer }) => work * people + reviewer))
  const isAdded = ({ work, reviewer }: DealtPair) => !before.has(work * people + reviewer)
  const joined = joinByAdded(pairs, state.elsewhere, isAdded, {
    works,
    people,
    price,
    room,
    done: state.done,
  })
  const after = new Set(joined.map(({ work, reviewer }) => work * people + reviewer))
  const named = ({ work, reviewer }: DealtPair): Pair => [input.submissions[work]!.id, input.reviewers[reviewer]!.id]
  const load = loads(joined, people, state.done)
  return {
    take: [
      ...state.taken,
      ...state.stay
        .filter(({ work, reviewer }) => !after.has(work * people + reviewer))
        .map((pair) => ({ pair: named(pair), why: 'moved' as const })),
    ].sort((a, b) => byPair(a.pair, b.pair)),
    give: joined.filter(isAdded).map(named).sort(byPair),
    short: missing
      .map(({ work, missing }) => ({ submission: input.submissions[work]!.id, missing }))
      .sort((a, b) => (a.submission < b.submission ? -1 : 1)),
    load: people === 0 ? { min: 0, max: 0 } : { min: Math.min(...load), max: Math.max(...load) },
    connected: isConnected([...joined, ...state.elsewhere], works, people + state.gone),
  }
}

/** Nobody gets a work again whose review by them is over. Never made a list: a large round may have millions of conflicts. */
const withOver = (conflicts: RepairInput['conflicts'], over: readonly ReviewHeld[]): RepairInput['conflicts'] => ({
  *[Symbol.iterator]() {
    yield* conflicts
    for (const { submission, reviewer } of over) yield [reviewer, submission] as const
  },
})

const isOver = (state: ReviewHeld['state']): boolean => state === 'set_aside' || state === 'excused'

const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1)
const byPair = (a: Pair, b: Pair) => (a[0] < b[0] || (a[0] === b[0] && a[1] < b[1]) ? -1 : 1)

type Apart = ReturnType<typeof keptApart>

/** A held review by position; `settled` ones cannot move. */
export type Held = DealtPair & Readonly<{ settled: boolean }>
export type Standing = Readonly<{
  /** Reviews of works and by people that are there. */
  stay: readonly Held[]
  /** Filed reviews of works that are there, by people who are not: numbered after those who are. */
  elsewhere: readonly DealtPair[]
  gone: number
  taken: Repair['take']
  /** Filed reviews each person has of works no longer there, or that were set aside: written, so they count in a load. */
  done: readonly number[]
  /** Reviews each person had before, of whatever work. */
  had: readonly number[]
}>

function standing({ submissions, reviewers, held }: RepairInput, apart: Apart): Standing {
  const works = new Map(submissions.map(({ id }, index) => [id, index]))
  const people = new Map(reviewers.map(({ id }, index) => [id, index]))
  const gone = new Map<string, number>()
  const stay: Held[] = []
  const elsewhere: DealtPair[] = []
  const taken: { pair: Pair; why: TakenWhy }[] = []
  const had = reviewers.map(() => 0)
  const done = reviewers.map(() => 0)
  for (const { submission, reviewer, state } of [...held].sort((a, b) =>
    byPair([a.submission, a.reviewer], [b.submission, b.reviewer]),
  )) {
    const [work, person] = [works.get(submission), people.get(reviewer)]
    if (person !== undefined) had[person]!++
    if (isOver(state)) {
      if (person !== undefined && state === 'set_aside') done[person]!++
      continue
    }
    if (work !== undefined && person !== undefined) {
      if (state !== 'filed' && apart(work, person) !== null) taken.push({ pair: [submission, reviewer], why: 'moved' })
      else stay.push({ work, reviewer: person, settled: state !== 'open' })
    } else if (state !== 'filed')
      taken.push({ pair: [submission, reviewer], why: work === undefined ? 'author_left' : 'reviewer_left' })
    else if (work !== undefined) {
      const number = gone.get(reviewer) ?? gone.size
      gone.set(reviewer, number)
      elsewhere.push({ work, reviewer: reviewers.length + number })
    } else if (person !== undefined) done[person]!++
  }
  return { stay, elsewhere, gone: gone.size, taken, done, had }
}

/** Null for a pair that must not be; 2 for a campus to be avoided, 1 for a role the work's reviewers have already. */
function priceOf(input: RepairInput, apart: Apart, stay: readonly DealtPair[]): PairCost {
  const roles = new Map<number, Set<string>>()
  for (const { work, reviewer } of stay) {
    const { role } = input.reviewers[reviewer]!
    if (role) roles.set(work, (roles.get(work) ?? new Set()).add(role))
  }
  return (work, reviewer) => {
    if (apart(work, reviewer) !== null) return null
    const { campus, role } = input.reviewers[reviewer]!
    const sameCampus = input.sameCampus === 'avoid' && input.submissions[work]!.campuses.includes(campus)
    return (sameCampus ? 2 : 0) + (role && roles.get(work)?.has(role) ? 1 : 0)
  }
}

export type Bounds = Readonly<{ least: number; most: number }>

/**
 * Loads within 1 of k, or of the average n*k/m where people review who handed nothing in. Somebody who was left outside
 * them before is not brought back in by taking reviews from others: only who lost reviews, or never had any, is.
 */
function bounds(
  { submissions, reviewers, reviewsPerSubmission: k }: RepairInput,
  { stay, done, had }: Standing,
): Bounds[] {
  const average = Math.floor((submissions.length * k) / Math.max(1, reviewers.length))
  const now = loads(stay, reviewers.length, done)
  const least = Math.max(0, Math.min(k, average) - 1)
  return reviewers.map((_, r) => ({
    least: had[r] === 0 ? least : Math.min(least, had[r]!),
    most: Math.max(average + 1, now[r]!),
  }))
}
