import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openUploadStorage } from '@copractice/services/review'
import type { SeededNetwork } from '@copractice/services/testing'
import { plainPdf } from '../testing/plain-pdf.ts'
import { startRoutes, type StartedRoutes, type Json, type Who } from '../testing/start-routes.ts'
import { reviewRoutes } from './routes.ts'

const HOUR = 3_600_000
const start = new Date('2026-03-01T12:00:00Z')
let now = start
let started: StartedRoutes, seeded: SeededNetwork, folder: string
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'uploads-'))
  const storage = openUploadStorage({ folder })
  started = await startRoutes(start, (deps) => [reviewRoutes({ ...deps, storage })], { clock: () => now, web: folder })
  ;({ seeded } = started)
})
afterAll(async () => {
  await started.close()
  rmSync(folder, { recursive: true })
})
const call: StartedRoutes['call'] = (...asked) => started.call(...asked)

const levels = [0, 5, 10].map((points) => ({ points, label: `${points} points`, descriptor: 'As it says.' }))
const setup = (change: object = {}) => ({
  title: 'Action plan, first draft',
  submitUntil: new Date(+start + 24 * HOUR).toISOString(),
  reviewUntil: new Date(+start + 48 * HOUR).toISOString(),
  timeZone: 'America/New_York',
  rubric: {
    criteria: [
      { id: 'voice', title: 'Partner’s voice', levels, commentRequired: true },
      { id: 'steps', title: 'Steps someone could follow', levels },
    ],
  },
  reviewsPerSubmission: 2,
  anonymity: 'double',
  sameCampus: 'avoid',
  workMaximum: 20,
  reviewingMaximum: 10,
  seed: 7,
  ...change,
})
const marks = (voice: number, steps: number) => [
  { criterionId: 'voice', points: voice, comment: 'Say it once.' },
  { criterionId: 'steps', points: steps, comment: '' },
]
const pdf = (name: string) => {
  const form = new FormData()
  form.append('file', new Blob([plainPdf('Ana Okonjo')]), name)
  return form
}
const AUTHORS = ['ana', 'ravi', 'hana', 'dora'] as const

/** Sets a round up as Rosa, opens it, and lets all four hand in; Ana's work has two files. */
async function handedInRound(change: object = {}): Promise<string> {
  now = start
  const { roundId } = (await call('rosa', 'POST', '/rounds', setup(change))).body
  expect((await call('rosa', 'POST', `/rounds/${roundId}/open`)).status).toBe(201)
  for (const who of AUTHORS) {
    const saved = await call(who, 'PUT', `/rounds/${roundId}/submission`, { body: 'One front desk', basedOn: null })
    expect(saved.status).toBe(200)
    const files = who === 'ana' ? ['Ana Okonjo – plan.pdf', 'Ana Okonjo – figures.pdf'] : []
    for (const name of files) await call(who, 'POST', `/rounds/${roundId}/submission/files`, pdf(name))
    expect((await call(who, 'POST', `/rounds/${roundId}/submission/hand-in`)).status).toBe(201)
  }
  return roundId as string
}

async function dealtRound(change: object = {}): Promise<string> {
  const roundId = await handedInRound(change)
  expect((await call('hugo', 'POST', `/rounds/${roundId}/allocate`, {})).status).toBe(201)
  return roundId
}

const reviewsOf = async (who: Who, roundId: string): Promise<Json[]> =>
  (await call(who, 'GET', '/reviews')).body.items.filter((item: Json) => item.roundId === roundId)

async function fileAll(roundId: string): Promise<void> {
  for (const [index, who] of AUTHORS.entries()) {
    for (const { assignmentId } of await reviewsOf(who, roundId)) {
      const draft = { marks: marks(10, index % 2 ? 5 : 10), comment: 'Thank you.', basedOn: null }
      expect((await call(who, 'POST', `/reviews/${assignmentId}/file`, draft)).status).toBe(201)
    }
  }
}

