import { afterAll, beforeAll, expect, it } from 'vitest'
import {
  addConnection,
  inviteLmsAdministrator,
  listAuditEntries,
  setConnectionStatus,
  showInstitution,
} from '@copractice/core/directory'
import { addPerson, seedNetwork } from '@copractice/services/testing'
import { startAdmin, type Browser, type StartedAdmin } from '../testing/start-admin.ts'

let admin: StartedAdmin
let cora: Browser
beforeAll(async () => {
  admin = await startAdmin()
  cora = await admin.signedIn(admin.cora)
})
afterAll(() => admin.close())

const riverside = () => ({ institutionId: admin.seeded.institutions.riverside as string })
const details = (change: Record<string, string> = {}) => ({
  profile: 'moodle',
  issuer: 'https://moodle.example',
  clientId: 'abc',
  deploymentId: '7',
  authorizationEndpoint: 'https://moodle.example/mod/lti/auth.php',
  tokenEndpoint: 'https://moodle.example/mod/lti/token.php',
  jwksUri: 'https://moodle.example/mod/lti/certs.php',
  ...change,
})

it('shows an institution with its LMS as registered, and no key of it', async () => {
  const { value } = await cora.call(showInstitution, { params: riverside() })
  expect(value).toMatchObject({ name: 'Riverside State', canEdit: true, connection: { state: 'waiting' } })
  expect(value.connections).toMatchObject([{ profile: 'canvas', status: 'active', deploymentIds: ['1'] }])
})

it('tells a registration address once, on the space, and keeps only its hash', async () => {
  const { status, value } = await cora.call(inviteLmsAdministrator, { params: riverside() })
  expect(status).toBe(201)
  const token = /^https:\/\/space\.example\/lti\/register\/([\w-]{40,})$/.exec(value.url)![1]!
  const kept = await admin.db.selectFrom('registration_invite').selectAll().execute()
  expect(JSON.stringify(kept)).not.toContain(token)
})

it('connects by hand, once for an issuer and client, and can be switched off and on', async () => {
  const params = riverside()
  const { value } = await cora.call(addConnection, { params, body: details() })
  const elsewhere = { institutionId: admin.seeded.institutions.hillside }
  const again = await cora.call(addConnection, { params: elsewhere, body: details() })
  expect([again.status, again.problem.code]).toEqual([409, 'connection.already_registered'])
  const one = { ...params, platformId: value.id }
  for (const status of ['disabled', 'active'] as const) {
    await cora.call(setConnectionStatus, { params: one, body: { status } })
    const shown = (await cora.call(showInstitution, { params })).value.connections
    expect(shown.find(({ id }) => id === value.id)?.status).toBe(status)
  }
  const foreign = await cora.call(setConnectionStatus, {
    params: { ...elsewhere, platformId: value.id },
    body: { status: 'disabled' },
  })
  expect(foreign.status).toBe(404)
})

it('connects no LMS by addresses of another, nor a client that another institution has there', async () => {
  const add = async (institutionId: string, change: Record<string, string>) => {
    const { status, problem } = await cora.call(addConnection, { params: { institutionId }, body: details(change) })
    return [status, problem.code]
  }
  const { riverside: own, hillside } = admin.seeded.institutions
  const mine = { issuer: 'https://mine.example', clientId: 'mine' }
  for (const change of [mine, { clientId: 'mine', tokenEndpoint: 'https://mine.example/token' }])
    expect(await add(own, change)).toEqual([422, 'connection.addresses_elsewhere'])
  // Another issuer by the letter, the same client for the LMS.
  expect(await add(hillside, { issuer: 'https://moodle.example/' })).toEqual([409, 'connection.already_registered'])
})

it('writes each change down with the institution’s name', async () => {
  const { items } = (await cora.call(listAuditEntries)).value
  expect(items.map(({ action }) => action)).toEqual(
    expect.arrayContaining(['connection.invited', 'connection.registered', 'connection.switched_off']),
  )
  expect(items[0]!.facts).toMatchObject({ name: 'Riverside State' })
})

it('lets an institution admin see to their own LMS, and to no other', async () => {
  const { networkId, institutions } = admin.seeded
  const email = 'lms@riverside.example'
  const personId = await addPerson(admin.db, { networkId, name: 'Lms Admin', email })
  await admin.db
    .insertInto('role_grant')
    .values({
      network_id: networkId,
      person_id: personId,
      role: 'institution_admin',
      region_id: null,
      institution_id: institutions.riverside,
    })
    .execute()
  const own = await admin.signedIn(email)
  expect((await own.call(showInstitution, { params: riverside() })).value.canEdit).toBe(false)
  expect((await own.call(inviteLmsAdministrator, { params: riverside() })).status).toBe(201)
  const other = { institutionId: institutions.hillside }
  expect((await own.call(showInstitution, { params: other })).status).toBe(404)
  expect((await own.call(inviteLmsAdministrator, { params: other })).status).toBe(404)
})

it('hides all of it from another network’s coordinator', async () => {
  const other = await seedNetwork(admin.db)
  const elsewhere = await admin.signedIn(`cora@${other.slug}.example`)
  const platformId = admin.seeded.platforms.riverside
  const answers = [
    await elsewhere.call(showInstitution, { params: riverside() }),
    await elsewhere.call(inviteLmsAdministrator, { params: riverside() }),
    await elsewhere.call(addConnection, { params: riverside(), body: details({ clientId: 'other' }) }),
    await elsewhere.call(setConnectionStatus, { params: { ...riverside(), platformId }, body: { status: 'disabled' } }),
  ]
  expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404])
})
