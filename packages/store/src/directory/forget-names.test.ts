import { afterAll, beforeAll, expect, it } from 'vitest'
import * as forgottenNames from '../../migrations/2026-11-22T2050_forgotten_names.ts'
import type { OpenDatabase } from '../open-database.ts'
import { openTestDb } from '../testing/index.ts'
import { insertAuditEntries } from './audit-repo.ts'
import { removeRows } from './removal-repo.ts'
import type { NetworkId, PersonId } from '@copractice/core/kernel'

const now = new Date('2027-01-10T12:00:00Z')
let open: OpenDatabase
beforeAll(async () => {
  open = await openTestDb()
})
afterAll(() => open.close())

/**
 * A network where much was written down about Nell Moss, into whom Nelly Moss was merged, and about Ada Finch, whose
 * namesake stays.
 */
async function written() {
  const network = { name: 'N', slug: `n${crypto.randomUUID().slice(0, 8)}`, time_zone: 'UTC' }
  const { id } = await open.db.insertInto('network').values(network).returning('id').executeTakeFirstOrThrow()
  const networkId = id as NetworkId
  const person = async (name: string, merged_into: string | null = null) => {
    const values = {
      network_id: networkId,
      name,
      email: `${name}@x.example`,
      pronouns: null,
      time_zone: null,
      merged_into,
    }
    return (await open.db.insertInto('person').values(values).returning('id').executeTakeFirstOrThrow()).id as PersonId
  }
  const nell = await person('Nell Moss')
  const [nelly, ada] = [await person('Nelly Moss', nell), await person('Ada Finch')]
  await person('Ada Finch')
  const entry = (subject: string, facts: object) => ({
    networkId,
    at: now,
    actorId: null,
    action: 'a',
    subject,
    facts: { ...facts, name: 'Kitchens' },
  })
  await insertAuditEntries(open.db, [
    entry(`person:${nell}`, { person: 'Nell Moss', goneName: 'Nelly Moss' }),
    entry(`person:${nelly}`, { email: 'Nelly Moss@x.example' }),
    entry('cohort:1', { person: 'nell moss', role: 'chair' }),
    entry(`person:${ada}`, { person: 'Ada Finch' }),
    entry('cohort:2', { person: 'Ada Finch' }),
    entry('cohort:3', { person: 'Una Hill' }),
  ])
  const facts = async () => {
    const rows = await open.db
      .selectFrom('audit_entry')
      .select('facts')
      .where('network_id', '=', networkId)
      .orderBy('subject')
      .execute()
    return rows.map((row) => JSON.stringify(row.facts)).join(' ')
  }
  const people = async () =>
    JSON.stringify(await open.db.selectFrom('person').selectAll().where('network_id', '=', networkId).execute())
  return { networkId, nell, nelly, ada, facts, people }
}

it('a removal takes a name out of the record, but not the same name of somebody who is still here', async () => {
  const { networkId, nell, ada, facts } = await written()
  for (const personId of [nell, ada])
    await open.db.transaction().execute((trx) => removeRows(trx, { networkId, personId }, now))
  expect(await facts()).not.toMatch(/nell/i)
  expect((await facts()).match(/Ada Finch/g)).toHaveLength(1)
  expect(await facts()).toMatch(/chair.*Una Hill/)
})

it('removals of before are completed: who was merged in, and what was written down', async () => {
  const { nell, nelly, facts, people } = await written()
  // As a removal left them before: the person alone had no name.
  await open.db.updateTable('person').set({ name: null, email: null, removed_at: now }).where('id', '=', nell).execute()
  await open.db.transaction().execute((trx) => forgottenNames.up(trx))
  expect(await facts()).not.toMatch(/nell/i)
  expect(await people()).not.toMatch(/nell/i)
  expect((await facts()).match(/Ada Finch/g)).toHaveLength(2)
  const row = await open.db.selectFrom('person').select('removed_at').where('id', '=', nelly).executeTakeFirst()
  expect(row?.removed_at).toEqual(now)
})
