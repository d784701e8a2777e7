import { sql, type Kysely } from 'kysely'

/** What people were reminded of, who wants no reminders, and who lets a cohort's marks be used for research. */
export async function up(db: Kysely<any>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  `create table reminder_sent (
    network_id uuid not null references network (id),
    round_id uuid not null,
    person_id uuid not null,
    reminder text not null,
    sent_at timestamptz not null,
    primary key (network_id, round_id, person_id, reminder),
    foreign key (network_id, round_id) references review_round (network_id, id),
    foreign key (network_id, person_id) references person (network_id, id) on delete cascade
  )`,
  // No row: wants them.
  `create table reminder_choice (
    network_id uuid not null references network (id),
    person_id uuid not null,
    wants_reminders boolean not null,
    chosen_at timestamptz not null,
    primary key (network_id, person_id),
    foreign key (network_id, person_id) references person (network_id, id) on delete cascade
  )`,
  // No row, or withdrawn: has not consented.
  `create table research_consent (
    network_id uuid not null references network (id),
    cohort_id uuid not null,
    person_id uuid not null,
    given_at timestamptz not null,
    withdrawn_at timestamptz,
    primary key (network_id, cohort_id, person_id),
    foreign key (network_id, cohort_id) references cohort (network_id, id),
    foreign key (network_id, person_id) references person (network_id, id) on delete cascade
  )`,
]
