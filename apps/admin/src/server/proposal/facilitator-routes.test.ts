import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { listAuditEntries } from '@copractice/core/directory'
import * as contract from '@copractice/core/proposal'
import type { PersonId, ProposalId } from '@copractice/core/kernel'
import { addPerson, seedNetwork } from '@copractice/services/testing'
import { startAdmin, type Browser, type StartedAdmin } from '../testing/start-admin.ts'

const now = new Date('2027-01-10T12:00:00Z')
let admin: StartedAdmin
let cora: Browser, elsewhere: Browser, writer: Browser
beforeAll(async () => {
  admin = await startAdmin(now)
  cora = await admin.signedIn(admin.cora)
  const other = await seedNetwork(admin.db, { now })
  elsewhere = await admin.signedIn(`cora@${other.slug}.example`)
})
let hours = 0
beforeEach(() => {
  // An hour later each time: a form that is sent often is refused for a while.
  admin.clock.now = new Date(+now + ++hours * 3_600_000)
})
afterAll(() => admin.close())

const details = (change: Partial<contract.FacilitatorDetails> = {}): contract.FacilitatorDetails => ({
  about: 'Twenty years of kitchens.',
  experience: 'Two cohorts',
  languages: ['English'],
  timeZone: 'America/New_York',
  areas: ['Partnerships'],
  slots: ['mon-15', 'mon-16'],
  atOnce: 1,
  ...change,
})
const form = (name: string, change: Record<string, unknown> = {}) => ({
  ...details(),
  network: admin.seeded.slug,
  name,
  email: `${name.toLowerCase()}@pool.example`,
  institutionId: admin.seeded.institutions.hillside,
  affiliation: 'staff',
  ...change,
})
const apply = (name: string, change: Record<string, unknown> = {}) =>
  admin.browser().call(contract.applyToFacilitate, { body: form(name, change) })
const listed = async (query: Record<string, string> = {}, who = cora) =>
  (await who.call(contract.listFacilitators, { query })).value.items
const find = async (name: string) => (await listed({ search: name }))[0]!
const decide = (personId: PersonId, verdict: 'in_pool' | 'declined', reason = '') =>
  cora.call(contract.decideFacilitator, { params: { personId }, body: { verdict, reason } })

/** Browser in the pool, signed in. */
async function inPool(name: string, change: Record<string, unknown> = {}) {
  await apply(name, change)
  const { personId } = await find(name)
  await decide(personId, 'in_pool')
  return { personId, browser: await admin.signedIn(`${name.toLowerCase()}@pool.example`) }
}

