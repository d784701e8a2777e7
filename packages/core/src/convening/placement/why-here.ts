import { ok, refuse } from '../../kernel/result.ts'
import type { Cohorts, PlacementProblem } from './problem.ts'
import { pointsOf, scoreCohort, type Points } from './score-cohort.ts'
import { areApart, seatingOf, seatParty } from './seat-party.ts'
import { wishedFor } from './settle-wishes.ts'

/** What would become of a move: `change` is points of the whole placement; a `block` is the rule that forbids it. */
type Elsewhere = Readonly<{
  cohort: number
  sharedNow: number
  sharedThen: number
  change: number
  block: `placement.${'full' | 'times' | 'language' | 'apart' | 'with' | 'minimum' | 'chair'}` | null
}>

/** Why somebody sits where they sit. Interests and languages come with how many others of the cohort share them. */
type Here = Readonly<{
  cohort: number
  isChair: boolean
  sharedSlots: number
  othersOfCampus: number
  othersOfKind: number
  interests: readonly Readonly<{ name: string; others: number }>[]
  languages: readonly Readonly<{ name: string; others: number }>[]
  wishedForHere: number
  /** Wishes to be apart, from either side, that are kept. Whose they are is not told. */
  apartKept: number
  points: Points
  elsewhere: readonly Elsewhere[]
}>

/**
 * Why `id` is in their cohort, and for each other cohort what moving them there would mean, by the rules of where they
 * leave and where they go. Refuses `placement.not_placed`.
 */
export function whyHere({ policy, registrants }: PlacementProblem, cohorts: Cohorts, id: string) {
  const byId = new Map(registrants.map((person) => [person.id, person]))
  const people = cohorts.map(({ members }) => members.flatMap((one) => byId.get(one) ?? []))
  const cohort = people.findIndex((members) => members.some((one) => one.id === id))
  const person = byId.get(id)
  if (!person || cohort === -1) return refuse('placement.not_placed', {})
  const members = people[cohort]!
  const others = members.filter((one) => one !== person)
  const seatings = people.map((some) => seatingOf(some))
  const count = (names: readonly string[], pick: 'interests' | 'languages') =>
    names.map((name) => ({ name, others: others.filter((one) => one[pick].includes(name)).length }))

  const leaveBlock = (): Elsewhere['block'] => {
    if (others.length < policy.minimum) return 'placement.minimum'
    if (!others.some(({ canChair }) => canChair)) return 'placement.chair'
    const isTied = wishedFor(person, byId).length > 1 || others.some((one) => one.with.includes(id))
    return isTied ? 'placement.with' : null
  }
  const stay = leaveBlock()
  const move = (to: number): Elsewhere => {
    const there = seatings[to]!
    const fits = seatParty(there, [person], policy)
    const before = scoreCohort(members) + scoreCohort(there.members)
    return {
      cohort: to,
      sharedNow: there.slots.length,
      sharedThen: there.slots.filter((slot) => person.slots.includes(slot)).length,
      change: scoreCohort(others) + scoreCohort([...there.members, person]) - before,
      block: fits.ok ? stay : fits.refusal.code,
    }
  }
  return ok({
    cohort,
    isChair: cohorts[cohort]!.chair === id,
    sharedSlots: seatings[cohort]!.slots.length,
    othersOfCampus: others.filter(({ campus }) => campus === person.campus).length,
    othersOfKind: others.filter(({ affiliation }) => affiliation === person.affiliation).length,
    interests: count(person.interests, 'interests'),
    languages: count(person.languages, 'languages'),
    wishedForHere: others.filter((one) => person.with.includes(one.id)).length,
    apartKept: registrants.filter((one) => one !== person && !members.includes(one) && areApart(person, one)).length,
    points: pointsOf(person, members),
    elsewhere: [...seatings.keys()].filter((at) => at !== cohort).map(move),
  } satisfies Here)
}
