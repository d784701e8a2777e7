import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { listAuditEntries, showAdminHome, whoAdministers } from '@copractice/core/directory'
import type { CallId, ProposalId } from '@copractice/core/kernel'
import * as contract from '@copractice/core/proposal'
import { showProgramme } from '@copractice/core/programme'
import { addCohort, addPerson, seedNetwork } from '@copractice/services/testing'
import { insertProposal } from '@copractice/store/proposal'
import { openCall, startForm } from '../testing/open-call.ts'
import { startAdmin, type Browser, type StartedAdmin } from '../testing/start-admin.ts'

const DAY = 86_400_000
const now = new Date('2027-01-10T12:00:00Z')
let admin: StartedAdmin
let cora: Browser
let gwen: Browser
let gwenMail: string
let callId: string
let credential: string
let form: ReturnType<typeof startForm>
beforeAll(async () => {
  admin = await startAdmin(now)
  cora = await admin.signedIn(admin.cora)
  const { slug, institutions } = admin.seeded
  gwenMail = `gwen@${slug}.example`
  ;({ callId, credential } = await openCall(admin, cora))
  form = startForm(admin, callId)
  gwen = admin.browser()
  await start(gwen, gwenMail, 'Kitchens', institutions.hillside)
})
beforeEach(() => {
  admin.clock.now = now
})
afterAll(() => admin.close())

/** The public form, and the mailed link followed in the same browser. */
async function start(browser: Browser, email: string, title: string, institutionId: string) {
  expect((await browser.call(contract.startCommunity, { body: form(email, title, institutionId) })).status).toBe(204)
  const token = /#(\w+)/.exec((await admin.lastMail(email))!.body_text)![1]
  return browser.raw('POST', '/api/sign-in/verify', { token })
}

const meeting = (n: number, change = {}) => ({
  title: `Meeting ${n + 1}`,
  date: new Date(Date.UTC(2027, 1, 2 + 7 * n)).toISOString().slice(0, 10),
  startTime: '15:00',
  minutes: 90,
  place: 'Hillside kitchen',
  joinUrl: 'https://meet.example/kitchens',
  ...change,
})
async function shown(id: ProposalId, who = gwen) {
  return (await who.call(contract.showProposal, { params: { proposalId: id } })).value
}
let made = 0
/** A draft of gwen's with everything in it but what `change` takes away. */
async function draft(change: Partial<contract.ProposalBody> = {}) {
  const proposalId = await gwenStarts(`Kitchens ${++made}`)
  const { body, version, people, hosts } = await shown(proposalId)
  const [me] = people
  const whole: contract.ProposalBody = {
    ...body,
    startsOn: '2027-02-01',
    endsOn: '2027-04-23',
    meetings: [0, 1, 2, 3, 4, 5].map((n) => meeting(n)),
    chairs: [me!.id],
    facilitation: 'pair_us',
    democratic: 'Turns go round the table.',
    inclusive: 'Kitchen staff set the prompts.',
    charter: { ...body.charter, community: 'Cooks and eaters', practice: 'Cases' },
    ...change,
  }
  await save(
    proposalId,
    version,
    whole,
    hosts.map(({ id }) => id),
  )
  return { proposalId, params: { proposalId }, body: whole, hosts: hosts.map(({ id }) => id) }
}
/** The public form takes three of one address in a quarter of an hour; drafts of tests are written to the table. */
async function gwenStarts(title: string) {
  const { networkId, regionId, institutions } = admin.seeded
  const [author] = (await shown((await first()).id)).people
  const body = { ...contract.emptyBody('America/Chicago'), title, area: 'Community Partnerships' }
  body.charter.domain = 'Food'
  const about = { networkId, regionId, callId: callId as CallId, body, hosts: [institutions.hillside] }
  return admin.db.transaction().execute((trx) => insertProposal(trx, { ...about, authorId: author!.id }, now))
}
async function first() {
  const { items } = (await gwen.call(contract.listProposals, { query: { search: 'Kitchens', limit: '100' } })).value
  return items.find(({ title }) => title === 'Kitchens')!
}
const save = (proposalId: ProposalId, basedOn: number, body: contract.ProposalBody, hosts: string[], who = gwen) =>
  who.call(contract.saveDraft, { params: { proposalId }, body: { basedOn, body, hosts } })
