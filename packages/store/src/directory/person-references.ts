/**
 * Every column that names a person, and what becomes of its rows when two persons turn out to be one or somebody is
 * removed. The test beside this file finds such columns in the schema, so a new table fails it until it stands here.
 *
 * `once`: what the row can be only once for a person, by these columns. Where both persons hold one, `refuse` lets the
 * merge not happen, and `keep` puts the row of the one who goes away and keeps the other's. `over`: of two, one that is
 * this is put away, whosever it is, with its rows of `takes`, and only two that neither is are refused.
 * `onRemoval`: `delete` for what was theirs alone; `stay` for what others built upon, which then names nobody.
 * `isPrivate`: work, reviews, scores and what is said within a cohort, which the admin app never shows.
 */
export type PersonReference = Readonly<{
  table: string
  column: string
  once?: Readonly<{ columns: readonly string[]; both: 'refuse' | 'keep'; where?: string; over?: Over }>
  /** A merge leaves it as it is: it says what happened then. */
  stays?: true
  onRemoval: 'delete' | 'stay'
  isPrivate?: true
}>

/** `is`: when row `g` is over, in SQL. `takes`: what the database deletes with the row, by its `by`. */
type Over = Readonly<{ is: (g: string) => string; takes: readonly string[]; by: string }>

type More = Partial<Omit<PersonReference, 'table' | 'column' | 'once'>>
const moves = (table: string, column: string, more: More = {}): PersonReference => ({
  table,
  column,
  onRemoval: 'stay',
  ...more,
})
const refused = (table: string, column: string, columns: readonly string[], more: More & When = {}) => {
  const { where, over, ...rest } = more
  const when = { ...(where && { where }), ...(over && { over }) }
  return { ...moves(table, column, rest), once: { columns, both: 'refuse' as const, ...when } }
}
type When = Readonly<{ where?: string; over?: Over }>
const kept = (table: string, column: string, columns: readonly string[], more: More = {}) => ({
  ...moves(table, column, more),
  once: { columns, both: 'keep' as const },
})
const own = { onRemoval: 'delete' } as const
const ofWork = { isPrivate: true } as const

/** Cancelled, by somebody who was checked in nowhere and said nothing of it: what they attended or said is nobody's to put away. */
const CANCELLED: Over = {
  is: (g) =>
    ['check_in', 'convening_feedback'].reduce(
      (is, table) =>
        `${is} and not exists (select from ${table} c where c.network_id = ${g}.network_id and c.registration_id = ${g}.id)`,
      `${g}.status = 'cancelled'`,
    ),
  takes: ['session_choice', 'check_in_act', 'registration_need'],
  by: 'registration_id',
}

