import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  addInstitution,
  addRegion,
  editInstitution,
  grantRole,
  listAuditEntries,
  listInstitutions,
  listRegionsKept,
  listRoles,
  removeAffiliation,
  renameRegion,
  revokeRole,
  searchPeople,
  setAffiliation,
  showInstitution,
  showPerson,
  whoAdministers,
} from '@copractice/core/directory'
import type { PersonId } from '@copractice/core/kernel'
import { changeLimits, showProgramme } from '@copractice/core/programme'
import { addPerson, seedNetwork } from '@copractice/services/testing'
import { startAdmin, type Browser, type StartedAdmin } from '../testing/start-admin.ts'

const now = new Date('2027-01-10T12:00:00Z')
let admin: StartedAdmin
let head: Browser, cora: Browser, other: Awaited<ReturnType<typeof seedNetwork>>, stranger: Browser
let headId: PersonId

async function networkAdmin(of: { networkId: string }, email: string) {
  const personId = await addPerson(admin.db, { networkId: of.networkId as never, name: email, email })
  await admin.db
    .insertInto('role_grant')
    .values({
      network_id: of.networkId,
      person_id: personId,
      role: 'network_admin',
      region_id: null,
      institution_id: null,
    })
    .execute()
  return { personId, browser: await admin.signedIn(email) }
}
beforeAll(async () => {
  admin = await startAdmin(now)
  const made = await networkAdmin(admin.seeded, 'head@admin.example')
  ;({ browser: head, personId: headId } = made)
  cora = await admin.signedIn(admin.cora)
  other = await seedNetwork(admin.db, { now })
  stranger = (await networkAdmin(other, 'stranger@admin.example')).browser
})
afterAll(() => admin.close())

const give = (by: Browser, email: string, given: unknown) => by.call(grantRole, { body: { email, given } })
const grantOf = async (email: string) =>
  (await head.call(listRoles, { query: { search: email } })).value.items.find(({ person }) => person.email === email)!

describe('roles', () => {
  it('are given, hold from then on, and end at once for a page that is open', async () => {
    const email = 'nina@new.example'
    expect((await give(cora, email, { role: 'coordinator', regionId: admin.seeded.regionId })).status).toBe(201)
    expect((await admin.lastMail(email))?.subject).toContain('Three Rivers')
    const nina = await admin.signedIn(email)
    expect((await nina.call(whoAdministers)).value).toMatchObject({ reach: 'regions', isReadOnly: false })
    expect((await give(cora, email, { role: 'coordinator', regionId: admin.seeded.regionId })).problem.code).toBe(
      'directory.role_held',
    )
    const params = { grantId: (await grantOf(email)).id }
    expect((await cora.call(revokeRole, { params })).status).toBe(204)
    expect((await nina.call(listInstitutions)).status).toBe(401)
    expect((await nina.call(whoAdministers)).status).toBe(401)
    const did = (await cora.call(listAuditEntries)).value.items.filter(({ action }) => action.startsWith('role.'))
    expect(did.map(({ action, facts }) => [action, facts['role'], facts['place']])).toEqual([
      ['role.revoked', 'coordinator', 'Three Rivers'],
      ['role.granted', 'coordinator', 'Three Rivers'],
    ])
  })

  it('are given and taken within one’s own reach alone', async () => {
    const { riverside } = admin.seeded.institutions
    expect((await give(cora, 'x@new.example', { role: 'network_admin' })).problem.code).toBe('directory.beyond_reach')
    expect((await give(cora, 'x@new.example', { role: 'support' })).problem.code).toBe('directory.beyond_reach')
    const far = (await head.call(addRegion, { body: { name: 'Far away' } })).value
    expect((await give(cora, 'x@new.example', { role: 'coordinator', regionId: far.id })).status).toBe(403)
    expect((await give(cora, 'x@new.example', { role: 'coordinator', regionId: other.regionId })).status).toBe(404)
    expect(
      (await give(cora, 'campus@new.example', { role: 'institution_admin', institutionId: riverside })).status,
    ).toBe(201)
    const campus = await admin.signedIn('campus@new.example')
    expect((await give(campus, 'y@new.example', { role: 'institution_admin', institutionId: riverside })).status).toBe(
      201,
    )
    const hillside = { role: 'institution_admin', institutionId: admin.seeded.institutions.hillside }
    expect((await give(campus, 'y@new.example', hillside)).status).toBe(404)
    const seen = (await campus.call(listRoles)).value.items.map(({ person }) => person.email)
    expect(seen).toEqual(['campus@new.example', 'y@new.example'])
    const params = { grantId: (await grantOf(admin.cora)).id }
    expect((await campus.call(revokeRole, { params })).status).toBe(404)
  })

  it('leave a network with one network admin who can sign in, also when two take each other’s at once', async () => {
    const params = { grantId: (await grantOf('head@admin.example')).id }
    // Browser from an LMS cannot sign in here, so they do not count.
    await admin.db
      .insertInto('role_grant')
      .values({
        network_id: admin.seeded.networkId,
        person_id: admin.seeded.people.rosa,
        role: 'network_admin',
        region_id: null,
        institution_id: null,
      })
      .execute()
    expect((await head.call(revokeRole, { params })).problem.code).toBe('directory.last_network_admin')
    await give(head, 'second@new.example', { role: 'network_admin' })
    const second = await admin.signedIn('second@new.example')
    const theirs = { grantId: (await grantOf('second@new.example')).id }
    const both = await Promise.all([head.call(revokeRole, { params: theirs }), second.call(revokeRole, { params })])
    expect(both.filter(({ status }) => status === 204)).toHaveLength(1)
    const admins = await admin.db
      .selectFrom('role_grant')
      .select('person_id')
      .where('network_id', '=', admin.seeded.networkId)
      .where('role', '=', 'network_admin')
      .where('person_id', '<>', admin.seeded.people.rosa)
      .execute()
    expect(admins).toHaveLength(1)
    // Whoever of the two is left, the rest of this file goes on with.
    if (admins[0]!.person_id !== headId) head = second
  })

  it('of another network are neither listed nor taken', async () => {
    const params = { grantId: (await grantOf(admin.cora)).id }
    expect((await stranger.call(revokeRole, { params })).status).toBe(404)
    const seen = (await stranger.call(listRoles)).value.items.map(({ person }) => person.email)
    expect(seen).toEqual([`cora@${other.slug}.example`, 'stranger@admin.example'])
  })
})

