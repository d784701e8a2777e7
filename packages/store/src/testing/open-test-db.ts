import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { inject } from 'vitest'
import { openDatabase, type OpenDatabase } from '../open-database.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Server URL without a database name; null where Postgres could not start. */
    postgresUrl: string | null
  }
}

/** A fresh, fully migrated database of its own: a copy of the template on real Postgres, or PGlite where there is none. */
export async function openTestDb(): Promise<OpenDatabase> {
  const server = inject('postgresUrl')
  if (!server) return openDatabase({ folder: null })

  const name = `test_${randomUUID().replaceAll('-', '')}`
  await administer(server, `create database ${name} template template`)
  const open = await openDatabase({ url: `${server}/${name}`, poolSize: 5 })
  return {
    ...open,
    close: async () => {
      await open.close()
      await administer(server, `drop database ${name} with (force)`)
    },
  }
}

/** Only one session may copy a template at a time, so a copy that meets another is asked for again. */
async function administer(server: string, statement: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    const client = new pg.Client({ connectionString: `${server}/postgres` })
    await client.connect()
    try {
      await client.query(statement)
      return
    } catch (error) {
      const isBusy = (error as { code?: string }).code === '55006'
      if (!isBusy || attempt === 50) throw error
    } finally {
      await client.end()
    }
    await new Promise((resolve) => setTimeout(resolve, 20 * attempt))
  }
}
