import type { Browser, Page } from '@playwright/test'
import { expect, test } from './journey.ts'
import { CANVAS, MOODLE } from './addresses.ts'
import { keyboard, pointer, type Hands, type Place } from './hands.ts'
import { gather, handIn, sendReviews, type Sent } from './people-at-work.ts'
import { expectAccessible, openFromCourse, pressUntil } from './visit.ts'

const WORK_MAXIMUM = 20
const REVIEWING_MAXIMUM = 10
const LATE_FACTOR = 0.9
const RIVERSIDE = [
  'Amara Okonjo',
  'Daniel Oyelaran',
  'Farah Haddad',
  'Grace Lindqvist',
  'Luis Ferreira Prado',
  'Paul Bergeron',
  'Priya Nair',
  'Sofia Castellanos',
]
const HILLSIDE = ['Devika Raman', 'Hannah Weiss', 'Ibrahim Sayegh', 'Tomasz Wilk', 'Yuki Tanabe']
const [WRITES, DROPS_OUT, OVERRIDDEN, APPEALS, LATE] = [
  'Amara Okonjo',
  'Daniel Oyelaran',
  'Farah Haddad',
  'Grace Lindqvist',
  'Sofia Castellanos',
]

test.describe.configure({ mode: 'parallel' })

let people: Awaited<ReturnType<typeof gather>>
test.beforeAll(async () => {
  people = await gather()
})

for (const [how, handsOf] of [
  ['a pointer', () => pointer()],
  ['the keyboard alone', (page: Page) => keyboard(page)],
] as const)
  test(`fifteen people, one late, one gone, a flag, an appeal and an override end in the right numbers, by ${how}`, async ({
    browser,
  }) => {
    test.setTimeout(300_000)
    await runRound(browser, `Case notes by ${how}`, handsOf)
  })

