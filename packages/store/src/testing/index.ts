export { openTestDb } from './open-test-db.ts'
export { runSql } from './run-sql.ts'
export { startTestPostgres, type TestPostgres } from './start-test-postgres.ts'
