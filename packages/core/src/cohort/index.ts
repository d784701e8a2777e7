export * from './contract.ts'
export * from './administer-cohort-contract.ts'
export * from './create-cohort-contract.ts'
export { checkCohort, createCohort, type Candidate, type CohortContext } from './create-cohort.ts'
export { decideBinding, mayChooseCohort } from './decide-binding.ts'
export { isEligible, type Tie } from './is-eligible.ts'
export { decideJoin, seatsToGive, type Joiner, type JoiningCohort, type Seats } from './decide-join.ts'
export { decideLeave } from './decide-leave.ts'
export { orderTodos } from './order-todos.ts'
export { spaceAccess, type SpaceAccess } from './space-access.ts'
export { abilitiesOf, standingOf } from './standing-of.ts'
export { startingLetter } from './starting-letter.ts'
export { decideSeat, restoreSeatTo, type SeatKind } from './decide-seat.ts'
export * from './glance-contract.ts'
export * from './season-life-contract.ts'
export * from './renewal-contract.ts'
export { decideAsk, isOver, kindOfYes, showsAsk } from './decide-ask.ts'
export { addressMessage } from './address-message.ts'
export { checkClosing, closeCohort as decideClosing, nestCohort as decideNesting } from './close-cohort.ts'
export {
  COHORT_CONCERNS,
  concernsOf,
  readinessOf,
  silentSince,
  type CohortConcern,
  type SeasonFacts,
} from './judge-season.ts'
