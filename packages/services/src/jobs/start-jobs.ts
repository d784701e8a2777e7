import { fromPglite, PgBoss, type ConstructorOptions } from 'pg-boss'
import type { Logger } from 'pino'
import type { OpenDatabase } from '@copractice/store/database'
import { OUTBOX_CHANNEL } from '@copractice/store/notice'
import { solveDueBoards } from '../convening/board/index.ts'
import { sendWaitingMail, type DeliverMail } from '../notice/index.ts'
import { advanceDueRounds } from '../review/index.ts'
import { sweep } from './sweep.ts'

export type JobsOptions = Readonly<{
  open: Pick<OpenDatabase, 'db' | 'connection'>
  /** Undefined: mail waits until a process that can deliver it runs. */
  deliverMail: DeliverMail | undefined
  /** Posts every score that is due to its LMS, and those that soon will be; `signal`: the process ends. */
  deliverScores: (signal: AbortSignal) => Promise<void>
  /** Reads every roster that is due. Undefined: rosters wait until a process that reads them runs. */
  syncRosters?: (() => Promise<void>) | undefined
  /** Reminds people of their rounds. Undefined: another process does. */
  remind?: (() => Promise<void>) | undefined
  /** Adds a signing key when the latest is old. Undefined: the keys stay until somebody rotates them. */
  rotateKeys?: (() => Promise<void>) | undefined
  log: Logger
  clock?: () => Date
  /** How often a queue is looked at where notifications do not come through; at least 0.5. */
  pollSeconds?: number
}>

export type Jobs = Readonly<{
  /** Lets jobs under way finish, for at most ten seconds. What they leave is due again later. */
  stop: () => Promise<void>
}>

const EVERY_MINUTE = '* * * * *'
const EVERY_QUARTER = '*/15 * * * *'
const EVERY_NIGHT = '23 3 * * *'

/**
 * The workers of one process; any number of processes may run them. The outbox tables are the truth and a job is only
 * "look at what is due now": `nudge` wakes it when a transaction commits, and every minute it looks by itself, so that
 * neither a lost notification nor a process killed at any moment loses mail or scores.
 */
export async function startJobs(options: JobsOptions): Promise<Jobs> {
  const {
    open,
    deliverMail,
    deliverScores,
    syncRosters,
    remind,
    rotateKeys,
    log,
    clock = () => new Date(),
    pollSeconds = 2,
  } = options
  const boss = new PgBoss(bossOptions(open.connection))
  boss.on('error', (error) => log.error({ err: error }, 'job queue'))
  await boss.start()

  const work = async (queue: string, cron: string, body: () => Promise<void>) => {
    // `short`: at most one waits. Whoever asks while one waits is served by it.
    const settings = { policy: 'short', notify: true, retryLimit: 3, retryDelay: 5, retryBackoff: true } as const
    await boss.createQueue(queue, { ...settings, expireInSeconds: 600, deleteAfterSeconds: 3600 })
    await boss.work(queue, { pollingIntervalSeconds: pollSeconds }, async () => {
      try {
        await body()
      } catch (error) {
        log.error({ err: error, queue }, 'a job failed and is tried again')
        throw error
      }
    })
    await boss.schedule(queue, cron)
    await boss.send(queue)
  }
  const outboxes = new Set<string>(['scores'])
  const ending = new AbortController()
  await work('scores', EVERY_MINUTE, () => deliverScores(ending.signal))
  if (deliverMail) {
    await work('mail', EVERY_MINUTE, () => sendWaitingMail(open.db, deliverMail, clock))
    outboxes.add('mail')
  }
  if (syncRosters) {
    await work('rosters', EVERY_MINUTE, syncRosters)
    outboxes.add('rosters')
  }
  if (remind) await work('reminders', EVERY_QUARTER, remind)
  if (rotateKeys) await work('keys', EVERY_NIGHT, rotateKeys)
  await work('placements', EVERY_MINUTE, () => solveDueBoards(open.db, clock))
  outboxes.add('placements')
  await work('rounds', EVERY_MINUTE, () => advanceDueRounds(open.db, clock()))
  await work('sweep', EVERY_QUARTER, () => sweep(open.db, clock()))

  const look = (outbox: string) => {
    if (!outboxes.has(outbox)) return
    boss.send(outbox).catch((error: unknown) => log.error({ err: error, queue: outbox }, 'job queue'))
  }
  const ears = await boss.getDb().listen?.(OUTBOX_CHANNEL, look, () => outboxes.forEach(look))

  return {
    stop: async () => {
      ending.abort()
      await ears?.close()
      await boss.stop({ graceful: true, timeout: 10_000 })
    },
  }
}

function bossOptions(connection: OpenDatabase['connection']): ConstructorOptions {
  return connection.kind === 'pglite'
    ? { db: fromPglite(connection.pglite), backend: 'pglite', useListenNotify: true }
    : { connectionString: connection.url, max: 4, useListenNotify: true }
}
