import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import type { RoundId } from '@copractice/core/kernel'
import { openUploadStorage } from '@copractice/services/review'
import type { SeededNetwork } from '@copractice/services/testing'
import { gradebookRoutes } from '../gradebook/routes.ts'
import { insertClosedRound } from '../testing/insert-closed-round.ts'
import { startRoutes, type StartedRoutes, type Json, type Who } from '../testing/start-routes.ts'
import { reviewRoutes } from './routes.ts'

const DAY = 86_400_000
const start = new Date('2026-03-09T12:00:00Z')
let now = start
let started: StartedRoutes, seeded: SeededNetwork
let rounds = 0
beforeAll(async () => {
  const storage = openUploadStorage({ folder: '/nowhere' })
  const routersOf: Parameters<typeof startRoutes>[1] = (deps) => [
    reviewRoutes({ ...deps, storage }),
    gradebookRoutes(deps),
  ]
  started = await startRoutes(start, routersOf, { clock: () => now })
  ;({ seeded } = started)
})
afterAll(() => started.close())
beforeEach(() => {
  now = start
})

const call: StartedRoutes['call'] = (...asked) => started.call(...asked)

/** Each settled before the one before it, so that none is pooled with another unless `days` later asks for it. */
const closedRound = (days = 0): Promise<RoundId> =>
  insertClosedRound(started.db, seeded, {
    settled: new Date(+start - DAY - 1000 * ++rounds + days * DAY),
    late: null,
    now: start,
  })
const courseOf = (who: 'rosa' | 'hugo') => seeded.courses[who === 'rosa' ? 'riverside' : 'hillside']
const appealsUntil = new Date(+start + 7 * DAY).toISOString()
const release = (roundId: string, who: 'rosa' | 'hugo' = 'rosa') =>
  call(who, 'POST', `/rounds/${roundId}/release`, { courseId: courseOf(who), appealsUntil })
const anew = (roundId: string, fingerprint: string, who: 'rosa' | 'hugo' = 'rosa') =>
  call(who, 'POST', `/rounds/${roundId}/release/${courseOf(who)}/anew`, { appealsUntil, fingerprint })
const scores = async (roundId: string, who: 'rosa' | 'hugo' = 'rosa') =>
  (await call(who, 'GET', `/rounds/${roundId}/scores`)).body
const changes = async (roundId: string, who: 'rosa' | 'hugo' = 'rosa') =>
  (await scores(roundId, who)).courses[0].release?.changes
const mine = async (who: Who, roundId: string) => (await call(who, 'GET', `/rounds/${roundId}/my-grade`)).body.released
const because = async (roundId: string) => (await scores(roundId)).scoring.because
/** Everything that tells a grade or how it came about, in one. */
const told = async (roundId: string) => {
  const { learners, scoring } = await scores(roundId)
  const { rows } = (await call('rosa', 'GET', `/rounds/${roundId}/publish-preview`)).body
  const [ana, ravi] = [await mine('ana', roundId), await mine('ravi', roundId)]
  return { learners, inForce: scoring.inForce, rows, ana, ravi }
}
const reviewOf = (roundId: string, author: 'ana' | 'ravi', reviewer: Who) => {
  const { db } = started
  const work = db.selectFrom('submission').select('id').where('round_id', '=', roundId)
  return db
    .updateTable('review_assignment')
    .where('round_id', '=', roundId)
    .where('submission_id', '=', work.where('author_id', '=', seeded.people[author]))
    .where('reviewer_id', '=', seeded.people[reviewer])
}
const hide = (roundId: string, reviewer: Who, at: Date | null) =>
  reviewOf(roundId, 'ana', reviewer).set({ hidden_at: at }).execute()

it('holds grades that are released to the rounds they were worked out from, whatever becomes of older ones', async () => {
  // Older by half a second, but closed only after the release.
  const [older, roundId] = [await closedRound(), await closedRound(1500 / DAY)]
  const set = (phase: 'review' | 'closed') =>
    started.db.updateTable('review_round').set({ phase }).where('id', '=', older).execute()
  const sentAt = (filed_at: Date) =>
    started.db.updateTable('review_assignment').set({ filed_at }).where('round_id', '=', older).execute()
  await set('review')
  await release(roundId)
  await set('closed')
  expect(await because(roundId)).toEqual([])
  await call('rosa', 'DELETE', `/rounds/${roundId}/release/${courseOf('rosa')}`)
  expect(await because(roundId)).toEqual(['rounds_pooled'])

  // Pooled when released, then opened again and written anew: as it was.
  await release(roundId)
  await set('review')
  await sentAt(new Date(+start + 1000))
  expect(await because(roundId)).toEqual(['rounds_pooled'])
  // Told by another course since: taking the first release back does not move what it told.
  now = new Date(+start + 2000)
  await release(roundId, 'hugo')
  await call('rosa', 'DELETE', `/rounds/${roundId}/release/${courseOf('rosa')}`)
  expect(await because(roundId)).toEqual(['rounds_pooled'])
})

it('goes by what the rows say of then for a release from before what counted was kept', async () => {
  const [older, roundId] = [await closedRound(), await closedRound(1500 / DAY)]
  await release(roundId)
  await started.db.updateTable('score_release').set({ entered: null }).where('round_id', '=', roundId).execute()
  expect(await because(roundId)).toEqual(['rounds_pooled'])
  const sent = { filed_at: new Date(+start + 1000) }
  await started.db.updateTable('review_assignment').set(sent).where('round_id', '=', older).execute()
  expect(await because(roundId)).toEqual([])
})

