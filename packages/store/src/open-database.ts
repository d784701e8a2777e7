import { mkdirSync } from 'node:fs'
import { PGlite } from '@electric-sql/pglite'
import { Kysely, PGliteDialect, PostgresDialect, sql } from 'kysely'
import { Migrator } from 'kysely/migration'
import pg from 'pg'
import { migrations } from '../migrations/index.ts'
import { bindEmbedded, bindStatements } from './bind-statements.ts'
import { DatabaseUnavailable } from './database-unavailable.ts'
import type { Database, Db } from './database.ts'
import { lockFolder } from './lock-folder.ts'
import { lockNetworks } from './lock-networks.ts'
import { prepareMarked } from './prepare-marked.ts'

/** Where the rows live: a Postgres by URL, or an embedded one in a folder (in memory when no folder is named). */
export type DatabaseLocation = Readonly<{ url: string; poolSize?: number }> | Readonly<{ folder: string | null }>

export type OpenDatabase = Readonly<{
  db: Db
  /** For printing: which engine, which version. Never holds a password. */
  engine: string
  /** What a job queue on the same database needs. */
  connection: Readonly<{ kind: 'postgres'; url: string }> | Readonly<{ kind: 'pglite'; pglite: PGlite }>
  close: () => Promise<void>
}>

/**
 * Opens the database, migrates it to the newest schema and locks each network's rows from the others. Throws
 * `DatabaseUnavailable` with one clear line when the URL cannot be reached, another process holds the folder, or a newer version
 * has migrated it.
 */
export async function openDatabase(location: DatabaseLocation): Promise<OpenDatabase> {
  const open = 'url' in location ? await openPostgres(location) : await openEmbedded(location.folder)
  try {
    await migrate(open.db)
  } catch (error) {
    await open.close()
    throw error
  }
  return open
}

async function openPostgres({ url, poolSize = 10 }: { url: string; poolSize?: number }): Promise<OpenDatabase> {
  const pool = new pg.Pool({ connectionString: url, max: poolSize, connectionTimeoutMillis: 5000 })
  // An idle connection that breaks is replaced by the pool; without a listener it would end the process.
  pool.on('error', () => {})
  // So is one that breaks in somebody's hands: what they asked is refused, or what they ask next, and that tells them.
  pool.on('connect', (client) => client.on('error', () => {}))
  pool.on('connect', prepareMarked)
  // Last, so that it is asked first: what is bound to a network is not prepared.
  pool.on('connect', bindStatements)
  const db = new Kysely<Database>({ dialect: new PostgresDialect({ pool }) })
  try {
    return { db, engine: await version(db), connection: { kind: 'postgres', url }, close: () => db.destroy() }
  } catch (error) {
    await db.destroy()
    throw new DatabaseUnavailable(`DATABASE_URL cannot be used: ${reason(error)}`, { cause: error })
  }
}

/** Node reports a refused connection on several addresses as an AggregateError with an empty message. */
function reason(error: unknown): string {
  if (error instanceof AggregateError) return reason(error.errors[0])
  const line = error instanceof Error ? error.message.split('\n')[0] : undefined
  return line || 'no answer'
}

async function openEmbedded(folder: string | null): Promise<OpenDatabase> {
  if (folder) mkdirSync(folder, { recursive: true })
  const unlock = folder ? lockFolder(folder) : () => {}
  const pglite = await PGlite.create(folder ? `${folder}/pg` : undefined).catch((error: unknown) => {
    unlock()
    throw new DatabaseUnavailable(`The folder ${folder} does not hold a database that can be opened: ${reason(error)}`)
  })
  const db = new Kysely<Database>({ dialect: new PGliteDialect({ pglite: bindEmbedded(pglite) }) })
  return {
    db,
    engine: `${await version(db)}, embedded`,
    connection: { kind: 'pglite', pglite },
    close: async () => {
      await db.destroy()
      unlock()
    },
  }
}

async function version(db: Db): Promise<string> {
  const { rows } = await sql<{ version: string }>`select current_setting('server_version') as version`.execute(db)
  return `PostgreSQL ${rows[0]?.version.split(' ')[0]}`
}

async function migrate(db: Db): Promise<void> {
  const { error } = await new Migrator({ db, provider: { getMigrations: async () => migrations } }).migrateToLatest()
  const ahead = error instanceof Error && /previously executed migration (\S+) is missing/.exec(error.message)?.[1]
  if (ahead)
    throw new DatabaseUnavailable(`A newer version has been here: the database knows ${ahead}. Start that one.`)
  if (error) throw error
  await lockNetworks(db)
}