it('support reads what a network admin reads and can change nothing', async () => {
  expect((await give(head, 'sue@support.example', { role: 'support' })).status).toBe(201)
  const sue = await admin.signedIn('sue@support.example')
  expect((await sue.call(whoAdministers)).value).toMatchObject({ reach: 'network', isReadOnly: true })
  const answers: unknown[][] = []
  for (const path of [
    '/api/institutions',
    '/api/cohorts/' + admin.seeded.cohortId,
    '/api/people',
    '/api/audit',
    '/api/cohorts',
    '/api/convenings',
    '/api/programme',
  ]) {
    const [theirs, ours] = await Promise.all([sue.raw('GET', path), head.raw('GET', path)])
    expect([path, theirs.status]).toEqual([path, 200])
    answers.push([path, await theirs.json(), await ours.json()])
  }
  const asOurs = JSON.stringify(answers.map(([path, , ours]) => [path, ours]))
  expect(JSON.stringify(answers.map(([path, theirs]) => [path, theirs]))).toBe(
    asOurs.replace('"mayChange":true', '"mayChange":false'),
  )
  const research = await Promise.all([head, sue].map((who) => who.raw('GET', '/api/reports/research')))
  expect(research.map(({ status }) => status)).toEqual([409, 404])
  const params = { institutionId: admin.seeded.institutions.riverside }
  const theirs = (await sue.call(showInstitution, { params })).value
  const ours = (await head.call(showInstitution, { params })).value
  expect(theirs).toEqual({ ...ours, canEdit: false })
  const programme = (await sue.call(showProgramme)).value
  expect(programme.mayChange).toBe(false)
  const body = { basedOn: 1, limits: { ...programme.limits, cohortSeats: 3 }, reason: 'x' }
  expect((await sue.call(changeLimits, { body })).problem.code).toBe('directory.read_only')
  for (const [method, path] of [
    ['POST', '/api/institutions'],
    ['POST', `/api/institutions/${params.institutionId}/invites`],
    ['POST', '/api/regions'],
    ['POST', '/api/roles'],
    ['PUT', `/api/people/${admin.seeded.people.ana}/affiliations/${admin.seeded.institutions.hillside}`],
    ['POST', '/api/cohorts'],
    ['POST', '/api/convenings'],
  ] as const)
    expect([path, (await sue.raw(method, path, {})).status]).toEqual([path, 403])
})

