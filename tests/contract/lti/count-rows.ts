import type { Reporter, TestModule } from 'vitest/node'

const ROWS = 50

/**
 * Says how many rows of the table of LTI 1.3 launches hold. A row is every test whose title begins with its number; it
 * holds when there is one and none of them failed. The run fails when a row is missing.
 */
export default class CountRows implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const rows = new Map<number, boolean>()
    const rowOf = (title: string) => Number(/^(\d{1,2}) /.exec(title)?.[1])
    let others = 0
    for (const module of modules)
      for (const test of module.children.allTests()) {
        const row = rowOf(test.name)
        if (row >= 1 && row <= ROWS) rows.set(row, (rows.get(row) ?? true) && test.result().state === 'passed')
        else others++
      }
    const all = Array.from({ length: ROWS }, (_, index) => index + 1)
    const failed = all.filter((row) => rows.get(row) === false)
    const missing = all.filter((row) => !rows.has(row))
    console.log(
      `LTI contract: ${ROWS - failed.length - missing.length} of ${ROWS} rows, and ${others} tests beside them`,
    )
    if (failed.length) console.log(`Rows that do not hold: ${failed.join(', ')}`)
    if (missing.length) console.log(`Rows without a test: ${missing.join(', ')}`)
    if (failed.length || missing.length) process.exitCode = 1
  }
}
