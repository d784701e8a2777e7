import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test as base } from '@playwright/test'
import { startDemo, stopDemo } from './start-demo.ts'

/** Characters of a page, and of what the demo said, that are printed when a journey fails. */
const PRINTED = 1500

/**
 * A journey has a demo of its worker's own beside it, begun anew in a fresh folder after one that failed. What every page showed
 * then is printed, for where no picture is kept.
 */
export const test = base.extend<{ told: void }, { demo: Readonly<{ said: () => string }> }>({
  demo: [
    // Playwright takes the fixtures that are asked for from this pattern.
    // oxlint-disable-next-line no-empty-pattern
    async ({}, use) => {
      const folder = mkdtempSync(join(tmpdir(), 'copractice-e2e-'))
      const demo = await startDemo(folder)
      let said = ''
      for (const stream of [demo.stdout, demo.stderr])
        stream?.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(-PRINTED)))
      await use({ said: () => said })
      await stopDemo(demo, 'SIGINT')
      rmSync(folder, { recursive: true, force: true })
    },
    { scope: 'worker', auto: true, timeout: 180_000 },
  ],
  told: [
    async ({ browser, demo }, use, info) => {
      await use()
      if (info.status === info.expectedStatus) return
      const pages = browser.contexts().flatMap((context) => context.pages())
      for (const frame of pages.flatMap((page) => page.frames())) {
        const shown = await frame.locator('body').innerText({ timeout: 1000 }).catch(String)
        console.log(`${info.title}: ${frame.url()} showed\n${shown.slice(0, PRINTED)}\n`)
      }
      console.log(`${info.title}: the demo said\n${demo.said()}\n`)
    },
    { auto: true },
  ],
})

export { expect } from '@playwright/test'
