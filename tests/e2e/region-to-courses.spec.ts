import type { FrameLocator } from '@playwright/test'
import { expect, test } from './journey.ts'
import { ADMIN, CANVAS, MOODLE } from './addresses.ts'
import { expectAccessible, newPage, openFromCourseLink, signInToAdmin } from './visit.ts'

const COHORT = 'Rowan cohort'
const CONVENING = 'Winter gathering'
const NEWCOMER = { name: 'Odile Marchetti', email: 'odile@tenthstreet.example' }

test('a coordinator makes a cohort across campuses, and it is live in both LMS courses', async ({ browser }) => {
  const admin = await newPage(browser)
  await test.step('the coordinator signs in by a mailed link', async () => {
    await admin.goto(ADMIN)
    await expectAccessible(admin)
    await signInToAdmin(admin, 'teresa@threevalleys.example')
    await expect(admin.getByRole('heading', { name: 'Waiting for you' })).toBeVisible()
    await expectAccessible(admin)
  })

  await test.step('a campus is invited to connect its LMS', async () => {
    await admin.getByRole('link', { name: 'Institutions and LMS' }).click()
    await admin.getByRole('link', { name: 'Northgate University' }).click()
    await admin.getByRole('button', { name: 'Make an invite link' }).click()
    await expect(admin.getByLabel('Registration link')).toHaveText(/\/lti\/register\/[\w-]{20,}$/)
    await expectAccessible(admin)
  })

  await test.step('a campus’s connection is tested, and says what is next', async () => {
    await admin.getByRole('link', { name: 'Institutions and LMS' }).click()
    await admin.getByRole('link', { name: 'Riverside State' }).click()
    await admin.getByRole('link', { name: /^Look at this connection/ }).click()
    await admin.getByRole('button', { name: 'Run the self-test' }).click()
    await expect(admin.getByText(/^All is well\. Last run/)).toBeVisible({ timeout: 30_000 })
    await expect(admin.getByText('This connection works.', { exact: false })).toBeVisible()
    await expect(admin.getByRole('button', { name: 'Run it again' })).toBeEnabled()
    await expectAccessible(admin)
  })

  await test.step('a convening opens its registration, and somebody without an LMS registers', async () => {
    await admin.goto(`${ADMIN}/convenings/new`)
    await admin.getByLabel('Name').fill(CONVENING)
    await admin.getByLabel('Starts').fill(localTime(20, 9))
    await admin.getByLabel('Ends').fill(localTime(20, 16))
    await admin.getByLabel('Registration closes').fill(localTime(15, 12))
    await admin.getByRole('textbox', { name: /^Place A room/ }).fill('Hollis Hall, Riverside State')
    await expectAccessible(admin)
    await admin.getByRole('button', { name: 'Save' }).click()
    await admin.getByRole('button', { name: 'Open registration' }).click()
    await expect(admin.getByText('Registration is open.', { exact: false }).first()).toBeAttached()
    await expectAccessible(admin)

    const address = (await admin.getByRole('link', { name: `${ADMIN}/c/` }).getAttribute('href')) ?? ''
    const visitor = await newPage(browser)
    await visitor.goto(address)
    await expectAccessible(visitor)
    await visitor.getByLabel('Your name').fill(NEWCOMER.name)
    await visitor.getByLabel(/e-mail/i).fill(NEWCOMER.email)
    await visitor.getByLabel(/campus or organisation/i).selectOption({ label: 'Tenth Street Food Hub' })
    await visitor.getByLabel('I am').selectOption({ label: 'a community partner' })
    await visitor.getByRole('button', { name: 'Sign up' }).click()
    await expect(visitor.getByRole('heading', { name: 'Thank you' })).toBeVisible()
    await admin.reload()
    await expect(admin.getByRole('rowheader', { name: NEWCOMER.name })).toBeVisible()
  })

  await test.step('a cohort is composed; the rules block it until it has a chair', async () => {
    await admin.goto(`${ADMIN}/cohorts/new`)
    await admin.getByRole('textbox', { name: /^Name/ }).fill(COHORT)
    await admin.getByRole('textbox', { name: /^Theme/ }).fill('Community Partnerships')
    await admin.getByLabel('Convening').selectOption({ label: CONVENING })
    await admin.getByRole('button', { name: `Add ${NEWCOMER.name}` }).click()
    await admin.getByRole('button', { name: 'Search the campuses' }).click()
    for (const person of ['Amara Okonjo', 'Devika Raman']) {
      await admin.getByRole('button', { name: `Add ${person}` }).click()
    }
    await admin.getByRole('button', { name: 'Set the first meeting' }).click()
    await admin.getByLabel('Title').fill('First look')
    await admin.getByLabel('Starts').fill(localTime(7, 15))
    await admin.getByLabel('Online address').fill('https://meet.example/rowan')
    await admin.getByRole('button', { name: /^Repeat weekly/ }).click()
    await expect(admin.getByText('A cohort is led by at least one chair.', { exact: false }).first()).toBeVisible()
    await expect(admin.getByRole('button', { name: 'Create the cohort' })).toBeDisabled()
    await expectAccessible(admin)
    await admin.getByLabel('Part of Devika Raman').selectOption({ label: 'Chair' })
    await expect(admin.getByRole('button', { name: 'Create the cohort' })).toBeEnabled()
    await admin.getByRole('button', { name: 'Create the cohort' }).click()
    await expect(admin.getByRole('heading', { level: 1, name: COHORT })).toBeVisible()
    await expect(admin.getByText('It is in no course yet')).toBeVisible()
    await expectAccessible(admin)
  })

  const courses = [
    [CANVAS, 'Eleanor Voss', 'Amara Okonjo'],
    [MOODLE, 'Matías Roldán', 'Devika Raman'],
  ] as const
  for (const [lms, instructor, learner] of courses) {
    await test.step(`${instructor} opens it from a course, and ${learner} is in it`, async () => {
      await expectHome(await openFromCourseLink(browser, { lms, cohort: COHORT, instructor, learner }))
    })
  }

  await test.step('the newcomer reaches the same space by mail, and the coordinator sees it live in both courses', async () => {
    await admin.reload()
    await expect(
      admin
        .getByRole('link', { name: 'CEP 610' })
        .or(admin.getByText(/Community Engagement Practice/))
        .first(),
    ).toBeVisible()
    await expect(admin.getByText(/Learning with Communities/).first()).toBeVisible()
    await expect(admin.getByText('It is in no course yet')).toHaveCount(0)
    await expectAccessible(admin)
  })
})

async function expectHome(tool: FrameLocator): Promise<void> {
  await expect(tool.getByRole('link', { name: new RegExp(COHORT) }).first()).toBeVisible()
  await expect(tool.getByRole('heading', { level: 1, name: /First look/ })).toBeVisible()
}

/** What a date-and-time field takes: that many days from now, at a full hour. */
function localTime(days: number, hour: number): string {
  const date = new Date(Date.now() + days * 86_400_000)
  const two = (number: number) => String(number).padStart(2, '0')
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}T${two(hour)}:00`
}
