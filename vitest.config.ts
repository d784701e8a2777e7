import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['packages/**/*.test.{ts,tsx}', 'apps/**/*.test.{ts,tsx}', 'tests/{structure,contract}/**/*.test.ts'],
    globalSetup: ['tests/start-postgres.ts'],
    testTimeout: 20_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    // A file shares loaded modules with the files before it in its worker: what one sets globally, it takes back.
    isolate: false,
  },
})
