export * from './from-course-repo.ts'
export * from './import-repo.ts'
export * from './registration-repo.ts'
export * from './repo.ts'
