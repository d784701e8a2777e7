import { renameSync, writeFileSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'

/**
 * Loaded into the server under test with `--import` and `--expose-gc`: when it is asked by signal, tidies up and writes the
 * bytes in use and those that are resident to a file. Buffers are let go a moment after what held them, hence three times.
 */
process.on('SIGUSR2', () => {
  void tell()
})

async function tell(): Promise<void> {
  for (let time = 0; time < 3; time++) {
    globalThis.gc!()
    await wait(100)
  }
  const { heapUsed, external, rss } = process.memoryUsage()
  const file = `/tmp/copractice-fuzz-${process.pid}`
  writeFileSync(`${file}.part`, JSON.stringify([heapUsed + external, rss]))
  renameSync(`${file}.part`, file)
}