describe('a round from set-up to reading', () => {
  it('goes all the way, each seeing their own side', async () => {
    const roundId = await dealtRound()
    const list = (await call('ana', 'GET', '/rounds')).body.items
    expect(list.find((round: Json) => round.roundId === roundId)).toMatchObject({
      phase: 'review',
      viewer: 'participant',
      progress: null,
      standing: { work: 'handed_in', reviews: { assigned: 2, filed: 0 }, received: null },
    })
    const mine = await reviewsOf('ana', roundId)
    expect(mine.map(({ number, of, open }) => [number, of, open])).toEqual([
      [1, 2, true],
      [2, 2, true],
    ])

    await fileAll(roundId)
    expect((await call('ana', 'GET', `/rounds/${roundId}/received`)).body).toMatchObject({
      code: 'review.not_readable_yet',
    })
    expect((await call('rosa', 'GET', `/rounds/${roundId}`)).body.progress).toEqual({
      people: 4,
      handedIn: 4,
      reviewsAssigned: 8,
      reviewsFiled: 8,
    })
    expect((await call('rosa', 'POST', `/rounds/${roundId}/close`)).status).toBe(201)
    const received = (await call('ana', 'GET', `/rounds/${roundId}/received`)).body
    expect(received.reviews).toHaveLength(2)
    expect(received.reviews[0]).toMatchObject({ number: 1, reviewer: null, comment: 'Thank you.' })
    const percents = received.reviews.map(({ percent }: Json) => percent)
    expect(received.mean).toBe(((percents[0] + percents[1]) / 2 / 100) * 20)
  })

  it('shows instructors the scores of their own learners alone, with the arithmetic', async () => {
    const roundId = await dealtRound()
    await fileAll(roundId)
    const rosas = await call('rosa', 'GET', `/rounds/${roundId}/scores`)
    expect(rosas.body.learners.map(({ person }: Json) => person.name).sort()).toEqual(['Ana Okonjo', 'Ravi Nair'])
    expect(rosas.body).toMatchObject({ final: false, workMaximum: 20 })
    const { work, reviewing } = rosas.body.learners[0]
    expect(work.marks[0].criteria).toMatchObject([
      { criterionId: 'voice', points: 10, of: 10 },
      { criterionId: 'steps', points: work.marks[0].points - 10, of: 10 },
    ])
    expect(reviewing).toMatchObject({ assigned: 2, filed: 2 })
    expect(reviewing.parts[0].share).toBeCloseTo(
      0.4 + 0.6 * (1 - Math.abs(reviewing.parts[0].given - reviewing.parts[0].othersMean) / 100),
    )
    const hugos = await call('hugo', 'GET', `/rounds/${roundId}/scores`)
    expect(hugos.body.learners.map(({ person }: Json) => person.name)).toEqual(['Hana Weiss'])
  })

  it('deals the same pairing as the preview showed, and saves none for the preview', async () => {
    const roundId = await handedInRound()
    const preview = await call('rosa', 'POST', `/rounds/${roundId}/allocate`, { preview: true })
    expect(preview.body).toMatchObject({ saved: false, load: { min: 2, max: 2 }, connected: true })
    expect((await call('rosa', 'GET', `/rounds/${roundId}`)).body.phase).toBe('submit')
    const dealt = await call('rosa', 'POST', `/rounds/${roundId}/allocate`, {})
    expect(dealt.body).toEqual({ ...preview.body, saved: true })
    const again = await call('rosa', 'POST', `/rounds/${roundId}/allocate`, {})
    expect([again.status, again.body.code]).toEqual([409, 'review.wrong_phase'])
  })

  it('says which constraint makes an allocation impossible and what would help', async () => {
    const roundId = await handedInRound({ reviewsPerSubmission: 3, sameCampus: 'forbid' })
    const refused = await call('rosa', 'POST', `/rounds/${roundId}/allocate`, {})
    expect(refused.status).toBe(409)
    expect(refused.body.facts.possibleWith).toEqual({
      reviewsPerSubmission: 2,
      avoidSameCampus: true,
      withoutConflicts: false,
      withoutWork: false,
    })
    expect(refused.body.facts.constraints).toHaveLength(2)
    expect(refused.body.facts.constraints[0]).toMatchObject({
      kind: 'too_few_for_one',
      author: { kind: 'named' },
      needed: 3,
      eligible: 2,
      kept: { ownWork: 1, conflict: 0, sameCampus: 1 },
    })
  })

  it('keeps a declared pair apart and shows it to the instructor who declared it', async () => {
    const { ana, ravi, hana } = seeded.people
    const roundId = await handedInRound({ conflicts: [{ people: [ana, ravi] }] })
    const shown = (await call('rosa', 'GET', `/rounds/${roundId}`)).body.setup
    expect(
      shown.conflicts
        .flatMap(({ people }: Json) => people)
        .map(({ name }: Json) => name)
        .sort(),
    ).toEqual(['Ana Okonjo', 'Ravi Nair'])
    expect((await call('hugo', 'GET', `/rounds/${roundId}`)).body.setup).toMatchObject({
      conflicts: [],
      otherConflicts: 1,
    })
    const { matrix } = (await call('rosa', 'POST', `/rounds/${roundId}/allocate`, {})).body
    expect(matrix.closed.filter(({ why }: Json) => why === 'conflict')).toHaveLength(2)
    const stranger = await call('rosa', 'POST', '/rounds', setup({ conflicts: [{ people: [ana, hana] }] }))
    expect([stranger.status, stranger.body.code]).toEqual([422, 'review.conflict_not_own_learner'])
  })
})

