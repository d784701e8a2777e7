import type { FrameLocator, Page } from '@playwright/test'
import { expect, test } from './journey.ts'
import { CANVAS, MOODLE, TOOL } from './addresses.ts'
import { expectAccessible, openFromCourse, pressUntil, signInByMail } from './visit.ts'

const ROUND = 'Field notes'
/** Levels of the starting rubric, four criteria of them. */
const LEVELS = [
  { label: 'Not there yet', points: 1 },
  { label: 'Getting there', points: 3 },
  { label: 'There', points: 4 },
  { label: 'More than asked', points: 5 },
] as const
const CRITERIA = ["Partner's voice", 'Steps someone could follow', 'How you will know', 'Shared power and credit']
const WORK_MAXIMUM = 20
const REVIEWING_MAXIMUM = 10

type Reviewed = Readonly<{ reviewer: string; author: string; percent: number }>

test('a round over two campuses and a partner ends with the right numbers in both gradebooks', async ({ browser }) => {
  const eleanor = await openFromCourse(browser, CANVAS, 'Eleanor Voss')

  await test.step('an instructor sets the round up and opens it', async () => {
    const { tool, page } = eleanor
    await tool.getByRole('link', { name: 'Reviews' }).click()
    await tool.getByRole('link', { name: 'Set up a review round' }).click()
    await expectAccessible(page)
    await tool.getByLabel('Title').fill(ROUND)
    await tool.getByLabel('Reviews for each work').fill('2')
    await choose(tool, 'Reviewers see the author; authors do not see the reviewers')
    await tool.locator('summary').filter({ hasText: 'Who reviews whom' }).click()
    await choose(tool, 'May review one another')
    await tool.getByRole('button', { name: 'Save the set-up' }).click()
    await expect(tool.getByRole('heading', { level: 1, name: ROUND })).toBeVisible()
    await tool.getByRole('button', { name: 'Open for handing in' }).click()
    await confirm(tool, 'Open for handing in')
    await expect(tool.getByText('The round is open.', { exact: true })).toBeAttached()
    await expectAccessible(page)
  })

  const people = [
    ...(await Promise.all(['Amara Okonjo', 'Grace Lindqvist'].map((name) => openFromCourse(browser, CANVAS, name)))),
    ...(await Promise.all(['Devika Raman'].map((name) => openFromCourse(browser, MOODLE, name)))),
  ]
  const denise = await signInByMail(browser, 'denise@tenthstreet.example')
  const authors: { name: string; page: Page; tool: FrameLocator | Page }[] = [
    ...people,
    { name: 'Denise Carter', page: denise, tool: denise },
  ]

  await test.step('people of both campuses and a partner hand in', async () => {
    for (const { name, tool, page } of authors) {
      if (name === 'Devika Raman' || name === 'Denise Carter') await expectAccessible(page)
      await goToRound(tool)
      if (name === 'Denise Carter') {
        const file = {
          name: 'field-notes-denise.md',
          mimeType: 'text/markdown',
          buffer: Buffer.from('# Notes\n\nWhat our cooks know.'),
        }
        await tool.getByLabel('Add files').setInputFiles(file)
        await expect(tool.getByRole('button', { name: /^Remove / })).toBeVisible()
      } else {
        await tool
          .getByLabel('Your text')
          .fill(`Notes of ${name.split(' ')[0]}: what I saw on Tuesday, and what I did not ask.`)
        await expect(tool.getByText(/Saved at/).first()).toBeVisible()
      }
      if (name === 'Denise Carter') await expectAccessible(page)
      await ask(tool, 'Hand in')
      await confirm(tool, 'Hand in')
      await expect(tool.getByText(/^Handed in/).first()).toBeVisible()
    }
  })

  await test.step('the instructor deals out the reviews', async () => {
    const { tool, page } = eleanor
    await goToRound(tool)
    await tool.getByRole('button', { name: 'Deal out the reviews' }).click()
    await confirm(tool, 'Deal out the reviews')
    await expect(tool.getByText('The reviews are dealt out.', { exact: true })).toBeAttached()
    await expect(tool.getByRole('grid', { name: 'Pairings, reviewers down, authors across' })).toBeVisible()
    await expectAccessible(page)
  })

  const reviewed: Reviewed[] = []
  const mean = (numbers: number[]) => numbers.reduce((sum, number) => sum + number, 0) / numbers.length
  const marksOf = (author: string) => reviewed.filter((review) => review.author === author)
  const workOf = (learner: string) => (mean(marksOf(learner).map(({ percent }) => percent)) / 100) * WORK_MAXIMUM
  const reviewingOf = (learner: string) => {
    const shares = reviewed
      .filter(({ reviewer }) => reviewer === learner)
      .map(({ author, percent }) => {
        const others = marksOf(author).filter(({ reviewer }) => reviewer !== learner)
        // 40 for a review sent, and up to 60 for how near it lies to the others.
        return 0.4 + 0.6 * (1 - Math.abs(percent - mean(others.map((other) => other.percent))) / 100)
      })
    return mean(shares) * REVIEWING_MAXIMUM
  }

  await test.step('everyone reviews two others against the rubric', async () => {
    for (const [person, { name, tool, page }] of authors.entries()) {
      for (const nth of [0, 1]) {
        await goToRound(tool)
        const byline = tool.getByText(/^By /).first()
        await pressUntil(byline, tool.getByRole('link', { name: /^(Write it|Go on)/ }).first())
        const author = (await byline.innerText()).replace(/^By /, '').split(',')[0]!.trim()
        expect(author).not.toBe(name)
        const points = CRITERIA.map((_, criterion) => LEVELS[(person + nth * 2 + criterion) % 4]!)
        for (const [index, criterion] of CRITERIA.entries()) await rate(tool, criterion, points[index]!.label)
        await openCriterion(tool, CRITERIA[0]!)
        await tool
          .getByLabel('What would help the author most?')
          .first()
          .fill(`${name} would like to hear the partner say it.`)
        if (person === 0 && nth === 0) {
          await expect(tool.getByText(/Saved at/).first()).toBeVisible()
          await expectAccessible(page)
        }
        await ask(tool, 'Send review')
        await confirm(tool, 'Send review')
        await expect(tool.getByText('Your review is sent.').first()).toBeAttached()
        await expect(tool.getByRole('heading', { level: 1, name: ROUND })).toBeVisible()
        reviewed.push({
          reviewer: name,
          author,
          percent: (100 * points.reduce((sum, level) => sum + level.points, 0)) / 20,
        })
      }
    }
    expect(reviewed).toHaveLength(8)
  })

  await test.step('the instructor closes the round; an author reads what they received', async () => {
    const { tool, page } = eleanor
    await goToRound(tool)
    await tool.getByRole('button', { name: 'Close the reviewing' }).click()
    await confirm(tool, 'Close the reviewing')
    await expect(tool.getByText('The reviewing is closed.', { exact: true })).toBeAttached()
    await expectAccessible(page)

    const amara = authors[0]!
    await goToRound(amara.tool)
    await expect(amara.tool.getByText('Review 1', { exact: true })).toBeVisible()
    for (const { reviewer } of reviewed.filter(({ author }) => author === amara.name)) {
      // The comment names its writer on purpose; the page itself must not.
      await expect(amara.tool.getByText(`from ${reviewer}`)).toHaveCount(0)
    }
    await expectAccessible(amara.page)
  })

  await test.step('each instructor publishes their own learners’ grades', async () => {
    const matias = await openFromCourse(browser, MOODLE, 'Matías Roldán')
    for (const [{ tool, page }, scores] of [
      [eleanor, 4],
      [matias, 2],
    ] as const) {
      await goToRound(tool)
      await tool.getByRole('button', { name: `Publish ${scores} scores` }).click()
      await confirm(tool, `Publish ${scores} scores`)
      await expect(tool.getByText(`${scores} of ${scores} arrived.`)).toBeVisible({ timeout: 30_000 })
      await expectAccessible(page)
      await expect(
        tool.getByText('Nothing has changed since the last time, so there is nothing to send.'),
      ).toBeVisible()
    }
    await expectGradebook(eleanor.page, ['Amara Okonjo', 'Grace Lindqvist'])
    await expectGradebook(matias.page, ['Devika Raman'])
    await openFromGradebook(eleanor.page, 'Amara Okonjo')
    await openFromGradebook(matias.page, 'Devika Raman')
  })

  await test.step('another learner who has the address of that work is told that it is not theirs', async () => {
    const grace = people[1]!
    const path = new URL(toolFrame(eleanor.page).url()).pathname
    await toolFrame(grace.page).evaluate((to) => {
      history.pushState(null, '', to)
      dispatchEvent(new PopStateEvent('popstate'))
    }, path)
    await expect(grace.tool.getByRole('heading', { level: 1, name: 'This work is not yours to read' })).toBeVisible()
  })

  /** SpeedGrader in Canvas, the submission review in Moodle: that learner's work with its reviews, and nothing to change. */
  async function openFromGradebook(page: Page, learner: string) {
    await page.getByRole('link', { name: new RegExp(`, ${learner}, ${ROUND}: work$`) }).click()
    const tool = page.frameLocator('iframe[data-tool]')
    await expect(tool.getByRole('heading', { level: 1, name: `Work of ${learner}` })).toBeVisible()
    await expect(tool.getByText(`Notes of ${learner.split(' ')[0]}: what I saw on Tuesday`).first()).toBeVisible()
    await expect(tool.getByRole('textbox')).toHaveCount(0)
    await expectAccessible(page)
  }

  async function expectGradebook(page: Page, learners: string[]) {
    await page.getByRole('link', { name: 'Grades' }).first().click()
    await expect(page.getByRole('heading', { level: 1, name: /Grade/ })).toBeVisible()
    for (const learner of learners) {
      for (const [column, expected] of [
        [`${ROUND}: work`, workOf(learner)],
        [`${ROUND}: reviewing`, reviewingOf(learner)],
      ] as const) {
        const cell = await gradeOf(page, learner, column)
        expect(cell, `${learner}, ${column}`).toBeCloseTo(expected, 2)
      }
    }
    await expectAccessible(page)
  }
})

