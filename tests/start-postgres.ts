import { startTestPostgres } from '@copractice/store/testing'
import type { TestProject } from 'vitest/node'

/** One Postgres for the whole run; says which engine the tests used. */
export default async function startPostgres(project: TestProject): Promise<() => Promise<void>> {
  try {
    const postgres = await startTestPostgres()
    project.provide('postgresUrl', postgres.url)
    console.log(`Database engine for the tests: ${postgres.engine}, real server`)
    return postgres.stop
  } catch (error) {
    project.provide('postgresUrl', null)
    console.log(`Database engine for the tests: PGlite, in process (Postgres could not start: ${String(error)})`)
    return async () => {}
  }
}
