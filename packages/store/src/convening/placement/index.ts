export * from './people-repo.ts'
export * from './repo.ts'
