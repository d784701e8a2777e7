import type { Dice } from './dice.ts'
import { sharedBits, type Instance } from './instance.ts'

/** For each party: how many others could sit beside it, and a sample of them to try first. */
export type Acquaintance = Readonly<{
  reach: Int32Array
  ofCampus: readonly (readonly number[])[]
  ofInterest: readonly (readonly number[])[]
  any: readonly (readonly number[])[]
}>

const SAMPLE = 32
/** Above this many parties each meets a sample of the others, so that time grows with their number, not its square. */
const MEETS = 6000

/** Whether two parties could sit in one cohort: enough times and a language in common, nobody apart. */
export function couldSit({ policy, parties }: Instance, one: number, other: number): boolean {
  return (
    sharedBits(parties.slots, one, other) >= policy.commonSlots &&
    sharedBits(parties.languages, one, other) > 0 &&
    !parties.apart[one]!.has(other)
  )
}

export function acquaint(instance: Instance, dice: Dice): Acquaintance {
  const { parties, people } = instance
  const lists = () => Array.from({ length: parties.count }, () => [] as number[])
  const reach = new Int32Array(parties.count)
  const [ofCampus, ofInterest, any] = [lists(), lists(), lists()]
  const campuses = parties.people.map((rows) => new Set(rows.map((row) => people.campus[row]!)))
  const interests = parties.people.map((rows) => new Set(rows.flatMap((row) => people.interests[row]!)))
  const keep = (list: number[], met: number, other: number) => {
    if (list.length < SAMPLE) return void list.push(other)
    const at = dice.throwBelow(met)
    if (at < SAMPLE) list[at] = other
  }
  const isAll = parties.count <= MEETS
  for (let one = 0; one < parties.count; one++) {
    let metCampus = 0
    let metInterest = 0
    for (let step = 0; step < Math.min(MEETS, parties.count); step++) {
      const other = isAll ? step : dice.throwBelow(parties.count)
      if (other === one || !couldSit(instance, one, other)) continue
      keep(any[one]!, ++reach[one]!, other)
      if (overlap(campuses[one]!, campuses[other]!)) keep(ofCampus[one]!, ++metCampus, other)
      if (overlap(interests[one]!, interests[other]!)) keep(ofInterest[one]!, ++metInterest, other)
    }
  }
  return { reach, ofCampus, ofInterest, any }
}

function overlap(one: ReadonlySet<number>, other: ReadonlySet<number>): boolean {
  for (const item of one) if (other.has(item)) return true
  return false
}
