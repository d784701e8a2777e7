import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as gradebook from '@copractice/core/gradebook'
import type { RoundId } from '@copractice/core/kernel'
import * as contract from '@copractice/core/review'
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
beforeAll(async () => {
  const storage = openUploadStorage({ folder: '/nowhere' })
  const routersOf: Parameters<typeof startRoutes>[1] = (deps) => [
    reviewRoutes({ ...deps, storage }),
    gradebookRoutes(deps),
  ]
  started = await startRoutes(start, routersOf, { clock: () => now })
  ;({ seeded } = started)
  for (const who of ['rosa', 'ana'] as const) {
    const email = `${who}@riverside.example`
    await started.db.updateTable('person').set({ email }).where('id', '=', seeded.people[who]).execute()
  }
})
afterAll(() => started.close())
const call: StartedRoutes['call'] = (...asked) => started.call(...asked)
const codeOf = async (asked: ReturnType<typeof call>) => {
  const { status, body } = await asked
  return status < 300 ? status : body.code
}

const whole = (points: number) => [{ criterionId: 'whole', points, comment: '' }]

let rounds = 0
/** As `insertClosedRound` says; `days` later than others, `late` minutes of Ana's. */
function closedRound({ late, days = 0 }: { late?: number; days?: number } = {}): Promise<RoundId> {
  now = start
  // Each settled before the one before it, so that none is pooled with another unless it is asked for.
  const settled = +start - DAY - 1000 * ++rounds + days * DAY
  return insertClosedRound(started.db, seeded, { settled: new Date(settled), late: late ?? null, now })
}

const scores = async (who: Who, roundId: string, query = '') =>
  (await call(who, 'GET', `/rounds/${roundId}/scores${query}`)).body
const rowOf = async (roundId: string, name: string) =>
  (await scores('rosa', roundId)).learners.find((row: Json) => row.person.name === name)
const release = (roundId: string, who: 'rosa' | 'hugo' = 'rosa') =>
  call(who, 'POST', `/rounds/${roundId}/release`, {
    courseId: who === 'rosa' ? seeded.courses.riverside : seeded.courses.hillside,
    appealsUntil: new Date(+start + 7 * DAY).toISOString(),
  })
const override = (who: Who, roundId: string, change: object = {}) =>
  call(who, 'POST', `/rounds/${roundId}/overrides`, {
    personId: seeded.people.ana,
    column: 'work',
    points: 17.5,
    reason: 'The annex was missed.',
    ...change,
  })
const publish = async (who: Who, roundId: string) => {
  const { fingerprint } = (await call(who, 'GET', `/rounds/${roundId}/publish-preview`)).body
  return call(who, 'POST', `/rounds/${roundId}/publish`, { fingerprint })
}
const arrive = () =>
  started.db.updateTable('score_delivery').set({ status: 'arrived' }).where('status', '=', 'waiting').execute()

