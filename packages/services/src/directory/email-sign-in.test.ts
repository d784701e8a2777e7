import { afterAll, beforeAll, expect, it } from 'vitest'
import { openDatabase, type OpenDatabase } from '@copractice/store/database'
import { findPeopleByEmail } from '@copractice/store/directory'
import { openTestDb } from '@copractice/store/testing'
import { seedNetwork, type SeededNetwork } from '../testing/index.ts'
import { openSignIn, type EmailSignIn } from './email-sign-in.ts'

const BASE = 'https://space.example'
const now = new Date()

async function start(open: OpenDatabase) {
  const { db } = open
  const seeded = await seedNetwork(db, { now })
  const links: { email: string; url: string }[] = []
  const signIn = openSignIn({
    db,
    baseUrl: BASE,
    secret: 's'.repeat(40),
    cookiePrefix: 'space',
    staysSignedInDays: 30,
    peopleOf: (email) => findPeopleByEmail(db, email),
    sendLink: async (link) => void links.push(link),
  })
  return { open, seeded, links, signIn, dora: `dora@${seeded.slug}.example` }
}
const tokenOf = (url: string) => url.split('#')[1]!
const from = (address: string) => ({ address, now })

let here: Awaited<ReturnType<typeof start>>
let signIn: EmailSignIn, seeded: SeededNetwork
beforeAll(async () => {
  here = await start(await openTestDb())
  ;({ signIn, seeded } = here)
})
afterAll(() => here.open.close())

it('mails a link whose token stands after the #, and the token signs in once', async () => {
  expect(await signIn.request(here.dora, from('a'))).toEqual({ ok: true, value: null })
  const { url } = here.links.at(-1)!
  expect(url).toMatch(/^https:\/\/space\.example\/sign-in#\w{30,}$/)

  const first = await signIn.verify(tokenOf(url), from('a'))
  if (!first.ok) throw new Error(first.refusal.code)
  expect(first.value.people).toEqual([{ networkId: seeded.networkId, personId: seeded.people.dora }])
  expect(await signIn.verify(tokenOf(url), from('a'))).toMatchObject({ refusal: { code: 'sign_in.link_spent' } })

  const [setCookie] = first.value.setCookies
  expect(setCookie).toMatch(/^__Secure-space\.session_token=.*HttpOnly; Secure; SameSite=Lax/)
  const cookie = setCookie!.split(';')[0]
  expect(await signIn.whoIs(cookie)).toMatchObject({ email: here.dora })
  expect(await signIn.whoIs(`${cookie}x`)).toBeNull()

  expect((await signIn.signOut(cookie)).join()).toContain('Max-Age=0')
  expect(await signIn.whoIs(cookie)).toBeNull()
})

it('keeps no token in the database that would sign in', async () => {
  await signIn.request(here.dora, from('b'))
  const token = tokenOf(here.links.at(-1)!.url)
  const rows = await here.open.db
    .selectFrom('auth.verification' as never)
    .selectAll()
    .execute()
  expect(rows.length).toBeGreaterThan(0)
  expect(JSON.stringify(rows)).not.toContain(token)
})

it('answers an unknown address the same and mails nothing', async () => {
  const before = here.links.length
  expect(await signIn.request('nobody@elsewhere.example', from('c'))).toEqual({ ok: true, value: null })
  expect(here.links.length).toBe(before)
})

it('refuses the sixth link for one address within 15 minutes, known or not', async () => {
  for (let n = 1; n <= 5; n++) expect(await signIn.request('flooded@x.example', from('d'))).toMatchObject({ ok: true })
  expect(await signIn.request('flooded@x.example', from('other'))).toMatchObject({
    refusal: { code: 'sign_in.too_many' },
  })
  expect(await signIn.request('someone-else@x.example', from('d'))).toMatchObject({ ok: true })
})

it('refuses whoever tries more than 40 times from one place', async () => {
  for (let n = 1; n <= 40; n++) await signIn.verify('guess'.repeat(6), from('guesser'))
  expect(await signIn.verify('guess'.repeat(6), from('guesser'))).toMatchObject({
    refusal: { code: 'sign_in.too_many' },
  })
})

it('finds administrators only where an app admits nobody else', async () => {
  const { db } = here.open
  expect(await findPeopleByEmail(db, here.dora, 'administrators')).toEqual([])
  expect(await findPeopleByEmail(db, `cora@${seeded.slug}.example`, 'administrators')).toHaveLength(1)
})

it('works on the embedded database too', async () => {
  const embedded = await start(await openDatabase({ folder: null }))
  await embedded.signIn.request(embedded.dora, from('e'))
  const verified = await embedded.signIn.verify(tokenOf(embedded.links[0]!.url), from('e'))
  expect(verified).toMatchObject({ ok: true })
  await embedded.open.close()
}, 60_000)

it('knows nobody by an institution’s word in an app that takes none, and in one that does, whose word it was', async () => {
  const { networkId, institutions } = seeded
  const by = { networkId, institutionId: Object.values(institutions)[0]! }
  const [setCookie] = await signIn.enter(here.dora, by)
  const cookie = setCookie!.split(';')[0]
  expect(await signIn.whoIs(cookie)).toBeNull()
  const taking = openSignIn({
    db: here.open.db,
    baseUrl: BASE,
    secret: 's'.repeat(40),
    cookiePrefix: 'space',
    staysSignedInDays: 30,
    peopleOf: async () => [],
    peopleThrough: async (email, through) =>
      through.networkId === networkId ? findPeopleByEmail(here.open.db, email) : [],
    sendLink: async () => {},
  })
  expect(await taking.whoIs(cookie)).toMatchObject({ email: here.dora, by, people: [{ networkId }] })
})
