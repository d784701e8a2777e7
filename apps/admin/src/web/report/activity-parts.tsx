import type { Report } from '@copractice/core/report'
import type { Column } from '@copractice/ui'
import { ReportPartCard } from './report-part.tsx'
import { useWords } from './say.ts'
import { useSpell } from './use-spell.ts'

type Props = Readonly<{ report: Report }>

export function Functions({ report: { functions, asked } }: Props) {
  const say = useWords()
  const spell = useSpell()
  type Row = (typeof functions.minutes)[number]
  const name = (row: Row) => say(`function.${row.function}`)
  const columns: Column<Row>[] = [
    { id: 'function', head: say('function'), isHead: true, cell: name },
    { id: 'hours', head: say('functions.minutes'), isNumber: true, cell: ({ minutes }) => spell.hours(minutes) },
  ]
  const gaps = functions.minutes.filter(({ minutes }) => minutes === 0).map(name)
  return (
    <ReportPartCard
      part="functions"
      asked={asked}
      title={say('functions.title')}
      summary={say('functions.summary', { unnamed: functions.meetingsUnnamed, meetings: functions.meetings })}
      bars={functions.minutes.map((row) => ({
        id: row.function,
        label: name(row),
        value: row.minutes,
        text: spell.hours(row.minutes),
      }))}
      note={gaps.length > 0 && <p>{say('functions.gap', { gaps: gaps.join(', ') })}</p>}
      columns={columns}
      rows={functions.minutes}
      rowKey={(row) => row.function}
    />
  )
}

export function AgendaBalance({ report: { agenda, asked } }: Props) {
  const say = useWords()
  const rows = agenda.cohorts.map((cohorts, tenth) => ({ tenth, cohorts }))
  type Row = (typeof rows)[number]
  const band = ({ tenth }: Row) => say('agenda.band', { from: tenth * 10, until: tenth * 10 + 10 })
  const columns: Column<Row>[] = [
    { id: 'share', head: say('agenda.share'), isHead: true, cell: band },
    { id: 'cohorts', head: say('agenda.cohorts'), isNumber: true, cell: ({ cohorts }) => cohorts },
  ]
  const all = agenda.cohorts.reduce((sum, cohorts) => sum + cohorts, 0)
  const share = Math.round((100 * agenda.presented) / Math.max(1, agenda.minutes))
  return (
    <ReportPartCard
      part="agenda"
      asked={asked}
      title={say('agenda.title')}
      summary={all ? say('agenda.summary', { share, over: agenda.over, cohorts: all }) : say('agenda.none')}
      bars={
        all
          ? rows.map((row) => ({
              id: String(row.tenth),
              label: band(row),
              value: row.cohorts,
              text: String(row.cohorts),
            }))
          : []
      }
      columns={columns}
      rows={all ? rows : []}
      rowKey={({ tenth }) => String(tenth)}
    />
  )
}

const ANSWERS = ['kept', 'partly', 'not', 'unanswered'] as const

export function Commitments({ report: { commitments, asked } }: Props) {
  const say = useWords()
  const spell = useSpell()
  const { made, after30, after90 } = commitments
  const rows = [
    { days: 30, ...after30 },
    { days: 90, ...after90 },
  ]
  type Row = (typeof rows)[number]
  const when = ({ days }: Row) => say('commitments.after', { days })
  const columns: Column<Row>[] = [
    { id: 'when', head: say('commitments.when'), isHead: true, cell: when },
    { id: 'due', head: say('commitments.due'), isNumber: true, cell: ({ due }) => spell.count(due) },
    ...ANSWERS.map((answer) => ({
      id: answer,
      head: say(`commitments.${answer}`),
      isNumber: true,
      cell: (row: Row) => spell.count(row[answer]),
    })),
  ]
  return (
    <ReportPartCard
      part="commitments"
      asked={asked}
      title={say('commitments.title')}
      summary={
        made === 0
          ? say('commitments.none')
          : say('commitments.summary', {
              made: spell.count(made),
              kept30: spell.count(after30.kept),
              due30: spell.count(after30.due),
              kept90: spell.count(after90.kept),
              due90: spell.count(after90.due),
            })
      }
      bars={
        made === 0
          ? []
          : rows.flatMap((row) =>
              ANSWERS.map((answer) => ({
                id: `${row.days} ${answer}`,
                label: `${when(row)}: ${say(`commitments.${answer}`)}`,
                value: row[answer],
                text: spell.count(row[answer]),
              })),
            )
      }
      columns={columns}
      rows={made === 0 ? [] : rows}
      rowKey={({ days }) => String(days)}
    />
  )
}