const codes = (findings: readonly contract.ProposalFinding[]) => findings.map(({ code }) => code)
async function submit(proposalId: ProposalId, text = '') {
  const { version } = await shown(proposalId)
  return gwen.call(contract.submitProposalRoute, { params: { proposalId }, body: { basedOn: version, text } })
}
async function decide(proposalId: ProposalId, verdict: string, text = '', who = cora) {
  const { version } = await shown(proposalId, cora)
  return who.call(contract.decideProposalRoute, { params: { proposalId }, body: { basedOn: version, verdict, text } })
}

describe('starting in public', () => {
  it('opens a draft once the address is proved, and admits its author to that and nothing else', async () => {
    const me = (await gwen.call(whoAdministers)).value
    expect([me.reach, me.regions, me.institutions]).toEqual(['proposals', [], []])
    const mine = await first()
    expect(mine).toMatchObject({ title: 'Kitchens', status: 'draft', isMine: true, call: { title: 'Spring call' } })
    const { body, hosts, can } = await shown(mine.id)
    expect([body.charter.domain, body.area]).toEqual(['Who eats on campus, and who decides.', 'Community Partnerships'])
    expect([hosts[0]!.name, can]).toMatchObject(['Hillside College', { write: true, decide: false, answerHelp: false }])
    for (const path of [
      'home',
      'people',
      'institutions',
      'cohorts',
      'convenings',
      'calls',
      'programme',
      'audit',
      'help-requests',
    ])
      expect([path, (await gwen.raw('GET', `/api/${path}`)).status]).toEqual([path, 401])
  })
})

