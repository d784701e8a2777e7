import { generateKeyPairSync } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { Agent, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { CourseId, NetworkId } from '@copractice/core/kernel'
import { dice } from '@copractice/core/review'
import { openDatabase } from '@copractice/store/database'
import { askForRoster } from '@copractice/store/gradebook'
import { nudge } from '@copractice/store/notice'
import { startTestPostgres } from '@copractice/store/testing'
import { freePort, startTool, type ToolProcess } from '../start-tool.ts'
import { atLeast, atMost, round, type Outcome } from './check.ts'
import { malformed, type Known, type Malformed } from './fuzz/malformed.ts'
import { send, sendBytes, type Got } from './fuzz/send.ts'
import { claimsOf, launchPeople, sign, type Target } from './launch/launch-people.ts'
import { registerBenchPlatform } from './launch/register-platform.ts'

const REQUESTS = 100_000
/** As often nothing is under way for a moment, and what the server keeps is looked at. */
const STEPS = 10
/** Sent before the first look, of every kind. */
const WARMING = 500
const WARM_WITHIN_MS = 90_000
const CONCURRENCY = 24
const SEED = 20_261_121
const SECRET = 'a secret of the fuzz run, of some length'
/**
 * Over the last half, in which caches, pools, compiled code and what a job loads when it first runs are what they will be:
 * of what is in use after tidying up, where 80 bytes kept of each request would show, and of what is resident then, which
 * moves by whole pages.
 */
const GROWTH_IN_USE_MB = 4
const GROWTH_RESIDENT_MB = 32
/** Node.js lets a heap grow up to its limit before it tidies up by itself; between two steps as much may be resident. */
const HEAP_MB = 256
const RESIDENT_MB = 500
const TELL_MEMORY = new URL('fuzz/tell-memory.ts', import.meta.url).href

/**
 * Malformed requests to every address under /lti of a real server process on real Postgres: wrong parameters, forged and
 * broken tokens, right logins with odd claims, wrong encodings, methods and headers, bytes that are no HTTP. No answer may
 * be a 5xx or hold anything of ours or of a tenant; memory stays flat; the right ones still get in at the end. The dice
 * are seeded, so the same requests are sent each time. What a server loads once and for good, with the first launches,
 * requests and calls to an LMS, is loaded before the first look, so that few requests tell of growth as well as many. Flat is what is in use after a collection that is asked for, with nothing
 * under way: what is merely resident tells of the collector's moods, up to the limit it was given.
 */
export async function run({ requests }: Readonly<{ requests?: string | undefined }> = {}): Promise<Outcome> {
  const most = requests === undefined ? REQUESTS : Math.max(STEPS, Number.parseInt(requests, 10) || REQUESTS)
  const postgres = await startTestPostgres()
  const closing: (() => unknown)[] = [() => postgres.stop()]
  try {
    const { privateKey: key, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const jwk = { ...publicKey.export({ format: 'jwk' }), kid: 'bench', alg: 'RS256', use: 'sig' }
    const keys = createServer((_req, res) => res.end(JSON.stringify({ keys: [jwk] }))).listen(0, '127.0.0.1')
    await once(keys, 'listening')
    closing.push(() => {
      keys.closeAllConnections()
      keys.close()
    })
    const databaseUrl = `${postgres.url}/template`
    const platform = {
      issuer: 'https://confidential-campus.example',
      clientId: 'confidential-client',
      deploymentId: '7:confidential-deployment',
      jwksUri: `http://127.0.0.1:${(keys.address() as AddressInfo).port}/jwks`,
      authorization: 'https://confidential-campus.example/api/lti/authorize_redirect',
    }
    const open = await openDatabase({ url: databaseUrl, poolSize: 1 })
    await registerBenchPlatform(open.db, platform)
    await open.close()
    const port = await freePort()
    const tool = await startTool(
      {
        DATABASE_URL: databaseUrl,
        LTI_TOOL_PORT: String(port),
        LTI_TOOL_URL: `http://127.0.0.1:${port}`,
        COPRACTICE_SECRET: SECRET,
        ALLOW_LOCAL_PLATFORMS: '1',
        // All of it comes from one address.
        LTI_REQUESTS_PER_MINUTE: '1000000000',
      },
      ['--expose-gc', `--max-old-space-size=${HEAP_MB}`, '--import', TELL_MEMORY],
    )
    closing.push(() => tool.stop())
    const target = { server: { port, loginPath: '/lti/login', launchPath: '/lti/launch' }, platform, key, kid: 'bench' }
    return await fuzz(tool, target, { most, databaseUrl, engine: postgres.engine })
  } finally {
    for (const close of closing.toReversed()) await close()
  }
}

type Run = Readonly<{ most: number; databaseUrl: string; engine: string }>

async function fuzz(tool: ToolProcess, target: Target, { most, databaseUrl, engine }: Run): Promise<Outcome> {
  const before = await launchPeople(target, { launches: 50, concurrency: 4 })
  const roll = dice(SEED)
  const known = knownOf(target)
  const agent = new Agent({ keepAlive: true, maxSockets: CONCURRENCY })
  const statuses: Record<string, number> = {}
  const wrong: string[] = []
  const memory: Memory[] = []
  let resident = 0
  let [sent, faults, leaks, unanswered] = [0, 0, 0, 0]

  const one = async (upTo: number) => {
    while (sent < upTo) {
      const asked = malformed(roll, known)
      if (++sent % 1000 === 0) resident = Math.max(resident, residentMb(tool))
      const got = await sendMalformed(asked, target, agent).catch(() => undefined)
      const status = got?.status ?? -1
      statuses[status] = (statuses[status] ?? 0) + 1
      if (!got) unanswered++
      if (status >= 500) faults++
      const leak = got && leakIn(got)
      if (leak) leaks++
      if ((!got || status >= 500 || leak) && wrong.length < 20) wrong.push(`${status} ${leak ?? ''} ${describe(asked)}`)
    }
  }
  await callAnLms(databaseUrl)
  const upTo = (number: number) => Promise.all(Array.from({ length: CONCURRENCY }, () => one(number)))
  await upTo(Math.min(WARMING, most))
  const warm = await memoryOf(tool)
  const from = performance.now()
  const warming = sent
  for (let step = 1; step <= STEPS; step++) {
    await upTo(Math.max(sent, Math.round((most / STEPS) * step)))
    memory.push(await memoryOf(tool))
  }
  agent.destroy()
  const seconds = (performance.now() - from) / 1000
  const after = await launchPeople(target, { launches: 50, concurrency: 4 })
  const failed = before.failures.length + after.failures.length
  const [half, end] = [memory[STEPS / 2 - 1]!, memory.at(-1)!]
  const said = tool.said()
  const logged = [SECRET, 'postgres:test'].filter((secret) => said.includes(secret)).length
  return {
    figures: {
      engine,
      requests: sent,
      seed: SEED,
      concurrency: CONCURRENCY,
      requestsPerSecond: round((sent - warming) / seconds),
      /** 0: hung up on, as what is no HTTP deserves. */
      statuses,
      /** After a collection: before the first request that counts, and after each tenth. */
      inUseMb: [warm, ...memory].map(({ inUse }) => inUse),
      residentMb: [warm, ...memory].map(({ resident }) => resident),
      ...(wrong.length ? { wrong, faultsLogged: faultsIn(said) } : {}),
    },
    checks: [
      atLeast('malformed requests', sent, most),
      atMost('answers of 5xx', faults, 0),
      atMost('answers that tell something of ours or of a tenant', leaks, 0),
      atMost('requests without an answer', unanswered, 0),
      atMost('secrets in the log', logged, 0),
      atMost('growth of memory in use over the last half in MB', round(end.inUse - half.inUse), GROWTH_IN_USE_MB),
      atMost('growth of resident memory over the last half in MB', end.resident - half.resident, GROWTH_RESIDENT_MB),
      atMost('resident memory at any time in MB', resident, RESIDENT_MB),
      atMost('right launches refused, before and after', failed, 0),
    ],
  }
}

/** Has the server read a roster, as it does of itself a while after the first launch: for that it loads its LTI library. */
async function callAnLms(databaseUrl: string): Promise<void> {
  const open = await openDatabase({ url: databaseUrl, poolSize: 1 })
  try {
    const course = await open.db
      .selectFrom('course')
      .select(['network_id', 'id'])
      .where('memberships_url', 'is not', null)
      .executeTakeFirstOrThrow()
    const asked = { networkId: course.network_id as NetworkId, courseId: course.id as CourseId }
    await askForRoster(open.db, asked, new Date())
    await nudge(open.db, 'rosters')
    const until = performance.now() + WARM_WITHIN_MS
    for (;;) {
      const roster = open.db.selectFrom('roster_sync').select('last_error').where('course_id', '=', course.id)
      if ((await roster.executeTakeFirstOrThrow()).last_error !== null) return
      if (performance.now() > until) throw new Error('The server did not ask the LMS for a roster')
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  } finally {
    await open.close()
  }
}

const knownOf = ({ platform, server }: Target): Known => {
  const target = `http://127.0.0.1:${server.port}/lti/launch`
  const claims = [
    ...Object.keys(claimsOf(platform, target, 0, '')),
    'nbf',
    'azp',
    'https://purl.imsglobal.org/spec/lti/claim/for_user',
  ]
  return { issuer: platform.issuer, clientId: platform.clientId, target, claims }
}

async function sendMalformed(asked: Malformed, target: Target, agent: Agent): Promise<Got> {
  const { port } = target.server
  if (asked.kind === 'raw') return sendBytes(port, asked.bytes)
  if (asked.kind === 'http') return send(port, agent, asked)
  const { platform, key, kid } = target
  const here = `http://127.0.0.1:${port}/lti/launch`
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  const { issuer: iss, clientId: client_id } = platform
  const login = new URLSearchParams({ iss, client_id, login_hint: 'h', target_link_uri: here }).toString()
  const begun = await send(port, agent, { method: 'POST', path: '/lti/login', headers, body: login })
  if (begun.status !== 302) return begun
  const state = new URL(begun.location).searchParams
  const claims = { ...claimsOf(platform, here, 1, state.get('nonce')!), ...asked.changes }
  const id_token = asked.breakToken(sign(claims, key, kid))
  const body = new URLSearchParams({ id_token, state: state.get('state')! }).toString()
  return send(port, agent, {
    method: 'POST',
    path: '/lti/launch',
    headers: { ...headers, cookie: begun.cookies },
    body,
  })
}

/** Traces of code, statements, secrets; and of the tenant, where the answer is not the way to its LMS or its own session. */
function leakIn({ status, text, location }: Got): string | undefined {
  const ours =
    /node_modules|node:internal|\bat \S+ \(|\.ts:\d+|syntax error at|relation "|\binsert into\b|postgres:/i.exec(text)
  if (ours) return ours[0]
  if (text.includes(SECRET)) return 'the secret'
  const isToTheirLms = status === 302 && location.startsWith('https://confidential-campus.example/')
  if (isToTheirLms || status === 200) return undefined
  // The frame-ancestors header names connected LMSs to browsers, on every page of a tool that is framed by them.
  const body = text.slice(text.indexOf('\n')).replaceAll(/[?&=][^\s"]*/g, '')
  return /confidential|Riverside/.exec(body)?.[0]
}

type Memory = Readonly<{ inUse: number; resident: number }>

/** In MB, after tidying up. */
async function memoryOf({ child }: ToolProcess): Promise<Memory> {
  const file = `/tmp/copractice-fuzz-${child.pid}`
  child.kill('SIGUSR2')
  for (let tries = 0; tries < 200 && !existsSync(file); tries++) await new Promise((resolve) => setTimeout(resolve, 50))
  const [inUse, resident] = JSON.parse(readFileSync(file, 'utf8')) as [number, number]
  rmSync(file)
  return { inUse: round(inUse / 2 ** 20), resident: Math.round(resident / 2 ** 20) }
}

/** Of the server process, as the kernel counts it. */
function residentMb({ child }: ToolProcess): number {
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1]) / 1024)
}

const faultsIn = (said: string) => [
  ...new Set([...said.matchAll(/"msg":"fault"|"message":"([^"]{1,200})/g)].map(([, message]) => message ?? '')),
]

const describe = (asked: Malformed) =>
  (asked.kind === 'http'
    ? `${asked.method} ${asked.path} ${JSON.stringify(asked.headers)} ${asked.body.toString()}`
    : asked.kind === 'deep'
      ? JSON.stringify(asked.changes)
      : asked.bytes.toString('latin1')
  ).slice(0, 600)
