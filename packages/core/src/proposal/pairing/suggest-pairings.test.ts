import { describe, expect, it } from 'vitest'
import { localSlots } from './local-slots.ts'
import {
  pairKey,
  type FacilitatorAsked,
  type Pair,
  type PairingProblem,
  type ProposalAsked,
} from './pairing-problem.ts'
import { checkPairing, scoreOf, suggestPairings, type PairingScore } from './suggest-pairings.ts'
import { PAIRING_POINTS } from './weigh-pair.ts'
import { whyNot } from './why-not.ts'

const today = new Date('2027-01-11T12:00:00Z')
/** Monday 11 January 2027, 15:00 in New York. */
const monday = { startsAt: new Date('2027-01-11T20:00:00Z'), endsAt: new Date('2027-01-11T21:30:00Z') }

const facilitator = (id: string, change: Partial<FacilitatorAsked> = {}): FacilitatorAsked => ({
  id,
  languages: ['en'],
  timeZone: 'America/New_York',
  areas: ['Partnerships'],
  slots: ['mon-15', 'mon-16'],
  capacity: 1,
  campus: `campus of ${id}`,
  ...change,
})
const proposal = (id: string, change: Partial<ProposalAsked> = {}): ProposalAsked => ({
  id,
  area: 'Partnerships',
  languages: ['en'],
  timeZone: 'America/New_York',
  meetings: [monday],
  hosts: [],
  chairs: [],
  wants: 1,
  ...change,
})
const problem = (change: Partial<PairingProblem>): PairingProblem => ({
  facilitators: [facilitator('ana')],
  proposals: [proposal('elm')],
  facilitatorWishes: [],
  hostWishes: [],
  closed: [],
  ...change,
})
const said = (facilitatorId: string, proposalId: string, wish: -1 | 1 | 2) => ({ facilitatorId, proposalId, wish })
const suggested = (one: PairingProblem) => suggestPairings(one, today).pairs.map(pairKey).sort()

describe('a suggestion', () => {
  it('says what speaks for a pair, with its points', () => {
    const wishes = { facilitatorWishes: [said('ana', 'elm', 2)], hostWishes: [said('ana', 'elm', 1)] }
    const [pair] = suggestPairings(problem(wishes), today).pairs
    expect(pair!.reasons.map(({ code, points }) => [code, points])).toEqual([
      ['pairing.facilitator_wish', 40],
      ['pairing.host_wish', 20],
      ['pairing.area', PAIRING_POINTS.area],
      ['pairing.availability', 20],
      ['pairing.zone', 10],
      ['pairing.language', 0],
      ['pairing.other_campus', 10],
    ])
    expect(pair!.points).toBe(125)
  })

  it('lets one very glad wish give way where two proposals are served by it', () => {
    const one = problem({
      facilitators: [facilitator('ana'), facilitator('ben', { areas: [] })],
      proposals: [proposal('elm'), proposal('oak', { languages: ['es'] })],
      facilitatorWishes: [said('ana', 'elm', 2)],
    })
    const spanish = { ...one, facilitators: [facilitator('ana', { languages: ['en', 'es'] }), one.facilitators[1]!] }
    expect(suggested(spanish)).toEqual(['ana oak', 'ben elm'])
  })

  it('serves two proposals with one each rather than one with two who would be very glad', () => {
    const one = problem({
      facilitators: [facilitator('ana'), facilitator('ben')],
      proposals: [proposal('elm', { wants: 2 }), proposal('oak')],
      facilitatorWishes: [said('ana', 'elm', 2), said('ben', 'elm', 2)],
    })
    expect(suggestPairings(one, today).objective).toMatchObject({ places: 2, proposals: 2 })
  })

  it('gives everybody one before anybody a second, and the second from another campus', () => {
    const one = problem({
      facilitators: [
        facilitator('ana', { campus: 'r' }),
        facilitator('ben', { campus: 'r' }),
        facilitator('cy', { campus: 'h' }),
      ],
      proposals: [proposal('elm', { wants: 2 }), proposal('oak', { wants: 1 })],
      hostWishes: [said('ana', 'elm', 2), said('ben', 'elm', 2), said('cy', 'elm', 2)],
    })
    const pairs = suggestPairings(one, today)
    expect(pairs.objective).toMatchObject({ places: 3, proposals: 2 })
    expect(checkPairing(one, pairs.pairs, today)).toEqual([])
  })
})

describe('a pair that cannot be', () => {
  it.each([
    [
      'whose facilitator has no place left',
      { facilitators: [facilitator('ana', { capacity: 0 })] },
      'pairing.capacity',
    ],
    ['that wants nobody', { proposals: [proposal('elm', { wants: 0 })] }, 'pairing.wants_none'],
    [
      'the facilitator would rather not',
      { facilitatorWishes: [said('ana', 'elm', -1)] },
      'pairing.facilitator_rather_not',
    ],
    ['the hosts would rather not', { hostWishes: [said('ana', 'elm', -1)] }, 'pairing.hosts_rather_not'],
    ['without a language', { proposals: [proposal('elm', { languages: ['es'] })] }, 'pairing.no_language'],
    ['free for too few meetings', { facilitators: [facilitator('ana', { slots: ['mon-15'] })] }, 'pairing.no_time'],
    ['who chairs it', { proposals: [proposal('elm', { chairs: ['ana'] })] }, 'pairing.is_chair'],
    ['that said no before', { closed: [{ facilitatorId: 'ana', proposalId: 'elm' }] }, 'pairing.said_no'],
  ] as const)('%s is not suggested, and says so', (_what, change, code) => {
    const one = problem(change)
    const suggestion = suggestPairings(one, today)
    expect(suggestion.pairs).toEqual([])
    const pair = { facilitatorId: 'ana', proposalId: 'elm' }
    expect(whyNot(one, suggestion, pair).map((reason) => reason.code)).toEqual([code])
    expect(checkPairing(one, [pair], today)).toMatchObject(
      code === 'pairing.capacity' || code === 'pairing.wants_none' ? [{}, {}] : [{ code: 'pairing.barred' }],
    )
  })
})

