import { sql, type Kysely } from 'kysely'

/**
 * Every tenant table is keyed by (network_id, id) and refers to others by (network_id, other_id): a row can never point
 * into another network, and network_id can become the distribution column when Postgres is sharded.
 */
export async function up(db: Kysely<any>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  // ---- directory
  `create table network (
    id uuid primary key default gen_random_uuid(),
    name text not null,
    slug text not null unique,
    time_zone text not null,
    created_at timestamptz not null default now()
  )`,
  `create table region (
    network_id uuid not null references network (id),
    id uuid not null default gen_random_uuid(),
    name text not null,
    primary key (network_id, id),
    unique (network_id, name)
  )`,
  `create table institution (
    network_id uuid not null references network (id),
    id uuid not null default gen_random_uuid(),
    region_id uuid,
    name text not null,
    kind text not null check (kind in ('campus', 'partner')),
    letter text not null check (char_length(letter) = 1),
    colour smallint not null check (colour between 1 and 12),
    time_zone text not null,
    member_since date,
    created_at timestamptz not null default now(),
    primary key (network_id, id),
    unique (network_id, name),
    foreign key (network_id, region_id) references region (network_id, id)
  )`,
  `create table person (
    network_id uuid not null references network (id),
    id uuid not null default gen_random_uuid(),
    name text,
    pronouns text,
    email text,
    time_zone text,
    is_test boolean not null default false,
    created_at timestamptz not null default now(),
    primary key (network_id, id)
  )`,
  `create index person_by_name on person (network_id, lower(name), id)`,
  // kind lti: issuer + client + sub; kind email: subject is the address in lower case. Nobody is matched by e-mail alone.
  `create table identity (
    network_id uuid not null references network (id),
    id uuid not null default gen_random_uuid(),
    person_id uuid not null,
    kind text not null check (kind in ('lti', 'email')),
    issuer text not null default '',
    client_id text not null default '',
    subject text not null,
    created_at timestamptz not null default now(),
    primary key (network_id, id),
    unique (network_id, kind, issuer, client_id, subject),
    foreign key (network_id, person_id) references person (network_id, id) on delete cascade
  )`,
  `create index identity_by_person on identity (network_id, person_id)`,
  `create table affiliation (
    network_id uuid not null references network (id),
    person_id uuid not null,
    institution_id uuid not null,
    kind text not null check (kind in ('faculty', 'staff', 'administrator', 'student', 'community_partner')),
    primary key (network_id, person_id, institution_id),
    foreign key (network_id, person_id) references person (network_id, id) on delete cascade,
    foreign key (network_id, institution_id) references institution (network_id, id)
  )`,
  `create index affiliation_by_institution on affiliation (network_id, institution_id, person_id)`,
  `create table role_grant (
    network_id uuid not null references network (id),
    id uuid not null default gen_random_uuid(),
    person_id uuid not null,
    role text not null check (role in ('network_admin', 'coordinator', 'institution_admin')),
    region_id uuid,
    institution_id uuid,
    created_at timestamptz not null default now(),
    primary key (network_id, id),
    foreign key (network_id, person_id) references person (network_id, id) on delete cascade,
    foreign key (network_id, region_id) references region (network_id, id),
    foreign key (network_id, institution_id) references institution (network_id, id),
    check ((role = 'coordinator') = (region_id is not null)),
    check ((role = 'institution_admin') = (institution_id is not null))
  )`,
  `create index role_grant_by_person on role_grant (network_id, person_id)`,
  `create table audit_entry (
    network_id uuid not null references network (id),
    id uuid not null default gen_random_uuid(),
    at timestamptz not null,
    actor_id uuid,
    action text not null,
    subject text not null,
    facts jsonb not null default '{}',
    primary key (network_id, id)
  )`,
  `create index audit_entry_by_time on audit_entry (network_id, at desc)`,

  // ---- programme
  `create table policy_pack (
    network_id uuid not null references network (id),
    version integer not null,
    limits jsonb not null,
    created_at timestamptz not null default now(),
    primary key (network_id, version)
  )`,

  // ---- convening
  `create table convening (
    network_id uuid not null references network (id),
    id uuid not null default gen_random_uuid(),
    region_id uuid not null,
    name text not null,
    slug text not null,
    description text not null default '',
    starts_at timestamptz not null,
    ends_at timestamptz not null,
    time_zone text not null,
    place text,
    join_url text,
    capacity integer check (capacity > 0),
    registration_closes_at timestamptz not null,
    status text not null default 'draft' check (status in ('draft', 'open', 'closed')),
    created_at timestamptz not null default now(),
    primary key (network_id, id),
    unique (slug),
    check (ends_at > starts_at),
    check (place is not null or join_url is not null),
    foreign key (network_id, region_id) references region (network_id, id)
  )`,
  `create index convening_by_start on convening (network_id, starts_at)`,
  `create table registration (
    network_id uuid not null references network (id),
    id uuid not null default gen_random_uuid(),
    convening_id uuid not null,
    person_id uuid not null,
    institution_id uuid not null,
    affiliation text not null check (affiliation in ('faculty', 'staff', 'administrator', 'student', 'community_partner')),
    interests text not null default '',
    status text not null check (status in ('registered', 'waitlisted', 'cancelled')),
    created_at timestamptz not null,
    primary key (network_id, id),
    unique (network_id, convening_id, person_id),
    foreign key (network_id, convening_id) references convening (network_id, id),
    foreign key (network_id, person_id) references person (network_id, id) on delete cascade,
    foreign key (network_id, institution_id) references institution (network_id, id)
  )`,

  // ---- cohort
  `create table cohort (
    network_id uuid not null references network (id),
    id uuid not null default gen_random_uuid(),
    region_id uuid not null,
    name text not null,
    theme text not null,
    time_zone text not null,
    policy_version integer not null,
    convening_id uuid,
    submission_deadline timestamptz,
    status text not null default 'open' check (status in ('open', 'closed')),
    created_by uuid,
    created_at timestamptz not null default now(),
    primary key (network_id, id),
    unique (network_id, name),
    foreign key (network_id, region_id) references region (network_id, id),
    foreign key (network_id, policy_version) references policy_pack (network_id, version),
    foreign key (network_id, convening_id) references convening (network_id, id)
  )`,
  // Participants and chairs take a seat; facilitators take none (cohort.full).
  `create table seat (
    network_id uuid not null references network (id),
    id uuid not null default gen_random_uuid(),
    cohort_id uuid not null,
    person_id uuid not null,
    institution_id uuid not null,
    kind text not null check (kind in ('participant', 'chair', 'facilitator')),
    status text not null check (status in ('seated', 'waitlisted', 'left')),
    since timestamptz not null,
    primary key (network_id, id),
    unique (network_id, cohort_id, person_id),
    foreign key (network_id, cohort_id) references cohort (network_id, id),
    foreign key (network_id, person_id) references person (network_id, id) on delete cascade,
    foreign key (network_id, institution_id) references institution (network_id, id)
  )`,
  `create index seat_by_person on seat (network_id, person_id)`,

  // ---- meeting
  `create table meeting (
    network_id uuid not null references network (id),
    id uuid not null default gen_random_uuid(),
    cohort_id uuid not null,
    title text not null,
    starts_at timestamptz not null,
    ends_at timestamptz not null,
    time_zone text not null,
    place text,
    join_url text,
    bring text,
    primary key (network_id, id),
    check (ends_at > starts_at),
    check (place is not null or join_url is not null),
    foreign key (network_id, cohort_id) references cohort (network_id, id)
  )`,
  `create index meeting_by_cohort on meeting (network_id, cohort_id, starts_at)`,
  `create table meeting_answer (
    network_id uuid not null references network (id),
    meeting_id uuid not null,
    person_id uuid not null,
    answer text not null check (answer in ('yes', 'no')),
    answered_at timestamptz not null,
    primary key (network_id, meeting_id, person_id),
    foreign key (network_id, meeting_id) references meeting (network_id, id) on delete cascade,
    foreign key (network_id, person_id) references person (network_id, id) on delete cascade
  )`,

  // ---- practice
  `create table prompt (
    network_id uuid not null references network (id),
    id uuid not null default gen_random_uuid(),
    cohort_id uuid not null,
    author_id uuid not null,
    text text not null,
    opens_at timestamptz not null,
    primary key (network_id, id),
    foreign key (network_id, cohort_id) references cohort (network_id, id),
    foreign key (network_id, author_id) references person (network_id, id) on delete cascade
  )`,
  `create index prompt_by_cohort on prompt (network_id, cohort_id, opens_at desc)`,
  `create table post (
    network_id uuid not null references network (id),
    id uuid not null default gen_random_uuid(),
    prompt_id uuid not null,
    parent_id uuid,
    author_id uuid not null,
    body text not null,
    posted_at timestamptz not null,
    edited_at timestamptz,
    removed_at timestamptz,
    primary key (network_id, id),
    foreign key (network_id, prompt_id) references prompt (network_id, id),
    foreign key (network_id, parent_id) references post (network_id, id),
    foreign key (network_id, author_id) references person (network_id, id) on delete cascade
  )`,
  `create index post_by_prompt on post (network_id, prompt_id, posted_at, id)`,
  `create table text_draft (
    network_id uuid not null references network (id),
    person_id uuid not null,
    subject text not null,
    body text not null,
    saved_at timestamptz not null,
    primary key (network_id, person_id, subject),
    foreign key (network_id, person_id) references person (network_id, id) on delete cascade
  )`,

  // ---- connection: LMS platforms, logins on their way, tool keys, sessions
  `create table lti_platform (
    network_id uuid not null references network (id),
    id uuid not null default gen_random_uuid(),
    institution_id uuid not null,
    profile text not null check (profile in ('canvas', 'moodle', 'other')),
    issuer text not null,
    client_id text not null,
    authorization_endpoint text not null,
    token_endpoint text not null,
    token_audience text,
    jwks_uri text not null,
    status text not null default 'active' check (status in ('parked', 'active', 'disabled')),
    last_launch_at timestamptz,
    last_error_code text,
    last_error_at timestamptz,
    created_at timestamptz not null default now(),
    primary key (network_id, id),
    unique (issuer, client_id),
    foreign key (network_id, institution_id) references institution (network_id, id)
  )`,
  `create table lti_deployment (
    network_id uuid not null references network (id),
    platform_id uuid not null,
    deployment_id text not null check (char_length(deployment_id) between 1 and 255),
    status text not null default 'active' check (status in ('parked', 'active', 'disabled')),
    created_at timestamptz not null default now(),
    primary key (network_id, platform_id, deployment_id),
    foreign key (network_id, platform_id) references lti_platform (network_id, id) on delete cascade
  )`,
  // One row from login to launch; deleted by the launch that uses it.
  `create table lti_login (
    state_hash bytea primary key,
    network_id uuid not null references network (id),
    platform_id uuid not null,
    nonce text not null,
    browser_hash bytea not null,
    target_link_uri text not null,
    deployment_id text,
    storage_target text,
    expires_at timestamptz not null,
    foreign key (network_id, platform_id) references lti_platform (network_id, id) on delete cascade
  )`,
  `create index lti_login_expiry on lti_login (expires_at)`,
  `create table lti_key (
    kid text primary key,
    public_jwk jsonb not null,
    private_jwk_sealed text not null,
    created_at timestamptz not null,
    signs_until timestamptz,
    listed_until timestamptz
  )`,
  `create table lti_access_token (
    network_id uuid not null references network (id),
    platform_id uuid not null,
    scopes text not null,
    token_sealed text not null,
    granted_scopes text not null,
    expires_at timestamptz not null,
    primary key (network_id, platform_id, scopes),
    foreign key (network_id, platform_id) references lti_platform (network_id, id) on delete cascade
  )`,
  `create table registration_invite (
    network_id uuid not null references network (id),
    id uuid not null default gen_random_uuid(),
    institution_id uuid not null,
    token_hash bytea not null unique,
    created_by uuid,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    used_at timestamptz,
    platform_id uuid,
    primary key (network_id, id),
    foreign key (network_id, institution_id) references institution (network_id, id)
  )`,
  // What a refused launch's page calls its reference number. Holds no names; network_id is null when the platform is unknown.
  `create table launch_refusal (
    reference text primary key,
    network_id uuid references network (id),
    platform_id uuid,
    code text not null,
    facts jsonb not null default '{}',
    at timestamptz not null
  )`,
  `create index launch_refusal_by_platform on launch_refusal (network_id, platform_id, at desc)`,
  `create table space_session (
    token_hash bytea primary key,
    network_id uuid not null references network (id),
    person_id uuid not null,
    course_link_id uuid,
    cohort_id uuid,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    foreign key (network_id, person_id) references person (network_id, id) on delete cascade
  )`,
  `create index space_session_expiry on space_session (expires_at)`,

  // ---- gradebook: courses, their people, links, line items, scores on their way
  `create table course (
    network_id uuid not null references network (id),
    id uuid not null default gen_random_uuid(),
    platform_id uuid not null,
    deployment_id text not null,
    context_id text not null,
    title text,
    label text,
    lineitems_url text,
    memberships_url text,
    ags_scopes text[] not null default '{}',
    primary key (network_id, id),
    unique (network_id, platform_id, deployment_id, context_id),
    foreign key (network_id, platform_id) references lti_platform (network_id, id)
  )`,
  `create table course_member (
    network_id uuid not null references network (id),
    course_id uuid not null,
    person_id uuid not null,
    lms_user_id text not null,
    role text not null check (role in ('instructor', 'teaching_assistant', 'learner', 'observer', 'administrator', 'guest')),
    status text not null default 'active' check (status in ('active', 'left')),
    role_from text not null check (role_from in ('launch', 'roster')),
    seen_at timestamptz not null,
    primary key (network_id, course_id, person_id),
    unique (network_id, course_id, lms_user_id),
    foreign key (network_id, course_id) references course (network_id, id),
    foreign key (network_id, person_id) references person (network_id, id) on delete cascade
  )`,
  `create index course_member_by_person on course_member (network_id, person_id)`,
  `create table course_link (
    network_id uuid not null references network (id),
    id uuid not null default gen_random_uuid(),
    course_id uuid not null,
    resource_link_id text not null,
    title text,
    cohort_id uuid,
    round_id uuid,
    created_at timestamptz not null,
    primary key (network_id, id),
    unique (network_id, course_id, resource_link_id),
    foreign key (network_id, course_id) references course (network_id, id),
    foreign key (network_id, cohort_id) references cohort (network_id, id)
  )`,
  `create index course_link_by_cohort on course_link (network_id, cohort_id)`,

  // ---- review
  `create table review_round (
    network_id uuid not null references network (id),
    id uuid not null default gen_random_uuid(),
    cohort_id uuid not null,
    title text not null,
    instructions text not null default '',
    rubric jsonb not null,
    reviews_per_submission smallint not null check (reviews_per_submission between 1 and 10),
    anonymity text not null check (anonymity in ('none', 'single', 'double')),
    same_campus text not null default 'allow' check (same_campus in ('allow', 'avoid', 'forbid')),
    submit_until timestamptz not null,
    review_until timestamptz not null,
    time_zone text not null,
    work_maximum double precision not null check (work_maximum > 0),
    reviewing_maximum double precision not null check (reviewing_maximum > 0),
    phase text not null default 'draft' check (phase in ('draft', 'submit', 'review', 'closed')),
    seed integer not null,
    created_by uuid not null,
    created_at timestamptz not null,
    primary key (network_id, id),
    check (review_until > submit_until),
    foreign key (network_id, cohort_id) references cohort (network_id, id),
    foreign key (network_id, created_by) references person (network_id, id)
  )`,
  `create index review_round_by_cohort on review_round (network_id, cohort_id, created_at)`,
  `alter table course_link add foreign key (network_id, round_id) references review_round (network_id, id)`,
  `create table upload (
    network_id uuid not null references network (id),
    id uuid not null default gen_random_uuid(),
    owner_id uuid not null,
    file_name text not null,
    media_type text not null,
    bytes integer not null,
    storage_key text not null,
    uploaded_at timestamptz not null,
    primary key (network_id, id),
    foreign key (network_id, owner_id) references person (network_id, id) on delete cascade
  )`,
  `create table submission (
    network_id uuid not null references network (id),
    id uuid not null default gen_random_uuid(),
    round_id uuid not null,
    author_id uuid not null,
    body text not null default '',
    upload_id uuid,
    status text not null check (status in ('draft', 'submitted', 'withdrawn')),
    saved_at timestamptz not null,
    submitted_at timestamptz,
    primary key (network_id, id),
    unique (network_id, round_id, author_id),
    foreign key (network_id, round_id) references review_round (network_id, id),
    foreign key (network_id, author_id) references person (network_id, id) on delete cascade,
    foreign key (network_id, upload_id) references upload (network_id, id)
  )`,
  `create table review_conflict (
    network_id uuid not null references network (id),
    round_id uuid not null,
    reviewer_id uuid not null,
    author_id uuid not null,
    reason text not null,
    primary key (network_id, round_id, reviewer_id, author_id),
    foreign key (network_id, round_id) references review_round (network_id, id),
    foreign key (network_id, reviewer_id) references person (network_id, id) on delete cascade,
    foreign key (network_id, author_id) references person (network_id, id) on delete cascade
  )`,
  `create table review_assignment (
    network_id uuid not null references network (id),
    id uuid not null default gen_random_uuid(),
    round_id uuid not null,
    submission_id uuid not null,
    reviewer_id uuid not null,
    marks jsonb not null default '{}',
    comment text not null default '',
    saved_at timestamptz,
    filed_at timestamptz,
    primary key (network_id, id),
    unique (network_id, submission_id, reviewer_id),
    foreign key (network_id, round_id) references review_round (network_id, id),
    foreign key (network_id, submission_id) references submission (network_id, id) on delete cascade,
    foreign key (network_id, reviewer_id) references person (network_id, id) on delete cascade
  )`,
  `create index review_assignment_by_reviewer on review_assignment (network_id, reviewer_id, round_id)`,
  `create index review_assignment_by_round on review_assignment (network_id, round_id)`,

  // ---- gradebook, continued: it refers to rounds
  // claimed_until: a worker is making the column in the LMS, so that two never make it twice.
  `create table line_item (
    network_id uuid not null references network (id),
    id uuid not null default gen_random_uuid(),
    course_id uuid not null,
    round_id uuid not null,
    grade_column text not null check (grade_column in ('work', 'reviewing')),
    label text not null,
    score_maximum double precision not null,
    url text,
    claimed_until timestamptz,
    primary key (network_id, id),
    unique (network_id, course_id, round_id, grade_column),
    foreign key (network_id, course_id) references course (network_id, id),
    foreign key (network_id, round_id) references review_round (network_id, id)
  )`,
  // The outbox. A row is one score for one learner in one column; a later row for the same cell supersedes an earlier one.
  `create table score_delivery (
    network_id uuid not null references network (id),
    id uuid not null default gen_random_uuid(),
    line_item_id uuid not null,
    round_id uuid not null,
    course_id uuid not null,
    person_id uuid not null,
    lms_user_id text not null,
    sequence bigint generated always as identity,
    score_given double precision not null,
    score_maximum double precision not null,
    comment text not null default '',
    status text not null check (status in ('waiting', 'arrived', 'superseded', 'refused', 'given_up')),
    attempts integer not null default 0,
    next_attempt_at timestamptz not null,
    claimed_until timestamptz,
    score_timestamp timestamptz,
    last_error text,
    published_by uuid not null,
    created_at timestamptz not null,
    arrived_at timestamptz,
    primary key (network_id, id),
    foreign key (network_id, line_item_id) references line_item (network_id, id),
    foreign key (network_id, round_id) references review_round (network_id, id),
    foreign key (network_id, person_id) references person (network_id, id) on delete cascade
  )`,
  `create index score_delivery_due on score_delivery (next_attempt_at) where status = 'waiting'`,
  `create index score_delivery_by_cell on score_delivery (network_id, line_item_id, person_id, sequence desc)`,
  `create index score_delivery_by_round on score_delivery (network_id, round_id, course_id)`,

  // ---- notice: mail on its way
  `create table mail (
    network_id uuid not null references network (id),
    id uuid not null default gen_random_uuid(),
    recipient text not null,
    subject text not null,
    body_text text not null,
    body_html text not null,
    status text not null check (status in ('waiting', 'sent', 'given_up')),
    attempts integer not null default 0,
    next_attempt_at timestamptz not null,
    last_error text,
    created_at timestamptz not null,
    sent_at timestamptz,
    primary key (network_id, id)
  )`,
  `create index mail_due on mail (next_attempt_at) where status = 'waiting'`,
]
