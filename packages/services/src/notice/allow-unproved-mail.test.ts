import { afterAll, beforeAll, expect, it } from 'vitest'
import { PersonId, type NetworkId } from '@copractice/core/kernel'
import { emptyBody } from '@copractice/core/proposal'
import { insertProposal } from '@copractice/store/proposal'
import { openTestDb } from '@copractice/store/testing'
import { addAuthor } from '../proposal/index.ts'
import { actorFor, seedNetwork, type SeededNetwork } from '../testing/index.ts'
import { allowUnprovedMail, UNPROVED_MAILS_A_DAY } from './allow-unproved-mail.ts'

const now = new Date('2027-01-10T12:00:00Z')
const later = (hours: number) => new Date(+now + hours * 3_600_000)
const secret = 's'.repeat(40)
let open: Awaited<ReturnType<typeof openTestDb>>
let seeded: SeededNetwork
let networkId: NetworkId
beforeAll(async () => {
  open = await openTestDb()
  seeded = await seedNetwork(open.db, { now })
  networkId = seeded.networkId
})
afterAll(() => open.close())
const person = () => PersonId.parse(crypto.randomUUID())
const take = (address: string, at: Date, personId?: PersonId, isNewcomer = true) =>
  open.db
    .transaction()
    .execute((trx) =>
      allowUnprovedMail(secret, address)(trx, { networkId, ...(personId && { by: { personId, isNewcomer } }) }, at),
    )

it('lets a person’s twenty-first mail of a day go once the first is a day old, and says so to the hour', async () => {
  const who = person()
  for (let n = 0; n < 20; n++) expect((await take('192.0.2.1', later(n / 10), who)).ok).toBe(true)
  expect(await take('192.0.2.1', later(3), who)).toEqual({
    ok: false,
    refusal: { code: 'notice.too_many_mails', facts: { most: 20, liftsAt: later(24).toISOString(), hours: 21 } },
  })
  expect((await take('192.0.2.1', later(3), person())).ok).toBe(true)
  // What was refused counts for nothing: it is free the moment it was said to be.
  expect((await take('192.0.2.1', later(24), who)).ok).toBe(true)
  expect((await take('192.0.2.1', later(24), who)).ok).toBe(false)
})

it('counts an address whoever calls from it, and two at the same moment see each other', async () => {
  const { fromAddress } = UNPROVED_MAILS_A_DAY
  await open.db.deleteFrom('unproved_mail').execute()
  await take('198.51.100.7', now)
  const [taken] = await open.db.selectFrom('unproved_mail').selectAll().execute()
  const more = Array.from({ length: fromAddress - 2 }, () => taken!)
  await open.db.insertInto('unproved_mail').values(more).execute()
  const answers = await Promise.all([take('198.51.100.7', later(1)), take('198.51.100.7', later(1), person())])
  expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
  expect((await take('198.51.100.8', later(1))).ok).toBe(true)
})

it('newcomers who use up what they may send in a network use up nothing of others', async () => {
  const { inNetwork } = UNPROVED_MAILS_A_DAY
  await open.db.deleteFrom('unproved_mail').execute()
  await take('203.0.113.1', now, person())
  const taken = await open.db.selectFrom('unproved_mail').selectAll().execute()
  const more = Array.from({ length: inNetwork - 1 }, () => taken).flat()
  await open.db.insertInto('unproved_mail').values(more).execute()
  expect(await take('203.0.113.2', later(1), person())).toMatchObject({ refusal: { facts: { most: inNetwork } } })

  const { regionId, people, institutions } = seeded
  const body = { ...emptyBody('America/Chicago'), title: 'Kitchens' }
  const at = { networkId, regionId, callId: null, body, hosts: [institutions.hillside], authorId: people.finn }
  const proposalId = await open.db.transaction().execute((trx) => insertProposal(trx, at, now))
  const invite = async () => {
    const deps = {
      db: open.db,
      adminUrl: 'https://admin.example',
      mailAllowed: allowUnprovedMail(secret, '203.0.113.3'),
    }
    const actor = { ...(await actorFor(open.db, { networkId, personId: people.finn, now })), grants: [] }
    const who = { name: 'Imani', email: 'imani@garden.example', institutionId: institutions.hillside }
    return addAuthor(deps, actor, { proposalId, ...who, affiliation: 'staff' }, later(2))
  }
  expect(await invite()).toMatchObject({ refusal: { code: 'notice.too_many_mails' } })
  await open.db.updateTable('proposal').set({ status: 'submitted', submitted_at: now }).execute()
  await open.db.updateTable('proposal').set({ status: 'changes_asked' }).execute()
  expect(await invite()).toMatchObject({ ok: true })
})