describe('the moderation table', () => {
  it('has own learners alone, with the arithmetic, late deduction and agreement; in the order and part asked for', async () => {
    const roundId = await closedRound({ late: 1500 })
    const all = await scores('rosa', roundId)
    expect(all.learners.map(({ person }: Json) => person.name)).toEqual(['Ana Okonjo', 'Ravi Nair'])
    expect(all.learners[0]).toMatchObject({
      work: { mean: 75, late: 20, lateMinutes: 1500, points: 12, grade: 12, flag: 'split', sent: 'no' },
      reviewing: { points: 8.5, assigned: 2, filed: 2 },
    })
    expect(all.agreement).toMatchObject({ works: 4, marks: 8 })
    expect(all.scoring).toMatchObject({ chosen: 'mean', inForce: 'mean', offered: false, largestMove: null })
    expect(JSON.stringify(all)).not.toMatch(/Hana|Weiss|Dora|Carter/)
    const names = async (query: string) =>
      (await scores('rosa', roundId, query)).learners.map(({ person }: Json) => person.name)
    expect(await names('?sort=work')).toEqual(['Ana Okonjo', 'Ravi Nair'])
    expect(await names('?sort=reviewing')).toEqual(['Ravi Nair', 'Ana Okonjo'])
    expect(await names('?filter=late')).toEqual(['Ana Okonjo'])
    expect(await names('?search=nair')).toEqual(['Ravi Nair'])
    expect(all.counts).toMatchObject({ all: 2, late: 1, overridden: 0 })
  })

  it('overrides with a reason, keeps the history, and takes an override back', async () => {
    const roundId = await closedRound()
    expect(await codeOf(override('rosa', roundId, { points: 20.5 }))).toBe('score.points_out_of_range')
    const first = (await override('rosa', roundId)).body.overrideId
    now = new Date(+start + 1000)
    const second = (await override('rosa', roundId, { points: 18, reason: 'And the letter.' })).body.overrideId
    expect(await rowOf(roundId, 'Ana Okonjo')).toMatchObject({
      work: { points: 15, grade: 18 },
      overrides: [{ overrideId: second, points: 18, by: 'Rosa Voss', withdrawnAt: null }, { overrideId: first }],
    })
    const remove = (who: Who, id: string) => call(who, 'DELETE', `/rounds/${roundId}/overrides/${id}`)
    expect(await codeOf(remove('hugo', second))).toBe('score.no_override')
    expect((await remove('rosa', second)).status).toBe(200)
    expect(await codeOf(remove('rosa', second))).toBe('score.no_override')
    const row = await rowOf(roundId, 'Ana Okonjo')
    expect([row.work.grade, row.overrides.length]).toEqual([17.5, 2])
  })

  it('an instructor’s check offers the model, and is what reviewers are compared with', async () => {
    const roundId = await closedRound()
    const check = (who: Who, personId: string, marks: object[]) =>
      call(who, 'PUT', `/rounds/${roundId}/work/${personId}/check`, { marks })
    const method = (is: string) => call('rosa', 'PATCH', `/rounds/${roundId}/scoring`, { method: is })
    expect(await codeOf(method('model'))).toBe('score.model_not_offered')
    expect(await codeOf(check('rosa', seeded.people.ana, []))).toBe('review.marks_missing')
    expect((await check('rosa', seeded.people.ana, whole(5))).status).toBe(200)
    const checked = await scores('rosa', roundId)
    expect(checked.scoring).toMatchObject({ offered: true, because: ['checks'], inForce: 'mean' })
    // 15 points by the mean, 10 by the check, which the model takes as the truth.
    expect(checked.scoring.largestMove).toBeCloseTo(5)
    const ana = await rowOf(roundId, 'Ana Okonjo')
    expect(ana.work).toMatchObject({ check: 50, grade: 15, flag: null })
    const ravi = await rowOf(roundId, 'Ravi Nair')
    expect(ravi.reviewing.parts.map((part: Json) => part.basis).sort()).toEqual(['agreement', 'check'])
    expect((await method('model')).status).toBe(200)
    expect((await rowOf(roundId, 'Ana Okonjo')).work).toMatchObject({ percent: 50, grade: 10, mean: 75 })
    expect((await call('rosa', 'DELETE', `/rounds/${roundId}/work/${seeded.people.ana}/check`)).status).toBe(200)
    expect((await scores('rosa', roundId)).scoring).toMatchObject({ chosen: 'model', inForce: 'mean', offered: false })
  })

  it('pools the cohort’s rounds that were settled before, and no later one', async () => {
    const [roundId, later] = [await closedRound(), await closedRound({ days: 0.5 })]
    expect((await scores('rosa', later)).scoring.because).toEqual(['rounds_pooled'])
    expect((await scores('rosa', roundId)).scoring.because).toEqual([])
  })

  it('counts a team’s members, what authors found helpful and exemplars, and no review that was hidden', async () => {
    const roundId = await closedRound()
    const { networkId: network_id, people } = seeded
    const at = { network_id, round_id: roundId }
    const { db } = started
    const work = (by: string) =>
      db.selectFrom('submission').select('id').where('round_id', '=', roundId).where('author_id', '=', by)
    const review = (by: string) =>
      db
        .selectFrom('review_assignment')
        .select('id')
        .where('submission_id', '=', work(people.ana))
        .where('reviewer_id', '=', by)
    const team_id = randomUUID()
    await db
      .insertInto('round_team')
      .values({ ...at, id: team_id, name: 'A' })
      .execute()
    const members = [people.ana, people.ravi].map((person_id) => ({ ...at, team_id, person_id }))
    await db.insertInto('round_team_member').values(members).execute()
    await db.updateTable('submission').set({ status: 'withdrawn' }).where('id', '=', work(people.ravi)).execute()
    await db.updateTable('submission').set({ team_id }).where('id', '=', work(people.ana)).execute()
    const said = { ...at, assignment_id: review(people.ravi), author_id: people.ana, helpfulness: 5, saved_at: now }
    await db.insertInto('review_response').values(said).execute()
    await db.updateTable('review_assignment').set({ hidden_at: now }).where('id', '=', review(people.hana)).execute()
    const piece = { ...at, id: randomUUID(), title: 'Practice', reference: JSON.stringify(whole(5)) }
    await db
      .insertInto('exemplar')
      .values({ ...piece, created_by: people.rosa, created_at: now })
      .execute()
    const marking = { ...at, exemplar_id: piece.id, reviewer_id: people.ana, marks: JSON.stringify(whole(10)) }
    await db
      .insertInto('exemplar_marking')
      .values({ ...marking, saved_at: now, filed_at: now })
      .execute()
    const reviewerWeights = { agreement: 0, completeness: 50, helpfulness: 50 }
    await call('rosa', 'PATCH', `/rounds/${roundId}/scoring`, { reviewerWeights })

    const seen = await scores('rosa', roundId)
    expect(seen.scoring.because).toEqual(['exemplars'])
    // Ravi's 5 alone is left, and it is the team's.
    expect(seen.learners.map(({ work }: Json) => `${work.grade} by ${work.marks.length}`)).toEqual([
      '10 by 1',
      '10 by 1',
    ])
    const ravi = await rowOf(roundId, 'Ravi Nair')
    expect(ravi.reviewing.parts.map(({ helpful }: Json) => helpful).sort()).toEqual([1, null])
  })

  it('weights count until grades are released, and not any more after', async () => {
    const roundId = await closedRound()
    const weigh = (agreement: number) =>
      call('rosa', 'PATCH', `/rounds/${roundId}/scoring`, {
        reviewerWeights: { agreement, completeness: 100 - agreement, helpfulness: 0 },
      })
    expect((await weigh(100)).status).toBe(200)
    expect((await rowOf(roundId, 'Ravi Nair')).reviewing.grade).toBe(5)
    await release(roundId, 'hugo')
    expect(await codeOf(weigh(50))).toBe('score.released')
    expect((await scores('rosa', roundId)).scoring.fixed).toBe(true)
  })
})