describe('writing together', () => {
  it('lets two authors save at once: one wins, the other gets both versions and joins them', async () => {
    const { proposalId, body, hosts } = await draft()
    const email = `milo@${admin.seeded.slug}.example`
    const author = { name: 'Milo', email, institutionId: admin.seeded.institutions.riverside, affiliation: 'staff' }
    const added = await gwen.call(contract.addAuthor, { params: { proposalId }, body: author })
    expect(added.status).toBe(201)
    expect((await admin.lastMail(email))!.body_text).toContain(`/proposals/${proposalId}`)
    const milo = await admin.signedIn(email)
    const { version } = await shown(proposalId, milo)
    const [one, two] = await Promise.all([
      save(proposalId, version, { ...body, title: 'By Gwen' }, hosts),
      save(proposalId, version, { ...body, area: 'Equity' }, hosts, milo),
    ])
    expect(new Set([one.status, two.status])).toEqual(new Set([200, 409]))
    const [lost, loser, wrote] =
      one.status === 409 ? ([one, gwen, { title: 'By Gwen' }] as const) : ([two, milo, { area: 'Equity' }] as const)
    expect(lost.problem.code).toBe('proposal.changed_meanwhile')
    const meanwhile = contract.DraftMeanwhile.parse(lost.problem.facts, { reportInput: false })
    const joined = contract.mergeDrafts(
      { body, hosts },
      { body: { ...body, ...wrote }, hosts },
      { body: meanwhile.body, hosts: meanwhile.hosts },
    )
    expect(joined.conflicts).toEqual([])
    expect((await save(proposalId, meanwhile.version, joined.body, [...joined.hosts], loser)).status).toBe(200)
    expect((await shown(proposalId)).body).toMatchObject({ title: 'By Gwen', area: 'Equity' })
    const again = await gwen.call(contract.addAuthor, { params: { proposalId }, body: author })
    expect(again.problem.code).toBe('proposal.already_author')
  })

  it('knows of an invited author only what was typed until they open it, and judges as if they were not there', async () => {
    const { networkId, slug, institutions } = admin.seeded
    const email = `known@${slug}.example`
    await addPerson(admin.db, { networkId, name: 'Nomi Vale', institutionId: institutions.riverside, email })
    const { proposalId, params, body, hosts } = await draft()
    const typed = { name: 'N. from the mill', email, institutionId: institutions.hillside, affiliation: 'staff' }
    const { id } = (await gwen.call(contract.addAuthor, { params, body: typed })).value
    const answer = await gwen.raw('GET', `/api/proposals/${proposalId}`)
    expect([answer.status, /Nomi|Riverside/.test(await answer.text())]).toEqual([200, false])
    const { version, people } = await shown(proposalId)
    const shows = { name: 'N. from the mill', email, campus: null, isOpened: false }
    expect(people.find((person) => person.id === id)).toMatchObject(shows)
    const led = await save(proposalId, version, { ...body, chairs: [id], facilitators: [id] }, hosts)
    expect(codes(led.value.findings)).toEqual(['cohort.chair'])
    expect((await submit(proposalId)).problem.code).toBe('proposal.blocked')

    const nomi = await admin.signedIn(email)
    expect((await shown(proposalId, nomi)).invitation).toEqual({ byName: 'Gwen Barlow' })
    expect((await shown(proposalId)).people.find((person) => person.id === id)).toMatchObject(shows)
    expect((await nomi.call(contract.openInvitation, { params })).status).toBe(204)
    const opened = await shown(proposalId)
    expect(opened.people.find((person) => person.id === id)).toMatchObject({
      name: 'Nomi Vale',
      campus: { name: 'Riverside State' },
      isOpened: true,
    })
    expect([opened.findings, (await submit(proposalId)).status]).toEqual([[], 204])
    const kept = await admin.db.selectFrom('proposal_author').selectAll().where('person_id', '=', id).execute()
    expect(kept).toMatchObject([{ typed_name: null, typed_email: null }])
  })

  it('invites twenty people a day for one who writes, each with one mail whose subject says nothing they typed', async () => {
    const other = await draft()
    const { institutions } = admin.seeded
    const invite = (proposalId: string, at: number) =>
      gwen.call(contract.addAuthor, {
        params: { proposalId },
        body: {
          name: `Invited ${at}`,
          email: `invited${at}@elsewhere.example`,
          institutionId: institutions.riverside,
          affiliation: 'staff',
        },
      })
    // Nobody has been mailed for a day, whatever was asked before.
    const forget = () =>
      admin.db
        .updateTable('unproved_mail')
        .set({ at: new Date(+now - 48 * 3_600_000) })
        .execute()
    await forget()
    const { proposalId } = await draft({ title: 'Win a prize today' })
    for (let at = 0; at < 20; at++) expect((await invite(at % 2 ? proposalId : other.proposalId, at)).status).toBe(201)
    const refused = await invite(proposalId, 100)
    expect([refused.status, refused.problem]).toMatchObject([
      429,
      { code: 'notice.too_many_mails', facts: { most: 20, hours: 24 } },
    ])
    expect(await admin.lastMail('invited100@elsewhere.example')).toBeUndefined()
    expect((await admin.lastMail('invited1@elsewhere.example'))!.subject).not.toContain('prize')
    await forget()
    expect((await invite(proposalId, 100)).status).toBe(201)
  })

  it('says what the rules say at each save, and takes nobody and no campus it does not know', async () => {
    const { proposalId, body, hosts } = await draft()
    const late = [...body.meetings.slice(0, 5), meeting(12)]
    const { version } = await shown(proposalId)
    const saved = await save(proposalId, version, { ...body, endsOn: '2027-05-01', meetings: late }, hosts)
    expect(saved.value.findings).toMatchObject([
      { code: 'schedule.before_deadline', strength: 'block', facts: { daysBefore: 10, bufferDays: 14 } },
    ])
    expect((await submit(proposalId, 'Please')).problem.code).toBe('proposal.blocked')
    const stranger = await save(proposalId, version + 1, { ...body, chairs: [admin.seeded.people.ana] }, hosts)
    expect(stranger.problem.code).toBe('proposal.person_unknown')
    const nowhere = await save(proposalId, version + 1, body, [crypto.randomUUID()])
    expect(nowhere.problem.code).toBe('proposal.institution_unknown')
  })

  it('keeps a draft from its coordinators until help is asked, and the answer reaches everyone who writes', async () => {
    const { proposalId, params } = await draft()
    expect((await cora.call(contract.showProposal, { params })).status).toBe(404)
    const asked = await gwen.call(contract.askForHelp, { params, body: { text: 'May a partner chair?' } })
    expect(asked.status).toBe(201)
    expect((await gwen.call(contract.askForHelp, { params, body: { text: 'Hello?' } })).problem.code).toBe(
      'proposal.help_waiting',
    )
    expect((await admin.lastMail(admin.cora))!.body_text).toContain('May a partner chair?')
    const { items } = (await cora.call(contract.listHelpRequests)).value
    expect(items).toMatchObject([{ proposalId, text: 'May a partner chair?', byName: 'Gwen Barlow' }])
    expect((await cora.call(showAdminHome)).value.waiting).toContainEqual(
      expect.objectContaining({ kind: 'help_asked', proposalId }),
    )
    expect((await shown(proposalId, cora)).can.write).toBe(false)
    const one = { proposalId, helpRequestId: asked.value.id }
    expect((await gwen.call(contract.answerHelp, { params: one, body: { text: 'Yes' } })).status).toBe(404)
    expect((await cora.call(contract.answerHelp, { params: one, body: { text: 'Yes, from Hillside.' } })).status).toBe(
      204,
    )
    expect((await admin.lastMail(gwenMail))!.body_text).toContain('Yes, from Hillside.')
    expect((await cora.call(contract.answerHelp, { params: one, body: { text: 'No' } })).status).toBe(404)
    expect((await shown(proposalId)).help).toMatchObject([
      { answer: 'Yes, from Hillside.', answeredByName: 'Cora Lind' },
    ])
  })

  it('gives a starter kit of the draft, and mails who asked, once an hour', async () => {
    const { params } = await draft()
    const kits = async () =>
      (await admin.mailsTo(gwenMail)).filter(({ subject }) => subject.startsWith('Your starter kit')).length
    for (const [minutes, mails] of [
      [-130, 1],
      [-71, 1],
      [-69, 2],
    ] as const) {
      admin.clock.now = new Date(+now + minutes * 60_000)
      expect((await gwen.call(contract.askForStarterKit, { params })).status).toBe(204)
      expect([minutes, await kits()]).toEqual([minutes, mails])
    }
    const response = await gwen.raw('GET', `/api/proposals/${params.proposalId}/starter-kit.zip`)
    expect(response.headers.get('content-type')).toBe('application/zip')
    const bytes = new Uint8Array(await response.arrayBuffer())
    expect(String.fromCodePoint(...bytes.slice(0, 2))).toBe('PK')
  })
})

