/** One person's browser, as far as the sample people need one: it follows a launch and then speaks with the space. */
export type Visit = Readonly<{
  call: <T>(method: 'GET' | 'POST' | 'PUT' | 'PATCH', path: string, body?: unknown) => Promise<T>
}>

/** A person who already holds a session's token. */
export const visitWith = (tool: string, token: string): Visit => ({
  call: async (method, path, body) => {
    const answer = await fetch(new URL(path, tool), {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await answer.text()
    if (!answer.ok)
      throw new Error(`The sample people met ${answer.status} at ${method} ${path}: ${text.slice(0, 500)}`)
    return (text ? JSON.parse(text) : undefined) as never
  },
})

/** Opens the link of a course as that person, as a browser would: login, authorization, launch. */
export async function launch(
  tool: string,
  lms: string,
  { course, link, person }: Readonly<{ course: string; link: string; person: string }>,
): Promise<Visit> {
  const browser = newBrowser()
  const query = new URLSearchParams({ course, link, person })
  const page = await browser.follow(new Request(`${lms}/launch?${query}`))
  const session = /<script type="application\/json" id="session">(.*?)<\/script>/s.exec(page)?.[1]
  if (!session) throw new Error(`A sample person’s launch ended on a page without a session: ${page.slice(0, 500)}`)
  return visitWith(tool, (JSON.parse(session) as { token: string }).token)
}

/** Keeps cookies per origin, follows redirects, and sends the one form of a page that posts itself. */
function newBrowser() {
  const jar = new Map<string, Map<string, string>>()

  async function follow(request: Request): Promise<string> {
    const { origin } = new URL(request.url)
    const cookies = [...(jar.get(origin) ?? [])].map(([name, value]) => `${name}=${value}`).join('; ')
    const headers = new Headers(request.headers)
    if (cookies) headers.set('cookie', cookies)
    const answer = await fetch(new Request(request, { headers, redirect: 'manual' }))
    for (const line of answer.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      if (name) jar.set(origin, (jar.get(origin) ?? new Map<string, string>()).set(name, value ?? ''))
    }
    const location = answer.headers.get('location')
    if (location) return follow(new Request(new URL(location, request.url)))
    const page = await answer.text()
    const form = selfPosting(page)
    if (!form) return page
    return follow(new Request(new URL(form.action, request.url), { method: 'POST', body: form.fields }))
  }
  return { follow }
}

function selfPosting(page: string): { action: string; fields: URLSearchParams } | undefined {
  if (page.includes('id="session"')) return undefined
  const form = /<form\b[^>]*\baction="([^"]+)"[^>]*>(.*?)<\/form>/s.exec(page)
  if (!form) return undefined
  const fields = new URLSearchParams()
  for (const [input] of form[2]!.matchAll(/<input\b[^>]*>/g)) {
    const read = (name: string) => new RegExp(`\\b${name}="([^"]*)"`).exec(input)?.[1]
    const name = read('name')
    if (name) fields.set(unescape(name), unescape(read('value') ?? ''))
  }
  return { action: unescape(form[1]!), fields }
}

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", '#x27': "'", apos: "'" }
const unescape = (text: string) => text.replaceAll(/&([#\w]+);/g, (whole, name: string) => ENTITIES[name] ?? whole)
