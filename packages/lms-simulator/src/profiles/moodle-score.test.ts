import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openCampus, under, type Campus } from '../testing/campus.ts'
import { MEDIA } from '../services/scopes.ts'

const at = (second: number, fraction = 0) => new Date(Date.UTC(2026, 9, 1) + second * 1000 + fraction).toISOString()

describe('a score sent to Moodle', () => {
  let campus: Campus
  let url: string
  let now: Date
  beforeEach(async () => {
    campus = await openCampus('moodle', { clock: () => now })
    now = new Date()
    url = await campus.addColumn()
  })
  afterEach(() => campus.close())

  const send = async (changes: Record<string, unknown>) =>
    (await campus.score(url, { userId: campus.learner, scoreGiven: 15, ...changes })).status
  const cell = () => campus.sim.gradebook('cep-610').cells.find((each) => url.includes(`/lineitems/${each.columnId}/`))

  it('is answered 200 with nothing, and rescaled', async () => {
    const response = await campus.score(url, { userId: campus.learner, scoreGiven: 40, scoreMaximum: 50 })
    expect([response.status, await response.text()]).toEqual([200, ''])
    expect(cell()).toMatchObject({ score: 16, attempts: 0 })
  })

  it('is refused with 409 in the same whole second or before, an exact resend too', async () => {
    expect(await send({ timestamp: at(10, 100) })).toBe(200)
    expect(await send({ timestamp: at(10, 100) })).toBe(409)
    expect(await send({ timestamp: at(10, 900) })).toBe(409)
    expect(await send({ timestamp: at(9) })).toBe(409)
    expect(await send({ timestamp: at(11) })).toBe(200)
  })

  it('erases grade and comment unless it is FullyGraded with a score', async () => {
    await send({ timestamp: at(1), comment: 'good' })
    await send({ timestamp: at(2), gradingProgress: 'PendingManual' })
    expect(cell()).toMatchObject({ score: null, comment: null })
    await send({ timestamp: at(3), comment: 'good' })
    await send({ timestamp: at(4), scoreGiven: undefined })
    expect(cell()).toMatchObject({ score: null, comment: null })
  })

  it('erases the comment when it has none', async () => {
    await send({ timestamp: at(1), comment: 'good' })
    await send({ timestamp: at(2) })
    expect(cell()).toMatchObject({ score: 15, comment: null })
  })

  it('is stamped with the server’s second when it is pending with a comment', async () => {
    const second = Math.floor(now.getTime() / 1000) * 1000
    await send({ timestamp: at(1), gradingProgress: 'Pending', comment: 'wait' })
    expect(await send({ timestamp: new Date(second + 900).toISOString() })).toBe(409)
    expect(await send({ timestamp: new Date(second + 1000).toISOString() })).toBe(200)
  })

  it('changes nothing once a teacher has typed a grade', async () => {
    const columnId = campus.sim.gradebook('cep-610').columns.find((column) => column.madeBy === 'tool')?.id ?? ''
    campus.sim.gradeByHand('cep-610', columnId, campus.learner, 12)
    expect(await send({ timestamp: new Date(Date.now() + 5_000).toISOString() })).toBe(200)
    expect(cell()?.score).toBe(12)
  })

  it('is refused with 500 in a locked column', async () => {
    const columnId = campus.sim.gradebook('cep-610').columns.find((column) => column.madeBy === 'tool')?.id ?? ''
    campus.sim.changeColumn('cep-610', columnId, { locked: true })
    expect(await send({})).toBe(500)
  })

  it('is refused with 400 for teachers and strangers, and for another content type', async () => {
    expect(await send({ userId: campus.teacher })).toBe(400)
    expect(await send({ userId: '14' })).toBe(400)
    expect(await send({ userId: '999' })).toBe(400)
    const json = await campus.call(
      under(url, 'scores'),
      { 'Content-Type': 'application/json' },
      { method: 'POST', body: '{}' },
    )
    expect(json.status).toBe(400)
    const charset = await campus.call(
      under(url, 'scores'),
      { 'Content-Type': `${MEDIA.score}; charset=utf-8` },
      { method: 'POST', body: '{}' },
    )
    expect(charset.status).toBe(400)
  })
})
