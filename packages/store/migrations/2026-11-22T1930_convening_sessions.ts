import { sql, type Kysely } from 'kysely'

/**
 * Convenings in depth: terms and kinds, hosts, places by campus, sessions and who chose them, badges and check-in, needs
 * that are deleted afterwards, feedback, and who wants to hear of dates that are not set yet.
 */
export async function up(db: Kysely<any>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  // A convening may be announced before it has dates (series.registration).
  `alter table convening
    alter column starts_at drop not null,
    alter column ends_at drop not null,
    alter column registration_closes_at drop not null,
    drop constraint convening_status_check,
    add constraint convening_status_check check (status in ('draft', 'announced', 'open', 'closed')),
    add column kind text not null default 'gathering' check (kind in ('gathering', 'summer_convening', 'arena')),
    add column term text,
    add column series_id uuid,
    add column lead_facilitator_id uuid,
    add column contact_email text,
    add foreign key (network_id, series_id) references series (network_id, id),
    add foreign key (network_id, lead_facilitator_id) references person (network_id, id),
    add constraint convening_dates check (
      (starts_at is null) = (ends_at is null) and (starts_at is null) = (registration_closes_at is null)
      and (starts_at is not null or status in ('draft', 'announced')))`,
  `create table convening_host (
    network_id uuid not null references network (id),
    convening_id uuid not null,
    institution_id uuid not null,
    primary key (network_id, convening_id, institution_id),
    foreign key (network_id, convening_id) references convening (network_id, id) on delete cascade,
    foreign key (network_id, institution_id) references institution (network_id, id)
  )`,
  `create index convening_host_by_institution on convening_host (network_id, institution_id)`,
  `create table convening_places (
    network_id uuid not null references network (id),
    convening_id uuid not null,
    institution_id uuid not null,
    places integer not null check (places >= 0),
    primary key (network_id, convening_id, institution_id),
    foreign key (network_id, convening_id) references convening (network_id, id) on delete cascade,
    foreign key (network_id, institution_id) references institution (network_id, id)
  )`,
  `create table convening_session (
    network_id uuid not null references network (id),
    id uuid not null default gen_random_uuid(),
    convening_id uuid not null,
    title text not null,
    track text not null default '',
    kind text not null default 'session' check (kind in ('session', 'side_event')),
    starts_at timestamptz not null,
    ends_at timestamptz not null,
    place text,
    join_url text,
    capacity integer check (capacity > 0),
    speakers text not null default '',
    description text not null default '',
    functions text[] not null default '{}',
    created_at timestamptz not null default now(),
    primary key (network_id, id),
    check (ends_at > starts_at),
    check (place is not null or join_url is not null),
    foreign key (network_id, convening_id) references convening (network_id, id) on delete cascade
  )`,
  `create index convening_session_by_start on convening_session (network_id, convening_id, starts_at)`,
  // The key opens the badge page of whoever holds the link, and nothing of anybody else.
  `alter table registration
    add column badge_key text not null default replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', '')`,
  `create unique index registration_by_badge on registration (network_id, badge_key)`,
  `create table session_choice (
    network_id uuid not null references network (id),
    session_id uuid not null,
    registration_id uuid not null,
    status text not null check (status in ('chosen', 'waitlisted')),
    created_at timestamptz not null,
    primary key (network_id, session_id, registration_id),
    foreign key (network_id, session_id) references convening_session (network_id, id) on delete cascade,
    foreign key (network_id, registration_id) references registration (network_id, id) on delete cascade
  )`,
  `create index session_choice_by_registration on session_choice (network_id, registration_id)`,
  // session_id null: at the door of the whole convening.
  `create table check_in (
    network_id uuid not null references network (id),
    id uuid not null default gen_random_uuid(),
    convening_id uuid not null,
    session_id uuid,
    registration_id uuid not null,
    at timestamptz not null,
    by_id uuid,
    how text not null check (how in ('qr', 'list')),
    primary key (network_id, id),
    unique nulls not distinct (network_id, convening_id, session_id, registration_id),
    foreign key (network_id, convening_id) references convening (network_id, id) on delete cascade,
    foreign key (network_id, session_id) references convening_session (network_id, id) on delete cascade,
    foreign key (network_id, registration_id) references registration (network_id, id) on delete cascade,
    foreign key (network_id, by_id) references person (network_id, id)
  )`,
  `create index check_in_by_registration on check_in (network_id, registration_id)`,
  `create table registration_need (
    network_id uuid not null references network (id),
    registration_id uuid not null,
    accessibility text not null default '',
    dietary text not null default '',
    delete_after timestamptz not null,
    primary key (network_id, registration_id),
    foreign key (network_id, registration_id) references registration (network_id, id) on delete cascade
  )`,
  `create index registration_need_by_end on registration_need (delete_after)`,
  `create table convening_feedback (
    network_id uuid not null references network (id),
    registration_id uuid not null,
    usefulness integer not null check (usefulness between 1 and 5),
    kept text not null default '',
    change text not null default '',
    at timestamptz not null,
    primary key (network_id, registration_id),
    foreign key (network_id, registration_id) references registration (network_id, id) on delete cascade
  )`,
  `create table notify_me (
    network_id uuid not null references network (id),
    convening_id uuid not null,
    email text not null,
    key text not null default replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''),
    asked_at timestamptz not null,
    confirmed_at timestamptz,
    told_at timestamptz,
    primary key (network_id, convening_id, email),
    foreign key (network_id, convening_id) references convening (network_id, id) on delete cascade
  )`,
  `create unique index notify_me_by_key on notify_me (network_id, key)`,
]