describe('a learner', () => {
  it('sees their grade and how it came about once released, and nothing that tells of somebody else', async () => {
    const roundId = await closedRound()
    const mine = async (who: Who) => (await call(who, 'GET', `/rounds/${roundId}/my-grade`)).body
    expect(await mine('ana')).toEqual({ released: null })
    await override('rosa', roundId)
    expect((await release(roundId)).status).toBe(201)
    expect(await codeOf(release(roundId))).toBe('score.released')
    const { released } = await mine('ana')
    expect(released.work).toMatchObject({
      grade: 17.5,
      points: 15,
      mean: 75,
      override: { points: 17.5, reason: 'The annex was missed.' },
    })
    expect(released.work.marks.map(({ number }: Json) => number)).toEqual([1, 2])
    expect(released.reviewing.parts).toHaveLength(2)
    expect(JSON.stringify(released)).not.toMatch(/othersMean|reviewer|author|personId/)
    expect(JSON.stringify(released)).not.toMatch(new RegExp(Object.values(seeded.people).join('|')))
    expect(await mine('hana')).toEqual({ released: null })
    expect(await mine('dora')).toEqual({ released: null })
    const reopened = { reviewUntil: new Date(+now + DAY).toISOString() }
    expect((await call('rosa', 'POST', `/rounds/${roundId}/reopen`, reopened)).status).toBe(201)
    expect(await mine('ana'), 'while reviews are written again').toEqual({ released: null })
    const asked = { column: 'work', reason: 'Page 2 was not read.' }
    expect(await codeOf(call('ana', 'POST', `/rounds/${roundId}/appeals`, asked))).toBe('appeal.not_released')
    expect((await call('rosa', 'POST', `/rounds/${roundId}/close`)).status).toBe(201)
    expect((await mine('ana')).released).toEqual(released)
    const back = () => call('rosa', 'DELETE', `/rounds/${roundId}/release/${seeded.courses.riverside}`)
    expect((await back()).status).toBe(200)
    expect(await mine('ana')).toEqual({ released: null })
  })

  it('says how helpful a review was until grades are released, and replies after that too', async () => {
    const roundId = await closedRound()
    const received = async () => (await call('ana', 'GET', `/rounds/${roundId}/received`)).body
    const [{ key }] = (await received()).reviews
    const respond = (helpfulness: number, reply: string) =>
      call('ana', 'PUT', `/rounds/${roundId}/received/${key}/response`, { helpfulness, reply })
    const stands = async () => {
      const { mayRate, reviews } = await received()
      const { helpfulness, reply } = reviews.find((review: Json) => review.key === key).response
      return [mayRate, helpfulness, reply]
    }
    expect((await respond(4, '')).status).toBe(200)
    expect(await stands()).toEqual([true, 4, ''])
    await release(roundId, 'hugo')
    expect((await respond(1, 'Thank you.')).status).toBe(200)
    expect(await stands()).toEqual([false, 4, 'Thank you.'])
  })

  it('asks for another look within the time for it; the answer changes the grade; both get a mail without it', async () => {
    const roundId = await closedRound()
    const appeal = (column = 'work') =>
      call('ana', 'POST', `/rounds/${roundId}/appeals`, { column, reason: 'Page 2 was not read.' })
    expect(await codeOf(appeal())).toBe('appeal.not_released')
    await release(roundId)
    const { appealId } = (await appeal()).body
    expect(await codeOf(appeal())).toBe('appeal.open_already')
    const answer = (who: Who, body: object) => call(who, 'POST', `/rounds/${roundId}/appeals/${appealId}/answer`, body)
    expect(await codeOf(answer('hugo', { outcome: 'kept', text: 'No.' }))).toBe('review.not_found')
    expect((await scores('rosa', roundId, '?filter=appealed')).found).toBe(1)
    const changed = { outcome: 'changed', points: 16, text: 'It says what we asked for.' }
    expect(await codeOf(answer('rosa', { ...changed, points: 15 }))).toBe('appeal.same_grade')
    expect((await answer('rosa', changed)).status).toBe(201)
    expect(await codeOf(answer('rosa', changed))).toBe('appeal.not_open')
    const { released } = (await call('ana', 'GET', `/rounds/${roundId}/my-grade`)).body
    expect(released.work).toMatchObject({ grade: 16, override: { reason: 'It says what we asked for.' } })
    expect(released.appeals).toMatchObject([
      { status: 'answered', entries: [{ by: 'instructor', outcome: 'changed', text: 'It says what we asked for.' }] },
    ])
    const mails = await started.db.selectFrom('mail').select(['recipient', 'body_text']).orderBy('id').execute()
    expect(mails.map(({ recipient }) => recipient).sort()).toEqual(['ana@riverside.example', 'rosa@riverside.example'])
    expect(JSON.stringify(mails)).not.toMatch(/16|15|Page 2|It says/)

    const toRosa = started.db.selectFrom('mail').select('id').where('recipient', '=', 'rosa@riverside.example')
    // An answer that is not taken is another question.
    const further = (await appeal()).body.appealId
    expect(await toRosa.execute()).toHaveLength(2)
    expect((await call('ana', 'DELETE', `/rounds/${roundId}/appeals/${further}`)).status).toBe(200)

    const other = (await appeal('reviewing')).body.appealId
    expect((await call('ana', 'DELETE', `/rounds/${roundId}/appeals/${other}`)).status).toBe(200)
    // Raised again the same day it is one question, and one mail.
    const again = (await appeal('reviewing')).body.appealId
    expect((await call('ana', 'DELETE', `/rounds/${roundId}/appeals/${again}`)).status).toBe(200)
    expect(await toRosa.execute()).toHaveLength(3)
    now = new Date(+now + DAY + 1000)
    const nextDay = (await appeal('reviewing')).body.appealId
    expect(await toRosa.execute()).toHaveLength(4)
    expect((await call('ana', 'DELETE', `/rounds/${roundId}/appeals/${nextDay}`)).status).toBe(200)
    now = new Date(+start + 8 * DAY)
    expect(await codeOf(appeal('reviewing'))).toBe('appeal.too_late')
  })
})

