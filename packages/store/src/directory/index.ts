export * from './session-repo.ts'