/** In the order of a merge: what others refer to by the person comes after what refers to it. */
export const PERSON_REFERENCES: readonly PersonReference[] = [
  // ---- who they are
  moves('identity', 'person_id', own),
  kept('affiliation', 'person_id', ['institution_id'], own),
  kept('role_grant', 'person_id', ['role', 'region_id', 'institution_id'], own),
  moves('role_grant', 'granted_by'),
  moves('person', 'merged_into'),
  moves('person_merge', 'kept_id', { stays: true }),
  moves('person_merge', 'gone_id', { stays: true }),
  moves('person_merge', 'merged_by', { stays: true }),
  moves('person_merge', 'undone_by', { stays: true }),
  moves('audit_entry', 'actor_id', { stays: true }),
  moves('space_session', 'person_id', own),
  kept('claim_code', 'person_id', [], own),
  moves('placing_request', 'person_id', own),
  kept('calendar_feed', 'person_id', [], own),
  kept('reminder_choice', 'person_id', [], own),
  kept('text_draft', 'person_id', ['subject'], { ...own, ...ofWork }),

  // ---- where they take part
  kept('seat', 'person_id', ['cohort_id']),
  kept('cohort_ask', 'person_id', ['cohort_id'], own),
  refused('registration', 'person_id', ['convening_id'], { over: CANCELLED }),
  refused('course_member', 'person_id', ['course_id']),
  kept('meeting_answer', 'person_id', ['meeting_id'], own),
  kept('attendance', 'person_id', ['meeting_id']),
  moves('attendance', 'noted_by'),
  moves('commitment', 'person_id', ofWork),
  moves('prompt', 'author_id', ofWork),
  moves('post', 'author_id', ofWork),
  kept('research_consent', 'person_id', ['cohort_id']),

  // ---- proposals and facilitators
  kept('proposal_author', 'person_id', ['proposal_id']),
  moves('proposal_author', 'added_by'),
  moves('proposal', 'created_by'),
  moves('proposal', 'decided_by'),
  moves('proposal', 'saved_by'),
  moves('proposal', 'pool_opened_by'),
  moves('proposal_event', 'by_id'),
  moves('help_request', 'asked_by'),
  moves('help_request', 'answered_by'),
  kept('facilitator_preference', 'person_id', ['proposal_id'], own),
  kept('host_preference', 'person_id', ['proposal_id'], own),
  moves('host_preference', 'said_by'),
  refused('pairing', 'person_id', ['proposal_id'], { ...own, where: `status in ('offered', 'agreed')` }),
  moves('pairing', 'offered_by'),
  moves('pairing', 'hosts_by'),
  moves('pairing', 'closed_by'),
  kept('facilitator', 'person_id', [], own),
  moves('facilitator', 'decided_by'),

  // ---- what they did as administrators and teachers
  moves('blueprint_application', 'applied_by'),
  moves('policy_pack', 'changed_by'),
  moves('call', 'created_by'),
  moves('cohort', 'created_by'),
  moves('convening', 'lead_facilitator_id'),
  moves('check_in', 'by_id'),
  moves('check_in_act', 'by_id'),
  moves('meeting_move', 'by_id'),
  moves('placement_board', 'committed_by'),
  moves('placement_board', 'solve_asked_by'),
  moves('placement_change', 'by_id'),
  moves('registration_invite', 'created_by'),
  moves('exemplar', 'created_by', ofWork),
  moves('review_round', 'created_by', ofWork),
  moves('rubric', 'created_by', ofWork),
  moves('rubric_version', 'created_by', ofWork),
  moves('round_absence', 'noted_by', ofWork),
  moves('round_extension', 'granted_by', ofWork),
  moves('score_check', 'checked_by', ofWork),
  moves('score_delivery', 'published_by', ofWork),
  moves('score_override', 'by_id', ofWork),
  moves('score_release', 'released_by', ofWork),

  // ---- work, reviews and scores
  moves('upload', 'owner_id', ofWork),
  moves('portfolio_item', 'owner_id', ofWork),
  refused('submission', 'author_id', ['round_id'], ofWork),
  refused('round_team_member', 'person_id', ['round_id'], ofWork),
  refused('review_assignment', 'reviewer_id', ['submission_id'], { ...ofWork, where: 'withdrawn_at is null' }),
  kept('review_conflict', 'reviewer_id', ['round_id', 'author_id'], ofWork),
  kept('review_conflict', 'author_id', ['round_id', 'reviewer_id'], ofWork),
  refused('self_assessment', 'author_id', ['submission_id'], ofWork),
  refused('exemplar_marking', 'reviewer_id', ['exemplar_id'], ofWork),
  kept('round_absence', 'person_id', ['round_id'], ofWork),
  refused('round_extension', 'person_id', ['round_id', 'kind'], ofWork),
  moves('review_flag', 'raised_by', ofWork),
  moves('review_flag', 'answered_by', ofWork),
  moves('review_response', 'author_id', ofWork),
  refused('appeal', 'person_id', ['round_id', 'grade_column'], { ...ofWork, where: `status = 'open'` }),
  moves('appeal_entry', 'by_id', ofWork),
  moves('score_override', 'person_id', ofWork),
  moves('score_delivery', 'person_id', ofWork),
  kept('reminder_sent', 'person_id', ['round_id', 'reminder'], own),
]

/** Documents that name persons by their id: the facilitators and chairs of a draft. */
export const PERSON_DOCUMENTS = [{ table: 'proposal', column: 'body' }] as const