describe('publishing', () => {
  it('sends a changed score again and no other, with the comment chosen, and takes scores back', async () => {
    const roundId = await closedRound()
    const gradeComment = { include: ['criteria', 'own'], own: 'Thank you.' }
    await call('rosa', 'PATCH', `/rounds/${roundId}/scoring`, { gradeComment })
    const preview = (await call('rosa', 'GET', `/rounds/${roundId}/publish-preview`)).body
    expect(preview.comments).toHaveLength(3)
    expect(preview.comments[0].text).toBe('Thank you.\n\nMean of 2 reviews\nWhole: 7.5 of 10')
    expect((await publish('rosa', roundId)).body).toEqual({ sent: 4, learners: 2 })
    await arrive()
    expect((await rowOf(roundId, 'Ana Okonjo')).work.sent).toBe('arrived')

    await override('rosa', roundId)
    expect((await rowOf(roundId, 'Ana Okonjo')).work.sent).toBe('changed')
    expect((await scores('rosa', roundId, '?filter=changed')).found).toBe(1)
    expect((await publish('rosa', roundId)).body).toEqual({ sent: 1, learners: 1 })
    await arrive()
    const takeBack = (who: Who) =>
      call(who, 'POST', `/rounds/${roundId}/take-back`, { courseId: seeded.courses.riverside })
    expect(await codeOf(takeBack('hugo'))).toBe('publish.nothing_to_take_back')
    expect((await takeBack('rosa')).body).toEqual({ takenBack: 4, learners: 2 })
    expect(await codeOf(takeBack('rosa'))).toBe('publish.nothing_to_take_back')
    const log = (await call('rosa', 'GET', `/rounds/${roundId}/deliveries`)).body.items
    expect(log.filter(({ withdraws }: Json) => withdraws).map(({ status }: Json) => status)).toEqual(
      Array(4).fill('waiting'),
    )
    await arrive()
    expect((await rowOf(roundId, 'Ana Okonjo')).work.sent).toBe('no')
    expect((await publish('rosa', roundId)).body).toEqual({ sent: 4, learners: 2 })
  })

  it('sends an override for somebody who handed nothing in', async () => {
    const roundId = await closedRound()
    await started.db
      .updateTable('submission')
      .set({ status: 'withdrawn' })
      .where('round_id', '=', roundId)
      .where('author_id', '=', seeded.people.ravi)
      .execute()
    expect((await publish('rosa', roundId)).body.sent).toBe(3)
    await override('rosa', roundId, { personId: seeded.people.ravi, points: 11 })
    expect((await publish('rosa', roundId)).body.sent).toBe(1)
  })
})

