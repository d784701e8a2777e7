import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { SendScoresAsked, SendScoresTold } from './send-scores.ts'

/** Where a worker is stopped by the database: at its first look, with scores in its hands, and with answers to write down. */
export type StopPoint = 'claiming' | 'making the column' | 'writing down'

export type ScoresWorker = Readonly<{
  /** Has it send what is due as of then; answers how many scores it posted, once it has come to its end. */
  send: (at: Date) => Promise<number>
  /** Resolves when the database holds it up. */
  isStopped: () => Promise<void>
  /** kill -9. What it had asked of the database and was not done is never done. */
  kill: () => Promise<void>
}>

/** Processes that send scores from a database of tests, and places to stop them at. */
export async function openWorkers(databaseUrl: string, publicUrl: string) {
  const holder = new pg.Client({ connectionString: databaseUrl })
  const watcher = new pg.Client({ connectionString: databaseUrl })
  await Promise.all([holder.connect(), watcher.connect()])
  // A lock that nobody else ever takes: a worker passes unless a test holds it.
  await watcher.query(`
    create function stop_here() returns trigger language plpgsql as $$
      begin perform pg_advisory_xact_lock_shared(tg_argv[0]::int); return new; end $$;
    create trigger stop_making before update on line_item for each row
      when (new.claimed_until is not null) execute function stop_here('1');
    create trigger stop_writing before update on score_delivery for each row
      when (new.status = 'arrived' and old.status = 'waiting') execute function stop_here('2')`)
  const hold: Record<StopPoint, string> = {
    claiming: 'begin; lock table score_delivery in access exclusive mode',
    'making the column': 'begin; select pg_advisory_xact_lock(1)',
    'writing down': 'begin; select pg_advisory_xact_lock(2)',
  }
  const compiled = mkdtempSync(join(tmpdir(), 'copractice-workers-'))
  let number = 0
  const children = new Set<ReturnType<typeof fork>>()

  const start = async (): Promise<ScoresWorker> => {
    const name = `worker-${++number}`
    const address = `${databaseUrl}?application_name=${name}`
    // All of them compile the same: what the first has compiled, the others take.
    const env = { ...process.env, NODE_COMPILE_CACHE: compiled }
    const child = fork(new URL('send-scores.ts', import.meta.url), [address, publicUrl], { env })
    children.add(child)
    const ended = once(child, 'exit').finally(() => children.delete(child))
    const told = async () => {
      const [answer] = (await Promise.race([once(child, 'message'), ended])) as [SendScoresTold | number | null]
      if (typeof answer === 'object' && answer !== null) return answer
      throw new Error('A worker ended by itself')
    }
    await told()
    const backends = async (where: string) => {
      const { rows } = await watcher.query<{ pid: number }>(
        `select pid from pg_stat_activity where application_name = $1 and ${where}`,
        [name],
      )
      return rows.map(({ pid }) => pid)
    }
    const until = async (holds: () => Promise<boolean>) => {
      while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 5))
    }
    return {
      send: async (at) => {
        child.send({ at: at.getTime() } satisfies SendScoresAsked)
        const answer = await told()
        return 'posted' in answer ? answer.posted : 0
      },
      isStopped: () => until(async () => (await backends(`wait_event_type = 'Lock'`)).length > 0),
      kill: async () => {
        child.kill('SIGKILL')
        await ended
        // The database would do what waits in it: as if the process had died before it asked.
        for (const pid of await backends('true')) await watcher.query('select pg_terminate_backend($1)', [pid])
        await until(async () => (await backends('true')).length === 0)
      },
    }
  }

  return {
    start,
    stopAt: async (point: StopPoint) => void (await holder.query(hold[point])),
    letGo: async () => void (await holder.query('rollback')),
    close: async () => {
      for (const child of children) child.kill('SIGKILL')
      await Promise.all([holder.end(), watcher.end()])
      rmSync(compiled, { recursive: true, force: true })
    },
  }
}
