import {
  allocateReviewers,
  dice,
  repairAllocation,
  type Allocation,
  type AllocationInput,
} from '@copractice/core/review'
import { atLeast, atMost, round, type Check, type Outcome } from './check.ts'

const SIZES = [15, 500, 10_000]
const REVIEWS = 3
/** Of all pairs of a person and a work. */
const CONFLICTS = 0.05
const RUNS = 3

/**
 * Rounds in which everyone hands in and reviews, 5 campuses, the same campus to be avoided, and a conflict with 5 % of
 * the works. Seconds are the middle of 3 runs, the reading of the conflicts included.
 */
export function run(): Outcome {
  const sizes = SIZES.map((people) => measure(people))
  const peakMb = Math.round(process.resourceUsage().maxRSS / 1024)
  const largest = sizes.at(-1)!.figures
  return {
    figures: { rounds: sizes.map(({ figures }) => figures), peakMb },
    checks: [
      ...sizes.flatMap(({ checks }) => checks),
      atMost(`seconds for ${largest.submissions} submissions`, largest.seconds, 2),
      atMost(`seconds for a repair of ${largest.submissions} submissions`, largest.repair.seconds, 2),
      atMost('peak memory of the whole process in MB', peakMb, 500),
    ],
  }
}

type Figures = { submissions: number; seconds: number; repair: { seconds: number; taken: number; given: number } }

function measure(people: number): { figures: Figures; checks: Check[] } {
  const input = makeRound(people)
  const seconds: number[] = []
  let dealt: Allocation | undefined
  for (let i = 0; i < RUNS; i++) {
    const from = performance.now()
    const result = allocateReviewers(input)
    seconds.push((performance.now() - from) / 1000)
    dealt = result.ok ? result.value : undefined
  }
  if (!dealt) throw new Error(`${people} submissions could not be allocated`)

  const gets = Map.groupBy(dealt.pairs, ([work]) => work)
  const figures = {
    submissions: people,
    conflicts: conflictsIn(people),
    seconds: round(seconds.sort((a, b) => a - b)[1]!),
    load: dealt.load,
    sameCampusPairs: dealt.sameCampusPairs,
  }
  const repaired = dropOut(input, dealt, person(Math.floor(people / 2)))
  return {
    figures: { ...figures, repair: repaired.figures },
    checks: [
      ...repaired.checks,
      atMost(`load spread, ${people}`, dealt.load.max - dealt.load.min, 1),
      atMost(`pairs with a conflict or of own work, ${people}`, forbidden(dealt, input), 0),
      atMost(`submissions without exactly ${REVIEWS} different reviewers, ${people}`, miscounted(gets, people), 0),
      atLeast(`connected (1 is yes), ${people}`, isConnected(dealt.pairs, people) ? 1 : 0, 1),
    ],
  }
}

/** One reviewer is away; their work stays. */
function dropOut(input: AllocationInput, { pairs }: Allocation, gone: string) {
  const from = performance.now()
  const repair = repairAllocation({
    ...input,
    reviewers: input.reviewers.filter(({ id }) => id !== gone),
    held: pairs.map(([submission, reviewer]) => ({ submission, reviewer, state: 'open' })),
  })
  const seconds = round((performance.now() - from) / 1000)
  const theirs = pairs.filter(([, reviewer]) => reviewer === gone).length
  const others = repair.take.filter(({ pair: [, reviewer] }) => reviewer !== gone).length
  const all = [...pairs.filter(([, reviewer]) => reviewer !== gone), ...repair.give]
  const size = input.submissions.length
  const now: Allocation = { pairs: all, load: repair.load, connected: repair.connected, sameCampusPairs: 0 }
  return {
    figures: { seconds, taken: repair.take.length, given: repair.give.length },
    checks: [
      atMost(`reviews of others that a drop-out touches, ${size}`, others, 0),
      atMost(`reviews given beyond those of who dropped out, ${size}`, repair.give.length - theirs, 0),
      atMost(`works short after a drop-out, ${size}`, repair.short.length, 0),
      atMost(`works without ${REVIEWS} reviewers after a drop-out, ${size}`, short(now, size), 0),
      atMost(`pairs with a conflict after a drop-out, ${size}`, forbidden(now, input), 0),
      atLeast(`connected after a drop-out (1 is yes), ${size}`, isConnected(all, size) ? 1 : 0, 1),
      atMost(`distance of a load from ${REVIEWS} after a drop-out, ${size}`, farthest(repair.load), 1),
    ],
  }
}

const short = ({ pairs }: Allocation, people: number) =>
  miscounted(
    Map.groupBy(pairs, ([work]) => work),
    people,
  )
const farthest = ({ min, max }: Allocation['load']) => Math.max(REVIEWS - min, max - REVIEWS)

const conflictsIn = (people: number) => Math.round(people * people * CONFLICTS)
const work = (i: number) => `s${i}`
const person = (i: number) => `p${i}`

/** Conflicts are told one after the other rather than kept: millions of pairs would be most of the memory measured. */
function makeRound(people: number): AllocationInput {
  const all = Array.from({ length: people }, (_, i) => ({ work: work(i), person: person(i), campus: 'ABCDE'[i % 5]! }))
  const count = conflictsIn(people)
  return {
    seed: 1,
    reviewsPerSubmission: REVIEWS,
    submissions: all.map(({ work, person, campus }) => ({ id: work, authors: [person], campuses: [campus] })),
    reviewers: all.map(({ person, campus }) => ({ id: person, campus })),
    conflicts: {
      *[Symbol.iterator]() {
        const roll = dice(people)
        for (let i = 0; i < count; i++) {
          const other = Math.floor(roll() * people)
          yield [all[other]!.person, all[Math.floor((i * people) / count)]!.work] as const
        }
      },
    },
    sameCampus: 'avoid',
  }
}

function forbidden({ pairs }: Allocation, { conflicts }: AllocationInput): number {
  const dealt = new Set(pairs.map((pair) => pair.join(' ')))
  const own = pairs.filter(([work, person]) => work.slice(1) === person.slice(1)).length
  const seen = new Set<string>()
  for (const [person, work] of conflicts) if (dealt.has(`${work} ${person}`)) seen.add(`${work} ${person}`)
  return own + seen.size
}

function miscounted(gets: ReadonlyMap<string, readonly (readonly [string, string])[]>, people: number): number {
  const right = [...gets.values()].filter((pairs) => new Set(pairs.map(([, person]) => person)).size === REVIEWS)
  return people - right.filter((pairs) => pairs.length === REVIEWS).length
}

/** Walked here again rather than believed: from one work to all others over shared reviewers. */
function isConnected(pairs: Allocation['pairs'], people: number): boolean {
  const neighbours = new Map<string, string[]>()
  const add = (from: string, to: string) => neighbours.set(from, [...(neighbours.get(from) ?? []), to])
  for (const [work, person] of pairs) {
    add(work, person)
    add(person, work)
  }
  const seen = new Set([work(0)])
  for (const node of seen) for (const next of neighbours.get(node) ?? []) seen.add(next)
  return [...seen].filter((node) => node.startsWith('s')).length === people
}
