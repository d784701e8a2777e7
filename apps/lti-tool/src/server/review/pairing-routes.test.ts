import { tmpdir } from 'node:os'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { leaveCohort } from '@copractice/services/cohort'
import { loadSession } from '@copractice/services/directory'
import { openUploadStorage } from '@copractice/services/review'
import type { SeededNetwork } from '@copractice/services/testing'
import { AUTHORS, marks, openRound } from '../testing/open-round.ts'
import { startRoutes, type StartedRoutes, type Json, type Who } from '../testing/start-routes.ts'
import { reviewRoutes } from './routes.ts'

const HOUR = 3_600_000
const start = new Date('2026-03-01T12:00:00Z')
let now = start
let started: StartedRoutes, seeded: SeededNetwork
beforeAll(async () => {
  const storage = openUploadStorage({ folder: tmpdir() })
  started = await startRoutes(start, (deps) => [reviewRoutes({ ...deps, storage })], { clock: () => now })
  ;({ seeded } = started)
})
afterAll(() => started.close())
beforeEach(async () => {
  now = start
  await started.db.updateTable('seat').set({ status: 'seated' }).where('network_id', '=', seeded.networkId).execute()
})

const call: StartedRoutes['call'] = (...asked) => started.call(...asked)

const opened = (change?: object) => openRound(started, start, change)

/** Handed in by `authors` and dealt out. */
async function dealt(change: object = {}, authors: readonly Who[] = AUTHORS): Promise<string> {
  const roundId = await opened(change)
  for (const who of authors) await handIn(who, roundId)
  expect((await call('rosa', 'POST', `/rounds/${roundId}/allocate`, {})).status).toBe(201)
  return roundId
}

async function handIn(who: Who, roundId: string) {
  await call(who, 'PUT', `/rounds/${roundId}/submission`, { body: 'One front desk', basedOn: null })
  return call(who, 'POST', `/rounds/${roundId}/submission/hand-in`)
}

const matrixOf = async (roundId: string, who: Who = 'rosa'): Promise<Json> =>
  (await call(who, 'GET', `/rounds/${roundId}/progress`)).body.matrix
const pairsOf = ({ pairs, rows, columns }: Json): string[] =>
  pairs.map(({ row, column }: Json) => `${rows[row].key} on ${columns[column].key}`).sort()
const reviewsOf = async (who: Who, roundId: string): Promise<Json[]> =>
  (await call(who, 'GET', '/reviews')).body.items.filter((item: Json) => item.roundId === roundId)
const draft = { marks, comment: 'Thank you.', passages: [], basedOn: null }

/** A review in the matrix that has not begun, with a row that does not have it and may. */
function movable({ pairs, closed, rows, columns }: Json): { author: string; from: string; to: string } {
  for (const { row, column, state } of pairs) {
    const isTaken = (other: number) =>
      [...pairs, ...closed].some((cell: Json) => cell.row === other && cell.column === column)
    const to = rows.findIndex((_: Json, other: number) => !isTaken(other))
    if (state === 'not_started' && to >= 0)
      return { author: columns[column].key, from: rows[row].key, to: rows[to].key }
  }
  throw new Error('Nothing can be moved')
}

