import { defineConfig } from '@playwright/test'
import { WORKERS } from './tests/e2e/addresses.ts'
import { findBrowser } from './tests/e2e/find-browser.ts'

/** Real-browser journeys against the demo, each on ports and a folder of their own (see tests/e2e/journey.ts). */
export default defineConfig({
  testDir: 'tests/e2e',
  testMatch: '*.spec.ts',
  workers: WORKERS,
  timeout: 240_000,
  expect: { timeout: 15_000 },
  // Once more in a fresh demo. What passes only then is reported as flaky: a fault of the journey or the page, to be found.
  retries: 1,
  forbidOnly: Boolean(process.env['CI']),
  reporter: 'list',
  globalSetup: './tests/e2e/build-first.ts',
  use: {
    actionTimeout: 15_000,
    screenshot: 'only-on-failure',
    launchOptions: await findBrowser(),
  },
})
