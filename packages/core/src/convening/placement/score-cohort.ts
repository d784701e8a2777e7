import type { Cohorts, PlacementProblem, Registrant } from './problem.ts'

/**
 * What a placement is worth: the sum over everybody placed of these points. Nobody without a place earns any.
 * Places come first: one more person placed outweighs all the comfort (everything else, 40 at most) of 25 others, more
 * than a change that makes room for somebody ever moves. Nobody's comfort falls when somebody joins their cohort, so a
 * free seat is never kept empty for the sake of those seated.
 */
export const PLACEMENT_POINTS = {
  /** A place at all. */
  placed: 1000,
  /** At least one other person of one's own campus: nobody the only one of their campus. */
  campusCompany: 10,
  /** At least one other person of one's own kind (affiliation): nobody the only one of their kind. */
  kindCompany: 10,
  /** Each campus in the cohort beside the first, up to `campusMixMost` of them. */
  campusMix: 2,
  campusMixMost: 4,
  /** Each kind in the cohort beside the first, up to `kindMixMost` of them. */
  kindMix: 2,
  kindMixMost: 2,
  /** Each other person who shares the interest one shares with most of the cohort, up to `interestMost` of them. */
  interest: 2,
  interestMost: 4,
} as const

/** One person's points, by what they are for. */
export type Points = Readonly<{
  placed: number
  campusCompany: number
  kindCompany: number
  campusMix: number
  kindMix: number
  interest: number
}>

type Traits = Pick<Registrant, 'id' | 'campus' | 'affiliation' | 'interests'>

/** The points of one member of a cohort; `members` includes them. */
export function pointsOf(person: Traits, members: readonly Traits[]): Points {
  const others = members.filter(({ id }) => id !== person.id)
  const distinct = (pick: (one: Traits) => string) => new Set(members.map(pick)).size
  const sharing = person.interests.map((interest) => others.filter((one) => one.interests.includes(interest)).length)
  const weigh = PLACEMENT_POINTS
  return {
    placed: weigh.placed,
    campusCompany: others.some(({ campus }) => campus === person.campus) ? weigh.campusCompany : 0,
    kindCompany: others.some(({ affiliation }) => affiliation === person.affiliation) ? weigh.kindCompany : 0,
    campusMix: weigh.campusMix * Math.min(weigh.campusMixMost, distinct(({ campus }) => campus) - 1),
    kindMix: weigh.kindMix * Math.min(weigh.kindMixMost, distinct(({ affiliation }) => affiliation) - 1),
    interest: weigh.interest * Math.min(weigh.interestMost, Math.max(0, ...sharing)),
  }
}

/** All points of one person together. */
export const sumPoints = (points: Points): number => Object.values(points).reduce((sum, part) => sum + part, 0)

/** The points of a whole cohort. */
export const scoreCohort = (members: readonly Traits[]): number =>
  members.reduce((sum, person) => sum + sumPoints(pointsOf(person, members)), 0)

/** The objective of a placement. Members the problem does not know earn nothing; `checkPlacement` names them. */
export function scorePlacement({ registrants }: PlacementProblem, cohorts: Cohorts): number {
  const byId = new Map(registrants.map((person) => [person.id, person]))
  return cohorts.reduce((sum, { members }) => sum + scoreCohort(members.flatMap((id) => byId.get(id) ?? [])), 0)
}
