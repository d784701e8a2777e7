import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inflateSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as contract from '@copractice/core/review'
import { openUploadStorage } from '@copractice/services/review'
import type { SeededNetwork } from '@copractice/services/testing'
import { plainPdf } from '../testing/plain-pdf.ts'
import { startRoutes, type StartedRoutes, type Json, type Who } from '../testing/start-routes.ts'
import { reviewRoutes } from './routes.ts'

const HOUR = 3_600_000
const start = new Date('2026-03-01T12:00:00Z')
const AUTHORS = ['ana', 'ravi', 'hana', 'dora'] as const
const EVERYONE = [...AUTHORS, 'ben', 'igor', 'finn', 'rosa', 'hugo', 'cora'] as const
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

/** Everything that an answer tells: its status aside, all of its headers but the server's clock, and its body. */
async function call(who: Who, method: string, path: string, body?: unknown) {
  const answer = await started.ask(who, method, path, body)
  const text = Buffer.from(await answer.arrayBuffer()).toString('latin1')
  const isJson = answer.headers.get('content-type')?.startsWith('application/json')
  const headers = [...answer.headers].filter(([name]) => name !== 'date')
  const utf8 = Buffer.from(text, 'latin1').toString('utf8')
  return {
    status: answer.status,
    body: isJson ? JSON.parse(utf8) : null,
    bytes: text,
    told: `${headers.join('\n')}\n${utf8}`,
  }
}
/** Each act at an instant of its own, so that an instant on somebody's screen tells whose act it was. */
async function act(who: Who, method: string, path: string, body?: unknown, expected = 200) {
  now = new Date(+now + 61_007)
  const answer = await call(who, method, path, body)
  expect([answer.status, method === 'GET' || answer.status === expected ? '' : answer.told]).toEqual([expected, ''])
  return answer.body
}

/** Everything that the streams of a PDF hold, as bytes and where they are written in hexadecimal. */
function unpacked(pdf: string): string {
  const streams = [...pdf.matchAll(/stream\r?\n([^]*?)\r?\nendstream/g)].map(([, said]) => Buffer.from(said!, 'latin1'))
  const plain = streams.map((bytes) => (bytes[0] === 0x78 ? inflateSync(bytes) : bytes).toString('latin1')).join('\n')
  const letters = [...plain.matchAll(/[0-9a-f]{20,}/gi)].map(([hex]) => Buffer.from(hex, 'hex').toString('latin1'))
  return [plain, ...letters].join('\n')
}

const NAMES: Record<(typeof AUTHORS)[number], RegExp> = {
  ana: /Okonjo|\bAna\b/,
  ravi: /Nair|\bRavi\b/,
  hana: /Weiss|\bHana\b/,
  dora: /Carter|\bDora\b|dora@/,
}
const CAMPUSES = { ana: 'Riverside', ravi: 'Riverside', hana: 'Hillside', dora: 'Tenth Street' } as const
const fileNamed = (who: (typeof AUTHORS)[number], name: string) => {
  const form = new FormData()
  const author = { ana: 'Ana Okonjo', ravi: 'Ravi Nair', hana: 'Hana Weiss', dora: 'Dora Carter' }[who]
  form.append('file', new Blob([plainPdf(author)]), `${author} ${name}.pdf`)
  return form
}
const levels = [0, 5, 10].map((points) => ({ points, label: `${points} points`, descriptor: '' }))
const marks = [{ criterionId: 'voice', points: 10, comment: 'Say it once more.' }]

