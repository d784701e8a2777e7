import { defineConfig } from 'vitest/config'

/** The tests of the review rules alone: they need no database, and keep nothing that the next file would meet. */
export default defineConfig({
  test: {
    include: ['packages/core/src/review/**/*.test.ts'],
    // The simulation of the rater model takes minutes once each of its steps is counted; `bench scoring` measures the same.
    testNamePattern: /^(?!simulated)/,
    testTimeout: 60_000,
    maxWorkers: 1,
    pool: 'threads',
    isolate: false,
    setupFiles: ['tests/mutation/first-failure.ts'],
  },
})
