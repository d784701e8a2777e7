import { strFromU8, unzipSync } from 'fflate'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { emptyBody } from '@copractice/core/proposal'
import type { OpenDatabase } from '@copractice/store/database'
import { insertProposal } from '@copractice/store/proposal'
import { openTestDb } from '@copractice/store/testing'
import { actorFor, seedNetwork, type SeededNetwork } from '../testing/index.ts'
import { packStarterKit } from './starter-kit.ts'

const now = new Date('2027-01-10T12:00:00Z')
let open: OpenDatabase
let seeded: SeededNetwork
beforeAll(async () => {
  open = await openTestDb()
  seeded = await seedNetwork(open.db, { now })
})
afterAll(() => open.close())

it('holds the charter, an agenda from the network’s template for each meeting, and a calendar in the right hour', async () => {
  const { networkId, regionId, people, institutions } = seeded
  const parts = JSON.stringify([{ title: 'Round of <hopes>', activity: null, minutes: 20, text: '' }])
  await open.db
    .insertInto('programme_template')
    .values({ network_id: networkId, slug: 'first', name: 'First', kind: 'agenda', parts, created_at: now })
    .execute()
  const meeting = { title: 'Hopes', startTime: '15:00', minutes: 90, place: 'Kitchen', joinUrl: '' }
  const body = {
    ...emptyBody('America/Chicago'),
    title: 'Food & campus kitchens',
    charter: { domain: 'Who eats', community: '', practice: '' },
    meetings: [
      { ...meeting, date: '2027-02-02' },
      { ...meeting, date: '2027-04-06' },
      { ...meeting, date: null },
    ],
  }
  const proposal = { networkId, callId: null, regionId, body, hosts: [institutions.hillside], authorId: people.finn }
  const id = await open.db.transaction().execute((trx) => insertProposal(trx, proposal, now))
  const actor = await actorFor(open.db, { networkId, personId: people.finn, now })
  const packed = await packStarterKit(open.db, actor, id, now)
  if (!packed.ok) throw new Error(packed.refusal.code)
  expect(packed.value.fileName).toBe('starter-kit-food-campus-kitchens-community.zip')
  const files = unzipSync(packed.value.bytes)
  const text = (name: string) => strFromU8(files[name]!)
  expect(Object.keys(files)).toEqual(
    expect.arrayContaining(['starter-kit.html', '1-start-here.md', '2-charter.md', '3-agendas.md', 'meetings.ics']),
  )
  expect(text('starter-kit.html')).toContain('Round of &lt;hopes&gt; · 20 minutes')
  expect(text('starter-kit.html')).toContain('<h1>Starter kit: Food &amp; campus kitchens</h1>')
  expect(text('3-agendas.md').match(/Round of <hopes>/g)).toHaveLength(3)
  expect(text('2-charter.md')).toContain('Who eats')
  expect(text('2-charter.md')).toContain('To write together')
  // Winter and summer time.
  expect(text('meetings.ics')).toContain('DTSTART:20270202T210000Z')
  expect(text('meetings.ics')).toContain('DTSTART:20270406T200000Z')
  expect(text('meetings.ics').match(/BEGIN:VEVENT/g)).toHaveLength(2)
  const stranger = await actorFor(open.db, { networkId, personId: people.dora, now })
  expect(await packStarterKit(open.db, stranger, id, now)).toMatchObject({ refusal: { code: 'directory.not_found' } })
})
