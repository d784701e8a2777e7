import Papa from 'papaparse'
import { isBlank } from '@copractice/core/convening'
import { DIRECTORY_ROWS_AT_MOST } from '@copractice/core/directory'
import { ok, refuse } from '@copractice/core/kernel'

/**
 * A CSV file as rows by heading, headings in lower case. Refuses what is broken, lacks a needed column or is too long.
 * Blank rows are kept, so that rows count as in a spreadsheet; `rows` counts those that say something.
 */
export function readCsv(csv: string, needed: readonly string[]) {
  const parsed = Papa.parse<Record<string, string>>(csv.replace(/^\uFEFF?\s*/, ''), {
    header: true,
    skipEmptyLines: false,
    transformHeader: (heading) => heading.trim().toLowerCase().replaceAll(/[ -]/g, '_'),
  })
  const broken = parsed.errors.find(({ type }) => type === 'Quotes')
  if (broken) return refuse('import.unreadable', { row: (broken.row ?? 0) + 2, why: broken.message })
  const columns = needed.filter((column) => !(parsed.meta.fields ?? []).includes(column))
  if (columns.length) return refuse('import.columns_missing', { columns: columns.join(', ') })
  const rows = parsed.data.filter((row) => !isBlank(row)).length
  if (rows > DIRECTORY_ROWS_AT_MOST) return refuse('import.too_many', { rows, most: DIRECTORY_ROWS_AT_MOST })
  return ok({ data: parsed.data, rows })
}
