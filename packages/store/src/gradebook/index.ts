export * from './course-repo.ts'
export * from './delivery-repo.ts'
export * from './outbox-repo.ts'
