import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as z from 'zod'
import type { RoundId, Route, RouteInput } from '@copractice/core/kernel'
import * as contract from '@copractice/core/review'
import { startTool, type StartedTool } from '../testing/start-tool.ts'
import { plainPdf } from '../testing/plain-pdf.ts'

// Steps of half a minute, so that nobody's session ends meanwhile.
const STEP = 30_000
const start = new Date('2026-03-01T12:00:00Z')
const after = (steps: number) => new Date(+start + steps * STEP)
const AUTHORS = ['ana', 'ravi', 'hana', 'dora'] as const
type Who = (typeof AUTHORS)[number] | 'rosa' | 'hugo'
let tool: StartedTool
let as: Record<Who, Awaited<ReturnType<StartedTool['as']>>>

beforeAll(async () => {
  tool = await startTool(start)
  const { links, cohortId } = tool.seeded
  const entries = await Promise.all(
    ([...AUTHORS, 'rosa', 'hugo'] as const).map(async (who) => {
      const link = ['hana', 'hugo'].includes(who) ? links.hillside : links.riverside
      return [who, await tool.as(who, who === 'dora' ? { cohort: cohortId } : { link })] as const
    }),
  )
  as = Object.fromEntries(entries) as typeof as
})
afterAll(() => tool.close())

/** The value of a call that is to succeed. */
async function got<R extends Route>(who: Who, route: R, given: Partial<RouteInput<R>>) {
  const { status, value, problem } = await as[who](route, given)
  expect([status < 300, status < 300 ? null : problem]).toEqual([true, null])
  return value
}
const codeOf = async <R extends Route>(who: Who, route: R, given: Partial<RouteInput<R>>) => {
  const { status, problem } = await as[who](route, given)
  return status < 300 ? null : problem.code
}
async function attach(who: Who, path: string, name: string, bytes: string) {
  const form = new FormData()
  form.append('file', new Blob([bytes]), name)
  const headers = { authorization: `Bearer ${as[who].token}` }
  const answer = await fetch(`${tool.base}${path}`, { method: 'POST', headers, body: form })
  return { status: answer.status, body: z.looseObject({}).parse(await answer.json()) }
}

const levels = [0, 5, 10].map((points) => ({ points, label: `${points} points`, descriptor: '' }))
const marks = [{ criterionId: 'voice', points: 10, comment: 'Say it once more.' }]
const BODY = 'We open a desk. Two people sit there.'
const setup = {
  title: 'Plan',
  instructions: '',
  timeZone: 'UTC',
  reviewsPerSubmission: 2,
  anonymity: 'double',
  seed: 7,
  submitUntil: after(24),
  reviewUntil: after(48),
  reviseUntil: after(96),
  selfAssessment: true,
  workMaximum: 20,
  reviewingMaximum: 10,
  rubric: { criteria: [{ id: 'voice', title: 'Voice', description: '', levels, commentRequired: true }] },
}

async function dealt(change: object = {}): Promise<RoundId> {
  tool.clock.now = start
  const body = contract.RoundSetup.parse(
    z.encode(z.looseObject({}), JSON.parse(JSON.stringify({ ...setup, ...change }))),
  )
  const { roundId } = await got('rosa', contract.setUpRoundRoute, { body })
  await got('rosa', contract.openRoundRoute, { params: { roundId } })
  for (const who of AUTHORS) {
    await got(who, contract.saveWorkRoute, { params: { roundId }, body: { body: BODY, basedOn: null } })
    await got(who, contract.handInRoute, { params: { roundId } })
  }
  const allocate = { preview: false, withoutWork: false } as RouteInput<typeof contract.allocateRoute>['body']
  await got('rosa', contract.allocateRoute, { params: { roundId }, body: allocate })
  return roundId
}
const toWrite = async (who: Who, roundId: RoundId) =>
  (await got(who, contract.listReviewsRoute, { query: { limit: 50 } })).items.filter((one) => one.roundId === roundId)
async function closed(change: object = {}): Promise<RoundId> {
  const roundId = await dealt(change)
  for (const who of AUTHORS)
    for (const { assignmentId } of await toWrite(who, roundId))
      await got(who, contract.fileReviewRoute, {
        params: { assignmentId },
        body: { marks, comment: '', passages: [], basedOn: null },
      })
  await got('rosa', contract.closeRoundRoute, { params: { roundId } })
  return roundId
}
const received = (who: Who, roundId: RoundId) => got(who, contract.receivedRoute, { params: { roundId } })

