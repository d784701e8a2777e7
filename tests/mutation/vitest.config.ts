import { defineConfig } from 'vitest/config'

/** The tests of the review rules alone: they need no database. */
export default defineConfig({
  test: { include: ['packages/core/src/review/**/*.test.ts'], testTimeout: 20_000, maxWorkers: 1 },
})
