import { expect, it } from 'vitest'
import type { Candidate } from '../cohort/create-cohort.ts'
import { InstitutionId, PersonId, RegionId } from '../kernel/ids.ts'
import { USUAL_LIMITS } from '../programme/policy.ts'
import { checkProposal, cohortDraftOf, dealChairs, type Host, type ProposalContext } from './check-proposal.ts'
import { emptyBody, type ProposalBody } from './proposal-body.ts'

const uuid = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
const riverside = InstitutionId.parse(uuid(1))
const hillside = InstitutionId.parse(uuid(2))
const chair = PersonId.parse(uuid(11))
const facilitator = PersonId.parse(uuid(12))
const host = (id: InstitutionId, change: Partial<Host> = {}): Host => ({
  id,
  name: id === riverside ? 'Riverside' : 'Hillside',
  kind: 'campus',
  isMember: true,
  ...change,
})
const tie = { institutionId: hillside, kind: 'staff', institution: 'campus', isMember: true } as const
const person = (id: PersonId): [string, Candidate] => [id, { id, name: 'Gwen', affiliations: [tie] }]
const meeting = (n: number, change: Partial<ProposalBody['meetings'][number]> = {}) => ({
  title: `Meeting ${n + 1}`,
  date: `2027-0${2 + Math.floor(n / 2)}-${n % 2 ? '16' : '02'}`,
  startTime: '15:00',
  minutes: 90,
  place: 'Kitchen',
  joinUrl: '',
  ...change,
})
const bodyOf = (change: Partial<ProposalBody> = {}): ProposalBody => ({
  ...emptyBody('America/Chicago'),
  title: 'Food systems',
  area: 'Community Partnerships',
  startsOn: '2027-02-01',
  endsOn: '2027-05-01',
  meetings: Array.from({ length: 6 }, (_, n) => meeting(n)),
  facilitators: [facilitator],
  chairs: [chair],
  democratic: 'Turns go round the table.',
  inclusive: 'Anybody may hold a meeting.',
  charter: { domain: 'Food', community: 'Kitchens', practice: 'Cases' },
  ...change,
})
const contextOf = (change: Partial<ProposalContext> = {}): ProposalContext => ({
  regionId: RegionId.parse(uuid(3)),
  hosts: [host(riverside), host(hillside)],
  limits: USUAL_LIMITS,
  people: new Map([person(chair), person(facilitator)]),
  isNameTaken: false,
  areas: ['Community Partnerships', 'Partnerships', 'Equity & Inclusion'],
  callArea: null,
  submissionDeadline: null,
  instantOf: (date, time) => new Date(`${date}T${time}:00-06:00`),
  isDeciding: false,
  ...change,
})
const codes = (body: ProposalBody, context = contextOf()) => checkProposal(body, context).map(({ code }) => code)
const of = (body: ProposalBody, code: string, context = contextOf()) =>
  checkProposal(body, context).find((finding) => finding.code === code)

it('has nothing to say about a proposal as the network wants it', () => {
  expect(codes(bodyOf())).toEqual([])
})

it('says of an empty draft everything that is missing, and pays nobody', () => {
  expect(codes(emptyBody('Europe/Amsterdam'), contextOf({ hosts: [] }))).toEqual([
    'proposal.title',
    'proposal.member',
    'proposal.competency_area',
    'charter.three_parts',
    'proposal.voice',
    'proposal.facilitators',
    'proposal.dates',
    'cohort.chair',
    'schedule.meetings',
  ])
  expect(JSON.stringify(bodyOf())).not.toMatch(/price|pay|fee|cost|honorari/i)
})

it.each([
  ['a campus that is no member', [host(riverside, { isMember: false }), host(hillside)], ['Riverside'], 1],
  ['a local government alone', [host(riverside, { kind: 'local_government', isMember: false })], [], 0],
  ['a partner organisation alone', [host(riverside, { kind: 'partner', isMember: false })], [], 0],
] as const)('takes no proposal from %s', (_who, hosts, strangers, members) => {
  expect(of(bodyOf(), 'proposal.member', contextOf({ hosts }))?.facts).toEqual({ strangers, members })
})

