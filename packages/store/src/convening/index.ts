export * from './registration-repo.ts'
export * from './repo.ts'
