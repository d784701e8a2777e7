import Papa from 'papaparse'
import {
  afterThoseWaiting,
  dealPlaces,
  isBlank,
  missingColumns,
  PROBLEMS_TOLD,
  readRegistrants,
  REGISTRANTS_AT_MOST,
  type RegistrantColumn,
  type importRegistrantsRoute,
} from '@copractice/core/convening'
import type { Actor } from '@copractice/core/directory'
import { ok, refuse, type ConveningId, type Refusal, type Result, type RouteOutput } from '@copractice/core/kernel'
import {
  asOpenConvening,
  campusPlaces,
  findConveningToKeep,
  insertRegistrants,
  institutionsToRegisterFrom,
  lockConvening,
  registeredAddresses,
} from '@copractice/store/convening'
import type { Db } from '@copractice/store/database'
import { audit, notFound, scopeOf } from '../directory/administrator.ts'

type Import = Readonly<{ conveningId: ConveningId; csv: string; commit: boolean }>
type Imported = RouteOutput<typeof importRegistrantsRoute>
type ImportRefusal =
  | ReturnType<typeof notFound>['refusal']
  | Refusal<'import.unreadable', Readonly<{ row: number; why: string }>>
  | Refusal<'import.columns_missing', Readonly<{ columns: RegistrantColumn[] }>>
  | Refusal<'import.too_many', Readonly<{ rows: number; most: number }>>
  | Refusal<'import.has_problems', Readonly<{ problems: number }>>

/** What the import of a list would do, or doing it: all of it or nothing. Who holds a registration keeps it. */
export function importRegistrants(
  db: Db,
  actor: Actor,
  { conveningId, csv, commit }: Import,
  now: Date,
): Promise<Result<Imported, ImportRefusal>> {
  return db.transaction().execute(async (trx): Promise<Result<Imported, ImportRefusal>> => {
    const seen = await findConveningToKeep(trx, scopeOf(actor), conveningId)
    if (!seen) return notFound()
    const parsed = Papa.parse<Record<string, string>>(csv.replace(/^\uFEFF?\s*/, ''), {
      header: true,
      // Blank rows are kept, so that rows are counted as a spreadsheet counts them.
      skipEmptyLines: false,
      transformHeader: (heading) => heading.trim().toLowerCase().replaceAll(/[ -]/g, '_'),
    })
    const broken = parsed.errors.find(({ type }) => type === 'Quotes')
    if (broken) return refuse('import.unreadable', { row: (broken.row ?? 0) + 2, why: broken.message })
    const columns = missingColumns(parsed.meta.fields ?? [])
    if (columns.length) return refuse('import.columns_missing', { columns })
    const rows = parsed.data.filter((row) => !isBlank(row)).length
    if (rows > REGISTRANTS_AT_MOST) return refuse('import.too_many', { rows, most: REGISTRANTS_AT_MOST })

    const where = { networkId: actor.networkId, conveningId }
    await lockConvening(trx, actor.networkId, conveningId)
    const convening = (await findConveningToKeep(trx, scopeOf(actor), conveningId))!
    const registered = await registeredAddresses(trx, where)
    const institutions = await institutionsToRegisterFrom(trx, actor.networkId)
    const { registrants, problems } = readRegistrants(parsed.data, { institutions, registered })
    if (commit && problems.length) return refuse('import.has_problems', { problems: problems.length })

    const fresh = registrants.filter(({ email }) => !registered.has(email))
    const places = { ...asOpenConvening(convening), campuses: await campusPlaces(trx, where) }
    const given = dealPlaces(afterThoseWaiting(places), fresh)
    const waitlisted = given.filter((hasPlace) => !hasPlace).length
    const told = { rows, added: fresh.length, waitlisted, problemCount: problems.length }
    if (commit && fresh.length) {
      await insertRegistrants(
        trx,
        where,
        fresh.map((one, at) => ({ ...one, hasPlace: given[at]! })),
        now,
      )
      const facts = { name: convening.name, count: fresh.length, regionId: convening.region.id }
      await audit(trx, actor, { action: 'registration.imported', subject: `convening:${conveningId}`, facts }, now)
    }
    return ok({
      ...told,
      problems: problems.slice(0, PROBLEMS_TOLD),
      kept: registrants.length - fresh.length,
      committed: commit,
    })
  })
}