describe('deciding', () => {
  it('goes from a warning with its reason to sent, changes asked, sent again and approved, and makes everything', async () => {
    const { proposalId, params, body, hosts } = await draft({ meetings: [] })
    expect((await submit(proposalId)).problem.code).toBe('proposal.needs_reason')
    const sent = await submit(proposalId, 'We plan them together.')
    const none = (await shown(proposalId)).findings
    expect(codes(none)).toEqual(['schedule.meetings'])
    const { version } = await shown(proposalId)
    expect(sent.status).toBe(204)
    expect((await save(proposalId, version, body, hosts)).problem.code).toBe('proposal.not_open')
    expect((await admin.lastMail(admin.cora))!.subject).toContain('A proposal waits for you')
    expect((await decide(proposalId, 'changes_asked')).problem.code).toBe('proposal.needs_reason')
    expect((await decide(proposalId, 'changes_asked', 'When do you meet?')).value).toEqual({ slug: null, cohorts: 0 })
    expect((await admin.lastMail(gwenMail))!.body_text).toContain('When do you meet?')

    const back = await shown(proposalId)
    const meetings = [0, 1, 2, 3, 4, 5].map((n) => meeting(n))
    const whole = { ...body, meetings, cohorts: 1, facilitation: 'own' as const, facilitators: body.chairs }
    expect((await save(proposalId, back.version, whole, hosts)).value.findings).toEqual([])
    expect((await submit(proposalId)).status).toBe(204)
    const approved = await decide(proposalId, 'approved', 'A good plan.')
    expect(approved.value.cohorts).toBe(1)

    const after = await shown(proposalId)
    expect(after).toMatchObject({ status: 'approved', community: { slug: approved.value.slug } })
    expect(after.events.map(({ kind }) => kind)).toEqual(['approved', 'resubmitted', 'changes_asked', 'submitted'])
    expect(after.events.at(-1)!.findings).toMatchObject([{ code: 'schedule.meetings' }])
    const page = (await admin.browser().call(contract.showCommunity, { params: { slug: approved.value.slug! } })).value
    expect(page).toMatchObject({ name: body.title, hosts: [{ name: 'Hillside College' }], charter: { domain: 'Food' } })
    expect(page.cohorts[0]!.meetings).toHaveLength(6)
    expect(page.cohorts[0]).toMatchObject({
      seatsFree: 14,
      meetings: [{ startsAt: new Date('2027-02-02T21:00:00Z') }, {}, {}, {}, {}, {}],
    })
    const seats = await admin.db
      .selectFrom('seat')
      .select(['kind', 'person_id'])
      .where('cohort_id', '=', after.cohorts[0]!.id)
      .execute()
    expect(seats).toEqual([{ kind: 'chair', person_id: body.chairs[0] }])
    const { series } = (await cora.call(showProgramme)).value
    expect(series).toMatchObject([{ name: body.title, meetings: 6, minutes: 540, credential }])
    const mails = await admin.mailsTo(gwenMail)
    expect(
      mails
        .slice(-2)
        .map(({ subject }) => subject)
        .sort(),
    ).toEqual([`Approved: ${body.title}`, `Your part: ${body.title}`])
    const { items } = (await cora.call(listAuditEntries, {})).value
    expect(
      items
        .slice(0, 2)
        .map(({ action }) => action)
        .sort(),
    ).toEqual(['cohort.created', 'proposal.approved'])
    expect((await gwen.call(contract.withdrawProposal, { params, body: { text: '' } })).problem.code).toBe(
      'proposal.decided',
    )
  })

  it('lets one of two approvals at once win, and makes one community', async () => {
    const { proposalId, params } = await draft({ facilitation: 'own' })
    await submit(proposalId, 'We look for facilitators ourselves.')
    const { networkId: network_id, slug, regionId } = admin.seeded
    const email = `second@${slug}.example`
    const personId = await addPerson(admin.db, { networkId: network_id, name: 'Second', email })
    await admin.db
      .insertInto('role_grant')
      .values({ network_id, person_id: personId, role: 'coordinator', region_id: regionId, institution_id: null })
      .execute()
    const second = await admin.signedIn(email)
    const answers = await Promise.all([
      decide(proposalId, 'approved', 'Yes'),
      decide(proposalId, 'approved', 'Yes', second),
    ])
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201, 409]))
    const told = answers.find(({ status }) => status === 409)!.problem
    expect(told).toEqual({ code: 'proposal.not_waiting', facts: { status: 'approved' } })
    const made = await admin.db
      .selectFrom('community')
      .select('id')
      .where('proposal_id', '=', params.proposalId)
      .execute()
    expect(made).toHaveLength(1)
  })

  it('makes nothing at all when the name of the second cohort is taken', async () => {
    const more = await draft()
    const email = `pia@${admin.seeded.slug}.example`
    const author = { name: 'Pia', email, institutionId: admin.seeded.institutions.hillside, affiliation: 'faculty' }
    const { value } = await gwen.call(contract.addAuthor, { params: more.params, body: author })
    await (await admin.signedIn(email)).call(contract.openInvitation, { params: more.params })
    const body = { ...more.body, cohorts: 2, chairs: [...more.body.chairs, value.id] }
    await save(more.proposalId, (await shown(more.proposalId)).version, body, more.hosts)
    await addCohort(admin.db, admin.seeded, `${body.title} 2`)
    expect((await submit(more.proposalId)).status).toBe(204)
    const answer = await decide(more.proposalId, 'approved', 'Yes')
    expect([answer.status, answer.problem.code]).toEqual([409, 'cohort.blocked'])
    const made = await admin.db
      .selectFrom('community')
      .select('id')
      .where('proposal_id', '=', more.proposalId)
      .execute()
    const cohorts = await admin.db.selectFrom('cohort').select('id').where('name', '=', `${body.title} 1`).execute()
    expect([made, cohorts, (await shown(more.proposalId)).status]).toEqual([[], [], 'submitted'])
  })

  it('is nobody’s who did not read it, who only writes it, or who may only withdraw it', async () => {
    const { proposalId, params } = await draft()
    expect((await submit(proposalId)).status).toBe(204)
    const stale = await cora.call(contract.decideProposalRoute, {
      params,
      body: { basedOn: 1, verdict: 'declined', text: 'No' },
    })
    expect(stale.problem.code).toBe('proposal.changed_meanwhile')
    expect((await decide(proposalId, 'approved', 'Mine', gwen)).status).toBe(404)
    expect((await gwen.call(contract.withdrawProposal, { params, body: { text: 'Not this term' } })).status).toBe(204)
    expect((await decide(proposalId, 'approved', 'Yes')).problem.code).toBe('proposal.not_waiting')
  })
})

