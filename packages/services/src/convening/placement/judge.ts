import { PLACEMENT_POINTS } from '@copractice/core/convening/placement'
import { countBits, type Instance } from './instance.ts'

/** Points of a set of parties as a cohort, or -1 if as a cohort it would break a rule. */
export type Judge = (parties: readonly number[]) => number

/** Makes the judge of an instance. The same points as core's `scoreCohort`, which a test holds it to, some fifty times faster. */
export function judgeOf({ policy, people, parties }: Instance): Judge {
  const { campus, kind, interests } = people
  const { slots, languages, size, chairs, apart } = parties
  const slotsMet = new Int32Array(slots.words)
  const languagesMet = new Int32Array(languages.words)
  const atCampus = new Int32Array(people.campuses)
  const ofKind = new Int32Array(people.kinds)
  const ofInterest = new Int32Array(people.interestCount)
  const weigh = PLACEMENT_POINTS

  const meet = (met: Int32Array, { words, bits }: { words: number; bits: Int32Array }, members: readonly number[]) => {
    let count = 0
    for (let at = 0; at < words; at++) {
      let word = -1
      for (const party of members) word &= bits[party * words + at]!
      met[at] = word
      count += countBits(word)
    }
    return count
  }
  const holds = (members: readonly number[]): boolean => {
    let seats = 0
    let chaired = 0
    for (const party of members) {
      seats += size[party]!
      chaired += chairs[party]!
    }
    if (seats > policy.seats || seats < policy.minimum || chaired === 0) return false
    if (meet(slotsMet, slots, members) < policy.commonSlots) return false
    if (meet(languagesMet, languages, members) === 0) return false
    return members.every((party) => apart[party]!.size === 0 || !members.some((other) => apart[party]!.has(other)))
  }

  return (members) => {
    if (!holds(members)) return -1
    let seated = 0
    let campuses = 0
    let kinds = 0
    for (const party of members) {
      for (const person of parties.people[party]!) {
        seated++
        if (atCampus[campus[person]!]!++ === 0) campuses++
        if (ofKind[kind[person]!]!++ === 0) kinds++
        for (const interest of interests[person]!) ofInterest[interest]!++
      }
    }
    let points =
      seated *
      (weigh.placed +
        weigh.campusMix * Math.min(weigh.campusMixMost, campuses - 1) +
        weigh.kindMix * Math.min(weigh.kindMixMost, kinds - 1))
    for (const party of members) {
      for (const person of parties.people[party]!) {
        if (atCampus[campus[person]!]! > 1) points += weigh.campusCompany
        if (ofKind[kind[person]!]! > 1) points += weigh.kindCompany
        let sharing = 0
        for (const interest of interests[person]!) sharing = Math.max(sharing, ofInterest[interest]! - 1)
        points += weigh.interest * Math.min(weigh.interestMost, sharing)
      }
    }
    for (const party of members) {
      for (const person of parties.people[party]!) {
        atCampus[campus[person]!] = 0
        ofKind[kind[person]!] = 0
        for (const interest of interests[person]!) ofInterest[interest] = 0
      }
    }
    return points
  }
}
