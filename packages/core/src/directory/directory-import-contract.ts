import * as z from 'zod'
import { route } from '../kernel/route.ts'
import { DIRECTORY_PROBLEMS } from './read-directory-rows.ts'

export const DIRECTORY_ROWS_AT_MOST = 5000
/** Problems told at once; `problemCount` counts all. */
export const DIRECTORY_PROBLEMS_TOLD = 200

const body = z.strictObject({ csv: z.string().min(1).max(900_000), commit: z.boolean() })
const refusals = ['import.unreadable', 'import.columns_missing', 'import.too_many', 'import.has_problems'] as const
const response = z.object({
  rows: z.int(),
  /** Institutions, or people, made anew. */
  added: z.int(),
  /** Institutions, or ties of people, that come or become something else. */
  changed: z.int(),
  unchanged: z.int(),
  problemCount: z.int(),
  /** The first 200, row by row. */
  problems: z.array(
    z.object({ row: z.int(), column: z.string(), problem: z.enum(DIRECTORY_PROBLEMS), value: z.string() }),
  ),
  committed: z.boolean(),
})

/**
 * Reads a CSV file of institutions. A dry run (`commit` false) says what would happen and names every row's problem; with
 * `commit` all of it is done in one transaction, or nothing while a row has a problem. The same file twice changes nothing.
 */
export const importInstitutions = route({ method: 'POST', path: '/api/import/institutions', body, response, refusals })

/** The same for people with their affiliations. No mail goes out. */
export const importPeople = route({ method: 'POST', path: '/api/import/people', body, response, refusals })
