export * from './contract.ts'
export { CONVENING_REFUSALS, decideConvening } from './decide-convening.ts'
export {
  freePlaces,
  openRegistration,
  placesToGive,
  registerForConvening,
  registrationOffered,
  restoreTo,
  type OpenConvening,
  type Places,
} from './register-for-convening.ts'
export { conveningSlug } from './slug.ts'
export * from './from-course-contract.ts'
export * from './import-contract.ts'
export * from './read-registrants.ts'
export { Wishes } from './wishes.ts'
