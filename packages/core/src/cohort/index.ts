export * from './contract.ts'
export * from './administer-cohort-contract.ts'
export * from './create-cohort-contract.ts'
export { checkCohort, createCohort, type Candidate, type CohortContext } from './create-cohort.ts'
