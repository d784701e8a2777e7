export { acceptFile, FILE_BYTES_AT_MOST, neutralFileName, type AcceptedFile, type FileRefusal } from './accept-file.ts'
export { aggregateMarks, markReview, type Aggregate, type ReviewMark } from './aggregate-marks.ts'
export * from './allocate-reviewers.ts'
export {
  changeRound,
  closeRound,
  openRound,
  reopenRound,
  startReviewing,
  type DatePassed,
  type DatesOutOfOrder,
  type RoundInTime,
  type WrongPhase,
} from './change-phase.ts'
export * from './allocation-contract.ts'
export * from './contract.ts'
export * from './score-round.ts'
export * from './scores-contract.ts'
export * from './work-contract.ts'
export { dice, shuffled } from './dice.ts'
export { gradeReviewer, type GradedPart, type ReviewerGrade, type ReviewToGrade } from './grade-reviewer.ts'
export * from './hand-in-work.ts'
export * from './grade-setup.ts'
export * from './late-policy.ts'
export * from './work-kind.ts'
export type { Round } from './round.ts'
export * from './rubric.ts'
export * from './who-may-know.ts'
export * from './write-review.ts'
export { compareWithReference, type ComparedReviewer } from './compare-with-reference.ts'
export { fitRaterModel, type RaterModel } from './fit-rater-model.ts'
export { measureAgreement, type Agreement } from './measure-agreement.ts'
export { offerModel, type ModelGround } from './offer-model.ts'
export { ScoreMarksInput } from './score-marks-input.ts'
export { scoreMarks, type ScoredMarks } from './score-marks.ts'
export { readerOfWork, type WorkReader } from './reader-of-work.ts'
export * from './reviewed-work-contract.ts'
