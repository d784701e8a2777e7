import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  answerRenewal,
  bindCourseLink,
  getCohortHome,
  joinCohort,
  leaveCohort,
  listCohortChoices,
  listPeople,
  listRenewals,
  showJoining,
} from '@copractice/core/cohort'
import { getSession } from '@copractice/core/directory'
import type { CohortId } from '@copractice/core/kernel'
import { answerMeeting } from '@copractice/core/meeting'
import { saveDraft } from '@copractice/core/practice'
import { addCohort, addPerson, openSession, seedNetwork } from '@copractice/services/testing'
import { startTool, type StartedTool } from '../testing/start-tool.ts'

// A Tuesday in the week whose lists start at R.
const start = new Date('2026-11-17T12:00:00Z')
let tool: StartedTool
beforeEach(async () => {
  tool = await startTool(start)
})
afterEach(() => tool.close())

const fillCohort = async (seats: number) => {
  await tool.db
    .updateTable('policy_pack')
    .set({ limits: JSON.stringify({ cohortSeats: seats }) })
    .where('network_id', '=', tool.seeded.networkId)
    .execute()
}
const seatsHeld = (status: 'seated' | 'waitlisted') =>
  tool.db
    .selectFrom('seat')
    .select('person_id')
    .where('cohort_id', '=', tool.seeded.cohortId)
    .where('status', '=', status)
    .where('kind', '<>', 'facilitator')
    .execute()

describe('joining', () => {
  it('takes a seat under the learner’s own campus', async () => {
    const igor = await tool.as('igor', { link: tool.seeded.links.hillside })
    expect(await igor(joinCohort)).toMatchObject({
      status: 201,
      value: { standing: 'member', waitlistPlace: null, seats: { taken: 5, capacity: 15, waitlisted: 0 } },
    })
    expect((await igor(getSession)).value).toMatchObject({ standing: 'member', campus: { letter: 'H' } })
    expect(await igor(joinCohort)).toMatchObject({ status: 409, problem: { code: 'cohort.already_in' } })
  })

  it('of two for the last seat at the same moment gives it to one; the other waits', async () => {
    await fillCohort(5)
    const [ben, igor] = await Promise.all([
      tool.as('ben', { link: tool.seeded.links.riverside }),
      tool.as('igor', { link: tool.seeded.links.hillside }),
    ])
    expect((await ben(showJoining)).value).toMatchObject({ waitlistPlace: null, seats: { taken: 4, capacity: 5 } })
    const answers = await Promise.all([ben(joinCohort), igor(joinCohort)])
    expect(answers.map(({ value }) => value.standing).toSorted()).toEqual(['member', 'waitlisted'])
    expect(await seatsHeld('seated')).toHaveLength(5)
    expect(await seatsHeld('waitlisted')).toHaveLength(1)
  })

  it('of twelve for three seats gives away three, and the waitlist has nine places', async () => {
    await fillCohort(7)
    const { networkId, institutions, links, courses } = tool.seeded
    const learners = await Promise.all(
      Array.from({ length: 12 }, async (_, n) => {
        const institutionId = institutions.riverside
        const personId = await addPerson(tool.db, { networkId, name: `P${n}`, institutionId, affiliation: 'student' })
        const member = { network_id: networkId, course_id: courses.riverside, person_id: personId }
        await tool.db
          .insertInto('course_member')
          .values({ ...member, lms_user_id: `u${n}`, role: 'learner', role_from: 'launch', seen_at: start })
          .execute()
        return openSession(tool.db, { networkId, personId, courseLinkId: links.riverside, now: start })
      }),
    )
    const answers = await Promise.all(learners.map((token) => tool.callWith(token, joinCohort)))
    expect(await seatsHeld('seated')).toHaveLength(7)
    const places = answers.flatMap(({ value }) => value.waitlistPlace ?? [])
    expect(places.toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9])
  })

  it('refuses whoever has no eligible affiliation, and an LMS’s student view', async () => {
    const { db, seeded } = tool
    const ben = await tool.as('ben', { link: seeded.links.riverside })
    await db.deleteFrom('affiliation').where('person_id', '=', seeded.people.ben).execute()
    for (const route of [showJoining, joinCohort])
      expect(await ben(route)).toMatchObject({ status: 403, problem: { code: 'eligibility.affiliation' } })
    await db.updateTable('person').set({ is_test: true }).where('id', '=', seeded.people.ben).execute()
    expect(await ben(joinCohort)).toMatchObject({ status: 403, problem: { code: 'cohort.test_person' } })
  })

  it('is not open to a session that names a cohort without a link to it', async () => {
    const ben = await tool.as('ben', { cohort: tool.seeded.cohortId })
    expect(await ben(joinCohort)).toMatchObject({ status: 404, problem: { code: 'cohort.unknown' } })
  })
})

