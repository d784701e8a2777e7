export * from './activity-repo.ts'
export * from './asked.ts'
export * from './people-repo.ts'
