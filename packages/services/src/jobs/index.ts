export { startJobs, type Jobs, type JobsOptions } from './start-jobs.ts'
