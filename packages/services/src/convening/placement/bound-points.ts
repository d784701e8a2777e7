import {
  companySearch,
  PLACEMENT_POINTS,
  wishedFor,
  type PlacementProblem,
  type settleWishes,
} from '@copractice/core/convening/placement'
import { sharedBits, type Instance } from './instance.ts'

/**
 * The most points each person could have in any placement, by row. 0 for those proven to be without a place always: a
 * wish that cannot be kept, or no set of times and language that keeps them, a chair and the minimum together. For the
 * others every part of the points is the best that anybody they could sit beside allows, each part by itself.
 * `sum` of these bounds the objective from above, as does the sum over the most seats that chairs can open.
 */
export function boundPoints(
  problem: PlacementProblem,
  { people }: Instance,
  hopeless: ReturnType<typeof settleWishes>['hopeless'],
) {
  const { policy, registrants } = problem
  const byId = new Map(registrants.map((person) => [person.id, person]))
  const search = companySearch(problem)
  const isLost = registrants.map((person) => {
    const why = hopeless.get(person.id)
    if (why && why.code !== 'placement.wishes_clash') return true
    return !search(wishedFor(person, byId)).possible
  })
  const couldMeet = (one: number, other: number) =>
    one !== other &&
    !isLost[other] &&
    sharedBits(people.slots, one, other) >= policy.commonSlots &&
    sharedBits(people.languages, one, other) > 0 &&
    !people.apart[one]!.has(other)

  const most = Float64Array.from(registrants, (_, row) =>
    isLost[row] ? 0 : mostPoints(people, policy.seats, row, couldMeet),
  )
  const open = most.filter((points) => points > 0)
  const chairs = registrants.filter(({ canChair }, row) => canChair && most[row]! > 0).length
  const cohorts = Math.min(chairs, Math.floor(open.length / policy.minimum))
  const best = [...open].sort((a, b) => b - a).slice(0, cohorts * policy.seats)
  return { most, cohorts, sum: best.reduce((sum, points) => sum + points, 0), places: best.length }
}

/** A person's best points part by part; stops looking once every part is at its most. */
function mostPoints(
  people: Instance['people'],
  seats: number,
  row: number,
  couldMeet: (one: number, other: number) => boolean,
): number {
  const weigh = PLACEMENT_POINTS
  const others = seats - 1
  const campuses = new Set([people.campus[row]!])
  const kinds = new Set([people.kind[row]!])
  const mine = people.interests[row]!
  const sharing = new Map(mine.map((interest) => [interest, 0]))
  const aims = {
    campuses: Math.min(weigh.campusMixMost, people.campuses - 1, others),
    kinds: Math.min(weigh.kindMixMost, people.kinds - 1, others),
    interest: mine.length ? Math.min(weigh.interestMost, others) : 0,
  }
  let ofCampus = 0
  let ofKind = 0
  let interest = 0
  for (let other = 0; other < people.count; other++) {
    if (!couldMeet(row, other)) continue
    campuses.add(people.campus[other]!)
    kinds.add(people.kind[other]!)
    if (people.campus[other] === people.campus[row]) ofCampus = 1
    if (people.kind[other] === people.kind[row]) ofKind = 1
    for (const one of people.interests[other]!) {
      if (!sharing.has(one)) continue
      const count = sharing.get(one)! + 1
      sharing.set(one, count)
      interest = Math.max(interest, count)
    }
    const isFull = ofCampus && ofKind && campuses.size > aims.campuses && kinds.size > aims.kinds
    if (isFull && interest >= aims.interest) break
  }
  return (
    weigh.placed +
    weigh.campusCompany * ofCampus +
    weigh.kindCompany * ofKind +
    weigh.campusMix * Math.min(aims.campuses, campuses.size - 1) +
    weigh.kindMix * Math.min(aims.kinds, kinds.size - 1) +
    weigh.interest * Math.min(aims.interest, interest)
  )
}
