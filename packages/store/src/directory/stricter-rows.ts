import { sql, type RawBuilder } from 'kysely'

/** Rows of which the stricter is kept when two persons become one: what is so, and since when. */
type Strict = Readonly<{
  is: (alias: string) => RawBuilder<unknown>
  since: string
  set: (from: string) => RawBuilder<unknown>
}>

/** A consent that was withdrawn, and a no to reminders, hold for the one person they turn out to be. */
export const STRICTER_ROWS: Readonly<Record<string, Strict>> = {
  research_consent: {
    is: (alias) => sql`${sql.ref(`${alias}.withdrawn_at`)} is not null`,
    since: 'withdrawn_at',
    set: (from) => sql`withdrawn_at = ${sql.ref(`${from}.withdrawn_at`)}`,
  },
  reminder_choice: {
    is: (alias) => sql`not ${sql.ref(`${alias}.wants_reminders`)}`,
    since: 'chosen_at',
    set: (from) => sql`wants_reminders = false, chosen_at = ${sql.ref(`${from}.chosen_at`)}`,
  },
}

/** How much a seat is: one held before a place on the waitlist, and a part somebody was asked to take before one's own. */
const worth = (alias: string) =>
  sql`(case ${sql.ref(`${alias}.status`)} when 'seated' then 4 when 'waitlisted' then 2 else 0 end
    + case ${sql.ref(`${alias}.kind`)} when 'participant' then 0 else 1 end)`

/** Of two rows that are one when two persons are: that row `k` stays rather than `g`. Undefined: the kept person's does. */
export function staysRather(table: string): RawBuilder<unknown> | undefined {
  const strict = STRICTER_ROWS[table]
  if (strict) return sql`and ${strict.is('k')} and not ${strict.is('g')}`
  // Of two that are worth the same, the one held for longer.
  if (table === 'seat') return sql`and (${worth('k')}, g.since) > (${worth('g')}, k.since)`
  return undefined
}