/** A round in which everybody does everything: files, passages, flags, answers, revisions, looks at one's own work. */
async function busyRound(anonymity: 'single' | 'double'): Promise<string> {
  const { roundId } = await act(
    'rosa',
    'POST',
    '/api/rounds',
    {
      title: 'Action plan',
      timeZone: 'UTC',
      reviewsPerSubmission: 2,
      anonymity,
      sameCampus: 'avoid',
      seed: 7,
      submitUntil: new Date(+start + 24 * HOUR).toISOString(),
      reviewUntil: new Date(+start + 48 * HOUR).toISOString(),
      reviseUntil: new Date(+start + 96 * HOUR).toISOString(),
      workMaximum: 20,
      reviewingMaximum: 10,
      selfAssessment: true,
      rubric: {
        criteria: [
          {
            id: 'voice',
            title: 'Voice',
            levels,
            commentRequired: true,
          },
        ],
      },
    },
    201,
  )
  const round = `/api/rounds/${roundId}`
  await act('rosa', 'POST', `${round}/open`, undefined, 201)
  for (const who of AUTHORS) {
    await act(who, 'PUT', `${round}/submission`, { body: `A desk of number ${AUTHORS.indexOf(who)}`, basedOn: null })
    await act(who, 'POST', `${round}/submission/files`, fileNamed(who, 'plan'), 201)
    await act(who, 'POST', `${round}/submission/files`, fileNamed(who, 'budget'), 201)
    await act(who, 'POST', `${round}/submission/hand-in`, undefined, 201)
    await act(who, 'POST', `${round}/self-assessment/file`, { marks, comment: '', basedOn: null }, 201)
  }
  await act('hugo', 'POST', `${round}/allocate`, {}, 201)
  for (const who of AUTHORS) {
    const mine = (await act(who, 'GET', '/api/reviews')).items.filter((item: Json) => item.roundId === roundId)
    for (const { assignmentId } of mine) {
      const at = { kind: 'text', start: 2, end: 6, quote: 'desk' }
      const passages = [{ id: crypto.randomUUID(), at, text: 'Whose?' }]
      await act(who, 'POST', `/api/reviews/${assignmentId}/flags`, { kind: 'unreadable', text: 'Blurred' }, 201)
      const draft = { marks, comment: 'Thank you.', passages, basedOn: null }
      await act(who, 'POST', `/api/reviews/${assignmentId}/file`, draft, 201)
    }
  }
  await act('rosa', 'POST', `${round}/close`, undefined, 201)
  for (const who of AUTHORS) {
    for (const { key } of (await act(who, 'GET', `${round}/received`)).reviews) {
      await act(who, 'PUT', `${round}/received/${key}/response`, { helpfulness: 4, reply: 'I see.' })
      await act(who, 'POST', `${round}/received/${key}/flags`, { kind: 'unkind', text: '' }, 201)
    }
    const revision = { body: 'Two desks', link: null, changeNote: 'One more desk', basedOn: null }
    await act(who, 'PUT', `${round}/revision`, revision)
    await act(who, 'POST', `${round}/revision/files`, fileNamed(who, 'second plan'), 201)
    await act(who, 'POST', `${round}/revision/hand-in`, undefined, 201)
  }
  for (const who of ['rosa', 'hugo'] as const) {
    for (const { flagId } of (await act(who, 'GET', `${round}/flags`)).items) {
      await act(who, 'POST', `${round}/flags/${flagId}/answer`, { outcome: 'kept', text: 'Seen.' }, 201)
    }
  }
  now = new Date(+now + HOUR)
  return roundId as string
}

const GETS = Object.values(contract).flatMap((value) =>
  typeof value === 'object' && 'path' in value && 'method' in value && value.method === 'GET' ? [value.path] : [],
)
const UUID = /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/g
const INSTANT = /\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z/g

/** Ids to ask with, by the name of a path's parameter; a name that is not here is asked with all of them. */
type Ids = Readonly<Record<string, readonly string[]>>

async function idsOfRound(roundId: string): Promise<Ids> {
  const { db } = started
  const works = await db.selectFrom('submission').select('id').where('round_id', '=', roundId).execute()
  const files = await db.selectFrom('work_file').select('upload_id').execute()
  const reviews = await db.selectFrom('review_assignment').select('id').where('round_id', '=', roundId).execute()
  return {
    assignmentId: reviews.map(({ id }) => id),
    uploadId: [...new Set(files.map(({ upload_id }) => upload_id))],
    personId: AUTHORS.map((who) => seeded.people[who]),
    submissionId: works.map(({ id }) => id),
    rubricId: [],
    number: [],
    exemplarId: [],
  }
}

function fill(path: string, ids: Ids): string[] {
  const [param] = /:\w+/.exec(path) ?? []
  if (!param) return [path]
  const known = ids[param.slice(1)] ?? Object.values(ids).flat()
  return known.flatMap((id) => fill(path.replace(param, id), ids))
}

/**
 * Every answer that somebody can get about a round: every GET route of the contract with every id there is, and then every
 * file they were told of. Only what is answered with 200 tells something; of the question itself only what they were told.
 */
async function everythingTold(who: Who, roundId: string): Promise<string> {
  const ids = await idsOfRound(roundId)
  const told: string[] = []
  const ask = async (paths: readonly string[]) => {
    const open = [...paths]
    const work = async () => {
      for (let path = open.pop(); path; path = open.pop()) {
        const answer = await call(who, 'GET', path)
        if (answer.status === 200) told.push(answer.told)
      }
    }
    await Promise.all(Array.from({ length: 6 }, work))
  }
  await ask(GETS.flatMap((path) => fill(path.replace(':roundId', roundId), ids)))
  const files = [...told.join('\n').matchAll(/"uploadId":"([^"]+)"/g)].map(([, id]) => id!)
  await ask([...new Set(files)].filter((id) => !ids.uploadId!.includes(id)).map((id) => `/api/uploads/${id}`))
  return told.join('\n')
}

