import { sql, type Kysely } from 'kysely'

/** Deep linking: what an LMS asked for while an instructor chooses; and where a copied course link came from. */
export async function up(db: Kysely<any>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  // Short-lived. The id alone finds it for the one header of the page that needs it, hence unique across networks.
  `create table placing_request (
    network_id uuid not null references network (id),
    id uuid not null default gen_random_uuid() unique,
    platform_id uuid not null,
    course_id uuid,
    person_id uuid not null,
    deployment_id text not null,
    return_url text not null,
    data text,
    takes_links boolean not null,
    takes_several boolean,
    takes_columns boolean,
    expires_at timestamptz not null,
    primary key (network_id, id),
    foreign key (network_id, platform_id) references lti_platform (network_id, id) on delete cascade,
    foreign key (network_id, course_id) references course (network_id, id) on delete cascade,
    foreign key (network_id, person_id) references person (network_id, id) on delete cascade
  )`,
  `create index placing_request_expiry on placing_request (expires_at)`,
  // What a copied link opened in the course it was copied from, until an instructor of the copy decides.
  `alter table course_link add column copied_course_id uuid, add column copied_cohort_id uuid, add column copied_round_id uuid,
    add foreign key (network_id, copied_course_id) references course (network_id, id),
    add foreign key (network_id, copied_cohort_id) references cohort (network_id, id),
    add foreign key (network_id, copied_round_id) references review_round (network_id, id)`,
  `create index course_link_by_round on course_link (network_id, round_id)`,
]
