import { sql, type Kysely } from 'kysely'

/** Several files for one work, each version of it, and one exemplar; how many, a round says. */
export async function up(db: Kysely<any>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  `alter table review_round add column files_at_most integer not null default 5 check (files_at_most between 1 and 20)`,
  // One file in its place: of a work, of a version of one, or of an exemplar.
  `create table work_file (
    network_id uuid not null references network (id),
    id uuid not null default gen_random_uuid(),
    upload_id uuid not null,
    submission_id uuid,
    version_id uuid,
    exemplar_id uuid,
    position integer not null check (position >= 1),
    primary key (network_id, id),
    check (num_nonnulls(submission_id, version_id, exemplar_id) = 1),
    unique (network_id, submission_id, upload_id),
    unique (network_id, version_id, upload_id),
    unique (network_id, exemplar_id, upload_id),
    foreign key (network_id, upload_id) references upload (network_id, id),
    foreign key (network_id, submission_id) references submission (network_id, id) on delete cascade,
    foreign key (network_id, version_id) references submission_version (network_id, id) on delete cascade,
    foreign key (network_id, exemplar_id) references exemplar (network_id, id) on delete cascade
  )`,
  `create index work_file_by_upload on work_file (network_id, upload_id)`,
  ...(['submission', 'submission_version', 'exemplar'] as const).flatMap((table) => {
    const column = table === 'submission_version' ? 'version_id' : `${table}_id`
    return [
      `insert into work_file (network_id, upload_id, ${column}, position)
        select network_id, upload_id, id, 1 from ${table} where upload_id is not null`,
      `alter table ${table} drop column upload_id`,
    ]
  }),
]
