import type { Migration } from 'kysely/migration'
import * as blueprints from './2026-11-22T1650_blueprints.ts'
import * as conflictReason from './2026-11-22T1645_conflict_reason.ts'
import * as connectionCheck from './2026-11-22T1520_connection_check.ts'
import * as directory from './2026-11-22T1960_directory.ts'
import * as conveningSessions from './2026-11-22T1930_convening_sessions.ts'
import * as claimInvitation from './2026-11-22T1980_claim_invitation.ts'
import * as cleanedAnew from './2026-11-22T2010_cleaned_anew.ts'
import * as pooledAsOf from './2026-11-22T2020_pooled_as_of.ts'
import * as startToken from './2026-11-22T2032_start_token.ts'
import * as unprovedMail from './2026-11-22T2046_unproved_mail.ts'
import * as offices from './2026-11-22T2045_offices.ts'
import * as solveAttempts from './2026-11-22T2047_solve_attempts.ts'
import * as checkInActs from './2026-11-22T2049_check_in_acts.ts'
import * as forgottenNames from './2026-11-22T2050_forgotten_names.ts'
import * as closedAsks from './2026-11-22T2051_closed_asks.ts'
import * as attemptsWithInvite from './2026-11-22T2110_attempts_with_invite.ts'
import * as membersByPerson from './2026-11-22T2100_members_by_person.ts'
import * as openedPool from './2026-11-22T2044_opened_pool.ts'
import * as institutionSignIn from './2026-11-22T2040_institution_sign_in.ts'
import * as openedAuthors from './2026-11-22T2042_opened_authors.ts'
import * as contestedRows from './2026-11-22T1820_contested_rows.ts'
import * as foundation from './2026-11-21T0900_foundation.ts'
import * as noInstitutionSignIn from './2026-11-22T1990_no_institution_sign_in.ts'
import * as oneClickUnsubscribe from './2026-11-22T1836_one_click_unsubscribe.ts'
import * as passback from './2026-11-21T1300_passback.ts'
import * as cohortSeasons from './2026-11-22T1912_cohort_seasons.ts'
import * as pairingNeed from './2026-11-22T1914_pairing_need.ts'
import * as filesCleanedAnew from './2026-11-22T2048_files_cleaned_anew.ts'
import * as enteredMarks from './2026-11-22T2048_entered_marks.ts'
import * as facilitators from './2026-11-22T1910_facilitators.ts'
import * as participation from './2026-11-22T1940_participation.ts'
import * as passkeyUse from './2026-11-22T1985_passkey_use.ts'
import * as peopleInList from './2026-11-22T1970_people_in_list.ts'
import * as placementBoard from './2026-11-22T1920_placement_board.ts'
import * as proposals from './2026-11-22T1900_proposals.ts'
import * as reviewReminders from './2026-11-22T1640_review_reminders.ts'
import * as reviewScoring from './2026-11-22T1630_review_scoring.ts'
import * as registrantWishes from './2026-11-22T1810_registrant_wishes.ts'
import * as placing from './2026-11-21T1210_placing.ts'
import * as reviewAllocation from './2026-11-22T1610_review_allocation.ts'
import * as reviewSetup from './2026-11-22T1600_review_setup.ts'
import * as reviewWriting from './2026-11-22T1620_review_writing.ts'
import * as rosterSync from './2026-11-21T1200_roster_sync.ts'
import * as scorePlatform from './2026-11-22T1510_score_platform.ts'
import * as spentLogin from './2026-11-22T1710_spent_login.ts'
import * as releasedPool from './2026-11-22T1835_released_pool.ts'
import * as severalFiles from './2026-11-22T1830_several_files.ts'
import * as signIn from './2026-11-21T0905_sign_in.ts'
import * as whetherSent from './2026-11-22T2130_whether_sent.ts'

/** One ordered history. A migration that has landed is never edited; a later one corrects it. */
export const migrations: Record<string, Migration> = {
  '2026-11-21T0900_foundation': foundation,
  '2026-11-21T0905_sign_in': signIn,
  '2026-11-21T1200_roster_sync': rosterSync,
  '2026-11-21T1210_placing': placing,
  '2026-11-21T1300_passback': passback,
  '2026-11-22T1510_score_platform': scorePlatform,
  '2026-11-22T1520_connection_check': connectionCheck,
  '2026-11-22T1600_review_setup': reviewSetup,
  '2026-11-22T1630_review_scoring': reviewScoring,
  '2026-11-22T1610_review_allocation': reviewAllocation,
  '2026-11-22T1620_review_writing': reviewWriting,
  '2026-11-22T1640_review_reminders': reviewReminders,
  '2026-11-22T1645_conflict_reason': conflictReason,
  '2026-11-22T1650_blueprints': blueprints,
  '2026-11-22T1710_spent_login': spentLogin,
  '2026-11-22T1810_registrant_wishes': registrantWishes,
  '2026-11-22T1830_several_files': severalFiles,
  '2026-11-22T1835_released_pool': releasedPool,
  '2026-11-22T1836_one_click_unsubscribe': oneClickUnsubscribe,
  '2026-11-22T1820_contested_rows': contestedRows,
  '2026-11-22T1900_proposals': proposals,
  '2026-11-22T1910_facilitators': facilitators,
  '2026-11-22T1912_cohort_seasons': cohortSeasons,
  '2026-11-22T1914_pairing_need': pairingNeed,
  '2026-11-22T1920_placement_board': placementBoard,
  '2026-11-22T1930_convening_sessions': conveningSessions,
  '2026-11-22T1940_participation': participation,
  '2026-11-22T1960_directory': directory,
  '2026-11-22T1970_people_in_list': peopleInList,
  '2026-11-22T1980_claim_invitation': claimInvitation,
  '2026-11-22T1985_passkey_use': passkeyUse,
  '2026-11-22T1990_no_institution_sign_in': noInstitutionSignIn,
  '2026-11-22T2010_cleaned_anew': cleanedAnew,
  '2026-11-22T2020_pooled_as_of': pooledAsOf,
  '2026-11-22T2032_start_token': startToken,
  '2026-11-22T2040_institution_sign_in': institutionSignIn,
  '2026-11-22T2042_opened_authors': openedAuthors,
  '2026-11-22T2044_opened_pool': openedPool,
  '2026-11-22T2045_offices': offices,
  '2026-11-22T2046_unproved_mail': unprovedMail,
  '2026-11-22T2047_solve_attempts': solveAttempts,
  '2026-11-22T2049_check_in_acts': checkInActs,
  '2026-11-22T2050_forgotten_names': forgottenNames,
  '2026-11-22T2051_closed_asks': closedAsks,
  '2026-11-22T2100_members_by_person': membersByPerson,
  '2026-11-22T2110_attempts_with_invite': attemptsWithInvite,
  '2026-11-22T2130_whether_sent': whetherSent,
  '2026-11-22T2048_entered_marks': enteredMarks,
  '2026-11-22T2048_files_cleaned_anew': filesCleanedAnew,
}