describe('regions', () => {
  it('are made by a network admin, renamed by who coordinates them, and named once', async () => {
    const { id } = (await head.call(addRegion, { body: { name: 'Lakes' } })).value
    expect((await head.call(addRegion, { body: { name: 'Lakes' } })).problem.code).toBe('directory.region_name_taken')
    expect((await cora.call(addRegion, { body: { name: 'Mine' } })).status).toBe(404)
    expect((await cora.call(renameRegion, { params: { regionId: id }, body: { name: 'Mine' } })).status).toBe(404)
    await give(head, 'lake@new.example', { role: 'coordinator', regionId: id })
    const lake = await admin.signedIn('lake@new.example')
    expect((await lake.call(renameRegion, { params: { regionId: id }, body: { name: 'Great Lakes' } })).status).toBe(
      204,
    )
    expect((await lake.call(listRegionsKept)).value).toMatchObject({
      regions: [{ name: 'Great Lakes', coordinators: [{ email: 'lake@new.example' }], mayRename: true }],
      mayAdd: false,
    })
    const params = { regionId: other.regionId }
    expect((await head.call(renameRegion, { params, body: { name: 'Ours now' } })).status).toBe(404)
  })
})

describe('institutions', () => {
  const details = {
    name: 'County of Alder',
    kind: 'local_government',
    timeZone: 'America/New_York',
    memberSince: '2020-01-01',
    memberUntil: '2024-06-30',
    units: ['Office of Engagement', 'Provost'],
  }
  it('may be a state or regional office, which needs neither an LMS nor a membership', async () => {
    const office = { ...details, name: 'Compact of the State', kind: 'office', memberSince: null, memberUntil: null }
    const { id } = (await cora.call(addInstitution, { body: { ...office, regionId: admin.seeded.regionId } })).value
    expect((await cora.call(showInstitution, { params: { institutionId: id } })).value).toMatchObject({
      kind: 'office',
      isMember: false,
      connection: { state: 'none' },
    })
  })

  it('are campuses, partners or local governments, with units and the memberships they had', async () => {
    const body = { ...details, regionId: admin.seeded.regionId }
    const { id } = (await cora.call(addInstitution, { body })).value
    const params = { institutionId: id }
    expect((await cora.call(showInstitution, { params })).value).toMatchObject({
      isMember: false,
      units: details.units,
    })
    const again = { ...body, memberSince: '2026-01-01', memberUntil: '2027-01-10', units: ['Provost'] }
    expect((await cora.call(editInstitution, { params, body: again })).status).toBe(204)
    expect((await cora.call(showInstitution, { params })).value).toMatchObject({
      kind: 'local_government',
      isMember: true,
      memberships: [{ since: '2020-01-01', until: '2024-06-30' }],
      units: ['Provost'],
    })
    // The last day is one of membership, the day after is not; a correction of the end adds no history.
    await cora.call(editInstitution, { params, body: { ...again, memberUntil: '2027-01-09' } })
    const ended = (await cora.call(showInstitution, { params })).value
    expect([ended.isMember, ended.memberships.length]).toEqual([false, 1])
    const wrong = { ...again, memberUntil: '2025-12-31' }
    expect((await cora.raw('PUT', `/api/institutions/${id}`, wrong)).status).toBe(422)
  })
})

describe('affiliations', () => {
  it('are several for one person, changed by who administers the institution', async () => {
    const { people, institutions } = admin.seeded
    const params = { personId: people.ana, institutionId: institutions.tenthStreet }
    expect((await cora.call(setAffiliation, { params, body: { kind: 'community_partner' } })).status).toBe(204)
    const ana = (await cora.call(showPerson, { params })).value
    expect(ana.affiliations.map(({ institution, kind }) => [institution.name, kind])).toEqual([
      ['Riverside State', 'student'],
      ['Tenth Street Food Hub', 'community_partner'],
    ])
    const campus = await admin.signedIn('campus@new.example')
    const seen = (await campus.call(showPerson, { params })).value
    expect(seen.affiliations.map(({ mayChange }) => mayChange)).toEqual([true, false])
    expect((await campus.call(removeAffiliation, { params })).status).toBe(404)
    expect((await cora.call(removeAffiliation, { params })).status).toBe(204)
    expect((await cora.call(removeAffiliation, { params })).status).toBe(404)
  })

  it('and persons of another network are out of reach', async () => {
    const { people, institutions } = admin.seeded
    const body = { kind: 'staff' }
    const mixed = { personId: people.ana, institutionId: other.institutions.riverside }
    expect((await stranger.call(showPerson, { params: { personId: people.ana } })).status).toBe(404)
    expect((await stranger.call(setAffiliation, { params: mixed, body })).status).toBe(404)
    const across = { personId: other.people.ana, institutionId: institutions.riverside }
    expect((await cora.call(setAffiliation, { params: across, body })).status).toBe(404)
    expect((await stranger.call(searchPeople, { query: { search: 'campus@new' } })).value.items).toEqual([])
  })
})