it('a review hidden when grades were told, of this round or an older one, moves nothing when it is shown again', async () => {
  const [older, roundId] = [await closedRound(), await closedRound(1500 / DAY)]
  const model = { method: 'model' }
  await hide(older, 'hana', start)
  await hide(roundId, 'hana', start)
  expect((await call('rosa', 'PATCH', `/rounds/${roundId}/scoring`, model)).status).toBe(200)
  await release(roundId)
  const before = await told(roundId)
  expect([before.inForce, before.ana.work.marks.length]).toEqual(['model', 1])
  await hide(older, 'hana', null)
  await hide(roundId, 'hana', null)
  // Of the two that Ana reads now, the one that counts may be the second.
  const unnumbered = (seen: Json) => JSON.parse(JSON.stringify(seen, (key, value) => (key === 'number' ? null : value)))
  expect(unnumbered(await told(roundId))).toEqual(unnumbered(before))
  // Nor does taking up the mean: that too is told with another release.
  await call('rosa', 'PATCH', `/rounds/${roundId}/scoring`, { method: 'mean' })
  expect(unnumbered(await told(roundId))).toEqual(unnumbered(before))
})

it('a review hidden after grades were told counts until they are shown anew, after a look at each that changes', async () => {
  const roundId = await closedRound()
  await release(roundId)
  await release(roundId, 'hugo')
  expect(await changes(roundId)).toBeNull()
  const before = await told(roundId)
  expect(before.ana.work).toMatchObject({ grade: 15, marks: [{ number: 1 }, { number: 2 }] })
  now = new Date(+start + 1000)
  await hide(roundId, 'hana', now)
  const after = await told(roundId)
  expect(after.learners).toEqual(before.learners)
  expect(after.rows).toEqual(before.rows)
  // The author no longer reads it, so it has no number of theirs; the arithmetic is what it was.
  expect(after.ana.work.marks.map(({ number }: Json) => number).toSorted()).toEqual([1, null])
  expect({ ...after.ana.work, marks: [] }).toEqual({ ...before.ana.work, marks: [] })

  const seen = await changes(roundId)
  expect(seen).toMatchObject({
    shown: expect.arrayContaining([
      expect.objectContaining({ column: 'work', before: 15, person: expect.objectContaining({ name: 'Ana Okonjo' }) }),
    ]),
  })
  const names = seen.shown.map(({ person }: Json) => person.name)
  expect(names).not.toContain('Hana Weiss')
  expect(names).toEqual(names.toSorted())
  expect((await anew(roundId, 'other')).body.code).toBe('score.changed_meanwhile')
  expect((await anew(roundId, seen.fingerprint, 'hugo')).body.code).toBe('score.changed_meanwhile')
  expect((await anew(roundId, seen.fingerprint)).status).toBe(201)
  expect(await changes(roundId)).toBeNull()
  const { ana, rows, learners } = await told(roundId)
  const grade = seen.shown.find(({ column, person }: Json) => column === 'work' && person.name === 'Ana Okonjo').after
  expect([ana.work.grade, ana.work.marks.length]).toEqual([grade, 1])
  const cell = rows.find(({ name }: Json) => name === 'Ana Okonjo').work
  expect([cell.willBe, learners[0].work.grade]).toEqual([grade, grade])
  // The other campus was told before, and is told nothing else until its own instructor does so.
  expect((await mine('hana', roundId)).reviewing.parts).toHaveLength(2)
  expect(await changes(roundId, 'hugo')).not.toBeNull()

  // Whoever learns in both courses reads what they were told last, as the course's gradebook has it.
  const inHillside = { network_id: seeded.networkId, course_id: seeded.courses.hillside, person_id: seeded.people.ana }
  const member = {
    ...inHillside,
    lms_user_id: 'ana-too',
    role: 'learner' as const,
    role_from: 'launch' as const,
    seen_at: now,
  }
  await started.db.insertInto('course_member').values(member).execute()
  const inBoth = (await mine('ana', roundId)).work.grade
  await started.db.deleteFrom('course_member').where('lms_user_id', '=', 'ana-too').execute()
  expect([inBoth, cell.willBe]).toEqual([grade, grade])
})

it('an override counts at once, and an appeal is answered by what was told', async () => {
  const roundId = await closedRound()
  await release(roundId)
  const asked = await call('ana', 'POST', `/rounds/${roundId}/appeals`, { column: 'work', reason: 'Page 2.' })
  await hide(roundId, 'hana', start)
  const answer = { outcome: 'changed', points: 15, text: 'As it was.' }
  const path = `/rounds/${roundId}/appeals/${asked.body.appealId}/answer`
  expect((await call('rosa', 'POST', path, answer)).body.code).toBe('appeal.same_grade')
  expect((await call('rosa', 'POST', path, { ...answer, points: 16 })).status).toBe(201)
  expect((await mine('ana', roundId)).work).toMatchObject({ grade: 16, points: 15 })
})

it('reviewers who turn out to be one person after grades were told are that person', async () => {
  const roundId = await closedRound()
  await release(roundId)
  const { ravi, dora } = seeded.people
  await started.db.updateTable('person').set({ merged_into: dora }).where('id', '=', ravi).execute()
  const row = (await scores(roundId)).learners.find(({ person }: Json) => person.name === 'Ana Okonjo')
  await started.db.updateTable('person').set({ merged_into: null }).where('id', '=', ravi).execute()
  const names = row.work.marks.map(({ reviewer }: Json) => reviewer.name ?? reviewer.kind)
  expect(names).not.toContain('Ravi Nair')
})
