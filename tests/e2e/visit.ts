import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Browser, type FrameLocator, type Locator, type Page } from '@playwright/test'
import { ADMIN, CANVAS, TOOL } from './addresses.ts'

/** Somebody at an LMS: their page and the tool inside its frame. */
export type Visit = Readonly<{ page: Page; tool: FrameLocator; name: string }>

const COURSE = { canvas: '/courses/cep-610', moodle: '/courses/edu-455' } as const

/** A fresh browser of one person, who opens the cohort's link in their course. */
export async function openFromCourse(browser: Browser, lms: string, name: string): Promise<Visit> {
  const page = await atCourse(browser, lms, name)
  await followLink(page)
  const tool = page.frameLocator('iframe[data-tool]')
  await expect(tool.getByRole('navigation', { name: 'Cohort space' })).toBeAttached()
  return { page, tool, name }
}

/**
 * Presses as a person does: again, when what it leads to does not come. A page that still fills up may move between the pointer's
 * going down and coming up, and then nothing is pressed.
 */
export function pressUntil(
  there: Locator,
  target: Locator,
  press: (target: Locator) => Promise<void> = (one) => one.click(),
): Promise<void> {
  return expect(async () => {
    if (!(await there.isVisible())) await press(target)
    await expect(there).toBeVisible({ timeout: 5000 })
  }).toPass({ timeout: 30_000 })
}

/** Opens the cohort's link from the front page of a course. */
export const followLink = (page: Page): Promise<void> =>
  page.getByRole('link', { name: 'Willow cohort' }).first().click()

/** A fresh browser of one person, on the front page of their course. */
export async function atCourse(browser: Browser, lms: string, name: string): Promise<Page> {
  const page = await newPage(browser)
  await page.goto(`${lms}${lms === CANVAS ? COURSE.canvas : COURSE.moodle}`)
  const choice = page.getByLabel('You are')
  await choice.selectOption((await choice.locator('option', { hasText: name }).getAttribute('value')) ?? '')
  await page.getByRole('button', { name: 'Go' }).last().click()
  return page
}

/** The instructor adds a link to their course and has it open the cohort; then the learner follows it. */
export async function openFromCourseLink(
  browser: Browser,
  { lms, cohort, instructor, learner }: Readonly<{ lms: string; cohort: string; instructor: string; learner: string }>,
): Promise<FrameLocator> {
  const teaching = await atCourse(browser, lms, instructor)
  await teaching.getByRole('link', { name: /^Add a link to/ }).click()
  await teaching.getByLabel('Title').fill(cohort)
  await teaching.getByRole('button', { name: /^Add/ }).click()
  await teaching.getByRole('link', { name: cohort }).first().click()
  const chooser = teaching.frameLocator('iframe[data-tool]')
  await expect(chooser.getByRole('heading', { name: 'Which cohort opens from this course?' })).toBeVisible()
  await expectAccessible(teaching)
  await chooser.getByRole('button', { name: `Open this one (${cohort})` }).click()
  await chooser.getByRole('dialog').getByRole('button', { name: 'Open this one' }).click()
  await expect(chooser.getByRole('link', { name: cohort }).first()).toBeVisible()
  const learning = await atCourse(browser, lms, learner)
  await learning.getByRole('link', { name: cohort }).first().click()
  return learning.frameLocator('iframe[data-tool]')
}

/** A partner asks for a link, reads it in the demo's mail, and signs in. There is no frame: the page is the tool. */
export async function signInByMail(browser: Browser, email: string): Promise<Page> {
  const page = await newPage(browser)
  await page.goto(`${TOOL}/sign-in`)
  await page.getByLabel('Your e-mail address').fill(email)
  await page.getByRole('button', { name: 'Send me a link' }).click()
  await expect(page.getByRole('heading', { name: 'Look in your mail' })).toBeVisible()
  await page.goto(await linkMailedTo(page, email, `${TOOL}/sign-in#`))
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('navigation', { name: 'Cohort space' })).toBeAttached()
  return page
}

/** Somebody who administers signs in by a mailed link. */
export async function signInToAdmin(page: Page, email: string): Promise<void> {
  await page.goto(`${ADMIN}/sign-in`)
  await page.getByRole('textbox', { name: /^E-mail/ }).fill(email)
  await page.getByRole('button', { name: 'Send me a link' }).click()
  await expect(page.getByText(/a link is on its way/)).toBeVisible()
  await page.goto(await linkMailedTo(page, email, `${ADMIN}/sign-in#`))
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('navigation').first()).toBeVisible()
}

/** The link that the newest message to that address holds. */
export const linkMailedTo = (page: Page, email: string, start: string): Promise<string> =>
  mailedTo(page, email, (text) => text.split(/\s+/).find((word) => word.startsWith(start)))

/** The code of eight digits that the newest message to that address holds, as it is written there. */
export const codeMailedTo = (page: Page, email: string): Promise<string> =>
  mailedTo(page, email, (text) => /\b\d{4} \d{4}\b/.exec(text)?.[0])

/** Reads the demo's mail as a person would, until the newest message to that address holds what is looked for. */
async function mailedTo(page: Page, email: string, find: (text: string) => string | undefined): Promise<string> {
  let found: string | undefined
  await expect(async () => {
    await page.goto(`${CANVAS}/mail`)
    await page
      .getByRole('row', { name: email })
      .or(page.getByRole('listitem').filter({ hasText: email }))
      .first()
      .getByRole('link')
      .first()
      .click()
    found = find(await page.locator('body').innerText())
    expect(found).toBeDefined()
  }).toPass({ timeout: 30_000 })
  return found!
}

export async function newPage(browser: Browser): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 1400 }, timezoneId: 'America/New_York' })
  return context.newPage()
}

/** No violation of WCAG 2.2 A and AA on this page and in its frames, once what moves or fades has come to rest. */
export async function expectAccessible(page: Page): Promise<void> {
  await Promise.all(page.frames().map((frame) => frame.evaluate(comeToRest)))
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    // It compares the LMS's landmarks with those of the tool's document inside its frame.
    .disableRules(['landmark-unique'])
    .analyze()
  const found = violations.map(
    ({ id, help, nodes }) => `${id}: ${help}\n  ${nodes.map(({ html }) => html).join('\n  ')}`,
  )
  expect(found, page.url()).toEqual([])
}

/** A colour on its way to another has a contrast that nobody sees for longer than a blink. */
async function comeToRest(): Promise<void> {
  const ending = document.getAnimations().filter(({ effect }) => Number.isFinite(effect?.getComputedTiming().endTime))
  await Promise.allSettled(ending.map(({ finished }) => finished))
}
