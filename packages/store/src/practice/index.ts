export * from './draft-repo.ts'
export * from './post-repo.ts'
export * from './prompt-repo.ts'