describe.each(['double', 'single'] as const)('in a %s round', (anonymity) => {
  const told = new Map<Who, string>()
  let roundId: string
  /** Whose work each reviews. */
  const reviewed = new Map<Who, Who[]>()
  const whoOf = (id: string) => EVERYONE.find((who) => seeded.people[who] === id)!

  beforeAll(async () => {
    roundId = await busyRound(anonymity)
    await Promise.all(EVERYONE.map(async (who) => told.set(who, await everythingTold(who, roundId))))
    const pairs = await started.db
      .selectFrom('review_assignment as a')
      .innerJoin('submission as w', 'w.id', 'a.submission_id')
      .select(['a.reviewer_id', 'w.author_id'])
      .where('a.round_id', '=', roundId)
      .execute()
    for (const [id, ofReviewer] of Map.groupBy(pairs, ({ reviewer_id }) => reviewer_id))
      reviewed.set(
        whoOf(id),
        ofReviewer.map(({ author_id }) => whoOf(author_id)),
      )
  }, 60_000)

  const mayKnow = (who: Who, other: Who) => anonymity === 'single' && reviewed.get(who)!.includes(other)

  it('everybody gets what is theirs: reviews with passages, answers and what was changed', () => {
    for (const who of AUTHORS) {
      expect(told.get(who)).toContain('Whose?')
      expect(told.get(who)).toContain('One more desk')
      expect(told.get(who)).toContain('I see.')
      expect(told.get(who)).toMatch(/content-disposition,attachment/)
    }
  })

  it('nobody’s name, address, id or campus reaches those who may not know them', () => {
    for (const who of AUTHORS) {
      for (const other of AUTHORS) {
        if (who === other || mayKnow(who, other)) continue
        expect(told.get(who)).not.toMatch(NAMES[other])
        expect(told.get(who)).not.toContain(seeded.people[other])
        const isShared = CAMPUSES[who] === CAMPUSES[other] || reviewed.get(who)!.some((third) => mayKnow(who, third))
        const isTold = !isShared && told.get(who)!.includes(CAMPUSES[other])
        expect(isTold, `${who} is told the campus of ${other}`).toBe(false)
      }
    }
  })

  it('no id and no instant on one’s own screen is on the screen of one other', () => {
    // Two of one campus both see which campus is theirs.
    const campuses = new Set<string>(Object.values(seeded.institutions))
    for (const pattern of [UUID, INSTANT]) {
      const seenBy = new Map<string, Who[]>()
      for (const who of AUTHORS)
        for (const token of new Set(
          told
            .get(who)!
            .match(pattern)
            ?.filter((token) => !campuses.has(token)),
        ))
          seenBy.set(token, [...(seenBy.get(token) ?? []), who])
      const shared = [...seenBy].filter(([, by]) => by.length > 1 && by.length < AUTHORS.length)
      // A reviewer who may know the author sees the author's own ids.
      const leaks = shared.filter(
        ([, by]) => !by.some((author) => by.every((who) => who === author || mayKnow(who, author))),
      )
      expect(leaks).toEqual([])
    }
  })

  it.runIf(anonymity === 'double')('a reviewer gets a file that says nothing of its author or their file', async () => {
    const items = (await call('ana', 'GET', '/api/reviews')).body.items.filter((item: Json) => item.roundId === roundId)
    for (const { assignmentId } of items) {
      const page = (await call('ana', 'GET', `/api/reviews/${assignmentId}`)).body
      const files = [page.work, ...page.after.versions].flatMap((version: Json) => version.files)
      expect(files.map(({ name }: Json) => name)).toEqual([
        'work-1.pdf',
        'work-2.pdf',
        'work-1.pdf',
        'work-2.pdf',
        'work-3.pdf',
      ])
      for (const file of files) {
        const sent = await call('ana', 'GET', `/api/uploads/${file.uploadId}`)
        expect(sent.told).toContain(`filename="${file.name}"`)
        expect(sent.told).toContain(`content-length,${file.bytes}`)
        expect(sent.told).not.toMatch(/etag|last-modified|CreationDate|Writer of/i)
        // The photo on the page is still there, and says nothing of who took it.
        const drawn = unpacked(sent.bytes)
        expect(drawn).toContain('tables')
        expect(drawn).not.toMatch(/Photo by|Okonjo|Nair|Weiss|Carter/)
        const others = await call('ravi', 'GET', `/api/uploads/${file.uploadId}`)
        expect(others.status).toBe(404)
      }
    }
  })

  it('reviews received come in the order of an id that is drawn, not in that of their writing', async () => {
    const rows = await started.db
      .selectFrom('review_assignment as a')
      .innerJoin('submission as w', 'w.id', 'a.submission_id')
      .select(['a.id', 'a.filed_at'])
      .where('a.round_id', '=', roundId)
      .where('w.author_id', '=', seeded.people.ana)
      .orderBy('a.id')
      .execute()
    const { reviews } = (await call('ana', 'GET', `/api/rounds/${roundId}/received`)).body
    expect(reviews.map(({ number }: Json) => number)).toEqual(rows.map((_, index) => index + 1))
    for (const { id } of rows) expect(told.get('ana')).not.toContain(id)
  })

  it('instructors learn no name or id of another course’s learners, onlookers and outsiders of nobody', () => {
    const own: Partial<Record<Who, Who[]>> = { rosa: ['ana', 'ravi'], hugo: ['hana'] }
    for (const who of ['rosa', 'hugo', 'finn', 'cora', 'ben', 'igor'] as const) {
      for (const other of AUTHORS) {
        if (own[who]?.includes(other)) continue
        expect(told.get(who)).not.toMatch(NAMES[other])
        expect(told.get(who)).not.toContain(seeded.people[other])
      }
    }
  })
})
