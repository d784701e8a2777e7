import { randomUUID } from 'node:crypto'
import { expect, it } from 'vitest'
import { openTestDb } from '../testing/index.ts'
import { deleteSpentWishes } from './notify-repo.ts'

const now = new Date('2027-01-10T12:00:00Z')
const later = (days: number) => new Date(+now + days * 86_400_000)

it('a confirmed address is forgotten a month after the end, or a year after it was given', async () => {
  const { db, close } = await openTestDb()
  const network = { name: 'N', slug: randomUUID(), time_zone: 'UTC' }
  const { id: network_id } = await db.insertInto('network').values(network).returning('id').executeTakeFirstOrThrow()
  const region = { network_id, name: 'R' }
  const { id: region_id } = await db.insertInto('region').values(region).returning('id').executeTakeFirstOrThrow()
  const { id: convening_id } = await db
    .insertInto('convening')
    .values({ network_id, region_id, name: 'C', slug: randomUUID(), place: 'Hall', time_zone: 'UTC' })
    .returning('id')
    .executeTakeFirstOrThrow()
  const wish = { network_id, convening_id, email: 'kept@hub.example', told_at: null }
  const add = () =>
    db
      .insertInto('notify_me')
      .values({ ...wish, confirmed_at: now, asked_at: now })
      .execute()
  const kept = async (at: Date) => {
    await deleteSpentWishes(db, at)
    return (await db.selectFrom('notify_me').select('email').execute()).length
  }
  await add()
  expect([await kept(later(364)), await kept(later(366))]).toEqual([1, 0])
  await add()
  const dates = { starts_at: later(1), ends_at: later(2), registration_closes_at: later(1) }
  await db.updateTable('convening').set(dates).execute()
  expect([await kept(later(31)), await kept(later(33))]).toEqual([1, 0])
  await close()
})
