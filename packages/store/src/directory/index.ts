export * from './session-repo.ts'
export * from './load-space-session.ts'
export * from './sign-in-repo.ts'