describe('notes at passages', () => {
  const note = (text: string, start = 3) => ({
    id: crypto.randomUUID(),
    at: { kind: 'text' as const, start, end: start + 4, quote: BODY.slice(start, start + 4) },
    text,
  })

  it('are saved with the review, held against another window, and sent without those that say nothing', async () => {
    const roundId = await dealt()
    const { assignmentId } = (await toWrite('ana', roundId))[0]!
    const params = { assignmentId }
    const [one, two] = [note('Who?'), note(' ', 8)]
    const draft = { marks: [], comment: '', passages: [one, two] }
    const { savedAt } = await got('ana', contract.saveReviewRoute, { params, body: { ...draft, basedOn: null } })
    expect((await got('ana', contract.showReviewRoute, { params })).passages).toEqual([one, two])
    const mine = { ...draft, passages: [note('Mine')] }
    const conflict = await as.ana(contract.saveReviewRoute, { params, body: { ...mine, basedOn: null } })
    expect(conflict.problem).toMatchObject({
      code: 'review.draft_conflict',
      facts: { saved: { passages: [one, two] } },
    })
    // A save that says nothing of notes keeps them.
    const { savedAt: again } = await got('ana', contract.saveReviewRoute, {
      params,
      body: { marks: [], comment: 'Well.', basedOn: savedAt },
    })
    expect((await got('ana', contract.showReviewRoute, { params })).passages).toEqual([one, two])
    const whole = { marks, comment: '', passages: [two, one], basedOn: again }
    await got('ana', contract.fileReviewRoute, { params, body: whole })
    expect((await got('ana', contract.showReviewRoute, { params })).passages).toEqual([one])
  })
})

describe('flags', () => {
  it('hide a review from its author and the score until it is kept again, each side reading the answer', async () => {
    const roundId = await closed()
    const before = await received('ana', roundId)
    const [{ key: reviewKey }] = before.reviews as [contract.ReviewRead]
    const params = { roundId, reviewKey }
    const said = { kind: 'unkind' as const, text: 'The last line.' }
    await got('ana', contract.flagReviewRoute, { params, body: said })
    expect(await codeOf('ana', contract.flagReviewRoute, { params, body: said })).toBe('review.flag_waits')
    expect(await codeOf('ravi', contract.flagReviewRoute, { params, body: said })).toBe('review.not_found')

    const list = await got('rosa', contract.listFlagsRoute, { params: { roundId }, query: { limit: 50 } })
    const [flag] = list.items as [contract.FlagListed]
    expect(flag).toMatchObject({ ...said, raisedBy: { name: 'Ana Okonjo' }, isHidden: false, answer: null })
    const answer = { params: { roundId, flagId: flag.flagId } }
    expect(
      await codeOf('ana', contract.answerFlagRoute, { ...answer, body: { outcome: 'hidden', text: 'Mine.' } }),
    ).toBe('review.instructors_only')
    await got('rosa', contract.answerFlagRoute, { ...answer, body: { outcome: 'hidden', text: 'Agreed.' } })
    const hidden = await received('ana', roundId)
    expect(hidden.reviews.map(({ key }) => key)).toEqual(before.reviews.slice(1).map(({ key }) => key))
    const scores = await got('rosa', contract.scoresRoute, { params: { roundId } })
    const anas = scores.learners.find(({ person }) => person.name === 'Ana Okonjo')
    expect(anas?.work.marks).toHaveLength(1)
    const query = { search: '', sort: 'name' as const, page: 1, section: '', peoplePage: 1 }
    const { matrix } = await got('rosa', contract.progressRoute, { params: { roundId }, query })
    expect(matrix.setAside).toBe(1)

    await got('rosa', contract.answerFlagRoute, { ...answer, body: { outcome: 'kept', text: 'On a second look.' } })
    const shown = await received('ana', roundId)
    expect(shown.reviews).toHaveLength(2)
    expect(shown.reviews[0]!.flag).toMatchObject({ ...said, answer: { outcome: 'kept', text: 'On a second look.' } })
  })

  it('reach the instructors of those they concern, and take a review off its reviewer', async () => {
    const roundId = await dealt()
    const { assignmentId } = (await toWrite('hana', roundId))[0]!
    const params = { assignmentId }
    await got('hana', contract.flagWorkRoute, { params, body: { kind: 'not_theirs', text: 'Seen before.' } })
    expect(await codeOf('ana', contract.flagWorkRoute, { params, body: { kind: 'other', text: '' } })).toBe(
      'review.not_found',
    )
    const asked = { params: { roundId }, query: { limit: 50 } }
    const [flag] = (await got('hugo', contract.listFlagsRoute, asked)).items as [contract.FlagListed]
    expect(flag).toMatchObject({ raisedAs: 'reviewer', raisedBy: { name: 'Hana Weiss' }, review: null })
    expect(flag.authors.every(({ kind }) => kind === 'numbered')).toBe(true)
    const body = { outcome: 'hidden' as const, text: 'You need not review it.' }
    await got('hugo', contract.answerFlagRoute, { params: { roundId, flagId: flag.flagId }, body })
    expect(await got('hana', contract.showReviewRoute, { params })).toMatchObject({ isHidden: true, open: false })
    const { myReviews } = await got('hana', contract.showRoundRoute, { params: { roundId } })
    expect(myReviews.filter(({ isHidden }) => isHidden)).toMatchObject([params])
    const draft = { marks, comment: '', passages: [], basedOn: null }
    expect(await codeOf('hana', contract.fileReviewRoute, { params, body: draft })).toBe('review.set_aside')
    // Somebody else reviews that work instead: each has two that count, and nobody one of theirs twice.
    const standing = await tool.db
      .selectFrom('review_assignment')
      .select(['submission_id', 'reviewer_id', 'hidden_at'])
      .where('round_id', '=', roundId)
      .where('withdrawn_at', 'is', null)
      .execute()
    const counted = Map.groupBy(
      standing.filter(({ hidden_at }) => !hidden_at),
      ({ submission_id }) => submission_id,
    )
    expect([...counted.values()].map(({ length }) => length)).toEqual([2, 2, 2, 2])
    expect(new Set(standing.map((row) => `${row.submission_id} ${row.reviewer_id}`)).size).toBe(standing.length)
    // The one excused is nobody's to wait for, whoever counts.
    const query = { search: '', sort: 'name' as const, page: 1, section: '', peoplePage: 1 }
    const { progress, people } = await got('rosa', contract.progressRoute, { params: { roundId }, query })
    const shown = await got('rosa', contract.showRoundRoute, { params: { roundId } })
    expect([progress.reviewsAssigned, shown.progress?.reviewsAssigned]).toEqual([8, 8])
    expect(people.reduce((sum, { assigned }) => sum + assigned, 0)).toBe(8)
  })
})

