import { afterAll, beforeAll, expect, it } from 'vitest'
import {
  chooseNetwork,
  listInstitutions,
  requestSignIn,
  showAdminHome,
  whoAdministers,
} from '@copractice/core/directory'
import { addPerson, seedNetwork } from '@copractice/services/testing'
import { startAdmin, type StartedAdmin } from '../testing/start-admin.ts'

let admin: StartedAdmin
beforeAll(async () => {
  admin = await startAdmin()
})
afterAll(() => admin.close())

it('signs a coordinator in by a mailed link that works once, with a cookie scripts cannot read', async () => {
  const cora = admin.browser()
  const response = await cora.signIn(admin.cora)
  expect(response.status).toBe(204)
  expect(response.headers.getSetCookie()[0]).toMatch(/HttpOnly; SameSite=Lax/)
  const { value } = await cora.call(whoAdministers)
  expect(value).toMatchObject({ name: 'Cora Lind', reach: 'regions', regions: [{ name: 'Three Rivers' }] })
  const mail = (await admin.lastMail(admin.cora))!
  expect(mail.body_text).toContain('http://admin.example/sign-in#')
  const token = /#(\w+)/.exec(mail.body_text)![1]
  expect((await admin.browser().raw('POST', '/api/sign-in/verify', { token })).status).toBe(410)
})

it('answers alike for someone without a grant, and writes to nobody', async () => {
  const dora = `dora@${admin.seeded.slug}.example`
  const known = await admin.browser().call(requestSignIn, { body: { email: dora } })
  const unknown = await admin.browser().call(requestSignIn, { body: { email: 'nobody@elsewhere.example' } })
  expect([known.status, known.value]).toEqual([unknown.status, unknown.value])
  expect(await admin.lastMail(dora)).toBeUndefined()
})

it('tells nothing without a session', async () => {
  const { status, problem } = await admin.browser().call(showAdminHome)
  expect([status, problem.code]).toEqual([401, 'session.ended'])
})

it('shuts the door at once when the grant is taken away', async () => {
  const { networkId, regionId } = admin.seeded
  const email = 'gone@admin.example'
  const personId = await addPerson(admin.db, { networkId, name: 'Gone Soon', email })
  const grant = { network_id: networkId, person_id: personId, role: 'coordinator' as const, institution_id: null }
  await admin.db
    .insertInto('role_grant')
    .values({ ...grant, region_id: regionId })
    .execute()
  const gone = await admin.signedIn(email)
  expect((await gone.call(showAdminHome)).status).toBe(200)
  await admin.db.deleteFrom('role_grant').where('person_id', '=', personId).execute()
  expect((await gone.call(showAdminHome)).status).toBe(401)
})

it('refuses to change anything for a request from another site', async () => {
  const cora = await admin.signedIn(admin.cora)
  cora.headers['origin'] = 'https://elsewhere.example'
  expect((await cora.raw('POST', '/api/session/end')).status).toBe(403)
  delete cora.headers['origin']
  expect((await cora.raw('POST', '/api/session/end')).status).toBe(403)
  cora.headers['sec-fetch-site'] = 'cross-site'
  expect((await cora.raw('POST', '/api/session/end')).status).toBe(403)
  cora.headers['sec-fetch-site'] = 'same-origin'
  expect((await cora.raw('POST', '/api/session/end')).status).toBe(204)
  expect((await cora.call(showAdminHome)).status).toBe(401)
})

it('lets a person of two networks pick one, and shows the other nothing of it', async () => {
  const other = await seedNetwork(admin.db)
  const email = 'both@admin.example'
  for (const { networkId } of [admin.seeded, other]) {
    const personId = await addPerson(admin.db, { networkId, name: 'Both', email })
    const grant = { network_id: networkId, person_id: personId, region_id: null, institution_id: null }
    await admin.db
      .insertInto('role_grant')
      .values({ ...grant, role: 'network_admin' })
      .execute()
  }
  const both = await admin.signedIn(email)
  expect((await both.call(whoAdministers)).value).toMatchObject({ network: null, networks: [{}, {}] })
  expect((await both.call(listInstitutions)).status).toBe(401)
  expect((await both.call(chooseNetwork, { body: { networkId: crypto.randomUUID() } })).status).toBe(404)
  await both.call(chooseNetwork, { body: { networkId: other.networkId } })
  expect((await both.call(whoAdministers)).value.network?.id).toBe(other.networkId)
  const ids = (await both.call(listInstitutions)).value.items.map(({ id }) => id)
  expect(ids.sort()).toEqual(Object.values(other.institutions).sort())
})
