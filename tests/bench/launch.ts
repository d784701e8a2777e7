import { fork, type ChildProcess } from 'node:child_process'
import { createPublicKey, generateKeyPairSync } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { sql } from 'kysely'
import { openDatabase } from '@copractice/store/database'
import { startTestPostgres } from '@copractice/store/testing'
import { atLeast, atMost, round, type Outcome } from './check.ts'
import { launchPeople, PEOPLE, type Measured, type Target } from './launch/launch-people.ts'
import type { Ready, Settings, Usage } from './launch/wire.ts'

const ROUNDS = 4
const ROUND_SECONDS = 4
const SIDES = ['ours', 'stock', 'floor'] as const
/**
 * Everybody comes some times before anything is counted: a first visit writes more than those after it, here as there, and
 * a server that has run for a minute has compiled what it runs.
 */
const WARM_UP_LAUNCHES = 6 * PEOPLE
const CONCURRENCY = 16

/**
 * Full logins and launches a second of our server, of stock ltijs with its SQL store, and of the least that is correct
 * (bare Express, jose and pg): one process each, the same Postgres, the same people, turn and turn about. All require the
 * browser's cookie and answer a launch with a session. What the platform does meanwhile, signing tokens, is not in the
 * time. Commits wait for the disk. All keep the same: that a login was used, who came from where to which course, and the
 * session. The floor keeps a login as a row from login to launch, as handlers do, and needs three statements and commits
 * for one visit; ours carries it in the sealed state and needs one. That difference is of what is compared; the floor is
 * not made to do anything else that we would not.
 */
export async function run(): Promise<Outcome> {
  const postgres = await startTestPostgres({ isDurable: true })
  const children: ChildProcess[] = []
  try {
    const { privateKey: key } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const kid = 'bench'
    const jwk = { ...createPublicKey(key).export({ format: 'jwk' }), kid, alg: 'RS256', use: 'sig' }
    const keys = await start(children, 'serve-keys.ts', [JSON.stringify({ keys: [jwk] })])
    const platform = {
      issuer: 'https://lms.example',
      clientId: '10000000000001',
      deploymentId: '7:bench',
      jwksUri: `http://127.0.0.1:${keys.ready.port}/jwks`,
      authorization: 'https://lms.example/api/lti/authorize_redirect',
    }
    const target = async (name: (typeof SIDES)[number]): Promise<Side> => {
      const databaseUrl = await newDatabase(postgres.url, name)
      const settings = JSON.stringify({ databaseUrl, platform } satisfies Settings)
      const child = await start(children, `serve-${name}.ts`, [settings, String(await freePort())])
      return { ...child, target: { server: child.ready, platform, key, kid } }
    }
    return await measure(await target('ours'), await target('stock'), await target('floor'), postgres.engine)
  } finally {
    for (const child of children) child.kill()
    await postgres.stop()
  }
}

type Child = Readonly<{ child: ChildProcess; ready: Ready['ready'] }>
type Side = Child & Readonly<{ target: Target }>

async function measure(ours: Side, stock: Side, floor: Side, engine: string): Promise<Outcome> {
  const sides = [ours, stock, floor]
  const measured = new Map<Side, Round[]>(sides.map((side) => [side, []]))
  for (const side of sides) await launchPeople(side.target, { launches: WARM_UP_LAUNCHES, concurrency: CONCURRENCY })
  for (let turn = 0; turn < ROUNDS; turn++)
    for (const side of turn % 2 ? sides.toReversed() : sides) measured.get(side)!.push(await measureRound(side))

  const our = await figuresOf(ours, measured.get(ours)!)
  const their = await figuresOf(stock, measured.get(stock)!)
  const least = await figuresOf(floor, measured.get(floor)!)
  const ofFloor = our.launchesPerSecond / least.launchesPerSecond
  const ratio = our.launchesPerSecond / their.launchesPerSecond
  return {
    figures: {
      engine: `${engine}, the same server for all, commits wait for the disk`,
      load: { concurrency: CONCURRENCY, rounds: ROUNDS, secondsEach: ROUND_SECONDS, people: PEOPLE, courses: 20 },
      stockConfiguration:
        'ltijs 5.9.9 with ltijs-sequelize 2.4.4, devMode off (state cookie required), cors off, cookies not Secure because of http; up to its redirect to the tool’s page, which is not fetched',
      ours: our,
      stock: their,
      floor: least,
      shareOfFloor: round(ofFloor),
      ratio: round(ratio),
    },
    checks: [
      atLeast('launches per second, ours over stock', ratio, RATIO),
      atMost('p99 of ours over p50 of stock', our.p99 / their.p50, 1),
      atLeast('launches per second, ours over the least that is correct', ofFloor, SHARE_OF_FLOOR),
      atMost('failed launches', our.failed + their.failed + least.failed, 0),
    ],
  }
}

type Round = Measured & Readonly<{ cpuSeconds: number }>

async function measureRound(side: Side): Promise<Round> {
  const before = await usageOf(side.child)
  const measured = await launchPeople(side.target, { seconds: ROUND_SECONDS, concurrency: CONCURRENCY })
  const after = await usageOf(side.child)
  return { ...measured, cpuSeconds: after.cpuSeconds - before.cpuSeconds }
}

/** What our launch has to be to stock's; measured well above it. */
const RATIO = 3.5
const SHARE_OF_FLOOR = 0.7

async function figuresOf({ child }: Side, rounds: readonly Round[]) {
  const all = rounds.flatMap(({ milliseconds }) => milliseconds).sort((a, b) => a - b)
  const at = (share: number) => round(all[Math.min(all.length - 1, Math.floor(all.length * share))] ?? Infinity)
  const failures = rounds.flatMap(({ failures }) => failures)
  return {
    launchesPerSecond: round(all.length / rounds.reduce((sum, { seconds }) => sum + seconds, 0)),
    launchesPerSecondByRound: rounds.map(({ milliseconds, seconds }) => round(milliseconds.length / seconds)),
    p50: at(0.5),
    p95: at(0.95),
    p99: at(0.99),
    cpuMillisecondsPerLaunch: round((1000 * rounds.reduce((sum, { cpuSeconds }) => sum + cpuSeconds, 0)) / all.length),
    peakRssMb: (await usageOf(child)).peakRssMb,
    launches: all.length,
    failed: failures.length,
    ...(failures.length ? { failures: [...new Set(failures)].slice(0, 5) } : {}),
  }
}

async function usageOf(child: ChildProcess): Promise<Usage['usage']> {
  child.send('usage')
  const [{ usage }] = (await once(child, 'message')) as [Usage]
  return usage
}

async function start(children: ChildProcess[], file: string, words: string[]): Promise<Child> {
  const child = fork(new URL(`launch/${file}`, import.meta.url), words, {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  children.push(child)
  const ended = once(child, 'exit').then(([code]) => Promise.reject(new Error(`${file} ended with ${String(code)}`)))
  const [{ ready }] = (await Promise.race([once(child, 'message'), ended])) as [Ready]
  ended.catch(() => {})
  return { child, ready }
}

async function newDatabase(server: string, name: string): Promise<string> {
  const open = await openDatabase({ url: `${server}/template`, poolSize: 1 })
  await sql`create database ${sql.id(`bench_${name}`)}`.execute(open.db)
  await open.close()
  return `${server}/bench_${name}`
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as AddressInfo
  probe.close()
  await once(probe, 'close')
  return port
}