it('an author’s answer and revision reach the reviewer; both wait until the reviews can be read', async () => {
  const open = await dealt()
  const early = { body: 'Too early', link: null, changeNote: '', basedOn: null }
  expect(await codeOf('ana', contract.saveRevisionRoute, { params: { roundId: open }, body: early })).toBe(
    'review.not_readable_yet',
  )
  const roundId = await closed()
  const params = { roundId }
  const [review] = (await received('ana', roundId)).reviews as [contract.ReviewRead]
  const response = { helpfulness: 5, reply: 'I moved it up.' }
  await got('ana', contract.respondRoute, { params: { roundId, reviewKey: review.key }, body: response })
  expect((await received('ana', roundId)).reviews[0]!.response).toMatchObject(response)

  expect(await codeOf('ana', contract.handInRevisionRoute, { params })).toBe('review.nothing_changed')
  const body = { body: 'Two people open a desk.', link: null, changeNote: '', basedOn: null }
  const saved = await got('ana', contract.saveRevisionRoute, { params, body })
  expect(await codeOf('ana', contract.saveRevisionRoute, { params, body: { ...body, body: 'Another' } })).toBe(
    'review.draft_conflict',
  )
  expect(await codeOf('ana', contract.handInRevisionRoute, { params })).toBe('review.change_note_missing')
  const noted = { ...body, changeNote: 'People first.', basedOn: saved.savedAt }
  await got('ana', contract.saveRevisionRoute, { params, body: noted })
  const versions = await got('ana', contract.handInRevisionRoute, { params })
  expect(versions.versions.map(({ number, body }) => [number, body])).toEqual([
    [1, BODY],
    [2, noted.body],
  ])
  const pages = await Promise.all(
    (['ravi', 'hana', 'dora'] as const).map(async (who) =>
      Promise.all(
        (await toWrite(who, roundId)).map(({ assignmentId }) =>
          got(who, contract.showReviewRoute, { params: { assignmentId } }),
        ),
      ),
    ),
  )
  const answered = pages.flat().filter(({ after }) => after?.response)
  expect(answered.map(({ after }) => after!.response)).toEqual([response])
  const revised = pages.flat().filter(({ after }) => after?.versions.length === 1)
  expect(revised).toHaveLength(2)
  expect(revised[0]!.after!.versions[0]).toEqual({
    number: 2,
    body: noted.body,
    changeNote: 'People first.',
    files: [],
    link: null,
  })
  const { personId } = { personId: tool.seeded.people.ana }
  const read = await got('rosa', contract.reviewedWorkRoute, { params: { roundId, personId } })
  expect(read.versions).toHaveLength(2)
  tool.clock.now = after(97)
  expect(await codeOf('ravi', contract.handInRevisionRoute, { params })).toBe('review.revision_closed')
})

