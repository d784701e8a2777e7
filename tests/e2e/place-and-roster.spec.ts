import type { Page } from '@playwright/test'
import { expect, test } from './journey.ts'
import { CANVAS, MOODLE } from './addresses.ts'
import { atCourse, expectAccessible, openFromCourse } from './visit.ts'

test.afterEach(async ({ browser }) => {
  for (const context of browser.contexts()) await context.close()
})

const titles = (page: Page) => page.getByRole('main').locator('li a strong')

for (const [lms, url, teacher, learner] of [
  ['canvas', CANVAS, 'Eleanor Voss', 'Grace Lindqvist'],
  ['moodle', MOODLE, 'Matías Roldán', 'Hannah Weiss'],
] as const) {
  test(`${lms}: an instructor places two links at once, and a learner opens one`, async ({ browser }) => {
    const page = await atCourse(browser, url, teacher)
    const before = await titles(page).count()
    await page.getByRole('link', { name: /^Add a link/ }).click()
    await page.getByRole('link', { name: 'Choose a link' }).click()
    const picker = page.frameLocator('iframe[data-tool]')
    const cohort = picker.getByRole('checkbox', { name: /Willow cohort/ }).first()
    await cohort.check()
    await picker.getByText('A cohort’s weekly prompt', { exact: true }).click()
    await expect(cohort).not.toBeChecked()
    await cohort.check()
    await expectAccessible(page)
    await picker.getByRole('button', { name: 'Place 2 links' }).click()
    if (lms === 'canvas') await picker.getByRole('link', { name: 'Back to the course' }).click()
    else await picker.getByRole('button', { name: 'Save and return to course' }).click()
    await expect(titles(page)).toHaveCount(before + 2)

    const placed = await titles(page).last().innerText()
    const course = await atCourse(browser, url, learner)
    await course.getByRole('main').getByRole('link', { name: placed }).last().click()
    const tool = course.frameLocator('iframe[data-tool]')
    await expect(tool.getByRole('navigation', { name: 'Cohort space' })).toBeAttached()
    await expect(tool.locator('#h-prompt')).toBeInViewport()
  })
}

test('moodle: an instructor has the roster read, and sees how far it is', async ({ browser }) => {
  const { page, tool } = await openFromCourse(browser, MOODLE, 'Matías Roldán')
  await tool.getByRole('link', { name: 'People' }).click()
  await tool.getByRole('button', { name: 'Read it now' }).click()
  const roster = tool.getByRole('region', { name: 'Course roster' })
  await expect(
    roster.getByText(/^(The reading begins within a minute|Reading: |Read .+: 6 people)/).first(),
  ).toBeVisible()
  await expect(roster.getByText(/^Read .+: 6 people\./)).toBeVisible({ timeout: 70_000 })
  await expectAccessible(page)
})
