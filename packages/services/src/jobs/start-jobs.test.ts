import { pino } from 'pino'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { saveAccessToken } from '@copractice/store/connection'
import { openDatabase, type OpenDatabase } from '@copractice/store/database'
import { nudge } from '@copractice/store/notice'
import { openTestDb } from '@copractice/store/testing'
import { issueSpaceSession } from '../directory/index.ts'
import { queueMail, type OutgoingMail } from '../notice/index.ts'
import { seedNetwork } from '../testing/index.ts'
import { startJobs, type Jobs } from './start-jobs.ts'

vi.setConfig({ testTimeout: 60_000 })
const log = pino({ level: 'silent' })
const mail = { to: 'ana@x.example', subject: 'A seat for you', text: 'Hello', html: '<p>Hello</p>' }

let open: OpenDatabase, jobs: Jobs | undefined
afterEach(async () => {
  await jobs?.stop()
  jobs = undefined
  await open.close()
})

describe.each([
  ['Postgres', openTestDb],
  ['the embedded database', () => openDatabase({ folder: null })],
])('on %s', (_engine, openIt) => {
  it('sends mail soon after each commit, and none of a transaction that was rolled back', async () => {
    open = await openIt()
    const { networkId } = await seedNetwork(open.db)
    const sent: string[] = []
    jobs = await startJobs({
      open,
      log,
      pollSeconds: 60,
      deliverMail: async ({ to }) => void sent.push(to),
      deliverScores: async () => {},
    })
    const undone = open.db.transaction().execute(async (trx) => {
      await queueMail(trx, { ...mail, networkId, to: 'nobody@x.example' }, new Date())
      throw new Error('rolled back')
    })
    await expect(undone).rejects.toThrow('rolled back')
    // It looks by itself when it starts and once a minute: several in a row can only have been nudged.
    const addresses = ['a', 'b', 'c', 'd'].map((name) => `${name}@x.example`)
    for (const to of addresses) {
      await open.db.transaction().execute((trx) => queueMail(trx, { ...mail, networkId, to }, new Date()))
      await vi.waitFor(() => expect(sent).toContain(to), { timeout: 5000 })
    }
    expect(sent).toEqual(addresses)
  })

  it('sends what was waiting before it started, and runs the scores', async () => {
    open = await openIt()
    const { networkId } = await seedNetwork(open.db)
    await queueMail(open.db, { ...mail, networkId }, new Date())
    const sent: OutgoingMail[] = []
    const deliverScores = vi.fn<() => Promise<void>>(async () => {})
    jobs = await startJobs({ open, log, deliverMail: async (one) => void sent.push(one), deliverScores })
    await vi.waitFor(() => expect(sent).toHaveLength(1), { timeout: 5000 })
    await vi.waitFor(() => expect(deliverScores).toHaveBeenCalled(), { timeout: 5000 })

    const before = deliverScores.mock.calls.length
    await nudge(open.db, 'scores')
    await vi.waitFor(() => expect(deliverScores.mock.calls.length).toBeGreaterThan(before), { timeout: 5000 })
  })
})

it('sweeps sessions and access tokens that are over', async () => {
  open = await openTestDb()
  const { networkId, people, platforms } = await seedNetwork(open.db)
  const token = { tokenSealed: 'sealed', grantedScopes: 's' }
  for (const [scopes, minutes] of [
    ['ended', -1],
    ['lasts', 60],
  ] as const) {
    const expiresAt = new Date(Date.now() + minutes * 60_000)
    await saveAccessToken(open.db, { networkId, platformId: platforms.riverside, scopes }, { ...token, expiresAt })
  }
  const session = { networkId, personId: people.ana, courseLinkId: null, cohortId: null }
  await issueSpaceSession(open.db, session, new Date(Date.now() - 86_400_000))
  await issueSpaceSession(open.db, session, new Date())
  jobs = await startJobs({ open, log, deliverMail: undefined, deliverScores: async () => {} })
  await vi.waitFor(
    async () => expect(await open.db.selectFrom('space_session').selectAll().execute()).toHaveLength(1),
    { timeout: 5000 },
  )
  await vi.waitFor(
    async () => {
      const left = await open.db.selectFrom('lti_access_token').select('scopes').execute()
      expect(left).toEqual([{ scopes: 'lasts' }])
    },
    { timeout: 5000 },
  )
})

it('a stop lets the job under way finish', async () => {
  open = await openTestDb()
  let isDone = false
  let begun = () => {}
  const hasBegun = new Promise<void>((resolve) => (begun = resolve))
  jobs = await startJobs({
    open,
    log,
    deliverMail: undefined,
    deliverScores: async () => {
      begun()
      await new Promise((resolve) => setTimeout(resolve, 300))
      isDone = true
    },
  })
  await hasBegun
  await jobs.stop()
  jobs = undefined
  expect(isDone).toBe(true)
})