describe('changing one pairing', () => {
  it('moves a review, keeps what was begun, and gives it back by the undo', async () => {
    const roundId = await dealt({ reviewsPerSubmission: 1 })
    for (const who of AUTHORS)
      for (const { assignmentId } of await reviewsOf(who, roundId))
        await call(who, 'PUT', `/reviews/${assignmentId}/draft`, draft)
    const before = await matrixOf(roundId)
    const change = {
      kind: 'move',
      ...movable({ ...before, pairs: before.pairs.map((pair: Json) => ({ ...pair, state: 'not_started' })) }),
    }
    const moved = await call('rosa', 'POST', `/rounds/${roundId}/pairings`, { stand: before.stand, change })
    expect(moved.status).toBe(201)
    const between = await matrixOf(roundId)
    expect(pairsOf(between)).toContain(`${change.to} on ${change.author}`)
    expect(pairsOf(between)).not.toContain(`${change.from} on ${change.author}`)
    expect(between.pairs.filter(({ state }: Json) => state === 'started')).toHaveLength(3)

    const undone = await call('rosa', 'POST', `/rounds/${roundId}/pairings`, {
      stand: before.stand,
      change: moved.body.undo,
    })
    expect(undone.status).toBe(201)
    const after = await matrixOf(roundId)
    expect(pairsOf(after)).toEqual(pairsOf(before))
    expect(after.pairs.filter(({ state }: Json) => state === 'started')).toHaveLength(4)
  })

  it('adds a reviewer and takes one away', async () => {
    const roundId = await dealt({ reviewsPerSubmission: 1 })
    const before = await matrixOf(roundId)
    const { author, to } = movable(before)
    const add = { kind: 'add', author, reviewer: to }
    const added = await call('rosa', 'POST', `/rounds/${roundId}/pairings`, { stand: before.stand, change: add })
    expect(added.body.undo).toEqual({ ...add, kind: 'remove' })
    expect(pairsOf(await matrixOf(roundId))).toHaveLength(5)
    await call('rosa', 'POST', `/rounds/${roundId}/pairings`, { stand: before.stand, change: added.body.undo })
    expect(pairsOf(await matrixOf(roundId))).toEqual(pairsOf(before))
  })

  it('leaves a sent review, own work, and what is not there any more', async () => {
    const roundId = await dealt({ reviewsPerSubmission: 1 })
    const [first] = await reviewsOf('ana', roundId)
    expect((await call('ana', 'POST', `/reviews/${first.assignmentId}/file`, draft)).status).toBe(201)
    const matrix = await matrixOf(roundId)
    const refusal = async (change: object) =>
      (await call('rosa', 'POST', `/rounds/${roundId}/pairings`, { stand: matrix.stand, change })).body
    const sent = matrix.pairs.find(({ state }: Json) => state === 'filed')
    const [reviewer, author] = [matrix.rows[sent.row].key, matrix.columns[sent.column].key]
    expect(await refusal({ kind: 'remove', reviewer, author })).toMatchObject({
      code: 'review.pairing_refused',
      facts: { why: 'filed' },
    })
    expect(await refusal({ kind: 'add', reviewer: author, author })).toMatchObject({ facts: { why: 'own_work' } })
    expect(await refusal({ kind: 'add', reviewer, author })).toMatchObject({ facts: { why: 'exists' } })
    expect(await refusal({ kind: 'remove', reviewer: 'nobody', author })).toMatchObject({ facts: { why: 'gone' } })
  })

  it('lets one of two instructors at once change a pairing, and tells the other', async () => {
    const roundId = await dealt({ reviewsPerSubmission: 1 })
    // Dora of Tenth Street is nobody's own learner: both instructors know her work by the same key.
    const takeDoras = (matrix: Json) => {
      const column = matrix.columns.findIndex((author: Json) => author.campus.name.includes('Tenth'))
      const { row } = matrix.pairs.find((pair: Json) => pair.column === column)
      const change = { kind: 'remove', author: matrix.columns[column].key, reviewer: matrix.rows[row].key }
      return { stand: matrix.stand, change }
    }
    const [rosa, hugo] = [takeDoras(await matrixOf(roundId)), takeDoras(await matrixOf(roundId, 'hugo'))]
    const answers = await Promise.all([
      call('rosa', 'POST', `/rounds/${roundId}/pairings`, rosa),
      call('hugo', 'POST', `/rounds/${roundId}/pairings`, hugo),
    ])
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 409])
    expect(answers.find(({ status }) => status === 409)!.body.facts).toEqual({ why: 'gone' })
    expect(pairsOf(await matrixOf(roundId))).toHaveLength(3)
  })

  it('refuses a change that was decided on other people', async () => {
    const roundId = await dealt()
    const stand = (await matrixOf(roundId)).stand
    const change = { kind: 'add', author: 'a', reviewer: 'b' }
    const answer = await call('rosa', 'POST', `/rounds/${roundId}/pairings`, { stand: `${stand}x`, change })
    expect(answer.body.code).toBe('review.people_changed')
  })

  it('is for instructors, while reviews are written', async () => {
    const roundId = await dealt()
    const { stand } = await matrixOf(roundId)
    const change = { kind: 'add', author: 'a', reviewer: 'b' }
    expect((await call('ana', 'POST', `/rounds/${roundId}/pairings`, { stand, change })).status).toBe(403)
    expect((await call('ana', 'POST', `/rounds/${roundId}/repair`, { stand })).status).toBe(403)
    expect((await call('ana', 'GET', `/rounds/${roundId}/attendance`)).status).toBe(403)
    await call('rosa', 'POST', `/rounds/${roundId}/close`)
    expect((await call('rosa', 'POST', `/rounds/${roundId}/pairings`, { stand, change })).body.code).toBe(
      'review.wrong_phase',
    )
    expect((await call('rosa', 'POST', `/rounds/${roundId}/repair`, { stand })).body.code).toBe('review.wrong_phase')
  })
})

