import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PersonId, type RoundId } from '@copractice/core/kernel'
import { Rubric } from '@copractice/core/review'
import {
  startLmsSimulator,
  type LmsSimulator,
  type Profile,
  type SimulatedCourse,
  type SimulatedPerson,
} from '@copractice/lms-simulator'
import { ensureLineItems, insertDeliveries } from '@copractice/store/gradebook'
import { openWholeTool, visit, type Visit, type WholeTool } from './lti/visit-tool.ts'
import { addRound } from '@copractice/services/testing'

const DAY = 86_400_000
const person = (id: string, name: string, role: SimulatedPerson['role']): SimulatedPerson => ({
  id,
  name,
  givenName: name,
  familyName: 'X',
  email: `${name.toLowerCase()}@x.example`,
  role,
})
const people = [
  person('11', 'Amara', 'learner'),
  person('12', 'Eleanor', 'instructor'),
  person('13', 'Tariq', 'ta'),
  person('14', 'Bo', 'learner'),
]
const course = (id: string, title: string): SimulatedCourse => ({
  id,
  title,
  label: id,
  term: id,
  people,
  links: [],
})
type Session = { standing: string; cohort: { id: string } | null; course: { id: string } | null }
type Copy = { copy: { course: string; cohort: { id: string; isOffered: boolean }; round: { title: string } } | null }