describe('leaving', () => {
  it('gives the seat to the first who waits, writes to them, and closes the space to who left', async () => {
    await fillCohort(4)
    const { db, seeded } = tool
    await db.updateTable('person').set({ email: 'igor@x.example' }).where('id', '=', seeded.people.igor).execute()
    const igor = await tool.as('igor', { link: seeded.links.hillside })
    tool.clock.now = new Date(start.getTime() + 1000)
    const ben = await tool.as('ben', { link: seeded.links.riverside })
    expect((await igor(joinCohort, {})).value).toMatchObject({ standing: 'waitlisted', waitlistPlace: 1 })
    tool.clock.now = new Date(start.getTime() + 2000)
    expect((await ben(showJoining)).value).toMatchObject({ waitlistPlace: 2, seats: { taken: 4, capacity: 4 } })
    expect((await ben(joinCohort)).value).toMatchObject({ standing: 'waitlisted', waitlistPlace: 2 })
    expect(await ben(getCohortHome)).toMatchObject({ status: 404 })

    const ana = await tool.as('ana', { link: seeded.links.riverside })
    expect((await ana(leaveCohort)).value).toEqual({ standing: 'left' })
    expect((await igor(getSession)).value.standing).toBe('member')
    expect((await ben(getSession)).value).toMatchObject({ standing: 'waitlisted', waitlistPlace: 1 })
    expect(await tool.mailsTo('igor@x.example')).toMatchObject([{ subject: 'A seat for you: Willow cohort' }])
    expect(await seatsHeld('seated')).toHaveLength(4)
    expect(await ana(getCohortHome)).toMatchObject({ status: 404, problem: { code: 'cohort.unknown' } })
    expect(await ana(leaveCohort)).toMatchObject({ status: 409, problem: { code: 'cohort.not_in' } })
    expect((await ana(joinCohort)).value.standing).toBe('waitlisted')
  })

  it('touches no score', async () => {
    const ana = await tool.as('ana', { link: tool.seeded.links.riverside })
    await ana(leaveCohort)
    expect(await tool.db.selectFrom('score_delivery').selectAll().execute()).toEqual([])
  })
})

describe('the cohort of a course link', () => {
  it('is chosen by the course’s instructor among the cohorts of their campus or region, and then stays', async () => {
    const { seeded } = tool
    const elsewhere = await seedNetwork(tool.db, { now: start })
    const rosa = await tool.as('rosa', { link: seeded.links.unbound })
    const choices = await rosa(listCohortChoices, { query: { search: 'willow', limit: 10 } })
    expect(choices.value.items).toMatchObject([
      {
        id: seeded.cohortId,
        region: 'Three Rivers',
        seats: { taken: 4, capacity: 15, waitlisted: 0 },
        seatedFromCampus: 2,
        nextMeetingAt: new Date('2026-11-18T12:00:00Z'),
      },
    ])
    const foreign = await rosa(bindCourseLink, { body: { cohortId: elsewhere.cohortId } })
    expect(foreign).toMatchObject({ status: 404, problem: { code: 'cohort.unknown' } })

    const ben = await tool.as('ben', { link: seeded.links.unbound })
    expect(await ben(bindCourseLink, { body: { cohortId: seeded.cohortId } })).toMatchObject({
      status: 403,
      problem: { code: 'course_link.not_instructor' },
    })
    expect(await rosa(bindCourseLink, { body: { cohortId: seeded.cohortId } })).toMatchObject({
      status: 201,
      value: { name: 'Willow cohort' },
    })
    // The same session, opened before the link was bound.
    expect((await ben(getSession)).value).toMatchObject({ standing: 'may_join', cohort: { id: seeded.cohortId } })
    expect((await rosa(getSession)).value).toMatchObject({ standing: 'instructor', can: { setUpRounds: true } })

    const oak = await cohortOf('Oak cohort')
    expect(await rosa(bindCourseLink, { body: { cohortId: oak } })).toMatchObject({
      status: 409,
      problem: { code: 'course_link.bound_elsewhere', facts: { name: 'Willow cohort' } },
    })
  })

  it('is paged by name', async () => {
    for (const name of ['Ash', 'birch', 'Cedar', 'Dogwood']) await cohortOf(name)
    const rosa = await tool.as('rosa', { link: tool.seeded.links.unbound })
    const names: string[] = []
    let after: string | undefined
    do {
      const { value } = await rosa(listCohortChoices, { query: { limit: 2, ...(after && { after }) } })
      names.push(...value.items.map(({ name }) => name))
      after = value.next ?? undefined
    } while (after)
    expect(names).toEqual(['Ash', 'birch', 'Cedar', 'Dogwood', 'Willow cohort'])
  })
})

