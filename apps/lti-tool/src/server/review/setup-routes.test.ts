import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openUploadStorage } from '@copractice/services/review'
import type { SeededNetwork } from '@copractice/services/testing'
import { portfolioRoutes } from '../portfolio/routes.ts'
import { startRoutes, type StartedRoutes, type Json, type Who } from '../testing/start-routes.ts'
import { reviewRoutes } from './routes.ts'

const HOUR = 3_600_000
const start = new Date('2026-03-01T12:00:00Z')
const hours = (n: number) => new Date(+start + n * HOUR).toISOString()
let started: StartedRoutes, seeded: SeededNetwork, folder: string
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'uploads-'))
  const storage = openUploadStorage({ folder })
  started = await startRoutes(start, (deps) => [reviewRoutes({ ...deps, storage }), portfolioRoutes(deps)], {
    web: folder,
  })
  ;({ seeded } = started)
})
afterAll(async () => {
  await started.close()
  rmSync(folder, { recursive: true })
})
const call: StartedRoutes['call'] = (...asked) => started.call(...asked)
const codeOf = ({ status, body }: { status: number; body: Json }) => [status, body.code]

const levels = [0, 5].map((points) => ({ points, label: `${points} points`, descriptor: '' }))
const rubric = (weight?: number) => ({
  criteria: [{ id: 'voice', title: 'Partner’s voice', levels, ...(weight && { weight }) }],
})
const setup = (part: object = {}) => ({
  title: 'Action plan',
  submitUntil: hours(24),
  reviewUntil: hours(48),
  timeZone: 'America/New_York',
  rubric: rubric(),
  reviewsPerSubmission: 2,
  anonymity: 'double',
  workMaximum: 20,
  reviewingMaximum: 10,
  ...part,
})

it('sets a round up with what is left out as most want it, and keeps what is chosen', async () => {
  const plain = (await call('rosa', 'POST', '/rounds', setup())).body
  expect(plain.plan).toMatchObject({
    workKinds: ['text', 'file'],
    latePolicy: { kind: 'closed', graceMinutes: 0 },
    submitFirst: true,
    advance: 'by_hand',
    reviseUntil: null,
  })
  const chosen = setup({
    workKinds: ['link'],
    latePolicy: { kind: 'deducted', percentPerDay: 10, percentAtMost: 30 },
    advance: 'by_date',
    openFrom: hours(1),
    reviseUntil: hours(90),
    reviewerWeights: { agreement: 50, completeness: 25, helpfulness: 25 },
  })
  const { body } = await call('rosa', 'POST', '/rounds', chosen)
  expect(body.plan).toMatchObject({ workKinds: ['link'], openFrom: hours(1), reviewerWeights: { helpfulness: 25 } })

  const wrong = async (part: object) => {
    const answer = await call('rosa', 'POST', '/rounds', setup(part))
    return [answer.status, JSON.stringify(answer.body)] as const
  }
  expect(await wrong({ reviseUntil: hours(40) })).toEqual([422, expect.stringContaining('follow one another')])
  expect(await wrong({ workKinds: [] })).toEqual([422, expect.stringContaining('workKinds')])
  expect(await wrong({ reviewerWeights: { agreement: 50, completeness: 0, helpfulness: 0 } })).toEqual([
    422,
    expect.stringContaining('100'),
  ])
})

it('gives one person more time, steps back, and uses a round again, each for whom it is', async () => {
  const { roundId } = (await call('rosa', 'POST', '/rounds', setup())).body
  await call('rosa', 'POST', `/rounds/${roundId}/open`)
  const { ana, hana } = seeded.people
  const time = (who: Who, personId: string, until = hours(30)) =>
    call(who, 'PUT', `/rounds/${roundId}/extensions/${personId}/work`, { until, reason: 'Ill' })
  expect((await time('rosa', ana)).body).toMatchObject({ kind: 'work', until: hours(30), reason: 'Ill' })
  expect(codeOf(await time('rosa', hana))).toEqual([403, 'review.not_own_learner'])
  expect(codeOf(await time('rosa', ana, hours(60)))).toEqual([422, 'review.extension_too_late'])
  expect(codeOf(await time('ana', ana))).toEqual([403, 'review.instructors_only'])
  expect(codeOf(await time('cora', ana))).toEqual([404, 'review.not_found'])

  const seen = (await call('ana', 'GET', `/rounds/${roundId}`)).body
  expect([seen.submitUntil, seen.plan.moreTime.work, seen.setup]).toEqual([hours(30), true, null])
  expect(JSON.stringify(seen)).not.toContain('Ill')
  const others = (await call('hugo', 'GET', `/rounds/${roundId}/extensions`)).body
  expect([others.own, others.others, JSON.stringify(others).includes(ana)]).toEqual([[], 1, false])
  const taken = await call('rosa', 'DELETE', `/rounds/${roundId}/extensions/${ana}/work`)
  expect(taken.body).toEqual({ withdrawn: true })

  expect((await call('rosa', 'POST', `/rounds/${roundId}/step-back`, {})).body.phase).toBe('draft')
  expect(codeOf(await call('rosa', 'POST', `/rounds/${roundId}/step-back`, {}))).toEqual([409, 'review.wrong_phase'])
  const again = { cohortId: seeded.cohortId, weeks: 20 }
  const made = await call('rosa', 'POST', `/rounds/${roundId}/reuse`, again)
  expect((await call('rosa', 'GET', `/rounds/${made.body.roundId}`)).body.phase).toBe('draft')
  const elsewhere = { ...again, cohortId: '00000000-0000-4000-8000-000000000000' }
  expect(codeOf(await call('rosa', 'POST', `/rounds/${roundId}/reuse`, elsewhere))).toEqual([
    403,
    'review.cohort_not_yours',
  ])
  expect(codeOf(await call('ana', 'GET', `/rounds/${roundId}/reuse`))).toEqual([404, 'review.not_found'])
})

