import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as contract from '@copractice/core/proposal'
import { addPerson } from '@copractice/services/testing'
import { insertHelpRequest, insertProposal, moveProposal } from '@copractice/store/proposal'
import { openCall, startForm } from '../testing/open-call.ts'
import { startAdmin, type Browser, type StartedAdmin } from '../testing/start-admin.ts'

const DAY = 86_400_000
const now = new Date('2027-01-10T12:00:00Z')
let admin: StartedAdmin
let cora: Browser
let callId: string
let form: ReturnType<typeof startForm>
beforeAll(async () => {
  admin = await startAdmin(now)
  cora = await admin.signedIn(admin.cora)
  ;({ callId } = await openCall(admin, cora))
  form = startForm(admin, callId)
})
afterAll(() => admin.close())

const tokenTo = async (email: string) => /#(\w+)/.exec((await admin.lastMail(email))!.body_text)![1]!
const follow = (who: Browser, token: string) => who.raw('POST', '/api/sign-in/verify', { token })

describe('a call', () => {
  it('is a call of the whole network only for its administrators, and closes before its deadline', async () => {
    const body = {
      title: 'All',
      about: '',
      opensAt: now,
      closesAt: new Date(+now + DAY),
      credential: null,
      enrolmentDeadline: null,
      regionId: null,
    }
    expect((await cora.call(contract.createCall, { body })).status).toBe(404)
    const here = { ...body, regionId: admin.seeded.regionId }
    const refused = async (change: object) =>
      (await cora.call(contract.createCall, { body: { ...here, ...change } })).problem.code
    expect(await refused({ closesAt: now })).toBe('call.closes_before_opens')
    expect(await refused({ enrolmentDeadline: '2027-01-01' })).toBe('call.deadline_early')
    expect(await refused({ credential: 'none' })).toBe('call.credential_unknown')
    const begun = { callId, institutionId: admin.seeded.institutions.riverside }
    const { value } = await cora.call(contract.startProposal, { body: begun })
    const { value: shown } = await cora.call(contract.showProposal, { params: { proposalId: value.id } })
    expect(shown).toMatchObject({
      status: 'draft',
      can: { write: true },
      body: { area: 'Community Partnerships' },
    })
  })
})

describe('an institution’s administrator', () => {
  it('reads what was sent with their institution as a second host, does nothing with it, and reads no other', async () => {
    const { networkId, regionId, slug, institutions } = admin.seeded
    const { hillside, riverside } = institutions
    const authorId = await addPerson(admin.db, { networkId, name: 'Ada', email: `ada@${slug}.example` })
    const email = `rhea@${slug}.example`
    const rhea = await addPerson(admin.db, { networkId, name: 'Rhea', email })
    await admin.db
      .insertInto('role_grant')
      .values({
        network_id: networkId,
        person_id: rhea,
        role: 'institution_admin',
        region_id: null,
        institution_id: riverside,
      })
      .execute()
    const host = await admin.signedIn(email)
    const make = (title: string, hosts: readonly (typeof hillside)[], isSent = true) =>
      admin.db.transaction().execute(async (trx) => {
        const body = { ...contract.emptyBody('UTC'), title, facilitation: 'pair_us' as const }
        const begun = { networkId, callId: null, regionId, body, hosts, authorId }
        const proposalId = await insertProposal(trx, begun, now)
        await insertHelpRequest(trx, { networkId, proposalId, by: authorId, text: 'Between us' }, now)
        if (isSent) await moveProposal(trx, { networkId, proposalId }, { status: 'submitted', submittedAt: now })
        return proposalId
      })
    const joint = [await make('Both 1', [hillside, riverside]), await make('Both 2', [hillside, riverside])]
    const closed = [await make('One', [hillside]), await make('Draft', [hillside, riverside], false)]

    const list = async (after?: string) =>
      (await host.call(contract.listProposals, { query: { limit: '1', ...(after && { after }) } })).value
    const one = await list()
    const two = await list(one.next!)
    expect([...one.items, ...two.items].map(({ id }) => id).toSorted()).toEqual(joint.toSorted())
    expect(two.next).toBeNull()
    const shown = (proposalId: string) => host.call(contract.showProposal, { params: { proposalId } })
    const { value } = await shown(joint[0]!)
    expect(value).toMatchObject({ body: { title: 'Both 1' }, help: [], people: [{ name: 'Ada', email: null }] })
    expect(Object.values(value.can).some(Boolean)).toBe(false)
    expect((await cora.call(contract.showProposal, { params: { proposalId: joint[0]! } })).value).toMatchObject({
      help: [{ text: 'Between us' }],
      people: [{ email: `ada@${slug}.example` }],
    })
    const pairing = await host.call(contract.showProposalPairing, { params: { proposalId: joint[0]! } })
    expect([pairing.status, ...(await Promise.all(closed.map(shown))).map(({ status }) => status)]).toEqual([
      404, 404, 404,
    ])
  })
})

