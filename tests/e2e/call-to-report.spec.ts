import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { extractText, getDocumentProxy } from 'unpdf'
import { expect, test } from './journey.ts'
import { ADMIN, CANVAS, MOODLE, TOOL } from './addresses.ts'
import { codeMailedTo, expectAccessible, linkMailedTo, newPage, openFromCourseLink, signInToAdmin } from './visit.ts'

const COMMUNITY = 'Gardens that feed a campus'
const CONVENING = 'Autumn meeting of the valleys'
const ROSA = { name: 'Rosa Delgado', email: 'rosa.delgado@hillside.example' }
const TOMAS = { name: 'Tomas Weber', email: 'tomas.weber@riverside.example' }
const INES = { name: 'Ines Abara', email: 'ines.abara@northgate.example' }
/** Learners of the two LMSs who are known by their address. */
const LEARNERS = [
  { name: 'Amara Okonjo', email: 'amara.okonjo@riverside.example', lms: CANVAS, instructor: 'Eleanor Voss' },
  { name: 'Devika Raman', email: 'devika.raman@hillside.example', lms: MOODLE, instructor: 'Matías Roldán' },
] as const
const CALL = 'Call for the gardens'
const DAY = 86_400_000

test('a call becomes a joint proposal, a community, a convening of 60 placed into cohorts, and a report', async ({
  browser,
}) => {
  test.setTimeout(300_000)
  const teresa = await newPage(browser)
  await signInToAdmin(teresa, 'teresa@threevalleys.example')

  await test.step('the coordinator writes a call and opens it', async () => {
    await teresa.getByRole('link', { name: 'Calls', exact: true }).click()
    await teresa.getByRole('button', { name: 'Write a call' }).click()
    await teresa.getByRole('textbox', { name: /^Name of the call/ }).fill(CALL)
    await teresa.getByLabel('Opens').fill(localTime(-1, 9))
    await teresa.getByLabel('Closes').fill(localTime(20, 17))
    await teresa.getByLabel('Micro-credential').selectOption({ label: 'Community Partnerships' })
    await teresa.getByLabel(/^Submission deadline/).fill(day(150))
    await expectAccessible(teresa)
    await teresa.getByRole('button', { name: 'Save the call' }).click()
    await teresa.getByRole('button', { name: `Open it ${CALL}` }).click()
    await expect(teresa.getByRole('row', { name: new RegExp(CALL) }).getByText('Open', { exact: true })).toBeVisible()
  })

  const rosa = await newPage(browser)
  await test.step('somebody of a campus begins a draft on the public page', async () => {
    await rosa.goto(`${ADMIN}/start`)
    await expectAccessible(rosa)
    const form = rosa.getByRole('form', { name: 'Your idea' })
    await form.getByRole('textbox', { name: /^Name of the community/ }).fill(COMMUNITY)
    await form.getByLabel(/^What do you care about/).fill('Growing food where students and neighbours meet.')
    await form.getByLabel('For which call?').selectOption({ label: CALL })
    await form.getByRole('textbox', { name: /^Your name/ }).fill(ROSA.name)
    await form.getByLabel(/^Your e-mail address/).fill(ROSA.email)
    await form.getByLabel('Your campus or organisation').selectOption({ label: 'Hillside College' })
    await form.getByLabel('What are you there?').selectOption({ label: 'Staff' })
    await form.getByRole('button', { name: 'Send me the link' }).click()
    await expect(rosa.getByRole('heading', { name: 'Look into your mail' })).toBeVisible()
    await followMailedLink(rosa, ROSA.email)
    await rosa.getByRole('link', { name: COMMUNITY }).first().click()
    await expect(rosa.getByRole('heading', { level: 1, name: COMMUNITY })).toBeVisible()
  })

  await test.step('a second campus joins, and writes in the same draft', async () => {
    await rosa.getByLabel('Add a host').selectOption({ label: 'Riverside State' })
    await rosa.getByRole('button', { name: 'Share with somebody' }).click()
    const share = rosa.getByRole('form', { name: 'Share with somebody' })
    await share.getByRole('textbox', { name: /^Name/ }).fill(TOMAS.name)
    await share.getByLabel(/^E-mail address/).fill(TOMAS.email)
    await share.getByLabel('Campus or organisation').selectOption({ label: 'Riverside State' })
    await share.getByLabel('Affiliation').selectOption({ label: 'Faculty' })
    await share.getByRole('button', { name: 'Share the draft' }).click()
    await rosa.getByRole('checkbox', { name: `Chairs ${ROSA.name}` }).check()
    await rosa.getByLabel('Facilitators').selectOption({ label: 'Please pair us' })
    await rosa.getByLabel('Competency area').fill('Community Partnerships')
    await rosa.getByLabel(/^Community: /).fill('Gardeners, students and cooks of two campuses.')
    await rosa.getByLabel(/^Practice: /).fill('One bed each, and what we learn from it.')
    await rosa.getByLabel(/democratic/).fill('Everyone sets a prompt in turn.')

    const tomas = await newPage(browser)
    await tomas.goto(`${ADMIN}/sign-in`)
    await askForLink(tomas, TOMAS.email)
    await followMailedLink(tomas, TOMAS.email)
    await tomas.getByRole('link', { name: COMMUNITY }).first().click()
    await expect(tomas.getByRole('heading', { name: 'You are invited to write this proposal' })).toBeVisible()
    await expectAccessible(tomas)
    await tomas.getByRole('button', { name: 'Open the draft' }).click()
    await tomas.getByLabel(/inclusive/).fill('We meet where the bus stops.')
    await expect(tomas.getByText(/^Saved/).first()).toBeVisible()
    await expect(rosa.getByLabel(/inclusive/)).toHaveValue('We meet where the bus stops.', { timeout: 30_000 })
  })

  await test.step('a rule blocks six meetings that end too late, until the last is moved', async () => {
    await rosa.getByLabel('First day').fill(day(60))
    await rosa.getByLabel('Last day').fill(day(148))
    await rosa.getByRole('button', { name: 'Plan the first meeting' }).click()
    const first = rosa.getByRole('group', { name: /^Meeting 1/ })
    await first.getByLabel('Date').fill(day(75))
    await first.getByLabel('Time').fill('15:00')
    await first.getByLabel('Address to join online').fill('https://meet.example/gardens')
    await rosa.getByRole('button', { name: 'Fill up to 6, every two weeks' }).click()
    await rosa
      .getByRole('group', { name: /^Meeting 6/ })
      .getByLabel('Date')
      .fill(day(146))
    const rules = rosa.getByRole('complementary', { name: 'Rules, checked as you write' })
    await expect(rules.getByText(/days before .* when people hand in/)).toBeVisible()
    await expect(rosa.getByRole('button', { name: 'Send to the coordinator' })).toBeDisabled()
    await expectAccessible(rosa)
    await rules.getByRole('button', { name: /^Move meeting 6 to/ }).click()
    await expect(rules.getByText(/days before .* when people hand in/)).toHaveCount(0)
    await rosa
      .getByLabel(/^(Why does it go ahead|A word to the coordinator)/)
      .fill('We look for somebody with green hands.')
    await rosa.getByRole('button', { name: 'Send to the coordinator' }).click()
    await expect(rosa.getByText('Sent', { exact: true }).first()).toBeVisible()
  })

  await test.step('a facilitator offers, is paired with it, and both sides say yes', async () => {
    const ines = await newPage(browser)
    await ines.goto(`${ADMIN}/facilitate`)
    await ines.getByRole('link', { name: /Valleys/ }).click()
    await ines.getByRole('textbox', { name: /^Your name/ }).fill(INES.name)
    await ines.getByLabel(/^E-mail/).fill(INES.email)
    await ines.getByLabel('Campus or organisation').selectOption({ label: 'Northgate University' })
    await ines.getByLabel(/^Languages you facilitate in/).fill('English')
    await ines.getByRole('checkbox', { name: 'Community Partnerships' }).check()
    const weekday = new Date(Date.now() + 75 * DAY).toLocaleDateString('en', { weekday: 'long' })
    // Hillside's clock is an hour behind hers.
    for (const hour of ['4 PM', '5 PM']) await ines.getByRole('checkbox', { name: `${weekday}, ${hour}` }).check()
    await expectAccessible(ines)
    await ines.getByRole('button', { name: 'Offer to facilitate' }).click()
    await expect(ines.getByRole('heading', { name: 'Look into your mail' })).toBeVisible()

    await teresa.goto(`${ADMIN}/facilitators`)
    const row = teresa.getByRole('row', { name: new RegExp(INES.name) })
    await row.getByRole('button', { name: /^Take into the pool/ }).click()
    await expect(row.getByText('In the pool')).toBeVisible()
    await ines.goto(`${ADMIN}/sign-in`)
    await askForLink(ines, INES.email)
    await followMailedLink(ines, INES.email)
    await ines.goto(`${ADMIN}/facilitating`)
    await ines.getByLabel(`How gladly: ${COMMUNITY}`).selectOption({ label: 'Very gladly' })
    await expectAccessible(ines)

    await teresa.getByRole('link', { name: 'Pair them with proposals' }).click()
    const card = teresa.getByRole('region', { name: COMMUNITY })
    await card.getByRole('button', { name: `Offer it to both ${INES.name}` }).click()
    await expect(card.getByText('Asked')).toBeVisible()
    await expectAccessible(teresa)
    await ines.reload()
    await ines.getByRole('button', { name: `Yes ${COMMUNITY}` }).click()
    await rosa.getByRole('link', { name: 'Open the pairing' }).click()
    await rosa.getByRole('button', { name: `Yes ${INES.name}` }).click()
    await expect(rosa.getByText('Agreed: both sides said yes.').first()).toBeAttached()
  })

  await test.step('the coordinator approves, and it shows in the public directory', async () => {
    await teresa.getByRole('link', { name: /^Proposals/ }).click()
    await teresa.getByRole('link', { name: COMMUNITY }).click()
    await expectAccessible(teresa)
    await teresa.getByLabel(/^Reason or request/).fill('A joy to read.')
    await teresa.getByRole('button', { name: 'Approve' }).click()
    await teresa.getByRole('dialog').getByRole('button', { name: 'Approve' }).click()
    await expect(teresa.getByRole('heading', { name: 'What was made' })).toBeVisible()
    const reader = await newPage(browser)
    await reader.goto(`${ADMIN}/communities`)
    await reader.getByRole('link', { name: COMMUNITY }).click()
    await expect(reader.getByText('https://meet.example/gardens')).toHaveCount(0)
    await expect(reader.getByText(/Hosted by/)).toContainText('Riverside State')
    await expectAccessible(reader)
  })

  await test.step('a convening takes 60 people from a spreadsheet', async () => {
    await teresa.goto(`${ADMIN}/convenings/new`)
    await teresa.getByLabel('Name').fill(CONVENING)
    await teresa.getByLabel('Starts').fill(localTime(30, 9))
    await teresa.getByLabel('Ends').fill(localTime(30, 16))
    await teresa.getByLabel('Registration closes').fill(localTime(25, 12))
    await teresa.getByRole('textbox', { name: /^Place A room/ }).fill('Hollis Hall, Riverside State')
    await teresa.getByRole('button', { name: 'Save' }).click()
    await teresa.getByRole('button', { name: 'Open registration' }).click()
    const list = { name: 'registrants.csv', mimeType: 'text/csv', buffer: Buffer.from(registrants()) }
    await teresa.getByLabel('Choose a CSV file').setInputFiles(list)
    await expect(teresa.getByText('60 rows: 60 would be registered, 0 are registered already.')).toBeVisible()
    await teresa.getByRole('button', { name: 'Register 60 people' }).click()
    await expect(teresa.getByText('60 people registered').first()).toBeAttached()
    await expectAccessible(teresa)
  })

  const cohortOf = new Map<string, string>()
  await test.step('they are placed, one is moved by the keyboard alone, and all are invited', async () => {
    await teresa.getByRole('link', { name: /lace/ }).last().click()
    await teresa.getByRole('button', { name: 'Place 60 people' }).click()
    await expect(teresa.getByRole('heading', { name: /60 people/ })).toBeVisible({ timeout: 60_000 })
    await expectAccessible(teresa)
    const moved = await moveByKeyboard(teresa)
    for (const name of [moved.name, ...LEARNERS.map((learner) => learner.name)])
      cohortOf.set(name, await cohortOnBoard(teresa, name))
    expect(cohortOf.get(moved.name)).toBe(moved.to)

    await teresa.getByRole('button', { name: 'Commit and invite 60' }).click()
    await teresa.getByRole('textbox', { name: /^What the cohorts are about/ }).fill('Community Partnerships')
    await teresa.getByLabel(/^Online address/).fill('https://meet.example/valleys')
    await teresa.getByRole('button', { name: 'See what it would do' }).click()
    const preview = teresa.getByRole('region', { name: 'What it would do' })
    await expect(preview.getByText('60 people are written to.')).toBeVisible()
    const reason = teresa.getByLabel(/^Why it goes ahead/)
    if (await reason.isVisible()) await reason.fill('The season is short this year.')
    await expectAccessible(teresa)
    await teresa.getByRole('button', { name: 'Commit and invite 60' }).last().click()
    await expect(teresa.getByText(/^Committed /)).toBeVisible({ timeout: 30_000 })
    await expect(linkMailedTo(await newPage(browser), 'person7@gardens.example', TOOL)).resolves.toContain(TOOL)
  })

  for (const { name, email, lms, instructor } of LEARNERS) {
    const cohort = cohortOf.get(name)!
    await test.step(`${name} opens their cohort from their own course`, async () => {
      const tool = await openFromCourseLink(browser, { lms, cohort, instructor, learner: name })
      await tool.getByRole('button', { name: 'Were you invited by mail?' }).click()
      await tool.getByLabel('Address of the invitation').fill(email)
      await tool.getByRole('button', { name: 'Send me a code' }).click()
      await tool.getByLabel('Code').fill(await codeMailedTo(await newPage(browser), email))
      await tool.getByRole('button', { name: 'Join both' }).click()
      await expect(tool.getByRole('heading', { name: 'Who is here' })).toBeVisible()
      await expect(tool.getByText(name).first()).toBeVisible()
    })
  }

  await test.step('the report counts them, and the flyer says what the convening says', async () => {
    await teresa.getByRole('link', { name: /^Reports/ }).click()
    const takesPart = teresa.getByRole('region', { name: 'Who takes part' })
    await expectAccessible(teresa)
    const saving = teresa.waitForEvent('download')
    await takesPart.getByRole('link', { name: /^CSV/ }).click()
    const csv = await readFile(await (await saving).path(), 'utf8')
    await takesPart.getByText('As a table').click()
    const shown = takesPart
      .getByRole('row', { name: /^Northgate University/ })
      .getByRole('cell')
      .last()
    const written = csv
      .split('\r\n')
      .find((line) => line.startsWith('Northgate University,'))!
      .split(',')
    expect(Number(written.at(-1))).toBeGreaterThanOrEqual(14)
    await expect(shown).toHaveText(written.at(-1)!)

    await teresa.getByRole('link', { name: /^Convenings/ }).click()
    await teresa.getByRole('link', { name: CONVENING }).click()
    const address = await teresa.getByRole('link', { name: 'Flyer (PDF)' }).getAttribute('href')
    const answer = await teresa.request.get(ADMIN + address)
    const { text } = await extractText(await getDocumentProxy(new Uint8Array(await answer.body())), {
      mergePages: true,
    })
    expect(text).toContain(CONVENING)
    expect(text).toContain('Hollis Hall, Riverside State')
    expect(text).toContain(
      new Date(Date.now() + 30 * DAY).toLocaleDateString('en-GB', { day: 'numeric', month: 'long' }),
    )
    expect(text.replaceAll(/\s/g, '')).toContain(
      await teresa.getByRole('link', { name: `${ADMIN}/c/` }).getAttribute('href'),
    )
  })
})

