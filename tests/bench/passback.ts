import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { SCORES_AT_ONCE } from '@copractice/services/gradebook'
import { startTestPostgres } from '@copractice/store/testing'
import { atMost, round, type Outcome } from './check.ts'
import { ask, COLUMNS, scoreOf, type Delivered, type Lms, type LmsFigures, type Registered } from './passback/wire.ts'

const LEARNERS = 1000
const SCORES = LEARNERS * COLUMNS.length
const LATENCY_MS = 80
const ONE_IN = 10
/** What one worker has under way at one LMS. */
const AT_ONCE = SCORES_AT_ONCE
/** One in ten fails, of those sent again one in ten as well, and so on. */
const FLOOR_SECONDS = (SCORES / (1 - 1 / ONE_IN)) * (LATENCY_MS / 1000 / AT_ONCE)

/**
 * Both columns of a round for 1,000 learners, through the outbox and over HTTP, into a Canvas that takes 80 ms for a
 * score and fails one time in ten: with a fault of its own, after it applied the score, or before. The worker with its
 * job queue, the LMS and the database are processes of their own on this machine, and the database waits for its disk.
 */
export async function run(): Promise<Outcome> {
  const postgres = await startTestPostgres({ isDurable: true })
  const children: ChildProcess[] = []
  const start = async <Ready>(file: string, word: string) => {
    const child = fork(new URL(`passback/${file}`, import.meta.url), [word], {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    })
    children.push(child)
    const ended = once(child, 'exit').then(([code]) => Promise.reject(new Error(`${file} ended with ${String(code)}`)))
    const [ready] = (await Promise.race([once(child, 'message'), ended])) as [Ready]
    ended.catch(() => {})
    return { child, ready }
  }
  try {
    const lms = await start<Lms>('serve-lms.ts', String(LEARNERS))
    const worker = await start<{ url: string }>('serve-scores.ts', `${postgres.url}/template`)
    const tool = await ask<Registered>(lms.child, { ask: 'register', url: worker.ready.url })
    await ask(worker.child, { ask: 'publish', lms: lms.ready, tool, learners: LEARNERS })
    await ask(lms.child, { ask: 'misbehave', milliseconds: LATENCY_MS, oneIn: ONE_IN })
    const delivered = await ask<Delivered>(worker.child, { ask: 'deliver' })
    return outcomeOf(delivered, await ask<LmsFigures>(lms.child, { ask: 'gradebook' }), postgres.engine)
  } finally {
    for (const child of children) child.kill()
    await postgres.stop()
  }
}

function outcomeOf(delivered: Delivered, { gradebook, tokenRequests }: LmsFigures, engine: string): Outcome {
  const { seconds, runs, statuses, tries, peakRssMb } = delivered
  const made = gradebook.columns.filter(({ madeBy }) => madeBy === 'tool')
  const wanted = COLUMNS.flatMap(({ column, maximum }) =>
    Array.from({ length: LEARNERS }, (_, learner) => ({ column, learner, score: scoreOf(learner, maximum) })),
  )
  const cells = new Map(
    gradebook.cells.map((cell) => [`${made.find(({ id }) => id === cell.columnId)?.tag} ${cell.personId}`, cell]),
  )
  const wrong = wanted.filter(({ column, learner, score }) => {
    const held = cells.get(`${column} ${learner}`)?.score
    return typeof held !== 'number' || Math.abs(held - score) > 0.001
  })
  // Work is one attempt; reviewing others is none.
  const attemptsOff = wanted.filter(
    ({ column, learner }) => cells.get(`${column} ${learner}`)?.attempts !== (column === 'work' ? 1 : 0),
  )
  return {
    figures: {
      engine: `${engine}, every commit on disk`,
      load: `${LEARNERS} learners x ${COLUMNS.length} columns = ${SCORES} scores, ${LATENCY_MS} ms each, one in ${ONE_IN} fails`,
      atOnce: AT_ONCE,
      floorSeconds: round(FLOOR_SECONDS),
      floor: `${SCORES} / (1 - 1/${ONE_IN}) x ${LATENCY_MS} ms / ${AT_ONCE}`,
      seconds: round(seconds),
      scoresPerSecond: round(SCORES / seconds),
      tries,
      looksOfTheJob: runs,
      statuses,
      columnsMade: made.length,
      tokenRequests,
      peakRssMb: round(peakRssMb),
    },
    checks: [
      atMost('wall time over the arithmetic floor', seconds / FLOOR_SECONDS, 1.5),
      atMost('scores that did not arrive', SCORES - (statuses.arrived ?? 0), 0),
      atMost('wrong final scores', wrong.length, 0),
      atMost('cells with another number of attempts than one for work and none for reviewing', attemptsOff.length, 0),
      atMost('columns made', made.length, 2),
      atMost('token requests within the hour', tokenRequests, 1),
      atMost('peak resident memory of the worker in MB', peakRssMb, 300),
    ],
  }
}
