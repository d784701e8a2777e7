import { strToU8, zipSync } from 'fflate'
import Papa from 'papaparse'
import { CODEBOOK, NOT_FOR_RESEARCH, type ExportTable } from '@copractice/core/review'
import type { Exported } from './export-round.ts'

export type PackedExport = Readonly<{ fileName: string; mediaType: string; bytes: Uint8Array }>

const TABLES = Object.keys(CODEBOOK) as ExportTable[]

/** The export as one file: JSON, or a zip of a CSV per table and the codebook. */
export function packExport(exported: Exported, form: 'json' | 'csv'): PackedExport {
  const { round, tables, purpose } = exported
  const columnsOf = (table: ExportTable) =>
    Object.keys(CODEBOOK[table]).filter(
      (column) => purpose === 'teaching' || !(NOT_FOR_RESEARCH[table] as readonly string[]).includes(column),
    )
  const codebook = TABLES.flatMap((table) =>
    columnsOf(table).map((column) => ({
      table,
      column,
      meaning: (CODEBOOK[table] as Record<string, string>)[column]!,
    })),
  )
  const name = `${purpose === 'teaching' ? slugOf(round.title) : 'research'}-reviews`
  if (form === 'json') {
    const picked = TABLES.map((table) => {
      const columns = columnsOf(table)
      return [table, tables[table].map((row) => pick(row, columns))] as const
    })
    const about = { reviewsPerSubmission: round.reviewsPerSubmission, anonymity: round.anonymity, rubric: round.rubric }
    const whole = { purpose, round: about, codebook, ...Object.fromEntries(picked) }
    return { fileName: `${name}.json`, mediaType: 'application/json', bytes: strToU8(JSON.stringify(whole, null, 2)) }
  }
  const files = Object.fromEntries([
    ...TABLES.map((table) => [`${table}.csv`, csvOf(columnsOf(table), tables[table])]),
    ['codebook.csv', csvOf(['table', 'column', 'meaning'], codebook)],
  ] as const)
  return { fileName: `${name}.zip`, mediaType: 'application/zip', bytes: zipSync(files) }
}

const pick = (row: Readonly<Record<string, unknown>>, columns: readonly string[]) =>
  Object.fromEntries(columns.map((column) => [column, row[column]]))

/** What Excel or Calc takes for a formula, also behind blanks and line breaks, however many lines follow. */
const FORMULA = /^\s*[=+\-@\t\r]/

/** Begins with a mark that says UTF-8; what a spreadsheet would take for a formula is disarmed. */
function csvOf(fields: string[], rows: readonly Readonly<Record<string, unknown>>[]): Uint8Array {
  const data = rows.map((row) => fields.map((field) => row[field] ?? ''))
  return strToU8(`\uFEFF${Papa.unparse({ fields, data }, { escapeFormulae: FORMULA, newline: '\r\n' })}\r\n`)
}

const slugOf = (title: string): string =>
  title
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 60) || 'round'