it('hours of the week are those of the facilitator’s own clocks, and touch what they touch', () => {
  expect(localSlots(monday.startsAt, monday.endsAt, 'America/New_York')).toEqual(['mon-15', 'mon-16'])
  expect(localSlots(monday.startsAt, monday.endsAt, 'Asia/Tokyo')).toEqual(['tue-05', 'tue-06'])
  const hour = { startsAt: monday.startsAt, endsAt: new Date(+monday.startsAt + 3_600_000) }
  expect(localSlots(hour.startsAt, hour.endsAt, 'America/New_York')).toEqual(['mon-15'])
  expect(localSlots(hour.startsAt, hour.endsAt, 'Asia/Kolkata')).toEqual(['tue-01', 'tue-02'])
})

/** Every pairing there is, for few: the best by places, then proposals, then points. */
function bestByTrying(one: PairingProblem): PairingScore {
  const { weighed } = suggestPairings(one, today)
  const all = one.facilitators.flatMap(({ id }) =>
    one.proposals.map((other) => ({ facilitatorId: id, proposalId: other.id })),
  )
  const open = all.filter((pair) => weighed.get(pairKey(pair))!.bars.length === 0)
  let best: PairingScore = { places: 0, proposals: 0, points: 0 }
  const isBetter = (a: PairingScore, b: PairingScore) =>
    a.places !== b.places
      ? a.places > b.places
      : a.proposals !== b.proposals
        ? a.proposals > b.proposals
        : a.points > b.points
  for (let subset = 0; subset < 2 ** open.length; subset++) {
    const pairs = open.filter((_, at) => (subset >> at) & 1)
    if (checkPairing(one, pairs, today).length) continue
    const score = scoreOf(pairs, weighed)
    if (isBetter(score, best)) best = score
  }
  return best
}

/** Problems of dice that anybody can throw again (mulberry32). */
function thrown(seed: number) {
  let state = seed
  const unit = () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
  const below = (n: number) => Math.floor(unit() * n)
  const some = <T>(items: readonly T[]) => items.filter(() => unit() < 0.6)
  const facilitators = Array.from({ length: 1 + below(4) }, (_, at) =>
    facilitator(`f${at}`, {
      capacity: below(3),
      languages: some(['en', 'es']),
      areas: some(['Partnerships', 'Equity']),
      slots: unit() < 0.8 ? ['mon-15', 'mon-16'] : ['mon-15'],
      campus: unit() < 0.3 ? null : `c${below(2)}`,
      timeZone: unit() < 0.8 ? 'America/New_York' : 'America/Chicago',
    }),
  )
  const proposals = Array.from({ length: 1 + below(3) }, (_, at) =>
    proposal(`p${at}`, {
      wants: below(3),
      languages: some(['en', 'es']),
      area: ['Partnerships', 'Equity', ''][below(3)]!,
      meetings: unit() < 0.3 ? [] : [monday],
      hosts: some(['c0', 'c1']),
    }),
  )
  const wishes = facilitators.flatMap(({ id }) =>
    proposals.map((other) => said(id, other.id, ([-1, 1, 2] as const)[below(3)]!)),
  )
  return problem({ facilitators, proposals, facilitatorWishes: some(wishes), hostWishes: some(wishes) })
}

describe('200 problems of dice', () => {
  const problems = Array.from({ length: 200 }, (_, seed) => thrown(seed))

  it('never break a capacity, a want, a campus or a bar, and answer alike each time', () => {
    for (const one of problems) {
      const { pairs } = suggestPairings(one, today)
      expect(checkPairing(one, pairs, today)).toEqual([])
      expect(suggestPairings(one, today).pairs).toEqual(pairs)
    }
  })

  it('are solved as well as by trying everything', () => {
    for (const one of problems) expect(suggestPairings(one, today).objective).toEqual(bestByTrying(one))
  })

  it('leave no pair without a reason', () => {
    for (const one of problems) {
      const suggestion = suggestPairings(one, today)
      const isPaired = (pair: Pair) => suggestion.pairs.some((other) => pairKey(other) === pairKey(pair))
      for (const { id: facilitatorId } of one.facilitators) {
        for (const { id: proposalId } of one.proposals) {
          const pair = { facilitatorId, proposalId }
          expect([pair, whyNot(one, suggestion, pair).length === 0]).toEqual([pair, isPaired(pair)])
        }
      }
    }
  })
})

it('a hundred facilitators and fifty proposals are paired within a second or two', () => {
  const facilitators = Array.from({ length: 100 }, (_, at) =>
    facilitator(`f${at}`, { campus: `c${at % 12}`, capacity: 1 + (at % 2) }),
  )
  const proposals = Array.from({ length: 50 }, (_, at) => proposal(`p${at}`, { wants: 2 }))
  const one = problem({ facilitators, proposals })
  const { objective, pairs } = suggestPairings(one, today)
  expect(objective).toMatchObject({ places: 100, proposals: 50 })
  expect(checkPairing(one, pairs, today)).toEqual([])
})
