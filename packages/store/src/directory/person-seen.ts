import { sql, type RawBuilder } from 'kysely'
import type { PersonSeen } from '@copractice/core/directory'
import type { CohortId } from '@copractice/core/kernel'

/**
 * A row of `person` (by its alias in the query) as others in a cohort see it. The campus is the one of their seat there;
 * for who holds none, such as an instructor, that of an affiliation.
 */
export function personSeen(alias: string, cohortId: CohortId): RawBuilder<PersonSeen> {
  const person = sql.table(alias)
  return sql<PersonSeen>`json_build_object('id', ${person}.id, 'name', ${person}.name, 'pronouns', ${person}.pronouns,
    'campus', (select json_build_object('id', i.id, 'name', i.name, 'letter', i.letter, 'colour', i.colour)
      from institution i where i.network_id = ${person}.network_id and i.id = coalesce(
        (select s.institution_id from seat s where s.network_id = ${person}.network_id
          and s.cohort_id = ${cohortId} and s.person_id = ${person}.id),
        (select a.institution_id from affiliation a where a.network_id = ${person}.network_id
          and a.person_id = ${person}.id order by a.institution_id limit 1))))`
}
