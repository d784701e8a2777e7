export {
  addExemplar,
  markExemplar,
  removeExemplar,
  showExemplar,
  showExemplars,
  showMyExemplars,
} from './mark-exemplar.ts'
export { setTeams, showMyTeam, showTeams } from './set-teams.ts'
export { changePairing } from './change-pairing.ts'
export { repairRound, repairRoundsOfCohort } from './repair-round.ts'
export { showAttendance } from './show-attendance.ts'
export { allocateRound } from './allocate-round.ts'
export { listReviewTodos } from './list-review-todos.ts'
export { readReceived, readWork } from './read-reviews.ts'
export { findDownload, type Download } from './find-download.ts'
export { handIn, saveWork, takeBack } from './save-work.ts'
export { advanceDueRounds } from './advance-rounds.ts'
export { grantExtension, listExtensions, withdrawExtension } from './extend-time.ts'
export { copyRound, listReuseTargets, reuseRound } from './reuse-round.ts'
export {
  changeRound,
  closeRound,
  listRoundPeople,
  openRound,
  reopenRound,
  setUpRound,
  stepBack,
} from './set-up-round.ts'
export { exportRound } from './export-round.ts'
export { chooseReminders, chooseResearchConsent, showReminderChoice, showResearchConsent } from './make-choices.ts'
export { packExport } from './pack-export.ts'
export { chooseRemindersByToken, sendReminders } from './send-reminders.ts'
export { showProgress } from './show-progress.ts'
export { showScores } from './show-scores.ts'
export { scoringByCourse } from './compare-release.ts'
export { overridesThatCount, type RoundScoring } from './load-scoring.ts'
export { listRounds, showRound } from './show-round.ts'
export {
  addRubricVersion,
  changeRubric,
  compareRubric,
  createRubric,
  exportRubric,
  importRubric,
  listRubrics,
  showRubric,
} from './keep-rubrics.ts'
export { choosePortfolioDraft, setLink } from './choose-work-source.ts'
export { openUploadStorage, type UploadStorage } from './upload-storage.ts'
export { fileReview, listReviews, saveReview, showReview } from './write-review.ts'
export { lockRoundRunBy, roundRunBy, type InstructorsOnly, type NotFound } from './find-round.ts'
export { peopleOfRound } from './people-of-round.ts'
export { readReviewedWork } from './read-reviewed-work.ts'
export { checkWork, overrideScore, withdrawCheck, withdrawOverride } from './moderate-score.ts'
export { changeScoring, releaseAnew, releaseGrades, withdrawRelease } from './release-grades.ts'
export { answerAppeal, raiseAppeal, withdrawAppeal } from './appeal-grade.ts'
export { showMyGrade } from './show-my-grade.ts'
export { attachFile, orderWorkFiles, removeFile } from './attach-file.ts'
export { attachExemplarFile, orderExemplarFiles, removeExemplarFile } from './exemplar-files.ts'
export { attachRevisionFile, orderRevisionFiles, removeRevisionFile } from './revise-files.ts'
export type { FileReceived } from './keep-file.ts'
export { fileSelf, saveSelf, showSelfAssessment } from './assess-self.ts'
export { answerFlag, listFlags } from './answer-flag.ts'
export { findOwnTraces } from './find-own-traces.ts'
export { flagReview, flagWork } from './raise-flag.ts'
export { respondToReview } from './respond-to-review.ts'
export { handInRevision, saveRevision, showVersions } from './revise-work.ts'
