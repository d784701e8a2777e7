import { defineConfig } from 'vitest/config'

/** The tests of the review rules alone: they need no database, and keep nothing that the next file would meet. */
export default defineConfig({
  test: {
    include: ['packages/core/src/review/**/*.test.ts'],
    testTimeout: 20_000,
    maxWorkers: 1,
    pool: 'threads',
    isolate: false,
    setupFiles: ['tests/mutation/first-failure.ts'],
  },
})