describe('anonymity', () => {
  const namesOf = (...people: Who[]) => people.flatMap((who) => [who, seeded.people[who]])
  const surnamesAndCampuses = ['Okonjo', 'Nair', 'Weiss', 'Carter', 'Riverside', 'Hillside', 'Tenth Street']
  const traces = () => [...namesOf(...AUTHORS), ...surnamesAndCampuses, ...Object.values(seeded.institutions)]
  const expectNoTrace = (text: string) => {
    for (const trace of traces()) expect(text.toLowerCase()).not.toContain(trace.toLowerCase())
  }

  it('double: a reviewer’s answers hold no id, name, file name or campus of the author', async () => {
    const roundId = await dealtRound()
    let files = 0
    for (const who of AUTHORS) {
      for (const { assignmentId } of await reviewsOf(who, roundId)) {
        const page = await call(who, 'GET', `/reviews/${assignmentId}`)
        expect(page.body.author).toBeNull()
        expectNoTrace(page.text)
        for (const [at, { uploadId, name }] of page.body.work.files.entries()) {
          files++
          expect(name).toBe(`work-${at + 1}.pdf`)
          const file = await call(who, 'GET', `/uploads/${uploadId}`)
          expect(file.text.slice(0, 5)).toBe('%PDF-')
          expectNoTrace(file.text)
          expect(file.headers.get('content-disposition')).toBe(
            `attachment; filename="${name}"; filename*=UTF-8''${name}`,
          )
          expectNoTrace(JSON.stringify([...file.headers]))
        }
      }
      expectNoTrace((await call(who, 'GET', '/reviews')).text)
    }
    expect(files).toBe(4)
  })

  it.each(['single', 'double'])('%s: an author’s answers hold nothing of the reviewers', async (anonymity) => {
    const roundId = await dealtRound({ anonymity })
    await fileAll(roundId)
    await call('rosa', 'POST', `/rounds/${roundId}/close`)
    for (const who of AUTHORS) {
      const received = await call(who, 'GET', `/rounds/${roundId}/received`)
      expect(received.body.reviews).toHaveLength(2)
      expectNoTrace(received.text.replaceAll(/Ana Okonjo – (?:plan|figures).pdf/g, ''))
      expect(received.text).not.toMatch(/\d{4}-\d{2}-\d{2}T/)
      expectNoTrace((await call(who, 'GET', '/rounds')).text)
    }
  })

  it('none: reviewer and author know each other', async () => {
    const roundId = await dealtRound({ anonymity: 'none' })
    await fileAll(roundId)
    const [first] = await reviewsOf('dora', roundId)
    expect((await call('dora', 'GET', `/reviews/${first.assignmentId}`)).body.author).toMatchObject({
      name: expect.stringMatching(/Ana|Ravi|Hana/),
    })
    await call('rosa', 'POST', `/rounds/${roundId}/close`)
    const received = (await call('dora', 'GET', `/rounds/${roundId}/received`)).body
    expect(received.reviews[0].reviewer.name).toMatch(/Ana|Ravi|Hana/)
  })

  it('an instructor sees others than their own learners by campus and number', async () => {
    const roundId = await dealtRound()
    const { ana, ravi, hana, dora } = seeded.people
    const rosas = await call('rosa', 'GET', `/rounds/${roundId}/progress`)
    expect(rosas.body.matrix.rows.map((row: Json) => row.name ?? `${row.campus.name} ${row.number}`)).toEqual([
      'Ana Okonjo',
      'Ravi Nair',
      'Hillside College 1',
      'Tenth Street Food Hub 1',
    ])
    for (const trace of ['Hana', 'Weiss', 'Dora', 'Carter', hana, dora]) expect(rosas.text).not.toContain(trace)
    const hugos = await call('hugo', 'GET', `/rounds/${roundId}/progress`)
    for (const trace of ['Okonjo', 'Nair', 'Carter', ana, ravi, dora]) expect(hugos.text).not.toContain(trace)

    expect((await call('rosa', 'GET', `/rounds/${roundId}/work/${ana}`)).body).toMatchObject({
      author: { name: 'Ana Okonjo' },
      work: { files: [{ name: 'Ana Okonjo – plan.pdf' }, { name: 'Ana Okonjo – figures.pdf' }] },
    })
    expect((await call('rosa', 'GET', `/rounds/${roundId}/work/${hana}`)).status).toBe(404)
  })
})

