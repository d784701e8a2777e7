import { sql } from 'kysely'
import type { ObservedLearner } from '@copractice/core/gradebook'
import type { CourseId, NetworkId, PersonId } from '@copractice/core/kernel'
import type { Db, Trx } from '../database.ts'

type Results = { roundTitle: string; column: 'work' | 'reviewing'; score: number; maximum: number; arrivedAt: string }[]

/** What the course's gradebook last took for these learners, by name. One query. */
export async function listObserved(
  db: Db | Trx,
  {
    networkId,
    courseId,
    learners,
  }: Readonly<{ networkId: NetworkId; courseId: CourseId; learners: readonly PersonId[] }>,
): Promise<ObservedLearner[]> {
  if (learners.length === 0) return []
  const rows = await db
    .selectFrom('person as p')
    .select('p.name')
    .select(
      sql<Results>`coalesce((select json_agg(json_build_object('roundTitle', r.title, 'column', l.grade_column,
          'score', d.score_given, 'maximum', d.score_maximum, 'arrivedAt', d.arrived_at) order by d.arrived_at desc)
        from score_delivery d
        join line_item l on l.network_id = d.network_id and l.id = d.line_item_id
        join review_round r on r.network_id = d.network_id and r.id = d.round_id
        where d.network_id = p.network_id and d.person_id = p.id and d.course_id = ${courseId} and d.status = 'arrived'
          and not d.withdraws and not exists (select from score_delivery e where e.network_id = d.network_id
            and e.line_item_id = d.line_item_id and e.person_id = d.person_id and e.status = 'arrived'
            and e.sequence > d.sequence)), '[]')`.as('results'),
    )
    .where('p.network_id', '=', networkId)
    .where('p.id', 'in', [...learners])
    .orderBy(sql`lower(p.name)`)
    .orderBy('p.id')
    .execute()
  return rows.map(({ name, results }) => ({
    name,
    results: results.map((result) => ({ ...result, arrivedAt: new Date(result.arrivedAt) })),
  }))
}
