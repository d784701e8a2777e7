import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startLmsSimulator, type LmsSimulator } from '@copractice/lms-simulator'
import { begin, finish } from './lti/launch-by-hand.ts'
import { openTool, type Browser, type OpenTool, type Reply } from './lti/open-tool.ts'

let tool: OpenTool
let lms: LmsSimulator
let login: Record<string, string>
const person = {
  id: '11',
  name: 'A',
  givenName: 'A',
  familyName: 'B',
  email: 'a@x.example',
  role: 'learner',
} as const
const link = { id: 'l', title: 'L', kind: 'navigation' } as const
const course = { id: 'c', title: 'C', label: 'C', term: 'T', people: [person], links: [link] }
beforeAll(async () => {
  tool = await openTool()
  lms = await startLmsSimulator({ profile: 'canvas', name: 'Riverside State', port: 0, courses: [course] })
  const { clientId } = await tool.connect(lms)
  login = {
    iss: lms.issuer,
    client_id: clientId,
    login_hint: 'h',
    lti_message_hint: 'm',
    target_link_uri: `${tool.url}/lti/launch`,
  }
})
afterAll(async () => {
  await lms.close()
  await tool.close()
})

const inFrame = { 'sec-fetch-dest': 'iframe' }
const inWindow = { 'sec-fetch-dest': 'document' }
const storage = { lti_storage_target: 'post_message_forwarding' }
const ask = (reply: Reply) =>
  JSON.parse(/<script type="application\/json" id="ask">(.*?)<\/script>/.exec(reply.text)![1]!) as Record<
    string,
    string
  >

describe('at the login', () => {
  it('goes straight on where the browser does not say that it is framed, or is not', async () => {
    for (const headers of [{}, inWindow]) {
      const reply = await tool.post('/lti/login', { ...login, ...storage }, { cookies: '' }, headers)
      expect([reply.status, new URL(reply.headers.get('location')!).origin]).toEqual([302, new URL(lms.url).origin])
    }
  })
  it('leaves a partitioned, secure cookie that scripts cannot read', async () => {
    const reply = await tool.post('/lti/login', login)
    const cookie = reply.headers.getSetCookie()[0]!
    expect(cookie).toMatch(/; Path=\/; Secure; HttpOnly; SameSite=None; Partitioned$/)
  })
  it('goes straight on in a frame whose cookie came back', async () => {
    const browser = { cookies: '' }
    await tool.post('/lti/login', login, browser, inFrame)
    const reply = await tool.post('/lti/login', { ...login, ...storage }, browser, inFrame)
    expect(reply.status).toBe(302)
    expect(reply.headers.get('location')).toContain(lms.endpoints.authorization)
  })
  it('in a frame without cookies, leaves the secret with the LMS that offers to keep it', async () => {
    const reply = await tool.post('/lti/login', { ...login, ...storage }, { cookies: '' }, inFrame)
    expect(reply.status).toBe(200)
    expect(ask(reply)).toMatchObject({
      targetOrigin: new URL(lms.endpoints.authorization).origin,
      frame: 'post_message_forwarding',
    })
    expect(new URL(ask(reply)['address']!).searchParams.get('state')).toBe(ask(reply)['key']!.replace('lti_state_', ''))
    expect(reply.headers.get('content-security-policy')).toContain(`frame-ancestors ${lms.issuer}`)
  })
  it('shows the pages before a launch on any site of hosted Canvas, where a school may have a name of its own', async () => {
    const issuer = 'https://canvas.instructure.com'
    const hosted = await startLmsSimulator({ profile: 'canvas', name: 'Hosted', port: 0, courses: [course], issuer })
    const { clientId } = await tool.connect(hosted)
    const from = { ...login, iss: issuer, client_id: clientId }
    const put = await tool.post('/lti/login', { ...from, ...storage }, { cookies: '' }, inFrame)
    const window = await tool.post('/lti/login', { ...from, cookie: 'probed' }, { cookies: '' }, inFrame)
    for (const reply of [put, window]) {
      expect(reply.status).toBe(200)
      expect(reply.headers.get('content-security-policy')).toMatch(/frame-ancestors https:$/)
    }
    expect(ask(put)['targetOrigin']).toBe(new URL(hosted.endpoints.authorization).origin)
    await hosted.close()
  })
  it('in a frame without cookies or storage, looks once whether cookies come back, then opens a window with the hints unspent', async () => {
    const keeps: Browser = { cookies: '' }
    const probe = await tool.post('/lti/login', login, keeps, inFrame)
    const again = new URL(probe.headers.get('location')!)
    expect([probe.status, again.origin, again.searchParams.get('lti_message_hint')]).toEqual([302, tool.url, 'm'])
    const kept = await tool.get(again.pathname + again.search, keeps, inFrame)
    expect(kept.headers.get('location')).toContain(lms.endpoints.authorization)

    const dropped = await tool.get(again.pathname + again.search, { cookies: '' }, inFrame)
    expect([dropped.status, dropped.headers.get('location')]).toEqual([200, null])
    const href = /<a class="btn" id="open" href="([^"]+)"/
      .exec(dropped.text.replaceAll(/\s+/g, ' '))![1]!
      .replaceAll('&amp;', '&')
    const own = new URL(href)
    expect(Object.fromEntries(own.searchParams)).toEqual(login)
    expect((await tool.get(own.pathname + own.search, { cookies: '' }, inWindow)).headers.get('location')).toContain(
      lms.endpoints.authorization,
    )
  })
})

