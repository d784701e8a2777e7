import { sql, type RawBuilder } from 'kysely'

/** Whether the institution (by its alias in the query) is a member on the day of `now`. Its last day is one of them. */
export function isMemberOn(alias: string, now: Date): RawBuilder<boolean> {
  const [since, until] = [sql.ref(`${alias}.member_since`), sql.ref(`${alias}.member_until`)]
  return sql<boolean>`coalesce(${since} <= ${now}::timestamptz::date
    and coalesce(${until} >= ${now}::timestamptz::date, true), false)`
}
