import type { Report, ReportPart } from '@copractice/core/report'
import { REPORT_AFFILIATIONS } from '@copractice/core/report'

type Cell = string | number | null

/** RFC 4180 with a mark that says UTF-8. A leading sign that a spreadsheet takes for a formula is disarmed; null is "hidden". */
export function writeCsv(rows: readonly (readonly Cell[])[]): string {
  return `\uFEFF${rows.map((row) => `${row.map(spell).join(',')}\r\n`).join('')}`
}

function spell(cell: Cell): string {
  const text = cell === null ? 'hidden' : String(cell)
  const safe = typeof cell === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** One part of a report as a table; what is hidden on the page is hidden here. */
export function reportAsCsv(report: Report, part: ReportPart): string {
  return writeCsv(tables[part](report))
}

const words = (code: string) => code.replaceAll('_', ' ')

const tables: Record<ReportPart, (report: Report) => (readonly Cell[])[]> = {
  participation: ({ participation: { campuses, byAffiliation, total } }) => [
    ['campus', ...REPORT_AFFILIATIONS.map(words), 'people'],
    ...campuses.map((one) => [one.institution.name, ...one.byAffiliation, one.total]),
    ['all', ...byAffiliation, total],
  ],
  hours: ({ hours }) => [
    ['of', 'name', 'people who attended', 'minutes attended'],
    ...hours.campuses.map((one) => ['campus', one.institution.name, one.people, one.personMinutes]),
    ...hours.affiliations.map((one) => ['affiliation', words(one.kind), one.people, one.personMinutes]),
    ['all', '', hours.people, hours.personMinutes],
  ],
  functions: ({ functions }) => [
    ['function', 'planned minutes'],
    ...functions.minutes.map((one) => [one.function, one.minutes]),
  ],
  agenda: ({ agenda }) => [
    ['share of time one person presents, from %', 'to %', 'cohorts'],
    ...agenda.cohorts.map((cohorts, at) => [at * 10, at * 10 + 10, cohorts]),
  ],
  ties: ({ ties }) => [
    ['campus', 'new ties to other campuses'],
    ...ties.campuses.map((one) => [one.institution.name, one.count]),
    ['pairs of people in all', ties.pairs],
  ],
  commitments: ({ commitments: { after30, after90 } }) => [
    ['after days', 'due', 'kept', 'partly kept', 'not kept', 'no answer'],
    ...(
      [
        [30, after30],
        [90, after90],
      ] as const
    ).map(([days, one]) => [days, one.due, one.kept, one.partly, one.not, one.unanswered]),
  ],
  retention: ({ retention }) => [
    ['term', 'people', 'of them in the next term'],
    ...retention.map((one) => [one.term, one.people, one.isLast ? '' : one.stayed]),
  ],
}
