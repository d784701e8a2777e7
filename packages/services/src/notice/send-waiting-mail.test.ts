import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import PostalMime, { type Email } from 'postal-mime'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import type { NetworkId } from '@copractice/core/kernel'
import type { OpenDatabase } from '@copractice/store/database'
import { openTestDb } from '@copractice/store/testing'
import { seedNetwork } from '../testing/index.ts'
import { openPostOffice, queueMail, sendWaitingMail, writeMail, type OutgoingMail } from './index.ts'

let open: OpenDatabase, networkId: NetworkId
beforeAll(async () => {
  open = await openTestDb()
  ;({ networkId } = await seedNetwork(open.db))
})
beforeEach(async () => {
  await open.db.deleteFrom('mail').execute()
})
afterAll(() => open.close())

const start = new Date('2026-11-17T12:00:00Z')
const after = (minutes: number) => new Date(start.getTime() + minutes * 60_000)
const queue = (to = 'ana@x.example') =>
  queueMail(open.db, { networkId, to, ...writeMail({ subject: 'Hello', paragraphs: ['There.'] }) }, start)
const rows = () => open.db.selectFrom('mail').selectAll().execute()

it('sends each mail once, however many workers look, and keeps none of its words', async () => {
  await Promise.all(Array.from({ length: 30 }, (_, n) => queue(`p${n}@x.example`)))
  const sent: OutgoingMail[] = []
  const work = () =>
    sendWaitingMail(
      open.db,
      async (mail) => void sent.push(mail),
      () => start,
    )
  await Promise.all([work(), work(), work()])
  expect(new Set(sent.map(({ to }) => to)).size).toBe(30)
  expect(sent).toHaveLength(30)
  const stored = await rows()
  expect(stored.every((row) => row.status === 'sent' && row.body_text === '' && row.body_html === '')).toBe(true)
})

it('tries again after 1, 5, 30, 120 and 360 minutes, then gives it up', async () => {
  await queue()
  const busy = async () => {
    throw Object.assign(new Error('4.7.0 try later'), { responseCode: 451 })
  }
  let minute = 0
  for (const wait of [1, 5, 30, 120, 360]) {
    await sendWaitingMail(open.db, busy, () => after(minute))
    expect((await rows())[0]).toMatchObject({ status: 'waiting', next_attempt_at: after(minute + wait) })
    await sendWaitingMail(open.db, busy, () => after(minute + wait - 0.1))
    minute += wait
  }
  await sendWaitingMail(open.db, busy, () => after(minute))
  expect((await rows())[0]).toMatchObject({ status: 'given_up', attempts: 6, last_error: '4.7.0 try later' })
})

it('gives up at once what the post office refuses for good', async () => {
  await queue()
  const refuse = async () => {
    throw Object.assign(new Error('5.1.1 no such mailbox'), { responseCode: 550 })
  }
  await sendWaitingMail(open.db, refuse, () => start)
  expect((await rows())[0]).toMatchObject({ status: 'given_up', attempts: 1 })
})

it('sends again what a worker took and left', async () => {
  await queue()
  const dies = new Promise<void>(() => {})
  void sendWaitingMail(
    open.db,
    () => dies,
    () => start,
  )
  await expect.poll(async () => (await rows())[0]!.attempts).toBe(1)
  const sent: OutgoingMail[] = []
  const deliver = async (mail: OutgoingMail) => void sent.push(mail)
  await sendWaitingMail(open.db, deliver, () => after(4))
  expect(sent).toHaveLength(0)
  await sendWaitingMail(open.db, deliver, () => after(5))
  expect(sent).toHaveLength(1)
})

it('delivers by SMTP, words escaped and the subject on one line', async () => {
  const received: Email[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData: async (stream, _session, done) => {
      received.push(await PostalMime.parse(Buffer.concat(await stream.toArray())))
      done()
    },
  })
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  const { port } = server.server.address() as AddressInfo
  const office = openPostOffice({ smtpUrl: `smtp://127.0.0.1:${port}`, from: 'Copractice <space@x.example>' })

  const written = writeMail({
    subject: 'A seat\r\nBcc: everyone@x.example',
    paragraphs: ['Hello <b>Ana</b> & co,'],
    action: { label: 'Open', url: 'https://x.example/?a=1&b="2"' },
  })
  const unsubscribeUrl = `https://x.example/api/reminders/stop?token=${'t'.repeat(120)}`
  await queueMail(open.db, { networkId, to: 'ana@x.example', ...written, unsubscribeUrl }, start)
  await sendWaitingMail(open.db, office.deliver, () => start)
  const header = (name: string) => received[0]!.headers.find(({ key }) => key === name)?.value
  expect(header('list-unsubscribe')).toBe(`<${unsubscribeUrl}>`)
  expect(header('list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click')
  expect(received[0]).toMatchObject({
    subject: 'A seat Bcc: everyone@x.example',
    from: { address: 'space@x.example', name: 'Copractice' },
    to: [{ address: 'ana@x.example' }],
  })
  expect(received[0]!.text).toContain('Hello <b>Ana</b> & co,')
  expect(received[0]!.html).toContain('Hello &lt;b&gt;Ana&lt;/b&gt; &amp; co,')
  expect(received[0]!.html).toContain('href="https://x.example/?a=1&amp;b=&quot;2&quot;"')
  office.close()
  await new Promise<void>((resolve) => server.close(() => resolve()))
})
