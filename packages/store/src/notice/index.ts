export * from './repo.ts'
export * from './nudge.ts'
