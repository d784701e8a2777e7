import type { Browser, Page } from '@playwright/test'
import { expect, test } from './journey.ts'
import { CANVAS, MOODLE, TOOL } from './addresses.ts'
import { openProxy, type Proxy, type Seen } from './open-proxy.ts'
import { expectAccessible, followLink } from './visit.ts'

const LMS = { canvas: CANVAS, moodle: MOODLE } as const

let proxy: Proxy
test.afterEach(async ({ browser }) => {
  for (const context of browser.contexts()) await context.close()
  proxy.close()
})

/** A person whose browser goes through a proxy, on the front page of their course. */
async function visit(browser: Browser, lms: keyof typeof LMS, options: Parameters<typeof openProxy>[0]): Promise<Page> {
  proxy = await openProxy(options)
  const context = await browser.newContext({ proxy: { server: proxy.server }, viewport: { width: 1280, height: 900 } })
  const page = await context.newPage()
  await page.goto(`${LMS[lms]}/courses/${lms === 'canvas' ? 'cep-610' : 'edu-455'}`)
  return page
}

const toolIn = (page: Page) => page.frameLocator('iframe[data-tool]')
const space = { name: 'Cohort space' } as const
const launches = (): Seen[] => proxy.seen.filter(({ url, method }) => url === `${TOOL}/lti/launch` && method === 'POST')
const fieldOf = ({ body }: Seen, name: string) => new URLSearchParams(body).get(name)

for (const lms of ['canvas', 'moodle'] as const) {
  test(`${lms}: the launch is bound by a cookie that is the frame's own`, async ({ browser }) => {
    const page = await visit(browser, lms, {})
    await followLink(page)
    await expect(toolIn(page).getByRole('navigation', space)).toBeAttached()
    expect(launches()).toHaveLength(1)
    expect(launches()[0]!.cookie).toContain('lti-browser=')
    expect(fieldOf(launches()[0]!, 'browser')).toBeNull()
  })
}

test('canvas: without any cookie or storage, the LMS keeps the secret and the page holds the session', async ({
  browser,
}) => {
  const page = await visit(browser, 'canvas', { dropsCookies: 'everywhere' })
  await page.context().addInitScript(blockStorage, TOOL)
  await page.clock.install()
  await followLink(page)
  const tool = toolIn(page)
  await expect(tool.getByRole('navigation', space)).toBeAttached()

  const [first, second] = launches()
  expect(launches()).toHaveLength(2)
  expect([first!.cookie, fieldOf(first!, 'browser')]).toEqual(['', null])
  expect([second!.cookie, fieldOf(second!, 'browser')]).toEqual(['', expect.stringMatching(/^[\w-]{43}$/)])
  const store = page.frame({ name: 'post_message_forwarding' })!
  expect(await store.evaluate(() => Object.keys(sessionStorage))).toEqual([])

  await test.step('it is renewed before it ends, by the page, and goes on', async () => {
    const before = tokens().at(-1)
    await page.clock.fastForward('45:00')
    await expect.poll(() => proxy.seen.filter(({ url }) => url === `${TOOL}/api/session/renew`).length).toBe(1)
    await tool.getByRole('link', { name: 'People' }).click()
    await expect(tool.getByRole('heading', { level: 1, name: 'People' })).toBeVisible()
    await tool.getByRole('link', { name: 'Meetings', exact: true }).click()
    await expect.poll(() => tokens().at(-1)).not.toBe(before)
    await expectAccessible(page)
  })

  await test.step('a reload of the course page launches anew', async () => {
    await page.reload()
    await expect(tool.getByRole('navigation', space)).toBeAttached()
    expect(launches()).toHaveLength(4)
  })

  const secrets = [...tokens(), ...launches().map((launch) => fieldOf(launch, 'id_token')!)]
  expect(secrets.length).toBeGreaterThan(4)
  for (const { url, referer } of proxy.seen)
    for (const secret of secrets) expect(url + referer, `${url} from ${referer}`).not.toContain(secret)
  const fromTool = proxy.seen.filter(({ referer }) => referer.startsWith(TOOL))
  expect(fromTool.map(({ url, referer }) => `${referer} -> ${url}`)).toEqual([])
})

for (const [lms, missing] of [
  ['canvas', '/assets/platform-messages.js'],
  ['moodle', undefined],
] as const) {
  const why = lms === 'canvas' ? 'an LMS whose storage does not answer' : 'an LMS without storage'
  test(`${lms}: with no cookies in frames and ${why}, a window of its own opens`, async ({ browser }) => {
    const page = await visit(browser, lms, { dropsCookies: 'in frames', ...(missing && { missing }) })
    await followLink(page)
    const tool = toolIn(page)
    const open = tool.getByRole('link', { name: 'Open in a new window' })
    await expect(open).toBeVisible()
    expect(launches()).toEqual([])
    await expectAccessible(page)
    const [own] = await Promise.all([page.waitForEvent('popup'), open.click()])
    await expect(own.getByRole('navigation', space)).toBeAttached()
    await expect(tool.getByText('It is open in another window.')).toBeVisible()
    expect(launches()).toHaveLength(1)
    expect(launches()[0]!.cookie).toContain('lti-browser=')
  })
}

test('moodle: a browser that keeps no cookie even in a window is refused, with a page that says why', async ({
  browser,
}) => {
  const page = await visit(browser, 'moodle', { dropsCookies: 'everywhere' })
  await followLink(page)
  const open = toolIn(page).getByRole('link', { name: 'Open in a new window' })
  const [own] = await Promise.all([page.waitForEvent('popup'), open.click()])
  await expect(own.getByText('launch.browser_mismatch')).toBeVisible()
  expect(tokens()).toEqual([])
  await expectAccessible(own)
})

const tokens = (): string[] => [...new Set(proxy.seen.map(({ token }) => token))].filter(Boolean)

/** What a browser that blocks all site data does to a page's scripts. */
function blockStorage(origin: string): void {
  if (location.origin !== origin) return
  const blocked = () => {
    throw new DOMException('Access is denied for this document.', 'SecurityError')
  }
  for (const name of ['localStorage', 'sessionStorage', 'indexedDB', 'caches'])
    Object.defineProperty(window, name, { get: blocked })
  Object.defineProperty(Document.prototype, 'cookie', { get: blocked, set: blocked })
}
