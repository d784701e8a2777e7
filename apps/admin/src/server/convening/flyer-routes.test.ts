import { afterAll, beforeAll, expect, it } from 'vitest'
import * as contract from '@copractice/core/convening'
import { conveningDetails } from '../testing/open-convening.ts'
import { startAdmin, type Browser, type StartedAdmin } from '../testing/start-admin.ts'

const now = new Date('2027-01-10T12:00:00Z')
const at = (day: number, hour: number) => new Date(Date.UTC(2027, 2, day, hour))
let admin: StartedAdmin
let cora: Browser
beforeAll(async () => {
  admin = await startAdmin(now)
  cora = await admin.signedIn(admin.cora)
})
afterAll(() => admin.close())

const details = (change: Record<string, unknown> = {}) =>
  conveningDetails(admin, { startsAt: at(12, 15), endsAt: at(16, 21), registrationClosesAt: at(10, 12), ...change })
const session = (title: string, day: number) => ({
  title,
  track: '',
  kind: 'side_event',
  startsAt: at(day, 15),
  endsAt: at(day, 16),
  place: null,
  joinUrl: `https://meet.example/${title}`,
  capacity: null,
  speakers: '',
  description: '',
  functions: [],
})
const lines = async (path: string) => {
  const response = await admin.browser().raw('GET', path)
  expect(response.headers.get('content-type')).toContain('text/calendar')
  return (await response.text()).replaceAll('\r\n ', '').split('\r\n')
}

it('a draft has a flyer for its coordinators alone; opened, for everybody, and both in step with the page', async () => {
  const { value } = await cora.call(contract.createConvening, { body: details() })
  const params = { conveningId: value.id }
  const { slug } = (await cora.call(contract.showConvening, { params })).value
  const open = `/api/public/convenings/${slug}/flyer.pdf`
  expect((await admin.browser().raw('GET', open)).status).toBe(404)
  const draft = await cora.raw('GET', `/api/convenings/${value.id}/flyer.pdf`)
  expect([draft.status, draft.headers.get('content-type')]).toEqual([200, 'application/pdf'])
  await cora.call(contract.setRegistration, { params, body: { status: 'open' } })
  const flyer = async () => Buffer.from(await (await admin.browser().raw('GET', open)).arrayBuffer())
  const before = await flyer()
  expect(before.subarray(0, 5).toString()).toBe('%PDF-')
  expect(before.equals(await flyer())).toBe(true)
  await cora.call(contract.editConvening, { params, body: details({ place: 'Another hall' }) })
  expect(before.equals(await flyer())).toBe(false)
})

it('calendars hold the convening and its sessions in their zone, and addresses to join only in one’s own', async () => {
  const { value } = await cora.call(contract.createConvening, { body: details() })
  const params = { conveningId: value.id }
  const [before, after] = await Promise.all(
    [session('Before', 12), session('After', 15)].map((body) => cora.call(contract.addSession, { params, body })),
  )
  await cora.call(contract.setRegistration, { params, body: { status: 'open' } })
  const { slug } = (await cora.call(contract.showConvening, { params })).value
  const feed = await lines(`/api/public/convenings/${slug}/calendar.ics`)
  const times = feed.filter((line) => line.startsWith('DTSTART;'))
  expect(times).toEqual([
    'DTSTART;TZID=America/New_York:20270312T100000',
    'DTSTART;TZID=America/New_York:20270312T100000',
    'DTSTART;TZID=America/New_York:20270315T110000',
  ])
  expect(feed).toContain('DTSTART:20270314T020000')
  expect(feed.filter((line) => line.startsWith('UID:'))).toEqual(
    [value.id, before!.value.id, after!.value.id].map((id) => `UID:${id}@copractice`),
  )
  expect(feed.join('\n')).not.toContain('meet.example')
  expect(feed.some((line) => line.includes(`http://admin.example/c/${slug}`))).toBe(true)

  const person = { name: 'Ida', email: 'ida@hub.example', interests: '', affiliation: 'staff' }
  const body = { ...person, institutionId: admin.seeded.institutions.riverside, sessions: [after!.value.id] }
  await admin.browser().call(contract.register, { params: { slug }, body })
  const key = /\/b\/[^/]+\/([0-9a-f]{64})/.exec((await admin.lastMail('ida@hub.example'))!.body_text)![1]!
  const mine = (await lines(`/api/public/convenings/${slug}/badges/${key}/calendar.ics`)).join('\n')
  expect(mine).toContain('https://meet.example/whole')
  expect(mine).toContain('https://meet.example/After')
  expect(mine).not.toContain('https://meet.example/Before')
})
