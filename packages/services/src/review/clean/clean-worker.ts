import { parentPort } from 'node:worker_threads'
import { cleanFile } from './clean-file.ts'
import { readFileText } from './read-file-text.ts'
import type { FileTask } from './work-apart.ts'

async function done({ task, mediaType, bytes }: FileTask) {
  try {
    return { value: await (task === 'clean' ? cleanFile(mediaType, bytes) : readFileText(mediaType, bytes)) }
  } catch (error) {
    return { error: String(error) }
  }
}

/** The thread that opens strangers' files: one task at a time, answered with its result. */
parentPort?.on('message', async (task: FileTask) => {
  const answer = await done(task)
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's, which has no origin
  parentPort?.postMessage(answer)
})
