import { existsSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { parseArgs } from 'node:util'
import type { Outcome } from './check.ts'

/**
 * `pnpm -s bench NAME --json` runs ./NAME.ts and prints one JSON object; without --json the same, indented. `--requests N`
 * is for those that send as many as they are asked to.
 * Exit code 0 only if every check holds.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: 'boolean' }, requests: { type: 'string' } },
})
const bench = positionals[0] ?? ''
const file = new URL(`${bench}.ts`, import.meta.url)

if (!/^[a-z-]+$/.test(bench) || !existsSync(file)) {
  console.error(`There is no bench named "${bench}". Each is a file of tests/bench that exports run().`)
  process.exit(1)
}
const { run } = (await import(file.href)) as {
  run?: (asked: { requests?: string | undefined }) => Outcome | Promise<Outcome>
}
if (!run) {
  console.error(`tests/bench/${bench}.ts exports no run().`)
  process.exit(1)
}

const { figures, checks } = await run(values)
const [cpu] = cpus()
const machine = {
  cpu: cpu?.model ?? 'unknown',
  cores: cpus().length,
  memoryMb: Math.round(totalmem() / 2 ** 20),
  platform: `${process.platform} ${process.arch}`,
  node: process.version,
}
console.log(JSON.stringify({ bench, machine, figures, checks }, null, values.json ? undefined : 2))
process.exitCode = checks.every(({ ok }) => ok) ? 0 : 1