const toolFrame = (page: Page) => page.frames().find((frame) => frame.url().startsWith(TOOL))!

async function goToRound(tool: FrameLocator | Page): Promise<void> {
  const heading = (name: string) => tool.getByRole('heading', { level: 1, name, exact: true })
  const reviews = tool.getByRole('navigation', { name: 'Cohort space' }).getByRole('link', { name: /^Reviews/ })
  await pressUntil(heading('Reviews'), reviews)
  await pressUntil(heading(ROUND), tool.getByRole('link', { name: new RegExp(`^${ROUND}`) }).first())
}

/** The design system draws its own radio; people press the words. */
async function choose(tool: FrameLocator | Page, label: string): Promise<void> {
  await tool.getByText(label, { exact: true }).click()
  await expect(tool.getByLabel(label)).toBeChecked()
}

const ask = (tool: FrameLocator | Page, name: string): Promise<void> =>
  pressUntil(tool.getByRole('dialog'), tool.getByRole('button', { name, exact: true }))

async function confirm(tool: FrameLocator | Page, name: string): Promise<void> {
  await tool.getByRole('dialog').getByRole('button', { name }).click()
}

async function openCriterion(tool: FrameLocator | Page, criterion: string): Promise<void> {
  const levels = tool.getByRole('group', { name: `${criterion}: level` })
  const folded = tool.locator('summary').filter({ hasText: criterion })
  await expect(levels.or(folded).first()).toBeVisible()
  if (!(await levels.isVisible())) await folded.click()
  await expect(levels).toBeVisible()
}

async function rate(tool: FrameLocator | Page, criterion: string, label: string): Promise<void> {
  await openCriterion(tool, criterion)
  const level = tool
    .getByRole('group', { name: `${criterion}: level` })
    .getByRole('radio', { name: new RegExp(`^\\d+\\s*${label}$`) })
  await level.locator('..').click()
  await expect(level).toBeChecked()
}

async function gradeOf(page: Page, learner: string, column: string): Promise<number> {
  const headers = await page.getByRole('columnheader').allInnerTexts()
  const index = headers.findIndex((header) => header.replaceAll(/\s+/g, ' ').startsWith(column))
  expect(index, `a column called ${column} among ${headers.join(' | ')}`).toBeGreaterThan(0)
  const row = page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: learner }) })
  return Number.parseFloat(
    await row
      .getByRole('cell')
      .nth(index - 1)
      .innerText(),
  )
}
