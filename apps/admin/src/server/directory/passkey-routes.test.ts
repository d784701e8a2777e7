import { afterAll, beforeAll, expect, it } from 'vitest'
import {
  addPasskey,
  beginPasskey,
  beginPasskeySignIn,
  listPasskeys,
  removePasskey,
  renamePasskey,
  signInWithPasskey,
  whoAdministers,
} from '@copractice/core/directory'
import { addPerson } from '@copractice/services/testing'
import { runSql } from '@copractice/store/testing'
import { passkeyDevice } from '../testing/passkey-device.ts'
import { startAdmin, type Browser, type StartedAdmin } from '../testing/start-admin.ts'

const ORIGIN = 'http://admin.example'

let admin: StartedAdmin
beforeAll(async () => {
  admin = await startAdmin()
})
afterAll(() => admin.close())

/** Browser new with a grant, signed in by mail, with a passkey called Laptop. */
async function withPasskey(name: string) {
  const email = `${name}@admin.example`
  const { networkId, regionId } = admin.seeded
  const personId = await addPerson(admin.db, { networkId, name, email })
  const grant = { network_id: networkId, person_id: personId, region_id: regionId, institution_id: null }
  await admin.db
    .insertInto('role_grant')
    .values({ ...grant, role: 'coordinator' })
    .execute()
  const browser = await admin.signedIn(email)
  const laptop = passkeyDevice(ORIGIN)
  expect((await addTo(browser, laptop)).status).toBe(204)
  return { email, personId, browser, laptop }
}
async function addTo(browser: Browser, { make }: ReturnType<typeof passkeyDevice>, name = 'Laptop') {
  const { value } = await browser.call(beginPasskey)
  return browser.call(addPasskey, { body: { name, made: make(value) } })
}
async function signInWith({ show }: ReturnType<typeof passkeyDevice>, browser = admin.browser()) {
  const { value } = await browser.call(beginPasskeySignIn)
  const answered = await browser.call(signInWithPasskey, { body: { shown: show(value) } })
  return { browser, ...answered, code: answered.problem?.code }
}

it('adds a passkey, tells its owner by mail, signs in with it in another browser, and keeps when that was', async () => {
  const { email, browser, laptop } = await withPasskey('ada')
  expect((await browser.call(listPasskeys)).value.items).toMatchObject([{ name: 'Laptop', lastUsedAt: null }])
  expect((await admin.lastMail(email))!.subject).toBe('A passkey for Copractice admin was added')

  const again = await signInWith(laptop)
  expect(again.status).toBe(204)
  expect((await again.browser.call(whoAdministers)).value).toMatchObject({ email })
  const [kept] = (await browser.call(listPasskeys)).value.items
  expect(kept!.lastUsedAt!.getTime() - admin.clock.now.getTime()).toBeLessThan(60_000)
})

it('asks for the host of this app, for user verification where there is any, and names no credential', async () => {
  const { value } = await admin.browser().call(beginPasskeySignIn)
  expect(value).toMatchObject({ rpId: 'admin.example', userVerification: 'preferred' })
  const response = await admin.browser().raw('POST', '/api/sign-in/passkey/begin')
  expect(response.headers.getSetCookie().join()).toMatch(/passkey=[^;]+;.*HttpOnly; SameSite=Lax/)
})

it('takes a challenge once, and only from the browser it was given to', async () => {
  const { laptop } = await withPasskey('bea')
  const browser = admin.browser()
  const { value } = await browser.call(beginPasskeySignIn)
  const shown = laptop.show(value)
  const other = await admin.browser().call(signInWithPasskey, { body: { shown } })
  expect([other.status, other.problem.code]).toEqual([410, 'passkey.too_late'])
  expect((await browser.call(signInWithPasskey, { body: { shown } })).status).toBe(204)
  const replayed = await browser.call(signInWithPasskey, { body: { shown } })
  expect([replayed.status, replayed.problem.code]).toEqual([410, 'passkey.too_late'])

  const third = admin.browser()
  await third.call(beginPasskeySignIn)
  const stale = await third.call(signInWithPasskey, { body: { shown } })
  expect([stale.status, stale.problem.code]).toEqual([403, 'passkey.not_proved'])
})

it('refuses an answer of another site, for another site, or too late', async () => {
  const { laptop } = await withPasskey('cleo')
  laptop.device.origin = 'https://admin.example.elsewhere.example'
  expect(await signInWith(laptop)).toMatchObject({ status: 403, code: 'passkey.not_proved' })
  laptop.device.origin = ORIGIN

  const browser = admin.browser()
  const { value } = await browser.call(beginPasskeySignIn)
  const shown = laptop.show({ ...value, rpId: 'elsewhere.example' })
  expect((await browser.call(signInWithPasskey, { body: { shown } })).problem.code).toBe('passkey.not_proved')

  const late = admin.browser()
  const begun = await late.call(beginPasskeySignIn)
  await runSql(admin.db, `update auth.verification set "expiresAt" = now() - interval '1 second'`)
  const body = { shown: laptop.show(begun.value) }
  expect((await late.call(signInWithPasskey, { body })).problem.code).toBe('passkey.too_late')
  expect((await signInWith(laptop)).status).toBe(204)
})

it('refuses a counter that does not go up, as that of a copied key', async () => {
  const { laptop } = await withPasskey('dino')
  laptop.device.counter = 40
  expect((await signInWith(laptop)).status).toBe(204)
  laptop.device.counter = 40
  expect(await signInWith(laptop)).toMatchObject({ status: 403, code: 'passkey.not_proved' })
})

