import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from '@playwright/test'
import { CANVAS } from './addresses.ts'
import { findBrowser } from './find-browser.ts'
import { startDemo, stopDemo } from './start-demo.ts'
import { openFromCourse } from './visit.ts'

/** Makes the README's pictures anew from a fresh demo: `pnpm run screenshots`. */
const images = fileURLToPath(new URL('../../docs/images/', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'copractice-pictures-'))
mkdirSync(images, { recursive: true })
const demo = await startDemo(folder)
const browser = await chromium.launch(await findBrowser())
try {
  const amara = await openFromCourse(browser, CANVAS, 'Amara Okonjo')
  await amara.page.setViewportSize({ width: 1280, height: 1180 })
  await amara.tool.getByRole('heading', { name: 'Who is here' }).waitFor()
  await amara.page.screenshot({ path: join(images, 'cohort-home.png') })

  const eleanor = await openFromCourse(browser, CANVAS, 'Eleanor Voss')
  await eleanor.page.setViewportSize({ width: 1280, height: 1900 })
  await eleanor.tool.getByRole('link', { name: 'Reviews' }).click()
  await eleanor.tool.getByRole('link', { name: /^Partner map/ }).click()
  await eleanor.tool.getByRole('grid').waitFor()
  await eleanor.tool.getByText('How well the reviewers agree').waitFor()
  await eleanor.page.evaluate(() => scrollTo(0, 0))
  await eleanor.page.screenshot({ path: join(images, 'review-round.png') })
} finally {
  await browser.close()
  await stopDemo(demo, 'SIGINT')
  rmSync(folder, { recursive: true, force: true })
}
