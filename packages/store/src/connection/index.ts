export * from './admission-repo.ts'
export * from './admit-known.ts'
