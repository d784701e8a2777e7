export * from './people-repo.ts'
export * from './repo.ts'
export * from './solve-repo.ts'