it('refuses a passkey of nobody, and one signed by another key', async () => {
  const { laptop } = await withPasskey('elma')
  const stranger = passkeyDevice(ORIGIN)
  expect(await signInWith(stranger)).toMatchObject({ status: 404, code: 'passkey.unknown' })
  const forger = passkeyDevice(ORIGIN)
  const browser = admin.browser()
  const { value } = await browser.call(beginPasskeySignIn)
  const shown = { ...forger.show(value), id: laptop.device.id, rawId: laptop.device.id }
  expect((await browser.call(signInWithPasskey, { body: { shown } })).problem.code).toBe('passkey.not_proved')
  expect((await browser.call(whoAdministers)).status).toBe(401)
})

it('lets nobody in whose grant was taken away, and leaves no session behind', async () => {
  const { email, personId, laptop } = await withPasskey('finn')
  await admin.db.deleteFrom('role_grant').where('person_id', '=', personId).execute()
  await runSql(admin.db, `delete from auth.session`)
  const refused = await signInWith(laptop)
  expect(refused).toMatchObject({ status: 403, code: 'directory.no_grant' })
  expect((await refused.browser.call(whoAdministers)).status).toBe(401)
  const rows = await runSql(
    admin.db,
    `select 1 from auth.session s join auth."user" u on u.id = s."userId"
    where u.email = '${email}'`,
  )
  expect(rows).toEqual([])
})

it('renames and removes its owner’s passkeys alone, ends every other sign-in, and writes each into the audit log', async () => {
  const { email, browser, laptop } = await withPasskey('gus')
  const elsewhere = (await signInWith(laptop)).browser
  const passkeyId = (await browser.call(listPasskeys)).value.items[0]!.id
  const given = { params: { passkeyId } }

  const { browser: stranger } = await withPasskey('hal')
  const rename = { ...given, body: { name: 'Mine now' } }
  expect((await stranger.call(renamePasskey, rename)).problem.code).toBe('passkey.not_found')
  expect((await stranger.call(removePasskey, given)).problem.code).toBe('passkey.not_found')
  expect((await admin.browser().call(removePasskey, given)).status).toBe(401)

  expect((await browser.call(renamePasskey, { ...given, body: { name: 'Old laptop' } })).status).toBe(204)
  expect((await browser.call(listPasskeys)).value.items).toMatchObject([{ name: 'Old laptop' }])
  expect((await elsewhere.call(whoAdministers)).value.email).toBe(email)
  expect((await browser.call(removePasskey, given)).status).toBe(204)
  expect((await browser.call(listPasskeys)).value.items).toEqual([])
  expect((await browser.call(whoAdministers)).value.email).toBe(email)
  expect((await elsewhere.call(whoAdministers)).status).toBe(401)
  expect(await signInWith(laptop)).toMatchObject({ code: 'passkey.unknown' })

  const { network_id: networkId } = await admin.db.selectFrom('person').select('network_id').executeTakeFirstOrThrow()
  const log = await admin.db
    .selectFrom('audit_entry as e')
    .innerJoin('person as p', 'p.id', 'e.actor_id')
    .select(['e.action', 'e.facts'])
    .where('e.network_id', '=', networkId)
    .where('p.name', '=', 'gus')
    .orderBy('e.at')
    .execute()
  expect(log).toEqual([
    { action: 'passkey.added', facts: { passkey: 'Laptop' } },
    { action: 'passkey.renamed', facts: { before: 'Laptop', passkey: 'Old laptop' } },
    { action: 'passkey.removed', facts: { passkey: 'Old laptop' } },
  ])
})

it('adds none to a sign-in older than an hour, to another browser’s challenge, or from another site', async () => {
  const { email, browser } = await withPasskey('ida')
  const begun = await browser.call(beginPasskey)
  const elsewhere = passkeyDevice('https://elsewhere.example')
  const wrong = await browser.call(addPasskey, { body: { name: 'x', made: elsewhere.make(begun.value) } })
  expect(wrong.problem.code).toBe('passkey.not_proved')
  const used = await browser.call(addPasskey, { body: { name: 'x', made: passkeyDevice(ORIGIN).make(begun.value) } })
  expect(used.problem.code).toBe('passkey.too_late')

  const other = await admin.signedIn(email)
  const theirs = await other.call(beginPasskey)
  const made = passkeyDevice(ORIGIN).make(theirs.value)
  expect((await browser.call(addPasskey, { body: { name: 'x', made } })).problem.code).toBe('passkey.too_late')

  await runSql(admin.db, `update auth.session set "createdAt" = now() - interval '61 minutes'`)
  expect((await browser.call(beginPasskey)).problem.code).toBe('passkey.sign_in_again')
  expect((await other.call(addPasskey, { body: { name: 'x', made } })).problem.code).toBe('passkey.sign_in_again')
  expect((await browser.call(listPasskeys)).value.items).toHaveLength(1)
})

it('refuses a twenty-first passkey', async () => {
  const { email, browser } = await withPasskey('jan')
  await runSql(
    admin.db,
    `insert into auth.passkey select 'copy' || n, name, "publicKey", "userId", 'copy' || n, counter, "deviceType",
    "backedUp", transports, "createdAt", aaguid from auth.passkey, generate_series(1, 19) n
    where "userId" = (select id from auth."user" where email = '${email}')`,
  )
  const full = await browser.call(beginPasskey)
  expect([full.status, full.problem]).toMatchObject([409, { code: 'passkey.too_many', facts: { atMost: 20 } }])
})

it('answers 429 to an address that tries over and over', async () => {
  await runSql(
    admin.db,
    `insert into auth.sign_in_attempt select subject_hash, at from auth.sign_in_attempt, generate_series(1, 80)`,
  )
  const { status, problem } = await admin.browser().call(beginPasskeySignIn)
  expect([status, problem.code]).toEqual([429, 'sign_in.too_many'])
})
