import * as z from 'zod'
import { localSlots } from './local-slots.ts'
import {
  pairKey,
  type FacilitatorAsked,
  type PairingProblem,
  type ProposalAsked,
  type Wish,
} from './pairing-problem.ts'

/** What speaks for a pair, each with its points; whole numbers, so that sums are exact. */
export const PAIRING_POINTS = {
  facilitatorWish: { 1: 20, 2: 40 },
  hostWish: { 1: 20, 2: 40 },
  area: 25,
  /** All meetings free; a share of them has its share. */
  availability: 20,
  /** The same clock; one hour of difference takes `zoneHour`. */
  zone: 10,
  zoneHour: 2,
  otherCampus: 10,
} as const

/** Fewer than this share of the meetings free: they cannot facilitate it. */
const FREE_AT_LEAST = 0.5

const facts = <Code extends string, Facts extends z.ZodType>(code: Code, shape: Facts) =>
  z.object({ code: z.literal(code), facts: shape })
const Share = z.object({ free: z.int(), meetings: z.int() })
const wish = z.union([z.literal(1), z.literal(2)])

/** Why two go together, with the points each reason brings. */
export const PairingReason = z.discriminatedUnion('code', [
  facts('pairing.facilitator_wish', z.object({ wish })).extend({ points: z.int() }),
  facts('pairing.host_wish', z.object({ wish })).extend({ points: z.int() }),
  facts('pairing.area', z.object({ area: z.string() })).extend({ points: z.int() }),
  facts('pairing.availability', Share).extend({ points: z.int() }),
  facts('pairing.zone', z.object({ hours: z.number() })).extend({ points: z.int() }),
  facts('pairing.language', z.object({ languages: z.array(z.string()) })).extend({ points: z.int() }),
  facts('pairing.other_campus', z.object({})).extend({ points: z.int() }),
])
export type PairingReason = z.infer<typeof PairingReason>

/** Why two cannot go together, whatever else speaks for it. */
export const PairingBar = z.discriminatedUnion('code', [
  facts('pairing.capacity', z.object({})),
  facts('pairing.wants_none', z.object({})),
  facts('pairing.facilitator_rather_not', z.object({})),
  facts('pairing.hosts_rather_not', z.object({})),
  facts('pairing.no_language', z.object({ theirs: z.array(z.string()), needed: z.array(z.string()) })),
  facts('pairing.no_time', Share),
  facts('pairing.is_chair', z.object({})),
  facts('pairing.said_no', z.object({})),
])
export type PairingBar = z.infer<typeof PairingBar>

export type Weighed = Readonly<{ bars: readonly PairingBar[]; reasons: readonly PairingReason[]; points: number }>

const HOUR = 3_600_000
const alike = (text: string) => text.trim().toLowerCase()

const clocks = new Map<string, Intl.DateTimeFormat>()

/** The clock of a zone at an instant, as milliseconds of a clock without a zone. */
function clockAt(timeZone: string, at: Date): number {
  let format = clocks.get(timeZone)
  if (!format) {
    const digits = { year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric' } as const
    format = new Intl.DateTimeFormat('en', { timeZone, hourCycle: 'h23', ...digits })
    clocks.set(timeZone, format)
  }
  const part = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]))
  return Date.UTC(part['year']!, part['month']! - 1, part['day'], part['hour'], part['minute'])
}

/** Hours between two zones' clocks at an instant. */
const hoursApart = (one: string, other: string, at: Date): number =>
  one === other ? 0 : Math.abs(clockAt(one, at) - clockAt(other, at)) / HOUR

/** The wishes and refusals of a problem by pair, read once. */
export function readWishes(problem: PairingProblem) {
  const map = (said: PairingProblem['hostWishes']) => new Map(said.map((one) => [pairKey(one), one.wish]))
  return {
    facilitator: map(problem.facilitatorWishes),
    host: map(problem.hostWishes),
    closed: new Set(problem.closed.map(pairKey)),
  }
}
type Wishes = ReturnType<typeof readWishes>

/** Everything that speaks for and against one pair. */
export function weighPair(
  facilitator: FacilitatorAsked,
  proposal: ProposalAsked,
  wishes: Wishes,
  today: Date,
): Weighed {
  const key = pairKey({ facilitatorId: facilitator.id, proposalId: proposal.id })
  const theirs = wishes.facilitator.get(key)
  const hosts = wishes.host.get(key)
  const shared = proposal.languages.filter((language) =>
    facilitator.languages.some((other) => alike(other) === alike(language)),
  )
  const free = proposal.meetings.filter(({ startsAt, endsAt }) =>
    localSlots(startsAt, endsAt, facilitator.timeZone).every((slot) => facilitator.slots.includes(slot)),
  ).length
  const meetings = proposal.meetings.length
  const bars: PairingBar[] = []
  const bar = (holds: boolean, one: PairingBar) => void (holds && bars.push(one))
  bar(facilitator.capacity < 1, { code: 'pairing.capacity', facts: {} })
  bar(proposal.wants < 1, { code: 'pairing.wants_none', facts: {} })
  bar(theirs === -1, { code: 'pairing.facilitator_rather_not', facts: {} })
  bar(hosts === -1, { code: 'pairing.hosts_rather_not', facts: {} })
  bar(proposal.languages.length > 0 && !shared.length, {
    code: 'pairing.no_language',
    facts: { theirs: [...facilitator.languages], needed: [...proposal.languages] },
  })
  bar(meetings > 0 && free < FREE_AT_LEAST * meetings, { code: 'pairing.no_time', facts: { free, meetings } })
  bar(proposal.chairs.includes(facilitator.id), { code: 'pairing.is_chair', facts: {} })
  bar(wishes.closed.has(key), { code: 'pairing.said_no', facts: {} })

  const hours = hoursApart(facilitator.timeZone, proposal.timeZone, proposal.meetings[0]?.startsAt ?? today)
  const hasArea = proposal.area !== '' && facilitator.areas.some((area) => alike(area) === alike(proposal.area))
  const reasons: PairingReason[] = [
    ...wishReason('pairing.facilitator_wish', theirs, PAIRING_POINTS.facilitatorWish),
    ...wishReason('pairing.host_wish', hosts, PAIRING_POINTS.hostWish),
    ...(hasArea
      ? [{ code: 'pairing.area' as const, facts: { area: proposal.area }, points: PAIRING_POINTS.area }]
      : []),
    ...(meetings
      ? [
          {
            code: 'pairing.availability' as const,
            facts: { free, meetings },
            points: Math.round((PAIRING_POINTS.availability * free) / meetings),
          },
        ]
      : []),
    {
      code: 'pairing.zone',
      facts: { hours },
      points: Math.max(0, Math.round(PAIRING_POINTS.zone - PAIRING_POINTS.zoneHour * hours)),
    },
    ...(shared.length ? [{ code: 'pairing.language' as const, facts: { languages: shared }, points: 0 }] : []),
    ...(facilitator.campus !== null && !proposal.hosts.includes(facilitator.campus)
      ? [{ code: 'pairing.other_campus' as const, facts: {}, points: PAIRING_POINTS.otherCampus }]
      : []),
  ]
  return { bars, reasons, points: reasons.reduce((sum, { points }) => sum + points, 0) }
}

const wishReason = (
  code: 'pairing.facilitator_wish' | 'pairing.host_wish',
  said: Wish | undefined,
  points: Readonly<Record<1 | 2, number>>,
) => (said === 1 || said === 2 ? [{ code, facts: { wish: said }, points: points[said] }] : [])