describe('who sees what', () => {
  it('shows nothing unapproved in public, and no address to join', async () => {
    const { proposalId } = await draft()
    await submit(proposalId)
    const answer = await admin.browser().raw('GET', `/api/public/communities?network=${admin.seeded.slug}&limit=100`)
    const text = await answer.text()
    const { body } = await shown(proposalId)
    expect([answer.status, text.includes(`"${body.title}"`), text.includes('meet.example')]).toEqual([
      200,
      false,
      false,
    ])
    const { value } = await admin.browser().call(contract.listCommunities, { query: { network: admin.seeded.slug } })
    expect(value.items.length).toBeGreaterThan(0)
    expect(value.items[0]!.next).toMatchObject({ isOnline: true, place: 'Hillside kitchen' })
  })

  it('hides everything from another network', async () => {
    const other = await seedNetwork(admin.db, { now })
    const elsewhere = await admin.signedIn(`cora@${other.slug}.example`)
    const { proposalId } = await draft()
    await submit(proposalId)
    for (const [method, path, body] of [
      ['GET', ''],
      ['GET', '/choices'],
      ['GET', '/starter-kit.zip'],
      ['POST', '/starter-kit'],
      ['POST', '/submit', { basedOn: 3, text: '' }],
      ['POST', '/decision', { basedOn: 3, verdict: 'declined', text: 'x' }],
      ['POST', '/withdraw', { text: '' }],
      ['POST', '/help', { text: 'x' }],
    ] as const) {
      const response = await elsewhere.raw(method, `/api/proposals/${proposalId}${path}`, body)
      expect([path, response.status]).toEqual([path, 404])
    }
    const details = {
      title: 'x',
      about: '',
      opensAt: now,
      closesAt: new Date(+now + DAY),
      credential: null,
      enrolmentDeadline: null,
      regionId: admin.seeded.regionId,
    }
    expect((await elsewhere.call(contract.editCall, { params: { callId }, body: details })).status).toBe(404)
    expect((await elsewhere.call(contract.createCall, { body: details })).status).toBe(404)
    const begun = { callId, institutionId: other.institutions.riverside }
    expect((await elsewhere.call(contract.startProposal, { body: begun })).status).toBe(404)
    expect((await elsewhere.call(contract.listProposals)).value.items).toEqual([])
    expect((await elsewhere.call(contract.listCalls)).value.items).toEqual([])
    expect((await elsewhere.call(contract.listHelpRequests)).value.items).toEqual([])
    const seen = await admin.browser().call(contract.listCommunities, { query: { network: other.slug } })
    expect([seen.value.items, seen.value.network]).toEqual([[], null])
  })
})
