import { parentPort, workerData } from 'node:worker_threads'
import type { PlacementProblem } from '@copractice/core/convening/placement'
import { place } from './place.ts'

// The thread of `solvePlacement`: one problem in, how far it is, and one placement out.
const post = (message: unknown) => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port, not a window
  parentPort?.postMessage(message)
}
post({ placement: await place(workerData as PlacementProblem, (progress) => post({ progress })) })
