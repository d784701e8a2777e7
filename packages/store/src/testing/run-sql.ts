import { sql } from 'kysely'
import type { Db } from '../database.ts'

/** A statement as text, for what a test sets up or looks up in tables that no query of ours reads so. Returns its rows. */
export async function runSql<Row>(db: Db, text: string): Promise<Row[]> {
  return (await sql.raw<Row>(text).execute(db)).rows
}
