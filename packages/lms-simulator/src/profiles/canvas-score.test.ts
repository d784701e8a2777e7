import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { openCampus, serviceUrls, under, type Campus } from '../testing/campus.ts'
import { MEDIA } from '../services/scopes.ts'

const SUBMISSION = 'https://canvas.instructure.com/lti/submission'

describe('a score sent to Canvas', () => {
  let campus: Campus
  let url: string
  beforeEach(async () => {
    campus = await openCampus('canvas')
    url = await campus.addColumn()
  })
  afterEach(() => campus.close())

  const send = (changes: Record<string, unknown>) =>
    campus.score(url, { userId: campus.learner, scoreGiven: 15, ...changes })
  const status = async (changes: Record<string, unknown>) => (await send(changes)).status
  const cell = () => campus.sim.gradebook('cep-610').cells.find((each) => url.endsWith(`/${each.columnId}`))

  it('is rescaled, and answered with the address of its result', async () => {
    const response = await send({ scoreGiven: 40, scoreMaximum: 50 })
    const { resultUrl } = z.object({ resultUrl: z.string() }).parse(JSON.parse(await response.text()))
    expect(cell()?.score).toBe(16)
    const result = await campus.call(resultUrl, { Accept: MEDIA.results })
    expect(JSON.parse(await result.text())).toMatchObject({
      userId: campus.learner,
      resultScore: 40,
      resultMaximum: 50,
    })
  })

  it('is a new submission attempt each time, whatever activityProgress says', async () => {
    await send({ activityProgress: 'Initialized' })
    await send({})
    expect(cell()?.attempts).toBe(2)
  })

  it('is no attempt with new_submission false, type none or the same submittedAt', async () => {
    const submittedAt = new Date().toISOString()
    await send({ submission: { submittedAt } })
    await send({ submission: { submittedAt } })
    await send({ [SUBMISSION]: { new_submission: false } })
    await send({ [SUBMISSION]: { submission_type: 'none' } })
    expect(cell()?.attempts).toBe(1)
  })

  it('adds its comment to those before', async () => {
    await send({ comment: 'one' })
    await send({})
    await send({ comment: 'two' })
    expect(cell()?.comments).toEqual(['one', 'two'])
  })

  it('clears the score unless FullyGraded or PendingManual, or preserve_score is set', async () => {
    await send({ gradingProgress: 'PendingManual' })
    expect(cell()?.score).toBe(15)
    await send({ gradingProgress: 'Pending', [SUBMISSION]: { preserve_score: true } })
    expect(cell()?.score).toBe(15)
    await send({ gradingProgress: 'Pending' })
    expect(cell()?.score).toBeNull()
  })

  it('may carry the same timestamp again, but not an older one', async () => {
    const at = Date.now()
    expect(await status({ timestamp: new Date(at).toISOString() })).toBe(200)
    expect(await status({ timestamp: new Date(at).toISOString() })).toBe(200)
    expect(await status({ timestamp: new Date(at - 1).toISOString() })).toBe(400)
  })

  const typeGrade = (score: number) =>
    campus.sim.gradeByHand('cep-610', url.split('/').at(-1) ?? '', campus.learner, score)
  const GIVES_WAY = { [SUBMISSION]: { prioritize_non_tool_grade: true } }
  const result = async () => {
    const answer = await campus.call(under(url, 'results'), { Accept: MEDIA.results })
    return z
      .array(z.object({ resultScore: z.number().nullable(), resultMaximum: z.number() }))
      .parse(await answer.json())
  }

  it('leaves a grade alone when asked to, a tool’s as well as a teacher’s, unless it is to be emptied', async () => {
    typeGrade(12)
    await send(GIVES_WAY)
    expect(cell()?.score).toBe(12)
    await send({})
    expect(cell()?.score).toBe(15)
    await send({ ...GIVES_WAY, scoreGiven: 16 })
    expect(cell()?.score).toBe(15)
    await send({ ...GIVES_WAY, scoreGiven: undefined, [SUBMISSION]: { preserve_score: true } })
    expect(cell()?.score).toBe(15)
    await send({ ...GIVES_WAY, scoreGiven: undefined })
    expect(cell()?.score).toBeNull()
  })

  it('is what the result says, though a grade stayed; one that a person graded is converted from the column’s points', async () => {
    typeGrade(12)
    expect(await result()).toEqual([])
    await send({ ...GIVES_WAY, scoreGiven: 30, scoreMaximum: 40 })
    expect(await result()).toEqual([{ resultScore: 60, resultMaximum: 40 }])
    typeGrade(10)
    expect(await result()).toEqual([{ resultScore: 20, resultMaximum: 40 }])
    await send({ scoreGiven: 30, scoreMaximum: 40 })
    expect(await result()).toEqual([{ resultScore: 30, resultMaximum: 40 }])
    typeGrade(15)
    expect(await result()).toEqual([{ resultScore: 60, resultMaximum: 40 }])
  })

  it.each<[number, string, Record<string, unknown>]>([
    [400, 'a missing gradingProgress', { gradingProgress: undefined }],
    [400, 'an unknown activityProgress', { activityProgress: 'Dreaming' }],
    [400, 'a timestamp that is none', { timestamp: 'yesterday' }],
    [
      400,
      'a submission two minutes ahead',
      { submission: { submittedAt: new Date(Date.now() + 120_000).toISOString() } },
    ],
    [422, 'a negative score', { scoreGiven: -1 }],
    [422, 'no scoreMaximum', { scoreMaximum: undefined }],
    [422, 'somebody unknown', { userId: 'nobody' }],
  ])('is refused with %i for %s', async (expected, _what, changes) => {
    expect(await status(changes)).toBe(expected)
    expect(cell()).toBeUndefined()
  })

  it('is refused with 422 for a teacher, an unpublished column, used-up attempts and a concluded course', async () => {
    const columnId = url.split('/').at(-1) ?? ''
    expect(await status({ userId: campus.teacher })).toBe(422)
    campus.sim.changeColumn('cep-610', columnId, { unpublished: true })
    expect(await status({})).toBe(422)
    campus.sim.changeColumn('cep-610', columnId, { unpublished: false, allowedAttempts: 1 })
    const submitted_at = new Date(Date.now() - 60_000).toISOString()
    expect(await status({ [SUBMISSION]: { submitted_at } })).toBe(200)
    expect(await status({ [SUBMISSION]: { submitted_at } })).toBe(422)
    expect(await status({ [SUBMISSION]: { new_submission: false } })).toBe(200)
    campus.sim.changeCourse('cep-610', { concluded: true })
    expect(await status({ [SUBMISSION]: { new_submission: false } })).toBe(422)
  })

  it('is refused with 412 for a line item that is not of the course, 401 without a token', async () => {
    const scores = under(serviceUrls(campus.sim).lineitem ?? '', 'scores')
    expect((await campus.score(`${url}9`, { userId: campus.learner })).status).toBe(412)
    expect((await fetch(scores, { method: 'POST', body: '{}' })).status).toBe(401)
  })
})
