import { parentPort, workerData } from 'node:worker_threads'
import type { PlacementProblem } from '@copractice/core/convening/placement'
import { place } from './place.ts'

// The thread of `solvePlacement`: one problem in, one placement out.
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port, not a window
parentPort?.postMessage(await place(workerData as PlacementProblem))