/** Finds people by the board's search and carries each along until one fits elsewhere: no pointer. */
async function moveByKeyboard(page: Page): Promise<{ name: string; to: string }> {
  const search = page.getByRole('searchbox', { name: 'Find a person' })
  for (let number = 1; number <= 58; number++) {
    const name = `Person ${number}`
    await search.focus()
    await page.keyboard.press('Control+A')
    await page.keyboard.type(name)
    await page.keyboard.press('Enter')
    await page.keyboard.press('Enter')
    const said = page.locator('p[role=status]', { hasText: `Carrying ${name}` })
    for (let step = 0; step < 5; step++) {
      await page.keyboard.press(step === 0 && number % 2 ? 'ArrowLeft' : 'ArrowRight')
      await expect(said).not.toContainText('Asking the rules')
      const to = /Carrying [^.]+\. (.+?)\. Fits/.exec((await said.innerText()).replaceAll(/\s+/g, ' '))?.[1]
      if (!to) continue
      await page.keyboard.press('Enter')
      await expect(page.getByText(`${name} is in ${to} now.`).first()).toBeAttached()
      return { name, to }
    }
    await page.keyboard.press('Escape')
  }
  throw new Error('Nobody could be moved')
}

/** What a card says of where its person sits. */
async function cohortOnBoard(page: Page, name: string): Promise<string> {
  const card = page.getByRole('button', { name: new RegExp(`${name} [a-z].*, in `) })
  return /, in (.+?)(, kept here)?$/.exec((await card.innerText()).replaceAll(/\s+/g, ' '))![1]!
}

