import * as z from 'zod'
import { ConveningId } from '../kernel/ids.ts'
import { route } from '../kernel/route.ts'
import { REGISTRANT_COLUMNS, ROW_PROBLEMS } from './read-registrants.ts'

export const REGISTRANTS_AT_MOST = 5000
/** Problems told at once; `problemCount` counts all. */
export const PROBLEMS_TOLD = 200

/**
 * Reads a CSV file of registrants. A dry run (`commit` false) says what would happen and names every row's problem; with
 * `commit` everybody is registered in one transaction, or nobody while a row has a problem. No mail goes out. Who holds a
 * registration keeps it as it is.
 */
export const importRegistrantsRoute = route({
  method: 'POST',
  path: '/api/convenings/:conveningId/import',
  params: z.object({ conveningId: ConveningId }),
  body: z.strictObject({ csv: z.string().min(1).max(900_000), commit: z.boolean() }),
  response: z.object({
    rows: z.int(),
    /** New registrations, and how many of them wait because the places are taken. */
    added: z.int(),
    waitlisted: z.int(),
    /** Had registered before. */
    kept: z.int(),
    problemCount: z.int(),
    /** The first `PROBLEMS_TOLD`, row by row. */
    problems: z.array(
      z.object({ row: z.int(), column: z.enum(REGISTRANT_COLUMNS), problem: z.enum(ROW_PROBLEMS), value: z.string() }),
    ),
    committed: z.boolean(),
  }),
  refusals: [
    'directory.not_found',
    'import.unreadable',
    'import.columns_missing',
    'import.too_many',
    'import.has_problems',
  ],
})
