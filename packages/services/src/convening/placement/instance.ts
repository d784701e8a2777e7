import { areApart, type Party, type PlacementProblem, type Registrant } from '@copractice/core/convening/placement'

/**
 * A problem as numbers, for loops that run a million times. People and parties are rows; times and languages are bits,
 * 32 to a word, `words` words a row.
 */
export type Instance = Readonly<{
  policy: PlacementProblem['policy']
  people: Traits
  parties: Readonly<{
    count: number
    /** Rows of the people of a party. */
    people: readonly (readonly number[])[]
    size: Int32Array
    chairs: Int32Array
    slots: Bits
    languages: Bits
    apart: readonly ReadonlySet<number>[]
  }>
}>

/** Campus, kind and interests of each person, numbered from 0; `campuses`, `interestCount`: how many there are. */
export type Traits = Readonly<{
  count: number
  campus: Int32Array
  kind: Int32Array
  interests: readonly (readonly number[])[]
  campuses: number
  kinds: number
  interestCount: number
  canChair: readonly boolean[]
  slots: Bits
  languages: Bits
  apart: readonly ReadonlySet<number>[]
}>

export type Bits = Readonly<{ words: number; bits: Int32Array; width: number }>

export function compile({ policy, registrants }: PlacementProblem, parties: readonly Party[]): Instance {
  const campus = numbering()
  const kind = numbering()
  const interest = numbering()
  const slot = numbering()
  const language = numbering()
  const row = new Map(registrants.map(({ id }, at) => [id, at]))
  const apart = apartOf(registrants, row)
  const interests = registrants.map((one) => one.interests.map((name) => interest.of(name)))
  const slots = toBits(registrants.map((one) => one.slots.map((name) => slot.of(name))))
  const languages = toBits(registrants.map((one) => one.languages.map((name) => language.of(name))))
  const people = {
    count: registrants.length,
    campus: Int32Array.from(registrants, (one) => campus.of(one.campus)),
    kind: Int32Array.from(registrants, (one) => kind.of(one.affiliation)),
    interests,
    campuses: campus.size(),
    kinds: kind.size(),
    interestCount: interest.size(),
    canChair: registrants.map(({ canChair }) => canChair),
    slots,
    languages,
    apart,
  }
  const members = parties.map((party) => party.map(({ id }) => row.get(id)!))
  const partyOf = new Map(members.flatMap((rows, party) => rows.map((one) => [one, party] as const)))
  return {
    policy,
    people,
    parties: {
      count: parties.length,
      people: members,
      size: Int32Array.from(members, (rows) => rows.length),
      chairs: Int32Array.from(parties, (party) => party.filter(({ canChair }) => canChair).length),
      slots: meet(slots, members),
      languages: meet(languages, members),
      apart: members.map(
        (rows) => new Set(rows.flatMap((one) => [...apart[one]!].flatMap((at) => partyOf.get(at) ?? []))),
      ),
    },
  }
}

/** How many bits two rows have in common, counted up to `enough`. */
export function sharedBits({ words, bits }: Bits, one: number, other: number): number {
  let count = 0
  for (let at = 0; at < words; at++) count += countBits(bits[one * words + at]! & bits[other * words + at]!)
  return count
}

export function countBits(word: number): number {
  let bits = word - ((word >>> 1) & 0x55555555)
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333)
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}

export const hasBit = ({ words, bits }: Bits, row: number, bit: number): boolean =>
  (bits[row * words + (bit >> 5)]! & (1 << (bit & 31))) !== 0

/** The bits of a row, as numbers. */
export function bitsOf(set: Bits, row: number): number[] {
  const found: number[] = []
  for (let bit = 0; bit < set.width; bit++) if (hasBit(set, row, bit)) found.push(bit)
  return found
}

function numbering() {
  const known = new Map<string, number>()
  return {
    of: (name: string) => {
      if (!known.has(name)) known.set(name, known.size)
      return known.get(name)!
    },
    size: () => known.size,
  }
}

function toBits(rows: readonly (readonly number[])[]): Bits {
  const width = rows.reduce((most, row) => row.reduce((last, bit) => Math.max(last, bit + 1), most), 1)
  const words = Math.ceil(width / 32)
  const bits = new Int32Array(rows.length * words)
  for (const [row, set] of rows.entries()) for (const bit of set) bits[row * words + (bit >> 5)]! |= 1 << (bit & 31)
  return { words, bits, width }
}

/** For each group of rows, the bits all of them have. */
function meet({ words, bits, width }: Bits, groups: readonly (readonly number[])[]): Bits {
  const met = new Int32Array(groups.length * words).fill(-1)
  for (const [group, rows] of groups.entries())
    for (const row of rows) for (let at = 0; at < words; at++) met[group * words + at]! &= bits[row * words + at]!
  return { words, bits: met, width }
}

function apartOf(registrants: readonly Registrant[], row: ReadonlyMap<string, number>): Set<number>[] {
  const apart = registrants.map(() => new Set<number>())
  for (const [at, one] of registrants.entries()) {
    for (const other of one.notWith) {
      const there = row.get(other)
      if (there === undefined || !areApart(one, registrants[there]!)) continue
      apart[at]!.add(there)
      apart[there]!.add(at)
    }
  }
  return apart
}