/** Sixty people of four campuses, the demo's two learners among them, with habits of a week in common. */
function registrants(): string {
  const campuses = ['Riverside State', 'Hillside College', 'Northgate University', 'Tenth Street Food Hub']
  const habits = [
    'mon-09;mon-11;tue-09;tue-11;wed-09;wed-11;thu-09',
    'mon-13;mon-15;tue-13;tue-15;wed-13;wed-15;thu-13',
  ]
  const known = [
    `${LEARNERS[0].name},${LEARNERS[0].email},Riverside State,student,yes,,en,${habits[0]}`,
    `${LEARNERS[1].name},${LEARNERS[1].email},Hillside College,student,yes,,en,${habits[0]}`,
  ]
  const others = Array.from({ length: 58 }, (_, at) => {
    const campus = campuses[at % 4]!
    const kind = at % 4 === 3 ? 'community partner' : ['faculty', 'staff', 'student'][at % 3]
    return `Person ${at + 1},person${at + 1}@gardens.example,${campus},${kind},${at % 5 ? 'no' : 'yes'},,en,${habits[at % 2]}`
  })
  return ['name,email,institution,affiliation,can_chair,interests,languages,slots', ...known, ...others].join('\r\n')
}

async function askForLink(page: Page, email: string): Promise<void> {
  await page.getByRole('textbox', { name: /^E-mail/ }).fill(email)
  await page.getByRole('button', { name: 'Send me a link' }).click()
  await expect(page.getByText(/a link is on its way/)).toBeVisible()
}

async function followMailedLink(page: Page, email: string): Promise<void> {
  await page.goto(await linkMailedTo(page, email, `${ADMIN}/sign-in#`))
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('navigation').first()).toBeVisible()
}

/** What a date field takes: that many days from now. */
const day = (days: number): string => localTime(days, 12).slice(0, 10)

/** What a date-and-time field takes: that many days from now, at a full hour. */
function localTime(days: number, hour: number): string {
  const date = new Date(Date.now() + days * DAY)
  const two = (number: number) => String(number).padStart(2, '0')
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}T${two(hour)}:00`
}