describe('whose eyes', () => {
  const routes = [
    contract.scoresRoute,
    contract.changeScoringRoute,
    contract.checkWorkRoute,
    contract.withdrawCheckRoute,
    contract.overrideScoreRoute,
    contract.withdrawOverrideRoute,
    contract.releaseGradesRoute,
    contract.releaseAnewRoute,
    contract.withdrawReleaseRoute,
    contract.answerAppealRoute,
    contract.readWorkRoute,
    contract.progressRoute,
    contract.myGradeRoute,
    contract.raiseAppealRoute,
    contract.withdrawAppealRoute,
    contract.receivedRoute,
    contract.reviewedWorkRoute,
    gradebook.publishPreviewRoute,
    gradebook.publishRoute,
    gradebook.takeBackScoresRoute,
    gradebook.deliveriesRoute,
  ]
  const asked = { column: 'work', reason: 'Why' }
  const bodies: Record<string, () => object> = {
    [contract.changeScoringRoute.path]: () => ({ gradeComment: { include: [] } }),
    [contract.checkWorkRoute.path]: () => ({ marks: whole(5) }),
    [contract.overrideScoreRoute.path]: () => ({ ...asked, personId: seeded.people.ana, points: 5 }),
    [contract.releaseGradesRoute.path]: () => ({
      courseId: seeded.courses.riverside,
      appealsUntil: new Date(+start + DAY).toISOString(),
    }),
    [contract.releaseAnewRoute.path]: () => ({ appealsUntil: new Date(+start + DAY).toISOString(), fingerprint: 'x' }),
    [contract.answerAppealRoute.path]: () => ({ outcome: 'kept', text: 'No' }),
    [contract.raiseAppealRoute.path]: () => asked,
    [gradebook.publishRoute.path]: () => ({ fingerprint: 'x' }),
    [gradebook.takeBackScoresRoute.path]: () => ({ courseId: seeded.courses.riverside }),
  }
  const walk = async (who: Who, roundId: string, appealId: string, personId: string, overrideId: string) => {
    const answers: [string, number, Json][] = []
    for (const { method, path } of routes) {
      const at = path
        .replace('/api', '')
        .replace(':roundId', roundId)
        .replace(':personId', personId)
        .replace(':courseId', seeded.courses.riverside)
        .replace(':appealId', appealId)
        .replace(':overrideId', overrideId)
      const { status, body } = await call(who, method, at, method === 'GET' ? undefined : bodies[path]?.())
      answers.push([`${method} ${path}`, status, body])
    }
    return answers
  }
  const disputed = async () => {
    const roundId = await closedRound()
    const { overrideId } = (await override('rosa', roundId)).body
    await release(roundId)
    const { appealId } = (await call('ana', 'POST', `/rounds/${roundId}/appeals`, asked)).body
    return { roundId, overrideId, appealId }
  }

  it('a coordinator’s and an administrator’s are on no grade: every route answers as if there were no round', async () => {
    const { roundId, overrideId, appealId } = await disputed()
    for (const role of ['coordinator', 'network_admin'] as const) {
      const set = { role, region_id: role === 'coordinator' ? seeded.regionId : null }
      await started.db.updateTable('role_grant').set(set).where('person_id', '=', seeded.people.cora).execute()
      for (const [route, status, body] of await walk('cora', roundId, appealId, seeded.people.ana, overrideId))
        expect([route, status, body.code]).toEqual([route, 404, 'review.not_found'])
    }
  })

  it('another campus’s instructor does nothing to a learner who is not theirs, and reads nothing of them', async () => {
    const { roundId, overrideId, appealId } = await disputed()
    const before = await rowOf(roundId, 'Ana Okonjo')
    for (const [route, status, body] of await walk('hugo', roundId, appealId, seeded.people.ana, overrideId)) {
      expect([route, JSON.stringify(body)]).not.toEqual([route, expect.stringMatching(/Ana|Okonjo|17\.5/)])
      const own = /scores|scoring|progress|publish-preview|deliveries/.test(route) && !route.startsWith('POST')
      expect([route, status < 300]).toEqual([route, own])
    }
    expect(await rowOf(roundId, 'Ana Okonjo')).toEqual(before)
  })

  it('a learner’s see their own page alone', async () => {
    const { roundId, overrideId, appealId } = await disputed()
    for (const [route, status] of await walk('ravi', roundId, appealId, seeded.people.ana, overrideId)) {
      const own = /my-grade|received|POST \/api\/rounds\/:roundId\/appeals$/.test(route)
      expect([route, status < 300]).toEqual([route, own])
    }
  })
})
