import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Router, type RequestHandler } from 'express'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openUploadStorage } from '@copractice/services/review'
import { plainPdf } from '../testing/plain-pdf.ts'
import { AUTHORS, marks, openRound } from '../testing/open-round.ts'
import { startRoutes, type StartedRoutes, type Json, type Who } from '../testing/start-routes.ts'
import { reviewRoutes } from './routes.ts'

const start = new Date('2026-03-01T12:00:00Z')
let now = start
let started: StartedRoutes

const folder = mkdtempSync(join(tmpdir(), 'exemplars-'))
const filesKept = () =>
  readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile()).length

/** How the next file goes wrong: its cleaned copy cannot be written whole; its sender is gone before it is there. */
let trouble: 'none' | 'disk full' | 'given up' = 'none'
let received = ''
const giveUp: RequestHandler = (req, res, next) => {
  if (trouble === 'given up') req.once('end', () => res.emit('close'))
  next()
}

beforeAll(async () => {
  const disk = openUploadStorage({ folder })
  const storage: typeof disk = {
    ...disk,
    keep: (key, path) => disk.keep(key, (received = path)),
    keepBytes: async (key, bytes) => {
      await disk.keepBytes(key, bytes)
      if (trouble === 'disk full') throw new Error('no space left')
    },
  }
  started = await startRoutes(start, (deps) => [Router().use(giveUp), reviewRoutes({ ...deps, storage })], {
    clock: () => now,
    web: folder,
  })
})
afterAll(async () => {
  await started.close()
  rmSync(folder, { recursive: true, force: true })
})
beforeEach(async () => {
  now = start
  trouble = 'none'
})

const call: StartedRoutes['call'] = (...asked) => started.call(...asked)

async function attach(who: Who, path: string, name: string) {
  const form = new FormData()
  form.append('file', new Blob([plainPdf('Old Name')]), name)
  return call(who, 'POST', path, form)
}
async function download(who: Who, uploadId: string) {
  const { status, headers, text } = await call(who, 'GET', `/uploads/${uploadId}`)
  return { status, disposition: headers.get('content-disposition'), text }
}

const opened = (change?: object) => openRound(started, start, change)