it('no file is read of who cannot attach it, and a revision is of a kind the round takes', async () => {
  const roundId = await closed({ workKinds: ['text'] })
  const params = { roundId }
  const [work, revision] = [`/api/rounds/${roundId}/submission/files`, `/api/rounds/${roundId}/revision/files`]
  const refused = async (who: Who, path: string) => (await attach(who, path, 'plan.pdf', '%PDF- broken')).body.code
  expect(await refused('ana', revision)).toBe('review.kind_not_taken')
  expect(await refused('rosa', revision)).toBe('review.not_participant')
  const changed = { body: BODY, link: 'https://riverside.example/', changeNote: '', basedOn: null }
  expect(await codeOf('ana', contract.saveRevisionRoute, { params, body: changed })).toBe('review.kind_not_taken')
  expect(await codeOf('ana', contract.saveRevisionRoute, { params, body: { ...changed, link: null } })).toBeNull()
  expect(await refused('ana', work)).toBe('review.kind_not_taken')
  const open = await dealt()
  expect(await refused('ana', `/api/rounds/${open}/revision/files`)).toBe('review.not_readable_yet')
  expect(await refused('ana', `/api/rounds/${open}/submission/files`)).toBe('review.wrong_phase')
  expect(await refused('rosa', `/api/rounds/${open}/submission/files`)).toBe('review.not_participant')
})

it('one’s own look is taken before the reviews are read, shown beside them, and in no score', async () => {
  const roundId = await dealt()
  const params = { roundId }
  const own = { marks: [{ criterionId: 'voice', points: 0, comment: '' }], comment: 'Low.', basedOn: null }
  await got('ana', contract.fileSelfAssessmentRoute, { params, body: own })
  expect(await codeOf('ana', contract.saveSelfAssessmentRoute, { params, body: own })).toBe('review.already_filed')
  for (const who of AUTHORS)
    for (const { assignmentId } of await toWrite(who, roundId))
      await got(who, contract.fileReviewRoute, {
        params: { assignmentId },
        body: { marks, comment: '', passages: [], basedOn: null },
      })
  tool.clock.now = after(49)
  expect(await codeOf('ravi', contract.saveSelfAssessmentRoute, { params, body: own })).toBe(
    'review.self_assessment_over',
  )
  expect(await received('ana', roundId)).toMatchObject({ selfAssessment: { comment: 'Low.' }, mean: 20 })
  expect((await received('ravi', roundId)).selfAssessment).toBeNull()
})

it('says before handing in what tells who wrote it, and refuses a file it cannot clean with the reason', async () => {
  tool.clock.now = start
  const body = contract.RoundSetup.parse(JSON.parse(JSON.stringify(setup)))
  const { roundId } = await got('rosa', contract.setUpRoundRoute, { body })
  const params = { roundId }
  await got('rosa', contract.openRoundRoute, { params })
  const text = 'By Okonjo. We began at Riverside State, with words of Hana.'
  await got('ana', contract.saveWorkRoute, { params, body: { body: text, basedOn: null } })
  const path = `/api/rounds/${roundId}/submission/files`
  expect((await attach('ana', path, 'plan.txt', 'Written by Ana')).status).toBe(201)
  const campus = await tool.db
    .selectFrom('institution')
    .select('name')
    .where('id', '=', tool.seeded.institutions.riverside)
    .executeTakeFirstOrThrow()
  await got('ana', contract.saveWorkRoute, {
    params,
    body: {
      body: `By Okonjo, ${campus.name}, with Hana.`,
      basedOn: (await got('ana', contract.showRoundRoute, { params })).myWork!.savedAt,
    },
  })
  const traces = await got('ana', contract.tracesRoute, { params, query: { of: 'work' } })
  expect(traces.traces).toEqual([
    { kind: 'name', found: 'Okonjo', file: null },
    { kind: 'campus', found: campus.name, file: null },
    { kind: 'name', found: 'Ana', file: 'plan.txt' },
  ])
  const broken = await attach('ana', path, 'plan.pdf', '%PDF-1.7 and no more')
  expect([broken.status, broken.body]).toEqual([
    422,
    { code: 'upload.not_cleaned', facts: { why: 'damaged', fileName: 'plan.pdf' } },
  ])
  expect((await attach('ana', path, 'plan.pdf', plainPdf('Ana Okonjo'))).status).toBe(201)
  expect((await got('ana', contract.tracesRoute, { params, query: { of: 'work' } })).unreadFiles).toEqual(['plan.pdf'])
})
