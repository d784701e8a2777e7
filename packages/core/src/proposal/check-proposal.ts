import type { CohortDraft } from '../cohort/create-cohort-contract.ts'
import { checkCohort, type Candidate } from '../cohort/create-cohort.ts'
import { isEligible } from '../cohort/is-eligible.ts'
import type { InstitutionKind } from '../directory/institution-kind.ts'
import type { ConveningId, InstitutionId, RegionId } from '../kernel/ids.ts'
import type { PolicyLimits } from '../programme/policy.ts'
import type { PlannedMeeting, ProposalBody } from './proposal-body.ts'
import type { ProposalFinding } from './proposal-finding.ts'

/** An institution that proposes. `isMember`: on the day of deciding. */
export type Host = Readonly<{ id: InstitutionId; name: string; kind: InstitutionKind; isMember: boolean }>

export type ProposalContext = Readonly<{
  regionId: RegionId
  hosts: readonly Host[]
  limits: PolicyLimits
  people: ReadonlyMap<string, Candidate>
  isNameTaken: boolean
  /** Names of the network's micro-credentials and of the one its call is about. */
  areas: readonly string[]
  callArea: string | null
  submissionDeadline: Date | null
  /** The moment of a local date and wall clock in the proposal's zone. */
  instantOf: (date: string, time: string) => Date
  /** While it is written, facilitators may still be looked for; when it is decided on, they are missed. */
  isDeciding: boolean
}>

type Rule = (body: ProposalBody, context: ProposalContext) => readonly ProposalFinding[]

const block = <Code extends string, Facts>(code: Code, facts: Facts) => [{ code, strength: 'block' as const, facts }]
const missingOf = <Key extends string>(said: Readonly<Record<Key, string>>, keys: readonly Key[]): Key[] =>
  keys.filter((key) => said[key].trim() === '')
const numbersOf = (body: ProposalBody, isSo: (meeting: PlannedMeeting) => boolean): number[] =>
  body.meetings.flatMap((meeting, at) => (isSo(meeting) ? [at + 1] : []))

const title: Rule = (body) => (body.title.trim() ? [] : block('proposal.title', {}))

/** Campus Compact FAQ 1: members or state and regional offices propose, alone or together; others may join them. */
const member: Rule = (_body, { hosts }) => {
  const members = hosts.filter(({ isMember, kind }) => isMember || kind === 'office').length
  const strangers = hosts.filter(({ isMember, kind }) => !isMember && kind === 'campus').map(({ name }) => name)
  return members && !strangers.length ? [] : block('proposal.member', { strangers, members })
}

/** Campus Compact FAQ 3: one micro-credential or competency area, the call's where a call names one. */
const area: Rule = (body, { areas, callArea }) => {
  const said = body.area.trim().toLowerCase()
  const known = areas.filter((name) => said.includes(name.toLowerCase()))
  // A name inside a longer one ("Partnerships" in "Community Partnerships") is not a second area.
  const several = known.filter((name) => !known.some((other) => other !== name && other.includes(name)))
  const named = several.length ? several : said ? [body.area.trim()] : []
  const isAsked = callArea === null || (named.length === 1 && named[0]!.toLowerCase() === callArea.toLowerCase())
  return named.length === 1 && isAsked ? [] : block('proposal.competency_area', { named, asked: callArea })
}

const charter: Rule = (body) => {
  const missing = missingOf(body.charter, ['domain', 'community', 'practice'])
  return missing.length ? block('charter.three_parts', { missing }) : []
}

const voice: Rule = (body) => {
  const missing = missingOf(body, ['democratic', 'inclusive'])
  return missing.length ? block('proposal.voice', { missing }) : []
}

const facilitators: Rule = ({ facilitation, facilitators: named }, { isDeciding }) => {
  const isPairing = facilitation === 'pair_us'
  if (named.length || (isPairing && !isDeciding)) return []
  return [{ code: 'proposal.facilitators', strength: 'warn', facts: { isPairing } }]
}

