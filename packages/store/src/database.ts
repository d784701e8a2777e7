import type { Kysely, Transaction } from 'kysely'
import type * as connection from './connection/table.ts'
import type * as convening from './convening/table.ts'
import type * as conveningSession from './convening/session-table.ts'
import type * as cohort from './cohort/table.ts'
import type * as cohortSeason from './cohort/season-table.ts'
import type * as directory from './directory/table.ts'
import type * as gradebook from './gradebook/table.ts'
import type * as meeting from './meeting/table.ts'
import type * as meetingSeason from './meeting/season-table.ts'
import type * as facilitator from './proposal/facilitator-table.ts'
import type * as participation from './meeting/participation-table.ts'
import type * as notice from './notice/table.ts'
import type * as placement from './convening/placement/table.ts'
import type * as portfolio from './portfolio/table.ts'
import type * as practice from './practice/table.ts'
import type * as proposal from './proposal/table.ts'
import type * as programme from './programme/table.ts'
import type * as review from './review/table.ts'
import type * as reminder from './review/reminder-table.ts'
import type * as writing from './review/writing-table.ts'
import type * as scoring from './review/score-table.ts'

export interface Database {
  network: directory.NetworkTable
  region: directory.RegionTable
  institution: directory.InstitutionTable
  person: directory.PersonTable
  identity: directory.IdentityTable
  affiliation: directory.AffiliationTable
  role_grant: directory.RoleGrantTable
  audit_entry: directory.AuditEntryTable
  institution_membership: directory.InstitutionMembershipTable
  sponsoring_unit: directory.SponsoringUnitTable
  person_merge: directory.PersonMergeTable
  claim_code: directory.ClaimCodeTable
  institution_sign_in: directory.InstitutionSignInTable
  institution_domain: directory.InstitutionDomainTable
  institution_login: directory.InstitutionLoginTable
  policy_pack: programme.PolicyPackTable
  blueprint_application: programme.BlueprintApplicationTable
  series: programme.SeriesTable
  micro_credential: programme.MicroCredentialTable
  micro_credential_version: programme.MicroCredentialVersionTable
  programme_template: programme.ProgrammeTemplateTable
  call: proposal.CallTable
  proposal: proposal.ProposalTable
  proposal_institution: proposal.ProposalInstitutionTable
  proposal_author: proposal.ProposalAuthorTable
  proposal_event: proposal.ProposalEventTable
  help_request: proposal.HelpRequestTable
  proposal_start: proposal.ProposalStartTable
  community: proposal.CommunityTable
  convening: convening.ConveningTable
  registration: convening.RegistrationTable
  convening_host: conveningSession.ConveningHostTable
  convening_places: conveningSession.ConveningPlacesTable
  convening_session: conveningSession.ConveningSessionTable
  session_choice: conveningSession.SessionChoiceTable
  check_in: conveningSession.CheckInTable
  check_in_act: conveningSession.CheckInActTable
  registration_need: conveningSession.RegistrationNeedTable
  convening_feedback: conveningSession.ConveningFeedbackTable
  notify_me: conveningSession.NotifyMeTable
  placement_board: placement.PlacementBoardTable
  placement_change: placement.PlacementChangeTable
  cohort: cohort.CohortTable
  seat: cohort.SeatTable
  meeting: meeting.MeetingTable
  meeting_answer: meeting.MeetingAnswerTable
  agenda_item: participation.AgendaItemTable
  attendance: participation.AttendanceTable
  commitment: participation.CommitmentTable
  meeting_move: meetingSeason.MeetingMoveTable
  calendar_feed: meetingSeason.CalendarFeedTable
  cohort_ask: cohortSeason.CohortAskTable
  facilitator: facilitator.FacilitatorTable
  facilitator_preference: facilitator.FacilitatorPreferenceTable
  host_preference: facilitator.HostPreferenceTable
  pairing: facilitator.PairingTable
  pairing_need: facilitator.PairingNeedTable
  prompt: practice.PromptTable
  post: practice.PostTable
  text_draft: practice.TextDraftTable
  lti_platform: connection.LtiPlatformTable
  lti_deployment: connection.LtiDeploymentTable
  lti_spent_login: connection.LtiSpentLoginTable
  lti_key: connection.LtiKeyTable
  lti_access_token: connection.LtiAccessTokenTable
  registration_invite: connection.RegistrationInviteTable
  launch_refusal: connection.LaunchRefusalTable
  connection_check: connection.ConnectionCheckTable
  lti_platform_origin: connection.LtiPlatformOriginTable
  space_session: connection.SpaceSessionTable
  placing_request: connection.PlacingRequestTable
  course: gradebook.CourseTable
  course_member: gradebook.CourseMemberTable
  course_link: gradebook.CourseLinkTable
  roster_sync: gradebook.RosterSyncTable
  line_item: gradebook.LineItemTable
  score_delivery: gradebook.ScoreDeliveryTable
  lti_circuit: gradebook.LtiCircuitTable
  review_round: review.ReviewRoundTable
  upload: review.UploadTable
  submission: review.SubmissionTable
  work_file: review.WorkFileTable
  review_conflict: review.ReviewConflictTable
  review_assignment: review.ReviewAssignmentTable
  round_absence: review.RoundAbsenceTable
  round_team: review.RoundTeamTable
  round_team_member: review.RoundTeamMemberTable
  exemplar: review.ExemplarTable
  exemplar_marking: review.ExemplarMarkingTable
  score_check: scoring.ScoreCheckTable
  score_override: scoring.ScoreOverrideTable
  score_release: scoring.ScoreReleaseTable
  appeal: scoring.AppealTable
  appeal_entry: scoring.AppealEntryTable
  rubric: review.RubricTable
  rubric_version: review.RubricVersionTable
  round_extension: review.RoundExtensionTable
  portfolio_item: portfolio.PortfolioItemTable
  portfolio_draft: portfolio.PortfolioDraftTable
  passage_comment: writing.PassageCommentTable
  review_flag: writing.ReviewFlagTable
  review_response: writing.ReviewResponseTable
  submission_version: writing.SubmissionVersionTable
  self_assessment: writing.SelfAssessmentTable
  reminder_sent: reminder.ReminderSentTable
  reminder_choice: reminder.ReminderChoiceTable
  research_consent: reminder.ResearchConsentTable
  mail: notice.MailTable
  unproved_mail: notice.UnprovedMailTable
  'auth.sign_in_attempt': directory.SignInAttemptTable
}

export type Db = Kysely<Database>
/** A transaction, or the database itself: what a query function takes. Inside a transaction always pass the transaction. */
export type Trx = Transaction<Database>

export { DatabaseUnavailable } from './database-unavailable.ts'
export { lockFolder } from './lock-folder.ts'
export { acrossNetworks, enterNetwork, openScope, withinNetwork } from './network-scope.ts'
export { openDatabase, type DatabaseLocation, type OpenDatabase } from './open-database.ts'