describe('who may do what', () => {
  it('learners, facilitators and coordinators do not run rounds; strangers and other campuses’ learners see none', async () => {
    const roundId = await handedInRound()
    for (const who of ['ana', 'dora', 'finn', 'cora', 'ben'] as const)
      expect((await call(who, 'POST', '/rounds', setup())).body.code).toBe('review.instructors_only')
    for (const who of ['ana', 'finn'] as const)
      for (const path of ['progress', 'scores', `work/${seeded.people.ana}`])
        expect((await call(who, 'GET', `/rounds/${roundId}/${path}`)).status).toBe(403)
    for (const who of ['cora', 'ben'] as const) {
      expect((await call(who, 'GET', `/rounds/${roundId}`)).status).toBe(404)
      expect((await call(who, 'GET', '/rounds')).body.items).toEqual([])
    }
    expect((await call('finn', 'GET', `/rounds/${roundId}`)).body).toMatchObject({ viewer: 'onlooker', standing: null })
    expect((await call('finn', 'POST', `/rounds/${roundId}/submission/hand-in`)).body.code).toBe(
      'review.not_participant',
    )
  })

  it('a draft is seen by instructors only, and may change in everything until it is open', async () => {
    const { roundId } = (await call('rosa', 'POST', '/rounds', setup())).body
    expect((await call('ana', 'GET', `/rounds/${roundId}`)).status).toBe(404)
    const changed = await call('hugo', 'PATCH', `/rounds/${roundId}`, { anonymity: 'none', title: 'Second thoughts' })
    expect(changed.body).toMatchObject({ anonymity: 'none', title: 'Second thoughts', reviewsPerSubmission: 2 })
    await call('rosa', 'POST', `/rounds/${roundId}/open`)
    const late = await call('rosa', 'PATCH', `/rounds/${roundId}`, { anonymity: 'double' })
    expect([late.status, late.body.code]).toEqual([409, 'review.wrong_phase'])
  })

  it('nobody reads or writes another’s review, or a file that is none of theirs', async () => {
    const roundId = await dealtRound()
    const [first] = await reviewsOf('ana', roundId)
    for (const who of ['hana', 'rosa', 'cora'] as const) {
      expect((await call(who, 'GET', `/reviews/${first.assignmentId}`)).status).toBe(404)
      const draft = { marks: [], comment: '', basedOn: null }
      expect((await call(who, 'PUT', `/reviews/${first.assignmentId}/draft`, draft)).status).toBe(404)
    }
    const [{ uploadId }] = (await call('ana', 'GET', `/rounds/${roundId}`)).body.myWork.files
    expect((await call('ana', 'GET', `/uploads/${uploadId}`)).status).toBe(200)
    expect((await call('rosa', 'GET', `/uploads/${uploadId}`)).status).toBe(200)
    for (const who of ['hugo', 'finn', 'cora', 'ben'] as const)
      expect((await call(who, 'GET', `/uploads/${uploadId}`)).body.code).toBe('upload.not_found')
  })

  it('names the field that does not fit', async () => {
    const answer = await call('rosa', 'POST', '/rounds', setup({ reviewUntil: start.toISOString() }))
    expect([answer.status, answer.body.facts.fields[0].field]).toEqual([422, 'reviewUntil'])
  })
})