/** A proposal of the seeded region that asks to be paired, written by `writer`. */
async function asking(title: string, change: Record<string, unknown> = {}): Promise<ProposalId> {
  const { networkId, regionId, institutions, slug } = admin.seeded
  const email = `writer@${slug}.example`
  const known = await admin.db
    .selectFrom('identity')
    .select('person_id')
    .where('subject', '=', email)
    .executeTakeFirst()
  const author =
    known?.person_id ??
    (await addPerson(admin.db, { networkId, name: 'Wren Abbot', institutionId: institutions.riverside, email }))
  const meeting = { title: 'One', date: '2027-02-01', startTime: '15:00', minutes: 90, place: 'Hall', joinUrl: '' }
  const body = {
    ...contract.emptyBody('America/New_York'),
    title,
    area: 'Partnerships',
    facilitation: 'pair_us',
    meetings: [meeting, { ...meeting, date: '2027-02-08' }],
    ...change,
  }
  const { id } = await admin.db
    .insertInto('proposal')
    .values({
      network_id: networkId,
      call_id: null,
      region_id: regionId,
      status: 'submitted',
      body: JSON.stringify(body),
      created_by: author,
      created_at: now,
      saved_by: author,
      saved_at: now,
      submitted_at: now,
      decided_at: null,
      decided_by: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  const at = { network_id: networkId, proposal_id: id }
  await admin.db
    .insertInto('proposal_author')
    .values({ ...at, person_id: author, added_by: null, added_at: now, opened_at: now })
    .execute()
  await admin.db
    .insertInto('proposal_institution')
    .values({ ...at, institution_id: institutions.riverside, position: 0 })
    .execute()
  writer ??= await admin.signedIn(email)
  return id as ProposalId
}
const suggestion = async (title: string) =>
  (await cora.call(contract.suggestPairing)).value.proposals.find((one) => one.title === title)!
const offer = (proposalId: ProposalId, personId: PersonId) =>
  cora.call(contract.offerPairing, { body: { proposalId, personId } })
const answer = (who: Browser, pairingId: string, as: 'facilitator' | 'hosts', said: 'yes' | 'no') =>
  who.call(contract.answerPairing, { params: { pairingId }, body: { as, answer: said } })
const setPool = (proposalId: ProposalId, isOpen: boolean, who = cora) =>
  who.call(contract.setPoolOpen, { params: { proposalId }, body: { isOpen } })
const clear = async () => {
  await admin.db.deleteFrom('proposal').where('network_id', '=', admin.seeded.networkId).execute()
  await admin.db.deleteFrom('facilitator').where('network_id', '=', admin.seeded.networkId).execute()
}

describe('an application', () => {
  it('comes from anybody, tells nobody who is known, and lets its address in to its own page alone', async () => {
    expect((await apply('Ida')).status).toBe(204)
    expect((await apply('Ida', { about: 'Browser else wrote this' })).status).toBe(204)
    expect(await find('Ida')).toMatchObject({ status: 'applied', about: 'Twenty years of kitchens.', facilitates: 0 })
    const ida = await admin.signedIn('ida@pool.example')
    const own = (await ida.call(contract.showFacilitating)).value
    expect(own.application).toMatchObject({ status: 'applied', languages: ['English'] })
    expect(own.proposals).toEqual([])
    expect((await ida.call(contract.listFacilitators)).status).toBe(401)
    expect((await apply('Ivo', { network: 'nowhere' })).problem.code).toBe('facilitator.network_unknown')
    const noon = { ...form('Ivo'), slots: ['noon'] }
    expect((await admin.browser().raw('POST', '/api/public/facilitate', noon)).status).toBe(422)
  })

  it('is decided once, a no with its reason, and the mail says it', async () => {
    await apply('Jon')
    const { personId } = await find('Jon')
    expect((await decide(personId, 'declined')).problem.code).toBe('facilitator.needs_reason')
    expect((await decide(personId, 'declined', 'We have enough for this year')).status).toBe(204)
    expect((await decide(personId, 'in_pool')).problem.code).toBe('facilitator.not_waiting')
    expect((await admin.lastMail('jon@pool.example'))!.body_text).toContain('enough for this year')
    const jon = await admin.signedIn('jon@pool.example')
    expect((await jon.call(contract.saveFacilitating, { body: details({ atOnce: 2 }) })).value.status).toBe('applied')
    expect((await jon.call(contract.restFromFacilitating, { body: { rests: true } })).problem.code).toBe(
      'facilitator.not_in_pool',
    )
  })

  it('is found by language, area, status and free places', async () => {
    await inPool('Kai', { languages: ['Spanish'], areas: ['Equity'] })
    const names = async (query: Record<string, string>) => (await listed(query)).map(({ name }) => name)
    expect(await names({ language: 'spanish' })).toEqual(['Kai'])
    expect(await names({ area: 'equity', free: 'yes' })).toEqual(['Kai'])
    expect(await names({ status: 'in_pool', search: 'ida' })).toEqual([])
    expect((await names({}))[0]).toBe('Ida')
    await clear()
  })
})

describe('pairing', () => {
  it('is suggested with its reasons from both sides’ wishes, and says why not of the others', async () => {
    const food = await asking('Food systems')
    const [lea, mo, ned] = [await inPool('Lea'), await inPool('Mo'), await inPool('Ned', { slots: [] })]
    const wish = (who: Browser, said: 1 | 2 | null) =>
      who.call(contract.wishForProposal, { params: { proposalId: food }, body: { wish: said } })
    expect((await wish(mo.browser, 2)).status).toBe(204)
    const wishes = { params: { proposalId: food, personId: mo.personId }, body: { wish: 1 } }
    expect((await writer.call(contract.wishForFacilitator, wishes)).status).toBe(404)
    expect((await setPool(food, true)).status).toBe(204)
    expect((await writer.call(contract.wishForFacilitator, wishes)).status).toBe(204)
    const { suggested } = await suggestion('Food systems')
    expect(suggested.map(({ facilitator }) => facilitator.name)).toEqual(['Mo'])
    expect(suggested[0]!.reasons.map(({ code }) => code)).toEqual([
      'pairing.facilitator_wish',
      'pairing.host_wish',
      'pairing.area',
      'pairing.availability',
      'pairing.zone',
      'pairing.other_campus',
    ])
    const why = (await cora.call(contract.explainPairing, { params: { proposalId: food } })).value
    expect(why.people.map(({ name, whyNot }) => [name, whyNot.map(({ code }) => code)])).toEqual([
      ['Lea', ['pairing.proposal_taken']],
      ['Ned', ['pairing.no_time']],
    ])
    expect((await offer(food, ned.personId)).problem.code).toBe('pairing.barred')
    expect((await wish(lea.browser, null)).status).toBe(204)
    await clear()
  })

  it('is agreed by both sides’ yes alone, and then is the proposal’s facilitator and takes their place', async () => {
    const [food, other] = [await asking('Food systems'), await asking('Water')]
    const lea = await inPool('Lea')
    const { value } = await offer(food, lea.personId)
    expect((await admin.lastMail('lea@pool.example'))!.subject).toBe('Would you facilitate “Food systems”?')
    const toWriter = (await admin.lastMail(`writer@${admin.seeded.slug}.example`))!
    expect(toWriter.body_text).toContain('It is agreed once both sides have said yes.')
    expect((await offer(food, lea.personId)).problem.code).toBe('pairing.offered_already')
    // Neither may answer for the other, nor the coordinator for either.
    expect((await answer(lea.browser, value.id, 'hosts', 'yes')).status).toBe(404)
    expect((await answer(writer, value.id, 'facilitator', 'yes')).status).toBe(404)
    expect((await answer(cora, value.id, 'facilitator', 'yes')).status).toBe(404)
    expect((await answer(lea.browser, value.id, 'facilitator', 'yes')).value.status).toBe('offered')
    expect((await answer(writer, value.id, 'hosts', 'yes')).value.status).toBe('agreed')
    expect((await admin.lastMail('lea@pool.example'))!.subject).toContain('Agreed: Lea')
    const shown = async () => (await writer.call(contract.showProposal, { params: { proposalId: food } })).value
    expect((await shown()).body.facilitators).toEqual([lea.personId])
    expect((await shown()).events[0]).toMatchObject({ kind: 'pairing_agreed', text: 'Lea' })
    expect((await offer(other, lea.personId)).problem.facts).toMatchObject({ bars: [{ code: 'pairing.capacity' }] })

    const params = { pairingId: value.id }
    const withdrawn = await lea.browser.call(contract.withdrawPairing, { params, body: { reason: 'A new job' } })
    expect(withdrawn.status).toBe(204)
    expect((await shown()).body.facilitators).toEqual([])
    expect((await admin.lastMail(`writer@${admin.seeded.slug}.example`))!.body_text).toContain('Why: A new job')
    expect((await answer(writer, value.id, 'hosts', 'yes')).problem.code).toBe('pairing.closed')
    await clear()
  })

  it('takes nobody’s seat in a cohort the proposal became, and gives back only what it gave', async () => {
    const { networkId: network_id, cohortId, institutions } = admin.seeded
    const food = await asking('Food systems')
    const [lea, mo] = [await inPool('Lea'), await inPool('Mo')]
    await admin.db.updateTable('cohort').set({ proposal_id: food }).where('id', '=', cohortId).execute()
    const seatOf = (personId: PersonId) =>
      admin.db.selectFrom('seat').select(['kind', 'status']).where('person_id', '=', personId).executeTakeFirst()
    const place = { network_id, cohort_id: cohortId, institution_id: institutions.hillside, since: now }
    const seat = { ...place, kind: 'participant' as const, status: 'seated' as const }
    await admin.db
      .insertInto('seat')
      .values({ ...seat, person_id: lea.personId })
      .execute()
    const agreed = async ({ personId, browser }: typeof lea) => {
      const { value } = await offer(food, personId)
      await answer(browser, value.id, 'facilitator', 'yes')
      return { id: value.id, said: await answer(writer, value.id, 'hosts', 'yes') }
    }
    const { id, said } = await agreed(lea)
    expect(said.problem.code).toBe('pairing.already_in')
    expect(await seatOf(lea.personId)).toEqual({ kind: 'participant', status: 'seated' })
    const withdraw = (pairingId: string) =>
      cora.call(contract.withdrawPairing, { params: { pairingId }, body: { reason: 'x' } })
    expect((await withdraw(id)).status).toBe(204)

    const mos = await agreed(mo)
    expect(mos.said.value.status).toBe('agreed')
    expect(await seatOf(mo.personId)).toEqual({ kind: 'facilitator', status: 'seated' })
    await withdraw(mos.id)
    expect(await seatOf(mo.personId)).toEqual({ kind: 'facilitator', status: 'left' })
    // A seat of Ned's that is older than the pairing.
    const ned = await inPool('Ned')
    const neds = await agreed(ned)
    const earlier = new Date(+now - 1000)
    await admin.db.updateTable('seat').set({ since: earlier }).where('person_id', '=', ned.personId).execute()
    await withdraw(neds.id)
    expect(await seatOf(ned.personId)).toEqual({ kind: 'facilitator', status: 'seated' })

    const uma = await inPool('Uma')
    const last = (await offer(food, uma.personId)).value
    await admin.db.updateTable('proposal').set({ status: 'withdrawn' }).where('id', '=', food).execute()
    expect((await answer(uma.browser, last.id, 'facilitator', 'yes')).problem.code).toBe('pairing.closed')
    await admin.db.updateTable('cohort').set({ proposal_id: null }).where('id', '=', cohortId).execute()
    await clear()
  })

  it('that was declined is not suggested again; who rests is in no suggestion', async () => {
    const food = await asking('Food systems')
    const [lea, mo] = [await inPool('Lea'), await inPool('Mo', { areas: [] })]
    const { value } = await offer(food, lea.personId)
    expect((await answer(lea.browser, value.id, 'facilitator', 'no')).value.status).toBe('declined')
    const names = async () => (await suggestion('Food systems')).suggested.map(({ facilitator }) => facilitator.name)
    expect(await names()).toEqual(['Mo'])
    await mo.browser.call(contract.restFromFacilitating, { body: { rests: true } })
    expect(await names()).toEqual([])
    await clear()
  })

  it('shows the pool to those who write a proposal once a coordinator opened it or offered somebody, and not before', async () => {
    await clear()
    const food = await asking('Food systems')
    const lea = await inPool('Lea')
    const params = { proposalId: food }
    const read = async () => (await writer.call(contract.showProposalPairing, { params })).value
    const names = async () => (await read()).pool.map(({ name }) => name)
    expect([(await read()).readsPool, await names()]).toEqual([false, []])
    expect((await setPool(food, true, writer)).status).toBe(404)
    const told = async () =>
      (await admin.mailsTo(`writer@${admin.seeded.slug}.example`)).filter(({ subject }) =>
        subject.startsWith('Facilitators to'),
      ).length
    const before = await told()
    for (const _ of ['once', 'and again']) expect((await setPool(food, true)).status).toBe(204)
    expect([await names(), (await told()) - before]).toEqual([['Lea'], 1])
    expect((await cora.call(contract.showProposal, { params })).value).toMatchObject({
      isPoolOpen: true,
      can: { openPool: true },
    })
    expect((await setPool(food, false)).status).toBe(204)
    expect(await names()).toEqual([])
    const { items } = (await cora.call(listAuditEntries)).value
    expect(items.slice(0, 2).map(({ action }) => action)).toEqual(['pairing.pool_closed', 'pairing.pool_opened'])
    expect((await offer(food, lea.personId)).status).toBe(201)
    expect(await names()).toEqual(['Lea'])
    const own = await asking('Own people', { facilitation: 'own' })
    expect((await setPool(own, true)).problem.code).toBe('pairing.not_asked')
    await clear()
  })

  it('keeps to the languages the hosts named, and two come from two campuses', async () => {
    const food = await asking('Food systems')
    const [lea] = [await inPool('Lea'), await inPool('Mo')]
    await inPool('Pia', { institutionId: admin.seeded.institutions.riverside })
    const need = (wants: number, languages: string[]) =>
      writer.call(contract.savePairingNeed, { params: { proposalId: food }, body: { wants, languages } })
    expect((await need(2, ['english'])).status).toBe(204)
    const paired = (await suggestion('Food systems')).suggested
      .map(({ facilitator }) => facilitator.campus!.name)
      .sort()
    expect(paired).toEqual(['Hillside College', 'Riverside State'])
    await need(1, ['Dutch'])
    expect((await suggestion('Food systems')).suggested).toEqual([])
    await setPool(food, true)
    const pool = (await writer.call(contract.showProposalPairing, { params: { proposalId: food } })).value
    expect(pool).toMatchObject({ asks: true, mayAnswer: true, wants: 1, languages: ['Dutch'] })
    expect(pool.pool.find(({ personId }) => personId === lea.personId)).toMatchObject({ free: 2, meetings: 2 })
    expect(JSON.stringify(pool)).not.toContain('@pool.example')
  })

  it('and the pool are nothing to another network', async () => {
    const [food, lea] = [(await suggestion('Food systems')).id, await find('Lea')]
    const need = writer.call(contract.savePairingNeed, {
      params: { proposalId: food },
      body: { wants: 1, languages: [] },
    })
    expect((await need).status).toBe(204)
    const { value } = await offer(food, lea.personId)
    const params = { proposalId: food, personId: lea.personId }
    const one = { params: { pairingId: value.id } }
    const answers = [
      await elsewhere.call(contract.decideFacilitator, { params, body: { verdict: 'in_pool', reason: '' } }),
      await elsewhere.call(contract.explainPairing, { params }),
      await elsewhere.call(contract.offerPairing, { body: params }),
      await elsewhere.call(contract.answerPairing, { ...one, body: { as: 'hosts', answer: 'yes' } }),
      await elsewhere.call(contract.withdrawPairing, { ...one, body: { reason: 'x' } }),
      await elsewhere.call(contract.showProposalPairing, { params }),
      await elsewhere.call(contract.setPoolOpen, { params, body: { isOpen: true } }),
      await elsewhere.call(contract.savePairingNeed, { params, body: { wants: 1, languages: [] } }),
      await elsewhere.call(contract.wishForFacilitator, { params, body: { wish: 1 } }),
      await elsewhere.call(contract.wishForProposal, { params, body: { wish: 1 } }),
    ]
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 404))
    expect(await listed({}, elsewhere)).toEqual([])
    expect((await elsewhere.call(contract.suggestPairing)).value).toMatchObject({ proposals: [], pool: 0 })
  })
})