async function runRound(browser: Browser, round: string, handsOf: (page: Page) => Hands) {
  const { instructor, members } = people
  const sit = async (lms: string, name: string) => {
    const seat = await openFromCourse(browser, lms, name)
    return { ...seat, hands: handsOf(seat.page) }
  }
  type Seat = Awaited<ReturnType<typeof sit>>
  const eleanor = await sit(CANVAS, 'Eleanor Voss')
  const button = (tool: Place, name: string | RegExp) => tool.getByRole('button', { name, exact: true })
  const confirm = ({ tool, hands }: Seat, name: string) =>
    hands.press(tool.getByRole('dialog').getByRole('button', { name, exact: true }))
  const ask = ({ tool, hands }: Seat, name: string) =>
    pressUntil(tool.getByRole('dialog'), button(tool, name), hands.press)
  const unfold = ({ tool, hands }: Seat, title: string, within: Place | ReturnType<Place['locator']> = tool) =>
    hands.press(within.locator('summary').filter({ hasText: title }).first())
  const goToRound = async ({ tool, hands }: Seat) => {
    const heading = (name: string) => tool.getByRole('heading', { level: 1, name, exact: true })
    const reviews = tool.getByRole('navigation', { name: 'Cohort space' }).getByRole('link', { name: /^Reviews/ })
    await pressUntil(heading('Reviews'), reviews, hands.press)
    await pressUntil(heading(round), tool.getByRole('link', { name: new RegExp(`^${round}`) }).first(), hands.press)
  }

  await test.step('the instructor sets the round up and opens it', async () => {
    const { tool, hands } = eleanor
    await hands.press(tool.getByRole('navigation', { name: 'Cohort space' }).getByRole('link', { name: /^Reviews/ }))
    await hands.press(tool.getByRole('link', { name: 'Set up a review round' }))
    await hands.write(tool.getByLabel('Title'), round)
    await unfold(eleanor, 'Late work')
    await hands.tick(tool.getByLabel('Taken while reviews are written, with fewer points'))
    await hands.write(tool.getByLabel('Percent less for each day begun'), '10')
    await hands.tick(tool.getByLabel('Reviewers see the author; authors do not see the reviewers'))
    await hands.press(button(tool, 'Save the set-up'))
    await expect(tool.getByRole('heading', { level: 1, name: round })).toBeVisible()
    await ask(eleanor, 'Open for handing in')
    await confirm(eleanor, 'Open for handing in')
    await expect(tool.getByText('The round is open.', { exact: true })).toBeAttached()
  })
  const { items } = await instructor.call<{ items: { roundId: string; title: string }[] }>(
    'GET',
    '/api/rounds?limit=50',
  )
  const { roundId } = items.find(({ title }) => title === round)!

  const amara = await sit(CANVAS, WRITES)
  await test.step('fourteen hand in in time, one of them before our eyes', async () => {
    const { tool, hands } = amara
    await goToRound(amara)
    await hands.write(tool.getByLabel('Your text'), 'We met on Tuesday. I asked what was missing, and listened.')
    await expect(tool.getByText(/Saved at/).first()).toBeVisible()
    await ask(amara, 'Hand in')
    await confirm(amara, 'Hand in')
    await expect(tool.getByText(/^Handed in/).first()).toBeVisible()
    for (const [name, visit] of members)
      if (name !== WRITES && name !== LATE)
        await handIn(visit, roundId, `What we saw on the visit, number ${name.length}.`)
  })

  await test.step('the work is due, the reviews are dealt, and one comes late', async () => {
    const { tool } = eleanor
    const due = new Date(Date.now() + 1500)
    await instructor.call('PATCH', `/api/rounds/${roundId}`, { submitUntil: due.toISOString() })
    await new Promise((resolve) => setTimeout(resolve, due.getTime() - Date.now() + 100))
    await goToRound(eleanor)
    await ask(eleanor, 'Deal out the reviews')
    await confirm(eleanor, 'Deal out the reviews')
    await expect(tool.getByText('The reviews are dealt out.', { exact: true })).toBeAttached()
    await handIn(members.get(LATE)!, roundId, 'Mine came late: the bus did too.')
  })

  await test.step('one drops out, and their reviews are handed out again', async () => {
    const { tool, hands } = eleanor
    await goToRound(eleanor)
    await unfold(eleanor, 'Somebody has dropped out')
    await hands.choose(tool.getByLabel('Who has dropped out?'), DROPS_OUT)
    await ask(eleanor, 'See what changes')
    await confirm(eleanor, 'Hand out')
    await expect(tool.getByText(`${DROPS_OUT}: dropped out`)).toBeVisible()
  })

  const sent: Sent[] = []
  await test.step('a reviewer raises a problem and sends a review; the others send theirs', async () => {
    const { tool, hands } = amara
    await goToRound(amara)
    const byline = tool.getByText(/^By /).first()
    await pressUntil(byline, tool.getByRole('link', { name: /^(Write it|Go on)/ }).first(), hands.press)
    await ask(amara, 'Something is wrong here')
    await hands.tick(tool.getByRole('dialog').getByLabel('It says who the author is'))
    await confirm(amara, 'Tell the instructor')
    await expect(tool.getByText('No answer yet. You can go on meanwhile.')).toBeVisible()
    const author = (await byline.innerText()).replace(/^By /, '').split(',')[0]!.trim()
    let points = 0
    for (const [nth, criterion] of (
      await tool.getByRole('group', { name: /: level$/, includeHidden: true }).all()
    ).entries()) {
      if (!(await criterion.isVisible())) await hands.press(criterion.locator('xpath=ancestor::details[1]/summary'))
      const level = criterion.getByRole('radio').nth(nth % 3)
      await hands.tick(level)
      points += Number((await level.locator('..').innerText()).match(/\d+/)![0])
    }
    const comment = tool.getByLabel('What would help the author most?').first()
    if (!(await comment.isVisible())) await hands.press(comment.locator('xpath=ancestor::details[1]/summary'))
    await hands.write(comment, 'A sentence of the partner, in the first paragraph, would help.')
    await ask(amara, 'Send review')
    await confirm(amara, 'Send review')
    await expect(tool.getByText('Your review is sent.').first()).toBeAttached()
    sent.push({ reviewer: WRITES, author, percent: (100 * points) / 20 })
    for (const [place, [name, visit]] of [...members].entries())
      if (name !== DROPS_OUT) sent.push(...(await sendReviews(visit, { name, place }, roundId)))
  })

  await test.step('the instructor answers the problem, closes, sets one score by hand and shows the grades', async () => {
    const { tool, hands, page } = eleanor
    await goToRound(eleanor)
    await hands.tick(tool.getByLabel('Keep it: the review goes on and counts'))
    await hands.write(tool.getByLabel('Your answer'), 'The name is that of a street. Go on.')
    await hands.press(button(tool, 'Answer'))
    await expect(tool.getByText('Your answer is sent.')).toBeAttached()
    await ask(eleanor, 'Close the reviewing')
    await confirm(eleanor, 'Close the reviewing')
    await expect(tool.getByText('The reviewing is closed.', { exact: true })).toBeAttached()
    await hands.press(button(tool, `Look closer at the scores of ${OVERRIDDEN}`))
    await unfold(eleanor, 'Set a score by hand')
    await hands.write(tool.getByLabel('Points, 0 to 20'), '15')
    await hands.write(tool.getByLabel('Reason'), 'The interview stands in the appendix.')
    await expectAccessible(page)
    await hands.press(button(tool, 'Set the score'))
    await expect(tool.getByText('The score is set.')).toBeAttached()
    await ask(eleanor, 'Show learners their grades')
    await confirm(eleanor, 'Show learners their grades')
    await expect(tool.getByText('Learners see their grades.', { exact: true })).toBeAttached()
  })

  await test.step('a learner asks for another look, and the instructor changes the grade', async () => {
    const grace = await sit(CANVAS, APPEALS)
    await goToRound(grace)
    await grace.hands.press(button(grace.tool, /^Ask for another look.*work/))
    await grace.hands.write(grace.tool.getByLabel('Your reason'), 'The second page was not read.')
    await expectAccessible(grace.page)
    await grace.hands.press(button(grace.tool, 'Send'))
    await expect(grace.tool.getByText('Your instructor will look at it.')).toBeAttached()

    const { tool, hands } = eleanor
    await goToRound(eleanor)
    await hands.press(button(tool, `Look closer at the scores of ${APPEALS}`))
    await hands.write(tool.getByLabel('Your answer, which the learner reads'), 'You are right; it is read now.')
    await hands.write(tool.getByLabel('New points, 0 to 20'), '17.5')
    await hands.press(button(tool, 'Change the grade'))
    await expect(tool.getByText('The grade was changed.')).toBeVisible()
  })

  const mean = (numbers: number[]) => numbers.reduce((sum, number) => sum + number, 0) / numbers.length
  const marksOf = (author: string) => sent.filter((review) => review.author === author)
  const expected = (name: string) => {
    if (name === DROPS_OUT) return [null, null]
    const marked = (mean(marksOf(name).map(({ percent }) => percent)) / 100) * WORK_MAXIMUM
    const work = name === OVERRIDDEN ? 15 : name === APPEALS ? 17.5 : name === LATE ? marked * LATE_FACTOR : marked
    const shares = sent
      .filter(({ reviewer }) => reviewer === name)
      .map(({ author, percent }) => {
        const others = marksOf(author).filter(({ reviewer }) => reviewer !== name)
        // 40 for a review sent, and up to 60 for how near it lies to the others.
        return 0.4 + 0.6 * (1 - Math.abs(percent - mean(others.map((other) => other.percent))) / 100)
      })
    return [work, shares.length ? mean(shares) * REVIEWING_MAXIMUM : null]
  }

  await test.step('both instructors publish, and both gradebooks hold what follows from the marks', async () => {
    for (const author of members.keys())
      if (author !== DROPS_OUT) expect(marksOf(author).length, author).toBeGreaterThan(1)
    expect(marksOf(DROPS_OUT)).toEqual([])
    const matias = await sit(MOODLE, 'Matías Roldán')
    for (const [seat, learners] of [
      [eleanor, RIVERSIDE],
      [matias, HILLSIDE],
    ] as const) {
      const scores = learners.flatMap(expected).filter((score) => score !== null).length
      await goToRound(seat)
      await ask(seat, `Publish ${scores} scores`)
      await confirm(seat, `Publish ${scores} scores`)
      await expect(seat.tool.getByText(`${scores} of ${scores} arrived.`)).toBeVisible({ timeout: 60_000 })
      await expectGradebook(seat.page, learners)
    }
  })

  async function expectGradebook(page: Page, learners: readonly string[]) {
    await page.getByRole('link', { name: 'Grades' }).first().click()
    await expect(page.getByRole('heading', { level: 1, name: /Grade/ })).toBeVisible()
    const headers = (await page.getByRole('columnheader').allInnerTexts()).map((text) => text.replaceAll(/\s+/g, ' '))
    for (const learner of learners) {
      const cells = page
        .getByRole('row')
        .filter({ has: page.getByRole('rowheader', { name: learner }) })
        .getByRole('cell')
      for (const [at, column] of ['work', 'reviewing'].entries()) {
        const index = headers.findIndex((header) => header.startsWith(`${round}: ${column}`))
        expect(index, `a column for the ${column} among ${headers.join(' | ')}`).toBeGreaterThan(0)
        const held = Number.parseFloat(await cells.nth(index - 1).innerText())
        const score = expected(learner)[at]!
        if (score === null) expect(held, `${learner}, ${column}`).toBeNaN()
        // Shown to two decimals, so half a hundredth away at most (and what binary fractions add to that).
        else expect(Math.abs(held - score), `${learner}, ${column}: ${held} for ${score}`).toBeLessThan(0.005_001)
      }
    }
  }
}