describe.each<Profile>(['canvas', 'moodle'])('in %s', (profile) => {
  let tool: WholeTool
  let lms: LmsSimulator
  let roundId: RoundId
  const now = new Date()
  beforeAll(async () => {
    tool = await openWholeTool(() => now)
    lms = await startLmsSimulator({
      profile,
      name: 'Riverside State',
      port: 0,
      courses: [course('fall', 'CEP 610 Fall'), course('spring', 'CEP 610 Spring'), course('other', 'EDU 1')],
    })
    await tool.connect(lms, 'riverside')
    lms.changeCourse('spring', { copiedFrom: [lms.contextId('fall'), 'older'] })
    roundId = await newRound()
  })
  afterAll(async () => {
    await lms.close()
    await tool.close()
  })

  const newRound = async () => {
    const criteria = ['clarity'].map((id) => ({
      id,
      title: 'Clarity',
      description: '',
      levels: [
        { points: 0, label: 'Low', descriptor: '' },
        { points: 5, label: 'High', descriptor: '' },
      ],
    }))
    const id = await addRound(tool.db, tool.seeded, now, {
      instructions: 'Read kindly.',
      rubric: Rubric.parse({ criteria }),
      sameCampus: 'avoid',
      submitUntil: new Date(now.getTime() - 90 * DAY),
      reviewUntil: new Date(now.getTime() - 83 * DAY),
    })
    await tool.db.updateTable('review_round').set({ phase: 'closed' }).where('id', '=', id).execute()
    return id
  }
  const custom = () => ({
    cohort: tool.seeded.cohortId,
    round: roundId,
    context_history: '$Context.id.history',
  })
  const open = (courseId: string, link: string, who: string) => visit(lms, { course: courseId, link, person: who })
  const standing = async (at: Visit) => (await at.get<Session>('/api/session')).body.standing
  const linksOf = async (courseId: string) =>
    (
      await tool.db
        .selectFrom('course_link as l')
        .innerJoin('course as c', 'c.id', 'l.course_id')
        .selectAll('l')
        .where('c.context_id', '=', lms.contextId(courseId))
        .execute()
    ).map(({ cohort_id, round_id }) => ({ cohort_id, round_id }))

  describe('a copied course', () => {
    it('opens nothing of the old one until its instructor says so', async () => {
      lms.addLink('fall', { id: '501', title: 'Round', kind: 'navigation', custom: custom() })
      const original = await open('fall', '501', '12')
      expect(original.startAt).toBe(`/reviews/rounds/${roundId}`)
      expect((await original.get<Copy>('/api/course-link/copy')).body).toEqual({ copy: null })

      lms.addLink('spring', { id: '502', title: 'Round', kind: 'navigation', custom: custom() })
      const learner = await open('spring', '502', '11')
      expect([learner.startAt, await standing(learner)]).toEqual(['/home', 'not_yet_chosen'])
      expect((await learner.get(`/api/rounds/${roundId}`)).status).toBe(404)
      expect((await learner.get('/api/course-link/copy')).status).toBe(403)
      const instructor = await open('spring', '502', '12')
      expect([instructor.startAt, await standing(instructor)]).toEqual(['/home', 'choose_cohort'])
      expect((await instructor.get<Copy>('/api/course-link/copy')).body.copy).toMatchObject({
        course: 'CEP 610 Fall',
        cohort: { id: tool.seeded.cohortId, isOffered: true },
        round: { title: 'Action plan' },
      })
      expect(await linksOf('spring')).toEqual([{ cohort_id: null, round_id: null }])
    })

    it('starts a fresh round from the old set-up, without its people, work or dates', async () => {
      const { db, seeded } = tool
      const work = { network_id: seeded.networkId, round_id: roundId, author_id: seeded.people.ana }
      await db
        .insertInto('submission')
        .values({ ...work, status: 'submitted', body: 'old', saved_at: now, submitted_at: now })
        .execute()
      const instructor = await open('spring', '502', '12')
      const body = { cohortId: seeded.cohortId, freshRound: true }
      const settled = await instructor.post<{ roundId: RoundId }>('/api/course-link/copy', body)
      expect(settled.status).toBe(201)
      const fresh = settled.body.roundId
      expect(fresh).not.toBe(roundId)
      const { title, instructions, phase, submitUntil, reviewUntil } = (
        await instructor.get<Record<string, string>>(`/api/rounds/${fresh}`)
      ).body
      expect([title, instructions, phase]).toEqual(['Action plan', 'Read kindly.', 'draft'])
      expect(Date.parse(submitUntil!) - now.getTime()).toBeGreaterThanOrEqual(14 * DAY)
      expect(Date.parse(reviewUntil!) - Date.parse(submitUntil!)).toBe(7 * DAY)
      expect(await db.selectFrom('submission').selectAll().where('round_id', '=', fresh).execute()).toEqual([])

      expect((await open('spring', '502', '12')).startAt).toBe(`/reviews/rounds/${fresh}`)
      expect(await linksOf('spring')).toEqual([{ cohort_id: seeded.cohortId, round_id: fresh }])
      expect(await linksOf('fall')).toEqual([{ cohort_id: seeded.cohortId, round_id: roundId }])
      expect((await instructor.post<{ code: string }>('/api/course-link/copy', body)).body.code).toBe(
        'course_link.not_copied',
      )
    })

    it('is recognised by the course its link was placed in, also where the LMS tells no history', async () => {
      const fall = (await (await open('fall', '501', '12')).get<Session>('/api/session')).body.course!.id
      const { context_history: _, ...plain } = custom()
      lms.addLink('other', { id: '503', title: 'Copy', kind: 'navigation', custom: { ...plain, course: fall } })
      const copied = await open('other', '503', '12')
      expect(await standing(copied)).toBe('choose_cohort')
      expect((await copied.get<Copy>('/api/course-link/copy')).body.copy).toMatchObject({ course: 'CEP 610 Fall' })

      const unknown = '00000000-0000-4000-8000-000000000000'
      lms.addLink('other', { id: '504', title: 'Stray', kind: 'navigation', custom: { ...plain, course: unknown } })
      const stray = await open('other', '504', '12')
      expect(await standing(stray)).toBe('choose_cohort')
      expect((await stray.get<Copy>('/api/course-link/copy')).body).toEqual({ copy: null })
    })

    it('opens what it asks for, not what else of the cohort that course opens', async () => {
      const fall = (await (await open('fall', '501', '12')).get<Session>('/api/session')).body.course!.id
      const { round: _, ...space } = custom()
      lms.addLink('other', { id: '506', title: 'Space', kind: 'navigation', custom: { ...space, course: fall } })
      const copied = await open('other', '506', '12')
      expect((await copied.get<Copy>('/api/course-link/copy')).body.copy).toMatchObject({
        course: 'CEP 610 Fall',
        cohort: { id: tool.seeded.cohortId },
        round: null,
      })
    })

    it('is recognised also where nobody opened the link before the course was copied', async () => {
      const other = (await (await open('other', '504', '12')).get<Session>('/api/session')).body.course!.id
      lms.addLink('spring', {
        id: '507',
        title: 'Unopened',
        kind: 'navigation',
        custom: { ...custom(), course: other },
      })
      const copied = await open('spring', '507', '12')
      expect([copied.startAt, await standing(copied)]).toEqual(['/home', 'choose_cohort'])
      expect((await copied.get<Copy>('/api/course-link/copy')).body.copy).toMatchObject({
        course: 'EDU 1',
        round: { title: 'Action plan' },
      })
    })

    it('is none where the course has no such forebear: a link by hand opens what it names', async () => {
      lms.addLink('other', { id: '505', title: 'Own', kind: 'navigation', custom: custom() })
      expect((await open('other', '505', '12')).startAt).toBe(`/reviews/rounds/${roundId}`)
    })
  })

  describe('a gradebook', () => {
    let learnerId: PersonId
    let column: string
    beforeAll(async () => {
      const { db, seeded } = tool
      const network_id = seeded.networkId
      const first = await open('fall', '501', '11')
      await first.post('/api/cohort/join', undefined)
      for (const who of ['13', '14']) await open('fall', '501', who)
      const members = await db
        .selectFrom('course_member as m')
        .innerJoin('course as c', 'c.id', 'm.course_id')
        .select(['m.person_id', 'm.course_id', 'm.lms_user_id'])
        .where('c.context_id', '=', lms.contextId('fall'))
        .execute()
      const amara = members.find(({ lms_user_id }) => lms_user_id === '11')!
      learnerId = PersonId.parse(amara.person_id)
      const handed = { status: 'submitted', saved_at: now, submitted_at: new Date(now.getTime() - 90 * DAY) } as const
      const [work] = await db
        .insertInto('submission')
        .values({ network_id, round_id: roundId, author_id: learnerId, body: 'My plan', ...handed })
        .returning('id')
        .execute()
      await db
        .insertInto('review_assignment')
        .values({
          network_id,
          round_id: roundId,
          submission_id: work!.id,
          reviewer_id: seeded.people.hana,
          marks: JSON.stringify([{ criterionId: 'clarity', points: 5, comment: '' }]),
          comment: 'Clear to me.',
          saved_at: now,
          filed_at: now,
        })
        .execute()
      await db.transaction().execute(async (trx) => {
        const courseId = amara.course_id as never
        const item = { courseId, column: 'work', label: 'Action plan: work', maximum: 20 } as const
        const lineItem = await ensureLineItems(trx, network_id, roundId, [item])
        const delivery = { lineItemId: lineItem(courseId, 'work'), courseId, personId: learnerId, lmsUserId: '11' }
        await insertDeliveries(
          trx,
          { networkId: seeded.networkId, roundId, publishedBy: seeded.people.rosa },
          [{ ...delivery, score: 20, maximum: 20 }],
          now,
        )
      })
      await tool.deliverScores()
      column = lms.gradebook('fall').columns.find(({ tag }) => tag === 'work')!.id
    })
    const review = (who: string, whose = '11') =>
      visit(lms, { course: 'fall', review: column, for: whose, person: who })
    const page = () => `/reviews/rounds/${roundId}/work/${learnerId}`
    const read = (at: Visit) =>
      at.get<Record<string, unknown> & { reviews: { reviewer: unknown; comment: string }[] }>(
        `/api/rounds/${roundId}/reviewed-work/${learnerId}`,
      )

    it('opens a learner’s work with its reviews, for their instructor', async () => {
      expect(lms.gradebook('fall').cells).toMatchObject([{ score: 20, attempts: profile === 'canvas' ? 1 : 0 }])
      const at = await review('12')
      expect(at.startAt).toBe(page())
      const { body } = await read(at)
      expect(body).toMatchObject({
        reader: 'instructor',
        author: { name: 'Amara' },
        work: { body: 'My plan' },
        mean: 20,
      })
      expect(body.reviews).toMatchObject([
        { comment: 'Clear to me.', reviewer: { kind: 'numbered', campus: { name: 'Hillside College' } } },
      ])
    })

    it('opens one’s own, without a word of who reviewed it', async () => {
      const at = await review('11')
      expect(at.startAt).toBe(page())
      const { body } = await read(at)
      expect(body).toMatchObject({ reader: 'author', reviews: [{ comment: 'Clear to me.', reviewer: null }] })
    })

    it('tells another learner, and an instructor of another course, that there is no such work', async () => {
      const other = await open('fall', '501', '14')
      expect((await read(other)).status).toBe(404)
      lms.changeCourse('other', { people: [person('77', 'Foreign', 'instructor')] })
      expect((await read(await open('other', '505', '77'))).status).toBe(404)
    })

    it(`lets an assistant ${profile === 'canvas' ? 'of the course read it, with nobody named who reviewed' : 'who teaches read it as instructors do'}`, async () => {
      const { status, body } = await read(await review('13'))
      expect(status).toBe(200)
      expect([body.reader, body.reviews[0]!.reviewer === null]).toEqual(
        profile === 'canvas' ? ['assistant', true] : ['instructor', false],
      )
    })

    it('shows that nothing is handed in of a learner who handed nothing in', async () => {
      const joined = await open('fall', '501', '14')
      await joined.post('/api/cohort/join', undefined)
      const id = (await joined.get<{ person: { id: string } }>('/api/session')).body.person.id
      const at = await open('fall', '501', '12')
      const { body } = await at.get<object>(`/api/rounds/${roundId}/reviewed-work/${id}`)
      expect(body).toMatchObject({ work: null, reviews: [] })
    })
  })
})
