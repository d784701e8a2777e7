import { createHash } from 'node:crypto'
import { Worker } from 'node:worker_threads'

export type FileTask = Readonly<{ task: 'clean' | 'read'; mediaType: string; bytes: Uint8Array }>
/** `read` is called when its turn has come, so that what waits takes no memory. */
type FileAsked = Omit<FileTask, 'bytes'> & Readonly<{ personId: string; read: () => Promise<Uint8Array> }>
/**
 * `stopped`: the task took more time or memory than it may, or took its thread down, now or within the last hour. `busy`:
 * too many wait already.
 */
export type Apart<T> = Readonly<{ value: T }> | Readonly<{ stopped: 'time' | 'memory' | 'busy' }>

export type Limits = Readonly<{ milliseconds: number; heapMegabytes: number; megabytesInAll: number }>
const LIMITS: Limits = { milliseconds: 20_000, heapMegabytes: 384, megabytesInAll: 768 }
const THREADS_AT_MOST = 2
const IDLE_MS = 60_000
const LOOK_EVERY_MS = 250

type Idle = Readonly<{ worker: Worker; sleep: NodeJS.Timeout }>
const idle: Idle[] = []
/** One person's tasks are done one after the other. */
const waiting: Readonly<{ personId: string; begin: () => void }>[] = []
const WAITING_AT_MOST = 60
const WAITING_OF_ONE_AT_MOST = 5
const busy: string[] = []

const HOUR_MS = 3_600_000
const TOO_HARD_AT_MOST = 1000
/** Digests of tasks that were stopped, until when they are not tried again. */
const tooHard = new Map<string, number>()

/**
 * Does a task with a file in a thread of its own, so that a file which is hard to open neither holds up nor takes down the
 * process. At most two at once in a process, and one of a person; others wait for their turn. Throws what the task throws.
 */
export async function workApart<T>({ personId, read, ...task }: FileAsked, limits: Limits = LIMITS): Promise<Apart<T>> {
  if (!(await turnOf(personId))) return { stopped: 'busy' }
  try {
    const bytes = await read()
    const digest = `${task.task} ${task.mediaType} ${createHash('sha256').update(bytes).digest('hex')}`
    if ((tooHard.get(digest) ?? 0) > Date.now()) return { stopped: 'time' }
    const done = await inThread<T>(limits === LIMITS ? awake() : newThread(limits), { ...task, bytes }, limits)
    if ('stopped' in done) remember(digest)
    return done
  } finally {
    endTurn(personId)
  }
}

/** False where too many wait. */
async function turnOf(personId: string): Promise<boolean> {
  if (busy.length < THREADS_AT_MOST && !busy.includes(personId)) {
    busy.push(personId)
    return true
  }
  const own = waiting.filter((one) => one.personId === personId).length
  if (waiting.length >= WAITING_AT_MOST || own >= WAITING_OF_ONE_AT_MOST) return false
  await new Promise<void>((begin) => waiting.push({ personId, begin }))
  return true
}

/** Whoever waits longest, of those with nothing under way, takes the turn over. */
function endTurn(personId: string): void {
  busy.splice(busy.indexOf(personId), 1)
  const at = waiting.findIndex((one) => !busy.includes(one.personId))
  const next = at < 0 ? undefined : waiting.splice(at, 1)[0]
  if (!next) return
  busy.push(next.personId)
  next.begin()
}

function remember(digest: string): void {
  tooHard.delete(digest)
  tooHard.set(digest, Date.now() + HOUR_MS)
  if (tooHard.size > TOO_HARD_AT_MOST) tooHard.delete(tooHard.keys().next().value!)
}

function newThread({ heapMegabytes }: Limits): Worker {
  const worker = new Worker(new URL('./clean-worker.ts', import.meta.url), {
    resourceLimits: { maxOldGenerationSizeMb: heapMegabytes },
    // The thread has no use for what the process is told, secrets among it.
    env: {},
    execArgv: [],
  })
  // An idle one that ends by itself concerns nobody.
  return worker.on('error', () => leave(worker))
}

/** A thread that has loaded its libraries already, or a new one. */
function awake(): Worker {
  const ready = idle.pop()
  if (!ready) return newThread(LIMITS)
  clearTimeout(ready.sleep)
  ready.worker.ref()
  return ready.worker
}

/** Keeps a thread for the next task; an idle one keeps no process from ending. */
function rest(worker: Worker): void {
  worker.unref()
  const sleep = setTimeout(() => leave(worker), IDLE_MS).unref()
  idle.push({ worker, sleep })
}

/** Also when it ended by itself. */
function leave(worker: Worker): void {
  const at = idle.findIndex((one) => one.worker === worker)
  if (at >= 0) idle.splice(at, 1)
  void worker.terminate()
}

function inThread<T>(worker: Worker, task: FileTask, limits: Limits): Promise<Apart<T>> {
  return new Promise((resolve, reject) => {
    let isOver = false
    const settle = (end: () => void, isReusable: boolean) => {
      clearTimeout(timer)
      clearInterval(look)
      isOver = true
      worker.off('message', onMessage).off('error', onError).off('exit', onExit)
      if (isReusable && limits === LIMITS) rest(worker)
      else leave(worker)
      end()
    }
    const stop = (stopped: 'time' | 'memory') => settle(() => resolve({ stopped }), false)
    const timer = setTimeout(() => stop('time'), limits.milliseconds)
    // What a file unpacks to lies outside of the thread's heap, which its own limit does not count.
    const watch = async () => {
      const { total_heap_size, external_memory } = await worker.getHeapStatistics()
      if (!isOver && total_heap_size + external_memory > limits.megabytesInAll * 1024 * 1024) stop('memory')
    }
    const look = setInterval(() => void watch().catch(() => {}), LOOK_EVERY_MS)
    const onMessage = (answer: { value: T } | { error: string }) =>
      'error' in answer
        ? settle(() => reject(new Error(answer.error)), false)
        : settle(() => resolve({ value: answer.value }), true)
    const onError = (error: Error & { code?: string }) =>
      error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? stop('memory') : settle(() => reject(error), false)
    const onExit = () => stop('memory')
    worker.on('message', onMessage).on('error', onError).on('exit', onExit)
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's, which has no origin
    worker.postMessage(task)
  })
}