it.each([
  ['a state or regional office alone', [host(riverside, { kind: 'office', isMember: false })]],
  [
    'an office with a partner organisation',
    [host(riverside, { kind: 'office', isMember: false }), host(hillside, { kind: 'partner', isMember: false })],
  ],
] as const)('takes a proposal from %s', (_who, hosts) => {
  expect(of(bodyOf(), 'proposal.member', contextOf({ hosts }))).toBeUndefined()
})

it('takes no campus that is no member from an office’s side either', () => {
  const hosts = [host(riverside, { kind: 'office', isMember: false }), host(hillside, { isMember: false })]
  expect(of(bodyOf(), 'proposal.member', contextOf({ hosts }))?.facts).toEqual({ strangers: ['Hillside'], members: 1 })
})

it('lets a partner organisation join a member', () => {
  const hosts = [host(riverside), host(hillside, { kind: 'partner', isMember: false })]
  expect(codes(bodyOf(), contextOf({ hosts }))).toEqual([])
})

it.each([
  ['', null, []],
  ['Community Partnerships and Equity & Inclusion', null, ['Community Partnerships', 'Equity & Inclusion']],
  ['Equity & Inclusion', 'Community Partnerships', ['Equity & Inclusion']],
])('blocks area “%s” where the call asks for %s', (area, callArea, named) => {
  expect(of(bodyOf({ area }), 'proposal.competency_area', contextOf({ callArea }))?.facts).toEqual({
    named,
    asked: callArea,
  })
})

it('takes an area that is the network’s own, and one that holds the name of another', () => {
  expect(codes(bodyOf({ area: 'Anti-Racism' }))).toEqual([])
  expect(codes(bodyOf({ area: 'community partnerships' }), contextOf({ callArea: 'Community Partnerships' }))).toEqual(
    [],
  )
})

it('counts meetings from 1 that have no date, lie outside the dates, join nowhere or meet nowhere', () => {
  const meetings = bodyOf().meetings.map((one, n) => ({
    ...one,
    ...(n === 1 && { startTime: null }),
    ...(n === 2 && { date: '2027-06-01' }),
    ...(n === 3 && { joinUrl: 'zoom' }),
    ...(n === 4 && { place: ' ' }),
  }))
  const findings = checkProposal(bodyOf({ meetings }), contextOf())
  expect(findings.map(({ code, facts }) => [code, 'meetings' in facts ? facts.meetings : facts])).toEqual([
    ['proposal.dates', { missing: [], isBackwards: false, outside: [3] }],
    ['meeting.undated', [2]],
    ['meeting.join_url', [4]],
    ['meeting.place', [5]],
  ])
})

it('blocks a last meeting 13 days before the deadline and none at 14', () => {
  const last = contextOf().instantOf('2027-04-16', '16:30').getTime()
  const at = (days: number) => contextOf({ submissionDeadline: new Date(last + days * 86_400_000) })
  expect(codes(bodyOf(), at(14))).toEqual([])
  expect(of(bodyOf(), 'schedule.before_deadline', at(13))).toMatchObject({
    strength: 'block',
    facts: { daysBefore: 13 },
  })
})

it('misses facilitators at once where they are the hosts’ own, and only when deciding where we look for them', () => {
  const looking = bodyOf({ facilitation: 'pair_us', facilitators: [] })
  expect(codes(bodyOf({ facilitators: [] }))).toEqual(['proposal.facilitators'])
  expect(codes(looking)).toEqual([])
  expect(of(looking, 'proposal.facilitators', contextOf({ isDeciding: true }))?.strength).toBe('warn')
})

it('asks a chair for each cohort and deals them in turn', () => {
  const two = bodyOf({ cohorts: 2 })
  expect(of(two, 'cohort.chair')?.facts).toEqual({ chairs: 1, needed: 2 })
  const chairs = [chair, facilitator, PersonId.parse(uuid(13))]
  expect(dealChairs({ cohorts: 2, chairs })).toEqual([[chairs[0], chairs[2]], [chairs[1]]])
})

it('seats whoever leads from the host they are tied to, and nobody twice', () => {
  const draft = cohortDraftOf(bodyOf({ facilitators: [chair, facilitator] }), contextOf(), [chair])
  expect(draft.seats.map(({ personId, institutionId, kind }) => [personId, institutionId, kind])).toEqual([
    [chair, hillside, 'chair'],
    [facilitator, hillside, 'facilitator'],
  ])
})
