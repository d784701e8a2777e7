import { localDay, termsFrom, type TermOfYear } from '@copractice/core/convening'
import { adminReach, type Actor, type CampusMark } from '@copractice/core/directory'
import { ok } from '@copractice/core/kernel'
import type { PolicyLimits } from '@copractice/core/programme'
import { MOST_PRESENTED } from '@copractice/core/meeting'
import { FUNCTIONS } from '@copractice/core/programme'
import {
  REPORT_AFFILIATIONS,
  SMALLEST_TOLD,
  hideByPeople,
  hideSmall,
  hideSmallList,
  hideSmallPair,
  hideTies,
  type Report,
  type ReportAsked,
} from '@copractice/core/report'
import type { Db, Trx } from '@copractice/store/database'
import { listRegions } from '@copractice/store/directory'
import { newestPolicy } from '@copractice/store/programme'
import * as store from '@copractice/store/report'
import { notFound, scopeOf } from '../directory/administrator.ts'

/** So many terms are offered and compared, the latest ones. */
const MOST_TERMS = 9

/**
 * The whole report in a fixed number of queries, counts of 1 to 4 people hidden with whatever would give them away. For
 * whoever coordinates a region or the network; out of reach and missing answer alike.
 */
export function buildReport(db: Db, actor: Actor, asked: ReportAsked, now: Date) {
  return store.atOneMoment(db, (trx) => readReport(trx, actor, asked, now))
}

async function readReport(db: Trx, actor: Actor, asked: ReportAsked, now: Date) {
  const found = await scopeReport(db, actor, asked, now)
  if (!found.ok) return found
  const { scope, choices, terms } = found.value
  const people = await store.countParticipation(db, scope)
  const meetings = await store.countMeetings(db, scope)
  const hours = await store.sumHours(db, scope)
  const functions = await store.sumFunctions(db, scope)
  const balance = await store.countBalance(db, scope, MOST_PRESENTED)
  const ties = await store.countTies(db, scope)
  const commitments = await store.countCommitments(db, scope)
  const retention = await store.countRetention(db, scope, terms)
  const shown = { participation: participationOf(people), hours: hoursOf(hours, meetings) }
  const report: Report = {
    madeAt: now,
    smallest: SMALLEST_TOLD,
    asked,
    choices,
    cohorts: meetings.cohorts,
    ...shown,
    functions: {
      minutes: FUNCTIONS.map((one) => ({ function: one, minutes: functions.get(one) ?? 0 })),
      meetings: meetings.planned,
      meetingsUnnamed: meetings.unnamed,
    },
    agenda: balanceOf(balance),
    ties: tiesOf(ties, shown),
    commitments: followedOf(commitments),
    retention: retentionOf(retention),
  }
  return ok(report)
}

/** What a report is about, checked against the reader's reach. */
export async function scopeReport(db: Db | Trx, actor: Actor, asked: ReportAsked, now: Date) {
  const reach = adminReach(actor)
  if (!reach || (reach.regions !== 'all' && !reach.regions.length)) return notFound()
  const { networkId } = actor
  const regions = await listRegions(db, networkId, reach.regions)
  const { communities, timeZone, first, last } = await store.findReportChoices(db, networkId)
  const { limits } = await newestPolicy(db, networkId)
  const [firstDay, lastDay, today] = [first ?? now, last ?? now, now].map((at) => localDay(at, timeZone))
  const years = termsBetween(firstDay!, earlier(lastDay!, endOfNextTerm(today!, limits)), limits)
  const term = years.find(({ key }) => key === asked.term)
  const isKnown =
    (!asked.term || term) &&
    (!asked.regionId || regions.some(({ id }) => id === asked.regionId)) &&
    (!asked.communityId || communities.some(({ id }) => id === asked.communityId))
  if (!isKnown) return notFound()
  const starts = await store.startOfDays(
    db,
    years.flatMap(({ from, until }) => [from, dayAfter(until)]),
    timeZone,
  )
  const terms = years.map(({ key }, at) => ({ key, from: starts[2 * at]!, until: starts[2 * at + 1]! }))
  const span = terms.find(({ key }) => key === asked.term) ?? { from: new Date(0), until: new Date('9999-01-01') }
  const scope: store.ReportScope = { scope: scopeOf(actor), ...asked, span, now }
  return ok({ scope, terms, choices: { terms: terms.map(({ key }) => key).toReversed(), regions, communities } })
}

const dayAfter = (day: string) => new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10)
const earlier = (one: string, other: string) => (one < other ? one : other)

/** The last day of the term after the one a day lies in: a meeting beyond it is most likely a year mistyped. */
function endOfNextTerm(day: string, { conveningTerms }: PolicyLimits): string {
  const [one] = termsFrom(day, conveningTerms)
  return one ? (termsFrom(dayAfter(one.until), conveningTerms)[0]?.until ?? one.until) : day
}

/** Terms from one day of the network to another, oldest first. */
function termsBetween(first: string, last: string, { conveningTerms }: PolicyLimits): TermOfYear[] {
  const terms: TermOfYear[] = []
  for (let day = first; day <= last;) {
    const [one] = termsFrom(day, conveningTerms)
    if (!one) return []
    terms.push(one)
    day = dayAfter(one.until)
  }
  return terms.slice(-MOST_TERMS)
}

