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
