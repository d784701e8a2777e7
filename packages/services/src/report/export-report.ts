import { grantsToChange, type Actor } from '@copractice/core/directory'
import { ok, refuse } from '@copractice/core/kernel'
import { SMALLEST_TOLD, type ReportAsked, type ReportPart } from '@copractice/core/report'
import type { Db } from '@copractice/store/database'
import { atOneMoment, listForResearch } from '@copractice/store/report'
import { audit } from '../directory/administrator.ts'
import { buildReport, scopeReport } from './build-report.ts'
import { reportAsCsv, writeCsv } from './write-csv.ts'

type Part = Readonly<{ part: ReportPart; asked: ReportAsked }>

/** One part as a CSV file. */
export async function exportReport(db: Db, actor: Actor, { part, asked }: Part, now: Date) {
  const report = await buildReport(db, actor, asked, now)
  return report.ok ? ok(reportAsCsv(report.value, part)) : report
}

/**
 * A row for each person who consents to research in every cohort they have in the report, without anything that names
 * them. Refuses `report.too_few_consent`; written down with how many rows left. What leaves here leaves for good, so that
 * it is not among what support reads.
 */
export async function exportForResearch(db: Db, actor: Actor, asked: ReportAsked, now: Date) {
  const found = await atOneMoment(db, async (trx) => {
    const by = { ...actor, grants: grantsToChange(actor.grants) }
    const scoped = await scopeReport(trx, by, asked, now)
    return scoped.ok ? ok(await listForResearch(trx, scoped.value.scope)) : scoped
  })
  if (!found.ok) return found
  const rows = found.value
  if (rows.length < SMALLEST_TOLD) return refuse('report.too_few_consent', { least: SMALLEST_TOLD })
  // An affiliation that too few of them share would tell who it is.
  const sharing = Map.groupBy(rows, ({ affiliation }) => affiliation)
  const kindOf = (kind: string | null) => (sharing.get(kind)!.length < SMALLEST_TOLD ? null : (kind ?? ''))
  const facts = { people: rows.length, ...asked }
  await db
    .transaction()
    .execute((trx) => audit(trx, actor, { action: 'report.research', subject: 'report', facts }, now))
  return ok(
    writeCsv([
      [
        'row',
        'affiliation',
        'cohorts',
        'meetings attended',
        'minutes attended',
        'commitments',
        'kept at 30 days',
        'kept at 90 days',
      ],
      ...rows.map((row, at) => [
        at + 1,
        kindOf(row.affiliation),
        row.cohorts,
        row.attended,
        row.minutes,
        row.made,
        row.kept30,
        row.kept90,
      ]),
    ]),
  )
}