describe('at the launch', () => {
  it('asks the LMS’s storage when no cookie comes back, and accepts what it kept', async () => {
    const put = await tool.post('/lti/login', { ...login, ...storage }, { cookies: '' }, inFrame)
    const asked = new URL(ask(put)['address']!).searchParams
    const token = await lms.signIdToken({ nonce: asked.get('nonce') })
    const state = asked.get('state')!
    const page = await tool.post('/lti/launch', { id_token: token, state })
    expect([page.status, ask(page)['key']]).toEqual([200, `lti_state_${state}`])

    const tell = (browser: string, site: string) =>
      tool.post('/lti/launch', { id_token: token, state, browser }, { cookies: '' }, { 'sec-fetch-site': site })
    expect((await tell('x'.repeat(43), 'same-origin')).code).toBe('launch.browser_mismatch')
    expect((await tell('none', 'same-origin')).code).toBe('launch.browser_mismatch')
    // Who began the login knows the secret: it must not open for whoever visits their site.
    for (const site of ['cross-site', 'same-site', 'none', ''])
      expect([site, (await tell(ask(put)['value']!, site)).code]).toEqual([site, 'launch.browser_mismatch'])
    const accepted = await tell(ask(put)['value']!, 'same-origin')
    expect(accepted.status).toBe(200)
    expect(JSON.parse(accepted.text)).toHaveProperty('token')
  })
  it('takes the secret from no form where no storage was offered', async () => {
    const begun = await tool.post('/lti/login', login)
    const asked = new URL(begun.headers.get('location')!).searchParams
    const fields = { id_token: await lms.signIdToken({ nonce: asked.get('nonce') }), state: asked.get('state')! }
    const browser = begun.headers.getSetCookie()[0]!.split(';')[0]!.split('=')[1]!
    const own = { 'sec-fetch-site': 'same-origin' }
    const refused = await tool.post('/lti/launch', { ...fields, browser }, { cookies: '' }, own)
    expect([browser.length, refused.code]).toEqual([43, 'launch.browser_mismatch'])
  })
  it('does not ask a storage that was not offered', async () => {
    const begun = await begin(tool, lms)
    const refused = await finish(tool, lms, begun, { launchBrowser: { cookies: '' } })
    expect(refused.code).toBe('launch.browser_mismatch')
    // Only the LMS that it is for shows it; a stranger's is told why by a page that anybody may show.
    expect(refused.headers.get('content-security-policy')).toMatch(`frame-ancestors ${new URL(lms.url).origin}`)
    const stranger = await tool.post('/lti/login', { ...login, iss: 'https://stranger.example' }, { cookies: '' })
    expect([stranger.code, stranger.headers.get('content-security-policy')]).toEqual([
      'launch.platform_unknown',
      expect.stringContaining('frame-ancestors *'),
    ])
  })
  it('keeps two launches in one browser apart', async () => {
    const browser = { cookies: '' }
    const one = await begin(tool, lms, { browser })
    const two = await begin(tool, lms, { browser })
    expect([(await finish(tool, lms, one)).status, (await finish(tool, lms, two)).status]).toEqual([200, 200])
  })
})
