import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseUnavailable } from './database-unavailable.ts'

const held = new Set<string>()

/**
 * Holds a folder for this process alone: two processes on one embedded database lose rows. A lock left by a process that
 * was killed is taken over. Returns the release. Refuses with `DatabaseUnavailable` while its holder lives.
 */
export function lockFolder(folder: string): () => void {
  const file = join(folder, 'process.lock')
  const holder = readHolder(file)
  if (held.has(file) || (holder && isAlive(holder))) {
    throw new DatabaseUnavailable(
      `The folder ${folder} is in use by process ${holder?.pid}. Stop that process first, or name another folder.`,
    )
  }
  if (holder) rmSync(file, { force: true })
  create(file, folder)
  held.add(file)
  return () => {
    held.delete(file)
    rmSync(file, { force: true })
  }
}

/** Written beside and linked into place, so that nobody ever reads a lock half written. */
function create(file: string, folder: string): void {
  const mine = `${file}.${process.pid}`
  writeFileSync(mine, JSON.stringify({ pid: process.pid, started: startOf(process.pid) }))
  try {
    linkSync(mine, file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    throw new DatabaseUnavailable(`The folder ${folder} is being opened by another process.`)
  } finally {
    rmSync(mine, { force: true })
  }
}

type Holder = Readonly<{ pid: number; started: string | null }>

function readHolder(file: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Holder
  } catch {
    return undefined
  }
}

/** A process number is used again after a while (at once in a container), so its start time is compared where the system tells it. */
function isAlive({ pid, started }: Holder): boolean {
  if (pid === process.pid) return false
  try {
    process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
  return started === null || startOf(pid) === started
}

/** Start time in clock ticks since boot, field 22 of Linux's /proc/PID/stat; null elsewhere. */
function startOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null
  } catch {
    return null
  }
}
