export { openTestDb } from './open-test-db.ts'
export { startTestPostgres, type TestPostgres } from './start-test-postgres.ts'
