import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { performance } from 'node:perf_hooks'
import { sql } from 'kysely'
import pg from 'pg'
import { openDatabase, type Db } from '@copractice/store/database'
import { startTestPostgres } from '@copractice/store/testing'
import { countStatements, type Counted } from './admin/count-statements.ts'
import { pagesOf } from './admin/pages.ts'
import { seedRegion, type SeededRegion, type Size } from './admin/seed-region.ts'
import { atMost, round, type Outcome } from './check.ts'

const SMALL: Size = { slug: 'small', institutions: 50, cohorts: 200, people: 6000 }
const FULL: Size = { slug: 'full', institutions: 500, cohorts: 2000, people: 60_000 }
const ROUNDS = 20
/** The report is one page among many and the only one that reads everything; it is asked for fewer times. */
const REPORT_ROUNDS = 5

/**
 * The admin app as a process of its own over HTTP, on real Postgres with both networks in one database: what each page
 * asks for, one request after another. Statements are counted on the wire; a page is to need as many in a network ten
 * times as large. A round is what a page asks for together, in milliseconds at the browser's end.
 */
export async function run(): Promise<Outcome> {
  const postgres = await startTestPostgres()
  const closing: (() => unknown)[] = [postgres.stop]
  try {
    const databaseUrl = await newDatabase(postgres.url)
    const { db, close } = await openDatabase({ url: databaseUrl })
    closing.push(close)
    const began = performance.now()
    const small = await seedRegion(db, SMALL)
    const full = await seedRegion(db, FULL)
    await sql`vacuum analyze`.execute(db)
    const seedSeconds = (performance.now() - began) / 1000

    const counted = await countStatements(databaseUrl)
    closing.push(counted.close)
    const admin = await startAdmin(counted.url)
    closing.push(() => admin.child.kill())
    const ofSmall = await measure(db, admin, counted, small)
    const ofFull = await measure(db, admin, counted, full)
    return outcome({ engine: postgres.engine, seedSeconds, ofSmall, ofFull, memoryMb: memoryOf(admin.child) })
  } finally {
    for (const step of closing.toReversed()) await step()
  }
}

type Page = Readonly<{
  page: string
  p50: number
  p95: number
  statements: number
  statementsVary: boolean
  bytes: number
}>
type Found = Readonly<{
  engine: string
  seedSeconds: number
  ofSmall: readonly Page[]
  ofFull: readonly Page[]
  memoryMb: number | null
}>

function outcome({ engine, seedSeconds, ofSmall, ofFull, memoryMb }: Found): Outcome {
  const pages = ofFull.map((page, at) => {
    const { p95, statements } = ofSmall[at]!
    return { ...page, smallP95: p95, smallStatements: statements }
  })
  const report = pages.find(({ page }) => page === 'reports')!
  const others = pages.filter((page) => page !== report)
  const growing = pages.filter((one) => one.statementsVary || one.statements !== one.smallStatements)
  return {
    figures: {
      engine,
      sizes: { small: SMALL, full: FULL },
      seedSeconds: round(seedSeconds),
      pages,
      reportBuildMs: report.p50,
      memoryMb,
      growing: growing.map(({ page }) => page),
    },
    checks: [
      ...others.map(({ page, p95 }) => atMost(`${page}: p95 in ms`, p95, 300)),
      atMost('reports: p95 in ms', report.p95, 5000),
      atMost('pages that need more statements in a larger network', growing.length, 0),
      atMost('most statements of a page', Math.max(...pages.map(({ statements }) => statements)), 30),
      atMost('most memory of the admin process in MB', memoryMb ?? 0, 512),
    ],
  }
}

type Admin = Readonly<{ child: ChildProcess; base: string }>

async function measure(db: Db, { base }: Admin, counted: Counted, seeded: SeededRegion): Promise<Page[]> {
  const cookie = await signIn(db, base, seeded.email)
  const found: Page[] = []
  let visitor = 0
  for (const [page, paths] of Object.entries(pagesOf(seeded))) {
    // The limit of requests is by address; each page is another reader.
    const headers = { cookie, 'x-forwarded-for': `10.0.${seeded.email.length}.${++visitor}` }
    const open = async () => {
      let bytes = 0
      for (const path of paths) {
        const answer = await fetch(base + path, { headers })
        const text = await answer.text()
        if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${text.slice(0, 300)}`)
        bytes += text.length
      }
      return bytes
    }
    const bytes = await open()
    const times: number[] = []
    const statements = new Set<number>()
    for (let turn = 0; turn < (page === 'reports' ? REPORT_ROUNDS : ROUNDS); turn++) {
      const [before, began] = [counted.read(), performance.now()]
      await open()
      times.push(performance.now() - began)
      statements.add(counted.read() - before)
    }
    times.sort((one, other) => one - other)
    const at = (share: number) => round(times[Math.min(times.length - 1, Math.floor(times.length * share))]!)
    found.push({
      page,
      p50: at(0.5),
      p95: at(0.95),
      statements: Math.max(...statements),
      statementsVary: statements.size > 1,
      bytes,
    })
  }
  return found
}

/** As a person does: ask for the link, read the mail, follow it. */
async function signIn(db: Db, base: string, email: string): Promise<string> {
  const send = (path: string, body: unknown) =>
    fetch(base + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: base },
      body: JSON.stringify(body),
    })
  await send('/api/sign-in/request', { email })
  const mail = await db.selectFrom('mail').select('body_text').where('recipient', '=', email).executeTakeFirstOrThrow()
  const verified = await send('/api/sign-in/verify', { token: /#(\w+)/.exec(mail.body_text)![1] })
  if (!verified.ok) throw new Error(`sign-in answered ${verified.status}`)
  return verified.headers
    .getSetCookie()
    .map((set) => set.split(';')[0])
    .join('; ')
}

async function startAdmin(databaseUrl: string): Promise<Admin> {
  const port = await freePort()
  const base = `http://127.0.0.1:${port}`
  const child = fork(new URL('../../apps/admin/src/server/main.ts', import.meta.url), {
    env: {
      PATH: process.env['PATH'],
      DATABASE_URL: databaseUrl,
      ADMIN_PORT: String(port),
      ADMIN_URL: base,
      LTI_TOOL_URL: 'https://space.example',
      COPRACTICE_SECRET: 'a secret of the bench, of some length',
      TRUSTED_PROXIES: '1',
    },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  for (let attempt = 0; attempt < 200; attempt++) {
    const isUp = await fetch(`${base}/healthz`).then(
      ({ ok }) => ok,
      () => false,
    )
    if (isUp) return { child, base }
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error('the admin app did not start')
}

/** The most a process held; null where the system does not tell. */
function memoryOf({ pid }: ChildProcess): number | null {
  try {
    const told = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))
    return told ? Math.round(Number(told[1]) / 1024) : null
  } catch {
    return null
  }
}

async function newDatabase(server: string): Promise<string> {
  const client = new pg.Client({ connectionString: `${server}/postgres` })
  await client.connect()
  await client.query('create database bench template template')
  await client.end()
  return `${server}/bench`
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as AddressInfo
  probe.close()
  await once(probe, 'close')
  return port
}
