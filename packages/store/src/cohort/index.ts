export * from './create-cohort-repo.ts'
export * from './overview-repo.ts'
export * from './seat-change-repo.ts'
export * from './seat-list-repo.ts'