describe('handing out again', () => {
  it('shows first, then notes a drop-out and hands their reviews to others; they come back to reviews', async () => {
    const roundId = await dealt({ reviewsPerSubmission: 1 })
    const before = await matrixOf(roundId)
    const hana = before.rows.find((row: Json) => row.campus.name.includes('Hillside')).key
    const order = { stand: before.stand, away: [{ person: hana, kind: 'dropped_out' }] }
    const preview = await call('rosa', 'POST', `/rounds/${roundId}/repair`, { ...order, preview: true })
    expect(preview.body).toMatchObject({ saved: false, short: [] })
    expect(preview.body.take.map(({ why }: Json) => why).sort()).toEqual(['author_left', 'reviewer_left'])
    expect(preview.body.give).toHaveLength(1)
    expect(pairsOf(await matrixOf(roundId))).toEqual(pairsOf(before))

    const saved = await call('rosa', 'POST', `/rounds/${roundId}/repair`, order)
    expect(saved.body).toEqual({ ...preview.body, saved: true })
    const after = await matrixOf(roundId)
    expect(pairsOf(after)).toHaveLength(3)
    expect(pairsOf(after).filter((pair) => pair.includes(hana))).toEqual([])
    expect(await reviewsOf('hana', roundId)).toEqual([])
    expect(after.rows.find((row: Json) => row.key === hana).away).toBe('dropped_out')
    const attendance = (await call('rosa', 'GET', `/rounds/${roundId}/attendance`)).body
    expect(attendance).toMatchObject({ missing: 0, away: [{ kind: 'dropped_out', person: { key: hana } }] })

    await call('rosa', 'POST', `/rounds/${roundId}/repair`, { stand: before.stand, back: [hana] })
    const back = await matrixOf(roundId)
    expect(back.columns.map(({ gets }: Json) => gets)).toEqual([1, 1, 1, 1])
    expect(back.rows.find((row: Json) => row.key === hana).away).toBeNull()
  })

  it('keeps what a person who drops out has sent, for its author to read', async () => {
    const roundId = await dealt({ reviewsPerSubmission: 1 })
    const [first] = await reviewsOf('dora', roundId)
    await call('dora', 'POST', `/reviews/${first.assignmentId}/file`, draft)
    const { stand, rows } = await matrixOf(roundId)
    const dora = rows.find((row: Json) => row.campus.name.includes('Tenth')).key
    const away = [{ person: dora, kind: 'dropped_out' }]
    expect((await call('rosa', 'POST', `/rounds/${roundId}/repair`, { stand, away })).body.give).toEqual([])
    expect((await matrixOf(roundId)).pairs.filter(({ state }: Json) => state === 'filed')).toHaveLength(1)
  })

  it('suggests whoever has been silent for four days, and hands their reviews out at one click', async () => {
    const roundId = await dealt({ reviewsPerSubmission: 1 })
    now = new Date(+start + 5 * 24 * HOUR)
    const [first] = await reviewsOf('ravi', roundId)
    await call('ravi', 'PUT', `/reviews/${first.assignmentId}/draft`, draft)
    const { silent, stand } = (await call('rosa', 'GET', `/rounds/${roundId}/attendance`)).body
    expect(silent.map(({ person }: Json) => person.name)).not.toContain('Ravi Nair')
    const ana = silent.find(({ person }: Json) => person.name === 'Ana Okonjo')
    expect(ana).toMatchObject({ days: 5, open: 1 })
    const away = [{ person: ana.person.key, kind: 'silent' }]
    await call('rosa', 'POST', `/rounds/${roundId}/repair`, { stand, away })
    expect(await reviewsOf('ana', roundId)).toEqual([])
    const rows = await started.db
      .selectFrom('review_assignment')
      .select('withdrawn_why')
      .where('round_id', '=', roundId)
      .where('reviewer_id', '=', seeded.people.ana)
      .execute()
    expect(rows).toEqual([{ withdrawn_why: 'silent' }])
  })

  it('finds reviewers for work handed in late, and reviews for its author, by itself', async () => {
    const roundId = await dealt({ latePolicy: { kind: 'accepted', graceMinutes: 0 } }, ['ana', 'ravi', 'hana'])
    now = new Date(+start + 30 * HOUR)
    expect((await handIn('dora', roundId)).status).toBe(201)
    const matrix = await matrixOf(roundId)
    expect(matrix.columns.map(({ gets }: Json) => gets)).toEqual([2, 2, 2, 2])
    expect((await reviewsOf('dora', roundId)).length).toBeGreaterThanOrEqual(1)
    const [entry] = await started.db
      .selectFrom('audit_entry')
      .select(['action', 'actor_id', 'facts'])
      .where('subject', '=', `round:${roundId}`)
      .where('action', '=', 'round.repaired')
      .execute()
    expect(entry).toMatchObject({ actor_id: null, facts: { cause: 'late_work' } })
  })

  it('hands on the reviews of somebody who leaves the cohort, in the same moment', async () => {
    const roundId = await dealt({ reviewsPerSubmission: 1 })
    const session = await loadSession(started.db, started.tokenOf('ravi'), start)
    await leaveCohort({ db: started.db, spaceUrl: 'https://space.example' }, session!, now)
    const matrix = await matrixOf(roundId)
    const ravi = matrix.rows.findIndex((row: Json) => row.name === 'Ravi Nair')
    expect(matrix.pairs.filter((pair: Json) => pair.row === ravi)).toEqual([])
    expect(matrix.columns.filter(({ away }: Json) => !away).map(({ gets }: Json) => gets)).toEqual([1, 1, 1])
  })

  it('two instructors at once hand out once', async () => {
    const roundId = await dealt({ reviewsPerSubmission: 1 })
    await started.db
      .updateTable('seat')
      .set({ status: 'left' })
      .where('person_id', '=', seeded.people.hana)
      .where('network_id', '=', seeded.networkId)
      .execute()
    const [rosas, hugos] = [await matrixOf(roundId), await matrixOf(roundId, 'hugo')]
    expect((await call('rosa', 'GET', `/rounds/${roundId}/attendance`)).body.missing).toBe(1)
    const answers = await Promise.all([
      call('rosa', 'POST', `/rounds/${roundId}/repair`, { stand: rosas.stand }),
      call('hugo', 'POST', `/rounds/${roundId}/repair`, { stand: hugos.stand }),
    ])
    expect(answers.map(({ status }) => status)).toEqual([201, 201])
    expect(answers.map(({ body }) => body.give.length).toSorted((a, b) => a - b)).toEqual([0, 1])
  })
})

