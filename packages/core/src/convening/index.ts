export * from './contract.ts'
export { CONVENING_REFUSALS, decideConvening } from './decide-convening.ts'
export {
  freePlaces,
  openRegistration,
  registerForConvening,
  registrationOffered,
  type OpenConvening,
  type Places,
} from './register-for-convening.ts'
export { conveningSlug } from './slug.ts'
export * from './from-course-contract.ts'
export * from './import-contract.ts'
export * from './read-registrants.ts'
export { AskedWishes, MyWishes, NO_WISHES, Wishes, wishesOf } from './wishes.ts'
export * from './badge-contract.ts'
export {
  chooseSessions,
  findOverlap,
  sessionOffered,
  sessionPlacesToGive,
  type SessionChoice,
  type SessionPlaces,
} from './choose-sessions.ts'
export { decideSession } from './decide-session.ts'
export { decideWindow } from './decide-window.ts'
export * from './desk-contract.ts'
export { localDay } from './local-day.ts'
export { mayReadNeeds, needsKeptUntil } from './may-read-needs.ts'
export { minutesAttended } from './minutes-attended.ts'
export { settleCheckIns } from './settle-check-ins.ts'
export { missingTerms, sinceForTerms, termsFrom, type TermOfYear } from './missing-terms.ts'
export * from './notify-contract.ts'
export { dealPlaces, afterThoseWaiting, placeFor, type CampusPlaces, type PlacesOfAll } from './places-by-campus.ts'
export * from './session-contract.ts'
export { summariseFeedback } from './summarise-feedback.ts'