function participationOf(rows: Awaited<ReturnType<typeof store.countParticipation>>): Report['participation'] {
  const campuses = [...Map.groupBy(rows, ({ institution }) => institution.id).values()]
  const counts = campuses.map((some) =>
    REPORT_AFFILIATIONS.map((kind) => some.find((row) => (row.kind ?? 'none') === kind)?.people ?? 0),
  )
  const hidden = hideSmall(counts.length ? counts : [REPORT_AFFILIATIONS.map(() => 0)])
  return {
    campuses: campuses.map((some, at) => ({
      institution: some[0]!.institution,
      byAffiliation: hidden.cells[at]!,
      total: hidden.rowTotals[at]!,
    })),
    byAffiliation: hidden.columnTotals,
    total: hidden.total,
  }
}

type Meetings = Awaited<ReturnType<typeof store.countMeetings>>

/** Hours of a campus or an affiliation are told where its people are. */
function hoursOf(rows: readonly store.HoursOf[], meetings: Meetings): Report['hours'] {
  const campuses = [...Map.groupBy(rows, ({ institution }) => institution.id).values()]
  const of = Map.groupBy(rows, ({ kind }) => kind ?? 'none')
  const kinds = REPORT_AFFILIATIONS.filter((kind) => of.has(kind))
  const sum = (some: readonly store.HoursOf[], what: 'people' | 'minutes') =>
    some.reduce((all, row) => all + row[what], 0)
  const byKind = kinds.map((kind) => of.get(kind)!)
  const { one, other, total } = hideSmallPair(
    campuses.map((some) => sum(some, 'people')),
    byKind.map((some) => sum(some, 'people')),
  )
  const told = (people: number | null, some: readonly store.HoursOf[]) => ({
    people,
    personMinutes: people === null ? null : sum(some, 'minutes'),
  })
  return {
    meetingsHeld: meetings.held,
    meetingsNoted: meetings.noted,
    guidedMinutes: meetings.minutes,
    ...told(total, rows),
    campuses: campuses.map((some, at) => ({ institution: some[0]!.institution, ...told(one[at]!, some) })),
    affiliations: kinds.map((kind, at) => ({ kind, ...told(other[at]!, byKind[at]!) })),
  }
}

function balanceOf(rows: Awaited<ReturnType<typeof store.countBalance>>): Report['agenda'] {
  const sum = (of: 'minutes' | 'presented' | 'over') => rows.reduce((all, row) => all + row[of], 0)
  const cohorts = Array.from({ length: 10 }, (_, tenth) => rows.find((row) => row.tenth === tenth)?.cohorts ?? 0)
  return { cohorts, minutes: sum('minutes'), presented: sum('presented'), over: sum('over') }
}

type Shown = Pick<Report, 'participation' | 'hours'>

/** Ties of a campus are told where the report tells how many of its people take part and how many attended. */
function tiesOf({ pairs, campuses }: Awaited<ReturnType<typeof store.countTies>>, shown: Shown): Report['ties'] {
  const { participation, hours } = shown
  const isWhole = participation.total !== null && hours.people !== null
  const takePart = new Map(participation.campuses.map((one) => [one.institution.id, one.total]))
  const attended = new Map(hours.campuses.map((one) => [one.institution.id, one.people]))
  const isTold = (id: CampusMark['id']) =>
    isWhole && [takePart, attended].every((of) => (of.get(id) ?? 0) >= SMALLEST_TOLD)
  const hidden = hideTies(
    campuses.map((one) => ({ ...one, isHidden: !isTold(one.institution.id) })),
    pairs,
  )
  return {
    pairs: hidden.pairs,
    people: isWhole ? hidden.people : null,
    campuses: campuses.map(({ institution }, at) => ({ institution, count: hidden.counts[at]! })),
  }
}

/** Few people may make many commitments: who they are of decides what is told. */
function followedOf({ rows, people }: Awaited<ReturnType<typeof store.countCommitments>>): Report['commitments'] {
  const of = (what: keyof typeof rows) => ({ count: rows[what], people: people[what] })
  const followed = (day: 30 | 90) => {
    const outcomes = [of(`kept${day}`), of(`partly${day}`), of(`not${day}`), of(`unanswered${day}`)]
    const { counts, total } = hideByPeople(outcomes, of(`due${day}`))
    return { due: total, kept: counts[0]!, partly: counts[1]!, not: counts[2]!, unanswered: counts[3]! }
  }
  return { made: hideByPeople([], of('made')).total, after30: followed(30), after90: followed(90) }
}

/** Who stayed and who did not add up to the term's people; both are told or neither. */
function retentionOf(rows: Awaited<ReturnType<typeof store.countRetention>>): Report['retention'] {
  return rows.map(({ term, people, stayed }, at) => {
    const { counts, total } = hideSmallList([stayed, people - stayed])
    return { term, people: total, stayed: counts[0]!, isLast: at === rows.length - 1 }
  })
}
