import { Worker } from 'node:worker_threads'
import type { PlacementProblem } from '@copractice/core/convening/placement'
import type { Placement, Progress } from './placement/place.ts'

/**
 * Places registrants into cohorts, off the event loop: on a thread of its own that ends with the answer. Up to 200
 * people with a bound by linear programming and an exact choice among cohorts (some seconds), above that by construction
 * and annealing with a simpler bound. Work is limited by steps, never by time, so that the same problem and seed give
 * the same answer on every machine. `signal` gives it up; `tell` hears after each step how far it is and how good the best
 * so far is. What comes back holds to `checkPlacement`.
 *
 * A server bundled into one file needs `placement/place-worker.ts` as a second entry beside it.
 */
export function solvePlacement(
  problem: PlacementProblem,
  signal?: AbortSignal,
  tell?: (progress: Progress) => void,
): Promise<Placement> {
  signal?.throwIfAborted()
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('placement/place-worker.ts', import.meta.url), { workerData: problem })
    const giveUp = () => {
      reject(signal?.reason instanceof Error ? signal.reason : new Error('The placement was given up'))
      void worker.terminate()
    }
    signal?.addEventListener('abort', giveUp, { once: true })
    worker.on('message', (said: { progress: Progress } | { placement: Placement }) => {
      if ('placement' in said) resolve(said.placement)
      else tell?.(said.progress)
    })
    worker.once('error', reject)
    worker.once('exit', (code) => {
      signal?.removeEventListener('abort', giveUp)
      reject(new Error(`The placement's thread ended with ${code} before it answered`))
    })
  })
}

export type { Placement, Progress }
