import { parentPort } from 'node:worker_threads'
import { cleanFile } from './clean-file.ts'
import { readFileText } from './read-file-text.ts'
import type { FileTask } from './work-apart.ts'

/** The thread that opens strangers' files: one task at a time, answered with its result. */
parentPort?.on('message', ({ task, mediaType, bytes }: FileTask) => {
  const work = task === 'clean' ? cleanFile(mediaType, bytes) : readFileText(mediaType, bytes)
  void work.then(
    (value) => parentPort?.postMessage({ value }),
    (error: unknown) => parentPort?.postMessage({ error: String(error) }),
  )
})
