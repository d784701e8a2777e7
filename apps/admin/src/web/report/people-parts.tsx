import { REPORT_AFFILIATIONS, type Report } from '@copractice/core/report'
import type { Column } from '@copractice/ui'
import { ReportPartCard } from './report-part.tsx'
import { useWords } from './say.ts'
import { useSpell } from './use-spell.ts'

/** A network of hundreds is read in the table; the plot shows where most are. */
const DRAWN = 12
type Props = Readonly<{ report: Report }>

const byCount = <Row,>(rows: readonly Row[], count: (row: Row) => number | null) =>
  rows.toSorted((one, other) => (count(other) ?? 0) - (count(one) ?? 0))

export function Participation({ report: { participation, asked } }: Props) {
  const say = useWords()
  const spell = useSpell()
  const { campuses, byAffiliation, total } = participation
  type Row = (typeof campuses)[number]
  const columns: Column<Row>[] = [
    { id: 'campus', head: say('campus'), isHead: true, cell: ({ institution }) => institution.name },
    ...REPORT_AFFILIATIONS.map((kind, at) => ({
      id: kind,
      head: say(`affiliation.${kind}`),
      isNumber: true,
      cell: (row: Row) => spell.count(row.byAffiliation[at]!),
    })),
    { id: 'total', head: say('people'), isNumber: true, cell: (row) => spell.count(row.total) },
  ]
  const largest = byCount(campuses, (row) => row.total)
  const kinds = REPORT_AFFILIATIONS.map((kind, at) => ({
    id: kind,
    label: say(`affiliation.${kind}`),
    value: byAffiliation[at]!,
    text: spell.count(byAffiliation[at]!),
  })).filter(({ value }) => value !== 0)
  const drawn = largest.slice(0, DRAWN).map((row) => ({
    id: row.institution.id,
    label: row.institution.name,
    value: row.total,
    text: spell.count(row.total),
  }))
  return (
    <ReportPartCard
      part="participation"
      asked={asked}
      title={say('participation.title')}
      summary={say('participation.summary', { people: spell.count(total), campuses: campuses.length })}
      bars={[...kinds, ...drawn]}
      note={
        campuses.length > DRAWN && (
          <p className="small muted">{say('firstOf', { count: DRAWN, all: campuses.length })}</p>
        )
      }
      columns={columns}
      rows={campuses}
      rowKey={({ institution }) => institution.id}
    />
  )
}

type HoursRow = Readonly<{ id: string; name: string; people: number | null; personMinutes: number | null }>

export function Hours({ report: { hours, asked } }: Props) {
  const say = useWords()
  const spell = useSpell()
  const row = (id: string, name: string, { people, personMinutes }: Pick<HoursRow, 'people' | 'personMinutes'>) => ({
    id,
    name,
    people,
    personMinutes,
  })
  const kinds = hours.affiliations.map((one) => row(one.kind, say(`affiliation.${one.kind}`), one))
  const campuses = hours.campuses.map((one) => row(one.institution.id, one.institution.name, one))
  const columns: Column<HoursRow>[] = [
    { id: 'of', head: say('hours.of'), isHead: true, cell: ({ name }) => name },
    { id: 'people', head: say('people'), isNumber: true, cell: ({ people }) => spell.count(people) },
    { id: 'hours', head: say('hours.attended'), isNumber: true, cell: (one) => spell.hours(one.personMinutes) },
  ]
  return (
    <ReportPartCard
      part="hours"
      asked={asked}
      title={say('hours.title')}
      summary={
        campuses.length
          ? say('hours.summary', {
              held: hours.meetingsHeld,
              guided: spell.hours(hours.guidedMinutes),
              noted: hours.meetingsNoted,
              people: spell.count(hours.people),
              hours: spell.hours(hours.personMinutes),
            })
          : say('hours.none')
      }
      bars={[...kinds, ...byCount(campuses, (one) => one.personMinutes).slice(0, DRAWN)].map((one) => ({
        id: one.id,
        label: one.name,
        value: one.personMinutes,
        text: spell.hours(one.personMinutes),
      }))}
      columns={columns}
      rows={[...kinds, ...campuses]}
      rowKey={({ id }) => id}
    />
  )
}

export function Ties({ report: { ties, asked } }: Props) {
  const say = useWords()
  const spell = useSpell()
  type Row = (typeof ties.campuses)[number]
  const columns: Column<Row>[] = [
    { id: 'campus', head: say('campus'), isHead: true, cell: ({ institution }) => institution.name },
    { id: 'ties', head: say('ties.count'), isNumber: true, cell: ({ count }) => spell.count(count) },
  ]
  return (
    <ReportPartCard
      part="ties"
      asked={asked}
      title={say('ties.title')}
      summary={
        ties.pairs === 0
          ? say('ties.none')
          : say('ties.summary', { pairs: spell.count(ties.pairs), people: spell.count(ties.people) })
      }
      bars={byCount(ties.campuses, ({ count }) => count)
        .slice(0, DRAWN)
        .map(({ institution, count }) => ({
          id: institution.id,
          label: institution.name,
          value: count,
          text: spell.count(count),
        }))}
      columns={columns}
      rows={ties.campuses}
      rowKey={({ institution }) => institution.id}
    />
  )
}

export function Retention({ report: { retention, asked } }: Props) {
  const say = useWords()
  const spell = useSpell()
  type Row = Report['retention'][number]
  const stayed = (row: Row) => (row.isLast ? say('retention.notYet') : spell.count(row.stayed))
  const columns: Column<Row>[] = [
    { id: 'term', head: say('retention.term'), isHead: true, cell: ({ term }) => spell.term(term) },
    { id: 'people', head: say('people'), isNumber: true, cell: ({ people }) => spell.count(people) },
    { id: 'stayed', head: say('retention.stayed'), isNumber: true, cell: stayed },
  ]
  const latest = retention.findLast(({ isLast, people }) => !isLast && people !== 0)
  const told = retention.filter(({ people }) => people !== 0)
  return (
    <ReportPartCard
      part="retention"
      asked={asked}
      title={say('retention.title')}
      summary={
        latest
          ? say('retention.summary', {
              people: spell.count(latest.people),
              term: spell.term(latest.term),
              stayed: spell.count(latest.stayed),
            })
          : say('retention.first')
      }
      bars={told.flatMap((row) => [
        {
          id: row.term,
          label: spell.term(row.term),
          value: row.people,
          text: spell.count(row.people),
        },
        ...(row.isLast
          ? []
          : [
              {
                id: `${row.term} stayed`,
                label: say('retention.stayed'),
                value: row.stayed,
                text: spell.count(row.stayed),
              },
            ]),
      ])}
      columns={columns}
      rows={told}
      rowKey={({ term }) => term}
    />
  )
}
