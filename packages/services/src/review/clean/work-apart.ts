import { Worker } from 'node:worker_threads'

export type FileTask = Readonly<{ task: 'clean' | 'read'; mediaType: string; bytes: Uint8Array }>
/** `stopped`: the task took more time or memory than it may, or took its thread down. */
export type Apart<T> = Readonly<{ value: T }> | Readonly<{ stopped: 'time' | 'memory' }>

export type Limits = Readonly<{ milliseconds: number; heapMegabytes: number; megabytesInAll: number }>
const LIMITS: Limits = { milliseconds: 20_000, heapMegabytes: 384, megabytesInAll: 768 }
const THREADS_AT_MOST = 2
const IDLE_MS = 60_000
const LOOK_EVERY_MS = 250

type Idle = Readonly<{ worker: Worker; sleep: NodeJS.Timeout }>
const idle: Idle[] = []
const waiting: (() => void)[] = []
let busy = 0

/**
 * Does a task with a file in a thread of its own, so that a file which is hard to open neither holds up nor takes down the
 * process. At most two at once in a process; others wait for their turn. Throws what the task throws.
 */
export async function workApart<T>(task: FileTask, limits: Limits = LIMITS): Promise<Apart<T>> {
  if (busy < THREADS_AT_MOST) busy++
  else await new Promise<void>((resolve) => waiting.push(resolve))
  try {
    return await inThread<T>(limits === LIMITS ? awake() : newThread(limits), task, limits)
  } finally {
    // Whoever waits longest takes the turn over.
    const next = waiting.shift()
    if (next) next()
    else busy--
  }
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