it('counts nobody who joined after the round was closed', async () => {
  const roundId = await dealt()
  now = new Date(+start + 48 * HOUR)
  await call('rosa', 'POST', `/rounds/${roundId}/close`)
  const people = async () => {
    const progress = (await call('rosa', 'GET', `/rounds/${roundId}/progress`)).body
    const { scored } = { scored: (await call('rosa', 'GET', `/rounds/${roundId}`)).body.progress.people }
    return [progress.people.length, scored]
  }
  expect(await people()).toEqual([4, 4])
  const ben = {
    network_id: seeded.networkId,
    cohort_id: seeded.cohortId,
    person_id: seeded.people.ben,
    institution_id: seeded.institutions.riverside,
    kind: 'participant' as const,
    status: 'seated' as const,
  }
  await started.db
    .insertInto('seat')
    .values({ ...ben, since: new Date(+now + HOUR) })
    .execute()
  expect(await people()).toEqual([4, 4])
  await started.db.updateTable('seat').set({ since: start }).where('person_id', '=', seeded.people.ben).execute()
  expect(await people()).toEqual([5, 5])
  await started.db.deleteFrom('seat').where('person_id', '=', seeded.people.ben).execute()
})

describe('teams', () => {
  const begun = async (): Promise<string> => {
    const roundId = await opened()
    const members = [seeded.people.ana, seeded.people.ravi]
    const set = await call('rosa', 'PUT', `/rounds/${roundId}/teams`, { teams: [{ name: 'Oak', members }] })
    expect(set.body).toMatchObject({ isOpen: true, others: 0, teams: [{ name: 'Oak', hasWork: false }] })
    return roundId
  }

  it('hand in one work that each of them writes, sees and receives reviews of', async () => {
    const roundId = await begun()
    expect((await call('ravi', 'GET', `/rounds/${roundId}/my-team`)).body.team.members).toHaveLength(2)
    expect((await call('hana', 'GET', `/rounds/${roundId}/my-team`)).body).toEqual({ team: null })
    const first = await call('ana', 'PUT', `/rounds/${roundId}/submission`, { body: 'Ours', basedOn: null })
    const seen = (await call('ravi', 'GET', `/rounds/${roundId}`)).body.myWork
    expect(seen).toMatchObject({ body: 'Ours', savedAt: first.body.savedAt })
    const stale = await call('ravi', 'PUT', `/rounds/${roundId}/submission`, { body: 'Mine', basedOn: null })
    expect(stale.body.code).toBe('review.draft_conflict')
    const text = { body: 'Ours, both', basedOn: seen.savedAt }
    expect((await call('ravi', 'PUT', `/rounds/${roundId}/submission`, text)).status).toBe(200)
    expect((await call('ravi', 'POST', `/rounds/${roundId}/submission/hand-in`)).status).toBe(201)
    for (const who of ['hana', 'dora'] as const) await handIn(who, roundId)

    const dealt = (await call('rosa', 'POST', `/rounds/${roundId}/allocate`, {})).body
    expect(dealt.matrix.columns).toHaveLength(3)
    expect(dealt.matrix.rows).toHaveLength(4)
    expect(dealt.matrix.columns.find(({ team }: Json) => team === 'Oak')).toMatchObject({ gets: 2 })
    const own = dealt.matrix.closed.filter(({ why }: Json) => why === 'own_work')
    expect(own).toHaveLength(4)
    for (const who of ['hana', 'dora'] as const)
      for (const { assignmentId } of await reviewsOf(who, roundId))
        await call(who, 'POST', `/reviews/${assignmentId}/file`, draft)
    await call('rosa', 'POST', `/rounds/${roundId}/close`)
    for (const who of ['ana', 'ravi'] as const)
      expect((await call(who, 'GET', `/rounds/${roundId}/received`)).body.reviews).toHaveLength(2)
  })

  it('of two members who begin at once, one work comes', async () => {
    const roundId = await begun()
    const begin = (who: Who) => call(who, 'PUT', `/rounds/${roundId}/submission`, { body: who, basedOn: null })
    const answers = await Promise.all([begin('ana'), begin('ravi')])
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409])
  })

  it('stay once their work is begun, and are for instructors before the reviews are dealt', async () => {
    const roundId = await begun()
    expect((await call('ana', 'PUT', `/rounds/${roundId}/teams`, { teams: [] })).status).toBe(403)
    await call('ana', 'PUT', `/rounds/${roundId}/submission`, { body: 'Ours', basedOn: null })
    expect((await call('rosa', 'PUT', `/rounds/${roundId}/teams`, { teams: [] })).body.code).toBe('team.has_work')
    const hugos = { teams: [{ name: 'Elm', members: [seeded.people.hana, seeded.people.ana] }] }
    expect((await call('hugo', 'PUT', `/rounds/${roundId}/teams`, hugos)).body.code).toBe('team.not_own_learner')
    expect((await call('hugo', 'GET', `/rounds/${roundId}/teams`)).body).toMatchObject({ teams: [], others: 1 })
  })
})