const cohortOf = (name: string) => addCohort(tool.db, tool.seeded, name)

describe('people', () => {
  it('are listed by name from this week’s letter on, with their campus, facilitators marked, page by page', async () => {
    const ana = await tool.as('ana', { link: tool.seeded.links.riverside })
    const first = await ana(listPeople, { query: { limit: 3 } })
    const { startsWith, seats } = first.value
    expect(seats).toEqual({ taken: 4, capacity: 15, waitlisted: 0 })
    const rest = await ana(listPeople, { query: { limit: 3, after: first.value.next! } })
    const everyone = [...first.value.items, ...rest.value.items]
    expect(rest.value.next).toBeNull()

    const names = ['Ana Okonjo', 'Dora Carter', 'Finn Eklund', 'Hana Weiss', 'Ravi Nair']
    const begin = names.findIndex((name) => name >= startsWith)
    const turned = begin < 0 ? names : [...names.slice(begin), ...names.slice(0, begin)]
    expect(everyone.map(({ name }) => name)).toEqual(turned)
    expect(everyone.find(({ name }) => name === 'Finn Eklund')).toMatchObject({ isFacilitator: true, isMe: false })
    expect(everyone.find(({ isMe }) => isMe)).toMatchObject({ name: 'Ana Okonjo', campus: { letter: 'R', colour: 1 } })
  })
})

describe('home', () => {
  it('shows the next meeting, the term, the prompt, what waits and the table', async () => {
    const { meetings, promptId, cohortId } = tool.seeded
    const ana = await tool.as('ana', { link: tool.seeded.links.riverside })
    const ravi = await tool.as('ravi', { link: tool.seeded.links.riverside })
    await ravi(answerMeeting, { params: { id: meetings.next }, body: { answer: 'yes' } })
    await ana(saveDraft, { params: { subject: `prompt:${promptId}` }, body: { body: 'We had booked', basedOn: null } })

    const { value: home } = await ana(getCohortHome)
    expect(home.cohort.id).toBe(cohortId)
    expect(home.nextMeeting).toMatchObject({ id: meetings.next, number: 2, total: 3, coming: 1, myAnswer: null })
    expect(home.meetings.map(({ id }) => id)).toEqual([meetings.past, meetings.next, meetings.later])
    expect(home.prompt).toMatchObject({ id: promptId, author: { name: 'Finn Eklund', campus: { letter: 'H' } } })
    expect(home.prompt?.posts).toEqual({ items: [], next: null })
    expect(home.todos).toMatchObject([
      { kind: 'answer_meeting', meetingId: meetings.next },
      { kind: 'finish_draft', promptId, words: 3 },
    ])
    expect(home.seats).toMatchObject({ taken: 4, capacity: 15, waitlisted: 0 })
    expect(home.seats.ring.map(({ letter }) => letter).toSorted()).toEqual(['H', 'R', 'R', 'T'])
    expect(home.seats.ring.filter(({ coming }) => coming)).toMatchObject([{ letter: 'R' }])
    expect(home.facilitators).toMatchObject([{ name: 'Finn Eklund' }])

    await ana(answerMeeting, { params: { id: meetings.next }, body: { answer: 'no' } })
    expect((await ana(getCohortHome)).value.todos.map(({ kind }) => kind)).toEqual(['finish_draft'])
  })

  it('asks the database as often for a full cohort as for a small one', async () => {
    const ana = await tool.as('ana', { link: tool.seeded.links.riverside })
    const count = async () => {
      tool.counter.queries = 0
      expect((await ana(getCohortHome)).status).toBe(200)
      return tool.counter.queries
    }
    // The first answer of all also asks which LMSs may frame it.
    await count()
    const small = await count()
    const { networkId: network_id, cohortId: cohort_id, institutions, promptId } = tool.seeded
    for (let n = 0; n < 11; n++) {
      const person_id = await addPerson(tool.db, { networkId: network_id, name: `Person ${n}` })
      const seat = { network_id, cohort_id, person_id, institution_id: institutions.hillside, since: start }
      await tool.db
        .insertInto('seat')
        .values({ ...seat, kind: 'participant', status: 'seated' })
        .execute()
      const post = { network_id, prompt_id: promptId, author_id: person_id, body: 'Words', posted_at: start }
      await tool.db
        .insertInto('post')
        .values({ ...post, parent_id: null, edited_at: null, removed_at: null })
        .execute()
    }
    expect(await count()).toBe(small)
    expect(small).toBeLessThanOrEqual(11)
  })

  it('answers a coordinator as it answers a stranger', async () => {
    const cora = await tool.as('cora', { cohort: tool.seeded.cohortId })
    for (const route of [getCohortHome, listPeople])
      expect(await cora(route)).toMatchObject({ status: 404, problem: { code: 'cohort.unknown' } })
  })
})