describe('drafts and files', () => {
  it('a save on top of another version answers 409 with that version', async () => {
    now = start
    const { roundId } = (await call('rosa', 'POST', '/rounds', setup())).body
    await call('rosa', 'POST', `/rounds/${roundId}/open`)
    const path = `/rounds/${roundId}/submission`
    const first = (await call('ana', 'PUT', path, { body: 'From the phone', basedOn: null })).body
    now = new Date(+start + 1000)
    const clash = await call('ana', 'PUT', path, { body: 'From the desk', basedOn: null })
    expect(clash).toMatchObject({
      status: 409,
      body: {
        code: 'review.draft_conflict',
        facts: { saved: { body: 'From the phone', savedAt: start.toISOString() } },
      },
    })
    const joined = await call('ana', 'PUT', path, { body: 'Both', basedOn: first.savedAt })
    expect([joined.status, joined.body.savedAt]).toEqual([200, now.toISOString()])
  })

  it('two first saves at once: one is kept, the other told', async () => {
    now = start
    const { roundId } = (await call('rosa', 'POST', '/rounds', setup())).body
    await call('rosa', 'POST', `/rounds/${roundId}/open`)
    const answers = await Promise.all(
      ['One', 'Two'].map((body) => call('ana', 'PUT', `/rounds/${roundId}/submission`, { body, basedOn: null })),
    )
    expect(answers.map(({ status }) => status).sort((a, b) => a - b)).toEqual([200, 409])
  })

  it('a review’s draft is kept, and sending names what is missing', async () => {
    const roundId = await dealtRound()
    const [first] = await reviewsOf('ravi', roundId)
    const path = `/reviews/${first.assignmentId}`
    const half = { marks: [{ criterionId: 'voice', points: 5, comment: '' }], comment: 'Hm', basedOn: null }
    const saved = (await call('ravi', 'PUT', `${path}/draft`, half)).body
    expect((await call('ravi', 'GET', path)).body).toMatchObject({
      marks: half.marks,
      comment: 'Hm',
      criteriaMarked: 1,
    })
    const unmarked = await call('ravi', 'POST', `${path}/file`, { ...half, basedOn: saved.savedAt })
    expect(unmarked.body).toMatchObject({ code: 'review.marks_missing', facts: { criteria: [{ id: 'steps' }] } })
    const whole = { ...half, marks: marks(5, 5), basedOn: saved.savedAt }
    now = new Date(+start + 49 * HOUR)
    expect((await call('ravi', 'POST', `${path}/file`, whole)).body.code).toBe('review.reviews_closed')
    now = start
    expect((await call('ravi', 'POST', `${path}/file`, whole)).status).toBe(201)
    expect((await call('ravi', 'POST', `${path}/file`, whole)).body.code).toBe('review.already_filed')
  })

  it('takes files by their content, as many as the round says, in any order, and keeps none that was refused', async () => {
    now = start
    const { roundId } = (await call('rosa', 'POST', '/rounds', setup({ filesAtMost: 3 }))).body
    await call('rosa', 'POST', `/rounds/${roundId}/open`)
    const path = `/rounds/${roundId}/submission/files`
    const stored = () => readdirSync(join(folder, seeded.networkId)).length
    const none = stored()
    await call('ana', 'POST', path, pdf('one.pdf'))
    await call('ana', 'POST', path, pdf('two.pdf'))
    const three = (await call('ana', 'POST', path, pdf('three.pdf'))).body
    expect(three.files).toMatchObject([{ name: 'one.pdf' }, { name: 'two.pdf' }, { name: 'three.pdf' }])
    expect(three.files[0]).toMatchObject({ mediaType: 'application/pdf', bytes: plainPdf('Ana Okonjo').length })
    expect((await call('ana', 'POST', path, pdf('four.pdf'))).body).toEqual({
      code: 'upload.too_many',
      facts: { filesAtMost: 3 },
    })
    // Each file and its copy without its author.
    expect(stored()).toBe(none + 6)

    const [one, two, last] = three.files.map(({ uploadId }: Json) => uploadId)
    const turned = await call('ana', 'PUT', path, { order: [last, one, two] })
    expect(turned.body.files.map(({ name }: Json) => name)).toEqual(['three.pdf', 'one.pdf', 'two.pdf'])
    expect((await call('ana', 'PUT', path, { order: [last, one] })).body.code).toBe('upload.order_differs')
    expect((await call('ravi', 'PUT', path, { order: [last, one, two] })).body.code).toBe('upload.order_differs')
    expect((await call('ravi', 'DELETE', `${path}/${one}`)).body.code).toBe('upload.not_found')

    expect((await call('ana', 'DELETE', `${path}/${one}`)).body.files).toMatchObject([
      { name: 'three.pdf' },
      { name: 'two.pdf' },
    ])
    expect(stored()).toBe(none + 4)
    const page = new FormData()
    page.append('file', new Blob(['<script>']), 'plan.pdf')
    expect((await call('ana', 'POST', path, page)).body.code).toBe('upload.content_differs')
    const large = new FormData()
    large.append('file', new Blob(['%PDF-', new Uint8Array(20 * 1024 * 1024)]), 'large.pdf')
    expect((await call('ana', 'POST', path, large)).body.code).toBe('upload.too_large')
    expect((await call('ana', 'POST', path, new FormData())).body.code).toBe('upload.missing')
    expect((await call('finn', 'POST', path, pdf('finn.pdf'))).body.code).toBe('review.not_participant')
    expect(stored()).toBe(none + 4)
  })

  it('files sent while somebody types are no conflict for what they type', async () => {
    now = start
    const { roundId } = (await call('rosa', 'POST', '/rounds', setup())).body
    await call('rosa', 'POST', `/rounds/${roundId}/open`)
    const path = `/rounds/${roundId}/submission`
    const { savedAt } = (await call('ana', 'PUT', path, { body: 'One', basedOn: null })).body
    now = new Date(+start + 1000)
    const sent = await Promise.all(['a.pdf', 'b.pdf'].map((name) => call('ana', 'POST', `${path}/files`, pdf(name))))
    expect(sent.map(({ status }) => status)).toEqual([201, 201])
    const typed = await call('ana', 'PUT', path, { body: 'One two', basedOn: savedAt })
    expect([typed.status, typed.body.files.length]).toEqual([200, 2])
  })

  it('work is taken back until it is due', async () => {
    const roundId = await handedInRound()
    const path = `/rounds/${roundId}/submission`
    expect((await call('ana', 'POST', `${path}/take-back`)).body).toMatchObject({ status: 'draft', handedInAt: null })
    now = new Date(+start + 25 * HOUR)
    expect((await call('ana', 'POST', `${path}/hand-in`)).body.code).toBe('review.submissions_closed')
    expect((await call('hana', 'POST', `${path}/take-back`)).body.code).toBe('review.submissions_closed')
  })
})