describe('starting in public', () => {
  it('makes nobody and no proposal before the link is followed, and answers a known address alike', async () => {
    const { hillside } = admin.seeded.institutions
    const stranger = admin.browser()
    const answers = [
      await stranger.call(contract.startCommunity, { body: form('new@hub.example', 'Unproved', hillside) }),
      await stranger.call(contract.startCommunity, { body: form(admin.cora, 'Unproved', hillside) }),
    ]
    expect(answers.map(({ status }) => status)).toEqual([204, 204])
    const people = await admin.db.selectFrom('identity').select('id').where('subject', '=', 'new@hub.example').execute()
    expect(people).toEqual([])
    const { items } = (await cora.call(contract.listProposals, { query: { search: 'Unproved' } })).value
    expect(items).toEqual([])
  })

  it('opens a form by the link of its own mail alone: signing in carries out nothing that somebody else sent', async () => {
    const { hillside } = admin.seeded.institutions
    const titles = async (who: Browser) =>
      (await who.call(contract.listProposals, { query: { limit: '100' } })).value.items.map(({ title }) => title)
    const email = `vera@${admin.seeded.slug}.example`
    const vera = admin.browser()
    await vera.call(contract.startCommunity, { body: form(email, 'Own idea', hillside) })
    expect((await follow(vera, await tokenTo(email))).status).toBe(204)
    await admin.browser().call(contract.startCommunity, { body: form(email, 'Forged', hillside) })
    const forged = await tokenTo(email)
    expect((await vera.raw('POST', '/api/sign-in/request', { email })).status).toBe(201)
    const ordinary = await tokenTo(email)
    expect(ordinary).not.toBe(forged)
    expect((await follow(vera, ordinary)).status).toBe(204)
    expect(await titles(vera)).toEqual(['Own idea'])
    // Nor does one kept before starts had a link of their own.
    await admin.db.updateTable('proposal_start').set({ token_hash: null }).where('email', '=', email).execute()
    expect((await follow(vera, forged)).status).toBe(204)
    expect(await titles(vera)).toEqual(['Own idea'])
    // A stranger who asks for a link to sign in gets no form mailed again.
    await admin.browser().call(contract.startCommunity, { body: form('stray@hub.example', 'Once', hillside) })
    const once = await admin.mailsTo('stray@hub.example')
    await admin.browser().raw('POST', '/api/sign-in/request', { email: 'stray@hub.example' })
    expect(await admin.mailsTo('stray@hub.example')).toEqual(once)
    const stray = admin.browser()
    await follow(stray, await tokenTo('stray@hub.example'))
    expect(await titles(stray)).toEqual(['Once'])
  })

  it('refuses a form sent again and again, for a closed call, an unknown network or campus', async () => {
    const { hillside } = admin.seeded.institutions
    const send = (body: object) => admin.browser().call(contract.startCommunity, { body })
    const one = form('again@hub.example', 'Again', hillside)
    for (const _ of [1, 2, 3]) expect((await send(one)).status).toBe(204)
    expect(await send(one)).toMatchObject({ status: 429, problem: { code: 'start.too_many' } })
    const other = { ...one, email: 'other@hub.example' }
    expect((await send({ ...other, network: 'nowhere' })).problem.code).toBe('start.network_unknown')
    expect((await send({ ...other, institutionId: crypto.randomUUID() })).problem.code).toBe(
      'start.institution_unknown',
    )
    admin.clock.now = new Date(+now + 31 * DAY)
    await admin.db
      .insertInto('community')
      .values({
        network_id: admin.seeded.networkId,
        slug: `x${Date.now()}`,
        name: 'Old',
        charter: '{}',
        proposal_id: null,
        series_id: null,
        created_at: now,
      })
      .execute()
    expect((await send(other)).problem.code).toBe('call.closed')
  })
})
