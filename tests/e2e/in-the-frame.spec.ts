import { expect, test } from './journey.ts'
import { CANVAS, MOODLE, TOOL } from './addresses.ts'
import { atCourse, expectAccessible, followLink, openFromCourse } from './visit.ts'

test('canvas: the space follows the LMS around it in language, contrast, height, scroll and the way back', async ({
  browser,
}) => {
  const { page, tool } = await openFromCourse(browser, CANVAS, 'Luis Ferreira Prado')
  const html = tool.locator('html')
  const main = tool.getByRole('heading', { level: 1 })

  await test.step('dates are in Spanish and say so; the words are English and say so', async () => {
    await expect(tool.locator('time strong[lang="es"]').first()).toContainText(/ de \p{L}+ de 20\d\d/u)
    await expect(html).toHaveAttribute('lang', 'en')
    await expect(html).toHaveAttribute('data-theme', 'contrast')
    await expectAccessible(page)
  })

  await test.step('the frame grows and shrinks with the page, without a scroll bar of its own', async () => {
    const frame = page.locator('iframe[data-tool]')
    const height = async () => (await frame.boundingBox())!.height
    const isFitted = () =>
      expect
        .poll(async () => {
          const content = await html.evaluate(({ ownerDocument: { body, documentElement } }) => ({
            body: body.getBoundingClientRect().height,
            scrolls: documentElement.scrollHeight > window.innerHeight + 1,
          }))
          return !content.scrolls && Math.abs((await height()) - content.body) < 6
        })
        .toBe(true)
    await isFitted()
    const home = await height()
    await tool.getByRole('link', { name: 'Meetings', exact: true }).click()
    await expect(main).toBeFocused()
    await isFitted()
    const meetings = await height()
    await tool.getByRole('link', { name: 'Home', exact: true }).click()
    await expect(main).toBeFocused()
    await expect.poll(height).toBeCloseTo(home, -1)
    expect(Math.abs(meetings - home)).toBeGreaterThan(50)
  })

  await test.step('a page that opens from far below begins at its top, named and in focus', async () => {
    await page.setViewportSize({ width: 1280, height: 600 })
    const link = tool.getByRole('link', { name: 'Time zone, name and appearance' })
    await link.scrollIntoViewIfNeeded()
    await link.click()
    await expect(main).toBeFocused()
    await expect(main).toBeInViewport()
    expect(await html.evaluate(({ ownerDocument }) => ownerDocument.title)).toBe(
      `${await main.innerText()}, Copractice`,
    )
  })

  await tool.getByRole('link', { name: 'Back to your course' }).click()
  await expect(page).toHaveURL(`${CANVAS}/courses/cep-610`)
  await page.context().close()
})

for (const [lms, other, name] of [
  [CANVAS, MOODLE, 'Amara Okonjo'],
  [MOODLE, CANVAS, 'Devika Raman'],
] as const)
  test(`${lms === CANVAS ? 'canvas' : 'moodle'}: a launch’s answer is for its own frame, and a page reloaded there is shown there still`, async ({
    browser,
  }) => {
    const page = await atCourse(browser, lms, name)
    const isAnswer = (url: string, method: string) => url === `${TOOL}/lti/launch` && method === 'POST'
    const answered = page.waitForResponse((each) => isAnswer(each.url(), each.request().method()) && each.ok())
    await followLink(page)
    const tool = page.frameLocator('iframe[data-tool]')
    await expect(tool.getByRole('navigation', { name: 'Cohort space' })).toBeAttached()
    const policy = (await (await answered).allHeaders())['content-security-policy'] ?? ''
    expect(policy).toContain(`frame-ancestors ${lms}`)
    expect(policy).not.toContain(other)

    await tool.locator('html').evaluate(() => location.reload())
    await expect(tool.getByRole('heading', { name: 'Please open this once more from your course' })).toBeVisible()
    await page.context().close()
  })
