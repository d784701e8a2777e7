import type { Locator, Page } from '@playwright/test'
import { expect, test } from './journey.ts'
import { ADMIN } from './addresses.ts'
import { expectAccessible, linkMailedTo, newPage } from './visit.ts'

const EMAIL = 'teresa@threevalleys.example'

test('registrants are placed, and somebody is moved by keyboard with the rules live', async ({ browser }) => {
  const page = await newPage(browser)
  await test.step('the coordinator opens the board of a gathering', async () => {
    await page.goto(ADMIN)
    await page.getByRole('textbox', { name: /^E-mail/ }).fill(EMAIL)
    await page.getByRole('button', { name: 'Send me a link' }).click()
    await expect(page.getByText(/a link is on its way/)).toBeVisible()
    await page.goto(await linkMailedTo(page, EMAIL, `${ADMIN}/sign-in#`))
    await page.getByRole('button', { name: 'Sign in' }).click()
    await expect(page.getByRole('heading', { name: 'Waiting for you' })).toBeVisible()
    await page.goto(`${ADMIN}/convenings`)
    await page.getByRole('link', { name: 'Spring gathering' }).first().click()
    await page.getByRole('link', { name: 'Place people into cohorts' }).click()
  })

  await test.step('a job places everybody and says how near it is to the best', async () => {
    await page.getByRole('button', { name: /^Place \d+ people/ }).click()
    await expect(page.getByText(/within .* % of the best possible|best possible\./)).toBeVisible({ timeout: 60_000 })
    await expectAccessible(page)
  })

  const { mover, from } = await test.step('somebody is found who could sit elsewhere', () => findMover(page))

  await test.step('carried by keyboard, they hear each cohort’s verdict and are put down where it fits', async () => {
    await mover.focus()
    await page.keyboard.press('Enter')
    await expect(page.getByText(/^Carrying /)).toBeVisible()
    const verdict = page.locator('.carry')
    const forbidden = page.locator('.col .verdict.no').first()
    await expect(forbidden).toBeVisible()
    for (let steps = 0; steps < 12; steps++) await page.keyboard.press('ArrowLeft')
    await expect(async () => {
      await page.keyboard.press('ArrowRight')
      await expect(verdict).toContainText('Fits:', { timeout: 300 })
    }).toPass({ timeout: 15_000 })
    await expectAccessible(page)
    await page.keyboard.press('Enter')
    await expect(from.locator(mover)).toHaveCount(0)
    await expect(mover).toBeFocused()
  })

  await test.step('it is taken back', async () => {
    await page.getByRole('button', { name: 'Undo', exact: true }).first().click()
    await expect(from.locator(mover)).toHaveCount(1)
  })
})

/** The first person for whom the list of moves has one that is allowed, and the cohort they sit in. */
async function findMover(page: Page): Promise<{ mover: Locator; from: Locator }> {
  const cards = page.locator('.col .p')
  for (let at = 0; at < (await cards.count()); at++) {
    const id = await cards.nth(at).getAttribute('data-person')
    const mover = page.locator(`[data-person="${id}"]`)
    await mover.click()
    await expect(page.getByRole('heading', { name: 'If they moved' })).toBeVisible()
    const key = await page.locator('.col', { has: mover }).getAttribute('data-cohort')
    const isFree = await page.locator('.tray .moves button').count()
    if (isFree) return { mover, from: page.locator(`[data-cohort="${key}"]`) }
  }
  throw new Error('nobody on the board may move')
}