describe('a cohort that goes on', () => {
  /** The next cohort, with ana and ravi asked; neither has an address. */
  const renewed = async () => {
    const { networkId: network_id, cohortId, people, institutions } = tool.seeded
    const next = await cohortOf('Willow in spring')
    await tool.db.updateTable('cohort').set({ succeeds_id: cohortId }).where('id', '=', next).execute()
    const ask = { network_id, cohort_id: next, institution_id: institutions.riverside, kind: 'participant' as const }
    await tool.db
      .insertInto('cohort_ask')
      .values([people.ana, people.ravi].map((person_id) => ({ ...ask, person_id, asked_at: start })))
      .execute()
    return next
  }
  const asksOf = async (who: Awaited<ReturnType<StartedTool['as']>>) => (await who(listRenewals)).value.items
  const seatsIn = (cohortId: CohortId) =>
    tool.db.selectFrom('seat').select(['person_id', 'status']).where('cohort_id', '=', cohortId).execute()

  it('asks in its own space whoever was asked, no address needed, and gives a seat by their own yes alone', async () => {
    const next = await renewed()
    const ana = await tool.as('ana', { link: tool.seeded.links.riverside })
    const hana = await tool.as('hana', { link: tool.seeded.links.hillside })
    expect(await asksOf(hana)).toEqual([])
    const [ask] = await asksOf(ana)
    expect(ask).toMatchObject({ answer: null, place: null, cohort: { name: 'Willow in spring' }, door: null })
    expect(ask!.seats).toEqual({ taken: 0, capacity: 15, waitlisted: 0 })
    expect(await seatsIn(next)).toEqual([])

    const params = { askId: ask!.id }
    const answer = (said: 'yes' | 'no' | null, who = ana) => who(answerRenewal, { params, body: { answer: said } })
    expect(await answer('yes', hana)).toMatchObject({ status: 404, problem: { code: 'ask.unknown' } })
    expect((await answer('yes')).value).toEqual({ place: 'seated' })
    expect((await answer('yes')).value).toEqual({ place: 'seated' })
    expect(await asksOf(ana)).toMatchObject([{ answer: 'yes', place: 'seated' }])
    expect((await answer(null)).value).toEqual({ place: null })
    expect(await asksOf(ana)).toMatchObject([{ answer: null, place: null }])
    expect((await answer('no')).value).toEqual({ place: null })
    expect(await asksOf(ana)).toMatchObject([{ answer: 'no', place: null }])
    expect(await seatsIn(next)).toMatchObject([{ status: 'left' }])
    // They keep the space of the one before all along, also when it has closed.
    await tool.db
      .updateTable('cohort')
      .set({ status: 'closed', alumni: 'read_only', closed_at: start })
      .where('id', '=', tool.seeded.cohortId)
      .execute()
    expect((await answer('yes')).value).toEqual({ place: 'seated' })
  })

  it('puts a yes on the waitlist when its seats are taken, and a seat given back goes to who waits', async () => {
    const next = await renewed()
    await fillCohort(1)
    const [ana, ravi] = [
      await tool.as('ana', { link: tool.seeded.links.riverside }),
      await tool.as('ravi', { link: tool.seeded.links.riverside }),
    ]
    const say = async (who: typeof ana, answer: 'yes' | null) =>
      (await who(answerRenewal, { params: { askId: (await asksOf(who))[0]!.id }, body: { answer } })).value
    expect(await say(ana, 'yes')).toEqual({ place: 'seated' })
    expect(await say(ravi, 'yes')).toEqual({ place: 'waitlisted' })
    expect(await say(ana, null)).toEqual({ place: null })
    expect(await asksOf(ravi)).toMatchObject([{ place: 'seated' }])
    expect((await seatsIn(next)).map(({ status }) => status).toSorted()).toEqual(['left', 'seated'])
  })

  it('lets nobody take back a seat that they have used, and asks no more', async () => {
    const next = await renewed()
    const ana = await tool.as('ana', { link: tool.seeded.links.riverside })
    const params = { askId: (await asksOf(ana))[0]!.id }
    await ana(answerRenewal, { params, body: { answer: 'yes' } })
    const { networkId: network_id, people } = tool.seeded
    await tool.db
      .insertInto('commitment')
      .values({ network_id, cohort_id: next, person_id: people.ana, text: 'Ask the food hub', made_at: start })
      .execute()
    expect(await asksOf(ana)).toEqual([])
    const refused = await ana(answerRenewal, { params, body: { answer: null } })
    expect(refused).toMatchObject({ status: 409, problem: { code: 'ask.seat_used' } })
    expect(await seatsIn(next)).toMatchObject([{ status: 'seated' }])
  })
})
