export * from './repo.ts'
export * from './nudge.ts'
export * from './allowance-repo.ts'