describe('exemplars', () => {
  const reference = [{ criterionId: 'voice', points: 10, comment: 'Named and heard.' }]
  const exemplar = { title: 'A plan from last year', body: 'One front desk.', reference }

  it('are marked by everybody, who see the reference once theirs is sent', async () => {
    const roundId = await opened()
    const added = await call('rosa', 'POST', `/rounds/${roundId}/exemplars`, exemplar)
    expect(added.body.exemplars).toMatchObject([{ title: 'A plan from last year', marked: 0, meanDifference: null }])
    const [{ exemplarId }] = (await call('ana', 'GET', `/rounds/${roundId}/my-exemplars`)).body.exemplars
    const before = await call('ana', 'GET', `/exemplars/${exemplarId}`)
    expect(before.body).toMatchObject({ isOpen: true, marks: [], compared: null })
    expect(before.text).not.toContain('Named and heard')
    const own = { marks: [{ criterionId: 'voice', points: 0, comment: '' }], comment: 'Hm', file: false }
    expect((await call('ana', 'PUT', `/exemplars/${exemplarId}/marking`, own)).body.compared).toBeNull()
    const sent = await call('ana', 'PUT', `/exemplars/${exemplarId}/marking`, { ...own, file: true })
    expect(sent.body.compared).toMatchObject({ own: 0, referencePercent: 100, reference })
    expect((await call('ana', 'PUT', `/exemplars/${exemplarId}/marking`, own)).body.code).toBe('review.already_filed')
    const [listed] = (await call('hugo', 'GET', `/rounds/${roundId}/exemplars`)).body.exemplars
    expect(listed).toMatchObject({ marked: 1, meanDifference: -100 })
    expect((await call('rosa', 'DELETE', `/exemplars/${exemplarId}`)).body.code).toBe('exemplar.marked')
  })

  it('have files, which those who mark them get without their maker’s name or traces', async () => {
    const roundId = await opened({ anonymity: 'none' })
    const added = await call('rosa', 'POST', `/rounds/${roundId}/exemplars`, { ...exemplar, body: '' })
    const { exemplarId } = added.body
    // Nothing to read yet: nobody is asked.
    expect((await call('ana', 'GET', `/rounds/${roundId}/my-exemplars`)).body.exemplars).toEqual([])
    const path = `/exemplars/${exemplarId}/files`
    for (const name of ['Old Name plan.pdf', 'Old Name budget.pdf'])
      expect((await attach('rosa', path, name)).status).toBe(201)
    expect((await attach('ana', path, 'mine.pdf')).body.code).toBe('review.instructors_only')
    const [{ files }] = (await call('hugo', 'GET', `/rounds/${roundId}/exemplars`)).body.exemplars
    const [plan, budget] = files.map(({ uploadId }: Json) => uploadId)
    const turned = await call('rosa', 'PUT', path, { order: [budget, plan] })
    expect(turned.body.exemplars[0].files.map(({ name }: Json) => name)).toEqual([
      'Old Name budget.pdf',
      'Old Name plan.pdf',
    ])
    const seen = await call('ana', 'GET', `/exemplars/${exemplarId}`)
    expect(seen.body.files).toMatchObject([{ name: 'work-1.pdf' }, { name: 'work-2.pdf' }])
    const sent = await download('ana', seen.body.files[0].uploadId)
    expect(sent.disposition).toContain('filename="work-1.pdf"')
    expect(sent.text).not.toMatch(/Old Name|CreationDate/)
    expect((await download('rosa', budget)).text).toContain('Old Name')

    // Copies of older rules are made anew, once, and the old ones go.
    await started.db.updateTable('upload').set({ cleaned_bytes: 0 }).where('cleaned_key', 'is not', null).execute()
    const kept = () => readdirSync(folder, { recursive: true }).length
    const count = kept()
    const listed = await call('ana', 'GET', `/exemplars/${exemplarId}`)
    expect(listed.body.files[0].bytes).toBeGreaterThan(0)
    const keyOf = async () =>
      (await started.db.selectFrom('upload').selectAll().where('id', '=', budget).executeTakeFirstOrThrow()).cleaned_key
    const old = await keyOf()
    expect((await download('ana', listed.body.files[0].uploadId)).text).toBe(sent.text)
    const made = await keyOf()
    expect(made).not.toBe(old)
    expect((await download('ana', listed.body.files[0].uploadId)).text).toBe(sent.text)
    expect([await keyOf(), kept()]).toEqual([made, count])
    for (const who of ['finn', 'cora'] as const) expect((await download(who, budget)).status).toBe(404)

    const marking = { marks: [{ criterionId: 'voice', points: 0, comment: '' }], comment: '', file: true }
    await call('ana', 'PUT', `/exemplars/${exemplarId}/marking`, marking)
    expect((await call('rosa', 'DELETE', `${path}/${plan}`)).body.code).toBe('exemplar.marked')
  })

  it('leave no file behind when they are removed', async () => {
    const roundId = await opened()
    const { exemplarId } = (await call('rosa', 'POST', `/rounds/${roundId}/exemplars`, exemplar)).body
    const before = filesKept()
    for (const name of ['plan.pdf', 'budget.pdf']) await attach('rosa', `/exemplars/${exemplarId}/files`, name)
    expect(filesKept()).toBe(before + 4)
    expect((await call('rosa', 'DELETE', `/exemplars/${exemplarId}`)).status).toBe(200)
    expect(filesKept()).toBe(before)
  })

  it('have no file left behind that could not be kept whole, or whose sender was gone', async () => {
    const roundId = await opened()
    const { exemplarId } = (await call('rosa', 'POST', `/rounds/${roundId}/exemplars`, exemplar)).body
    const path = `/exemplars/${exemplarId}/files`
    const before = filesKept()
    trouble = 'disk full'
    expect((await attach('rosa', path, 'plan.pdf')).status).toBe(500)
    expect(filesKept()).toBe(before)
    trouble = 'given up'
    expect((await attach('rosa', path, 'plan.pdf')).status).toBe(201)
    expect(existsSync(received)).toBe(false)
  })

  it('that are asked first keep a reviewer’s own reviews shut, to read, to save and to send, until they are sent', async () => {
    const roundId = await opened()
    const { exemplarId } = (await call('rosa', 'POST', `/rounds/${roundId}/exemplars`, exemplar)).body
    const any = { ...exemplar, title: 'Another', askedFirst: false }
    await call('rosa', 'POST', `/rounds/${roundId}/exemplars`, any)
    for (const who of AUTHORS) {
      await call(who, 'PUT', `/rounds/${roundId}/submission`, { body: 'One desk', basedOn: null })
      if (who === 'ravi') await attach(who, `/rounds/${roundId}/submission/files`, 'plan.pdf')
      await call(who, 'POST', `/rounds/${roundId}/submission/hand-in`)
    }
    await call('rosa', 'POST', `/rounds/${roundId}/allocate`, {})
    const mine = (await call('hana', 'GET', '/reviews')).body.items.filter((item: Json) => item.roundId === roundId)
    const draft = { marks, comment: '', basedOn: null }
    const first = { code: 'review.exemplars_first', facts: { exemplars: [{ exemplarId, title: exemplar.title }] } }
    for (const { assignmentId } of mine) {
      const path = `/reviews/${assignmentId}`
      for (const [method, end, body] of [
        ['GET', ''],
        ['PUT', '/draft', draft],
        ['POST', '/file', draft],
      ] as const) {
        const answer = await call('hana', method, path + end, body)
        expect([answer.status, answer.body]).toEqual([409, first])
      }
    }
    const marking = { marks: [{ criterionId: 'voice', points: 10, comment: '' }], comment: '', file: true }
    await call('hana', 'PUT', `/exemplars/${exemplarId}/marking`, marking)
    const [{ assignmentId }] = mine
    expect((await call('hana', 'GET', `/reviews/${assignmentId}`)).status).toBe(200)
    expect((await call('hana', 'PUT', `/reviews/${assignmentId}/draft`, draft)).status).toBe(200)
    // One that comes later leaves what was begun.
    await call('rosa', 'POST', `/rounds/${roundId}/exemplars`, { ...exemplar, title: 'A late one' })
    expect((await call('hana', 'GET', `/reviews/${assignmentId}`)).status).toBe(200)
    expect((await call('hana', 'GET', `/reviews/${mine[1].assignmentId}`)).status).toBe(409)
  })

  it('need a whole reference marking, and are nobody’s to see but those who take part', async () => {
    const roundId = await opened()
    const half = await call('rosa', 'POST', `/rounds/${roundId}/exemplars`, { ...exemplar, reference: [] })
    expect(half.body.code).toBe('review.marks_missing')
    expect((await call('ana', 'POST', `/rounds/${roundId}/exemplars`, exemplar)).status).toBe(403)
    const added = await call('rosa', 'POST', `/rounds/${roundId}/exemplars`, exemplar)
    const { exemplarId } = added.body.exemplars[0]
    for (const who of ['rosa', 'finn'] as const)
      expect((await call(who, 'GET', `/exemplars/${exemplarId}`)).status).toBe(404)
    expect((await call('rosa', 'DELETE', `/exemplars/${exemplarId}`)).body.exemplars).toEqual([])
  })
})