it('keeps a library of rubrics for those who run rounds', async () => {
  const made = await call('rosa', 'POST', '/rubrics', { title: 'Plans', rubric: rubric() })
  const { rubricId } = made.body
  expect(made.body).toMatchObject({ number: 1, points: 5, versions: [{ number: 1, difference: null }] })
  expect((await call('hugo', 'GET', '/rubrics?search=partner')).body.items).toMatchObject([{ rubricId }])
  for (const who of ['ana', 'cora'] as const)
    expect(codeOf(await call(who, 'GET', '/rubrics'))).toEqual([403, 'rubric.instructors_only'])

  const next = { rubric: rubric(2), note: 'Twice', basedOn: 1 }
  expect((await call('hugo', 'POST', `/rubrics/${rubricId}/compare`, { rubric: rubric(2) })).body).toMatchObject({
    difference: { changes: [{ kind: 'weight', before: 1, after: 2 }], pointsAfter: 10 },
  })
  expect((await call('hugo', 'POST', `/rubrics/${rubricId}/versions`, next)).body.number).toBe(2)
  expect(codeOf(await call('rosa', 'POST', `/rubrics/${rubricId}/versions`, next))).toEqual([
    409,
    'rubric.changed_meanwhile',
  ])
  const file = (await call('rosa', 'GET', `/rubrics/${rubricId}/versions/2/export`)).body
  const back = (await call('rosa', 'POST', '/rubrics/import', { text: file.text })).body
  expect([back.title, back.rubric.criteria[0].weight]).toEqual(['Plans', 2])
  const broken = file.text.replace('"points": 5', '"points": "five"')
  expect((await call('rosa', 'POST', '/rubrics/import', { text: broken })).body).toMatchObject({
    code: 'rubric.file_not_readable',
    facts: { problems: [{ criterion: 1, level: 2, kind: 'points', least: 0, most: 1000, found: '"five"' }], more: 0 },
  })
  expect(codeOf(await call('rosa', 'POST', '/rubrics/import', { text: '%PDF' }))).toEqual([422, 'rubric.file_not_json'])
  // A written NUL passes the house's guard and becomes one only when the file is read.
  const nul = file.text.replace('"Plans"', String.raw`"Pl\u0000ns"`)
  expect(codeOf(await call('rosa', 'POST', '/rubrics/import', { text: nul }))).toEqual([
    422,
    'rubric.file_not_readable',
  ])
  expect((await call('rosa', 'GET', '/rubric-templates')).body.items).toHaveLength(9)
})

it('keeps a portfolio for its owner, and hands a draft of it in', async () => {
  const item = (await call('ana', 'POST', '/portfolio', { title: 'My plan', kind: 'action_plan' })).body
  const path = `/portfolio/${item.itemId}`
  const draft = { body: 'One front desk', link: null, basedOn: item.drafts[0].savedAt }
  expect((await call('ana', 'PUT', `${path}/draft`, draft)).body).toMatchObject({ number: 1, isNew: false })
  for (const who of ['ravi', 'rosa'] as const)
    expect(codeOf(await call(who, 'GET', path))).toEqual([404, 'portfolio.not_found'])
  const wrong = { ...draft, link: 'ftp://example.org' }
  expect((await call('ana', 'PUT', `${path}/draft`, wrong)).status).toBe(422)

  const { roundId } = (await call('rosa', 'POST', '/rounds', setup({ workKinds: ['portfolio'] }))).body
  await call('rosa', 'POST', `/rounds/${roundId}/open`)
  const choose = (who: Who) =>
    call(who, 'PUT', `/rounds/${roundId}/submission/portfolio`, { draftId: item.drafts[0].draftId })
  expect(codeOf(await choose('ravi'))).toEqual([404, 'portfolio.not_found'])
  expect((await choose('ana')).body).toMatchObject({ body: 'One front desk', portfolio: { number: 1 } })
  const link = { link: { url: 'https://example.org', kind: 'link' } }
  expect(codeOf(await call('ana', 'PUT', `/rounds/${roundId}/submission/link`, link))).toEqual([
    409,
    'review.kind_not_taken',
  ])
  expect((await call('ana', 'POST', `/rounds/${roundId}/submission/hand-in`)).status).toBe(201)
  expect((await call('ana', 'GET', path)).body.drafts[0].handedInTo).toEqual(['Action plan'])
})