const dates: Rule = (body) => {
  const { startsOn, endsOn } = body
  const missing = (['startsOn', 'endsOn'] as const).filter((key) => body[key] === null)
  const isBackwards = startsOn !== null && endsOn !== null && endsOn < startsOn
  const outside = numbersOf(
    body,
    ({ date }) => date !== null && ((startsOn !== null && date < startsOn) || (endsOn !== null && date > endsOn)),
  )
  return missing.length || isBackwards || outside.length
    ? block('proposal.dates', { missing, isBackwards, outside: isBackwards ? [] : outside })
    : []
}

const undated: Rule = (body) => {
  const meetings = numbersOf(body, ({ date, startTime }) => date === null || startTime === null)
  return meetings.length ? block('meeting.undated', { meetings }) : []
}

const joinUrl: Rule = (body) => {
  const meetings = numbersOf(body, ({ joinUrl: url }) => url.trim() !== '' && !isHttps(url.trim()))
  return meetings.length ? block('meeting.join_url', { meetings }) : []
}
const isHttps = (url: string): boolean => /^https:\/\/[^\s/]+\.[^\s/]+/.test(url)

/** The rules of a cohort on the plan and on those who lead it; all cohorts of the proposal together. */
const asCohort: Rule = (body, context) => {
  const { limits, people, isNameTaken } = context
  const together = {
    ...limits,
    cohortChairs: limits.cohortChairs * body.cohorts,
    cohortSeats: limits.cohortSeats * body.cohorts,
  }
  return checkCohort(cohortDraftOf(body, context, body.chairs), { limits: together, people, isNameTaken })
}

const RULES: readonly Rule[] = [title, member, area, charter, voice, facilitators, dates, undated, joinUrl, asCohort]

/** All that the rules say about a proposal, blocks and warnings, in the order of the form. */
export const checkProposal: Rule = (body, context) => RULES.flatMap((rule) => rule(body, context))

/** The institution somebody's seat comes from: a host they have an eligible tie with, then any such tie, then any. */
function institutionOf(personId: string, { people, hosts, limits }: ProposalContext): InstitutionId | undefined {
  const ties = people.get(personId)?.affiliations ?? []
  const eligible = ties.filter((tie) => isEligible(tie, limits))
  const atHost = eligible.find(({ institutionId }) => hosts.some(({ id }) => id === institutionId))
  return (atHost ?? eligible[0] ?? ties[0])?.institutionId ?? hosts[0]?.id
}

/** The cohort a proposal asks for. A meeting without a date lies at the beginning of time: `meeting.undated` says so. */
export function cohortDraftOf(
  body: ProposalBody,
  context: ProposalContext,
  chairs: ProposalBody['chairs'],
): CohortDraft & { conveningId: ConveningId | null } {
  const seat = (kind: 'chair' | 'facilitator') => (personId: ProposalBody['chairs'][number]) => {
    const institutionId = institutionOf(personId, context)
    return institutionId ? [{ personId, institutionId, kind, isWaitlisted: false }] : []
  }
  return {
    regionId: context.regionId,
    name: body.title.trim(),
    theme: body.area.trim(),
    timeZone: body.timeZone,
    conveningId: null,
    submissionDeadline: context.submissionDeadline,
    seats: [
      ...chairs.flatMap(seat('chair')),
      ...body.facilitators.filter((id) => !chairs.includes(id)).flatMap(seat('facilitator')),
    ],
    meetings: body.meetings.map((meeting, at) => {
      const { date, startTime, minutes } = meeting
      const startsAt = date && startTime ? context.instantOf(date, startTime) : new Date(0)
      return {
        title: meeting.title.trim() || `Meeting ${at + 1}`,
        startsAt,
        endsAt: new Date(startsAt.getTime() + minutes * 60_000),
        place: meeting.place.trim() || null,
        joinUrl: meeting.joinUrl.trim() || null,
      }
    }),
  }
}

/** The chairs of each cohort: dealt in turn, so that every cohort has its own. */
export const dealChairs = ({ cohorts, chairs }: Pick<ProposalBody, 'cohorts' | 'chairs'>): ProposalBody['chairs'][] =>
  Array.from({ length: cohorts }, (_, cohort) => chairs.filter((_id, at) => at % cohorts === cohort))
