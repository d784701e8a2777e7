import { afterAll, beforeAll, expect, it } from 'vitest'
import {
  importInstitutions,
  importPeople,
  listAuditEntries,
  searchPeople,
  showInstitution,
  showPerson,
} from '@copractice/core/directory'
import { addPerson, seedNetwork } from '@copractice/services/testing'
import { startAdmin, type Browser, type StartedAdmin } from '../testing/start-admin.ts'

const now = new Date('2027-01-10T12:00:00Z')
let admin: StartedAdmin
let cora: Browser
beforeAll(async () => {
  admin = await startAdmin(now)
  cora = await admin.signedIn(admin.cora)
})
afterAll(() => admin.close())

const everything = async () => {
  const tables = [
    'institution',
    'sponsoring_unit',
    'institution_membership',
    'person',
    'identity',
    'affiliation',
  ] as const
  const rows = await Promise.all(tables.map((table) => admin.db.selectFrom(table).selectAll().execute()))
  return JSON.stringify(rows.map((of) => of.map((row) => JSON.stringify(row)).toSorted()))
}
const institutions = (csv: string, commit: boolean) => cora.call(importInstitutions, { body: { csv, commit } })
const people = (csv: string, commit: boolean) => cora.call(importPeople, { body: { csv, commit } })

it('a list of institutions is looked at first, then done, and done again changes nothing', async () => {
  const csv = [
    'Name,Kind,Region,Member since,Member until,Units',
    'Riverside State,campus,,2027-01-01,,Provost; Engagement',
    '"Alder, County of",local government,Three Rivers,,,',
    'Hillside College,campus,,,,',
  ].join('\r\n')
  const before = await everything()
  const dry = (await institutions(csv, false)).value
  expect(dry).toMatchObject({ rows: 3, added: 1, changed: 1, unchanged: 1, problemCount: 0, committed: false })
  expect(await everything()).toBe(before)
  expect((await institutions(csv, true)).value).toMatchObject({ added: 1, changed: 1, committed: true })
  const params = { institutionId: admin.seeded.institutions.riverside }
  expect((await cora.call(showInstitution, { params })).value).toMatchObject({
    memberSince: '2027-01-01',
    units: ['Engagement', 'Provost'],
    timeZone: 'America/New_York',
  })
  const after = await everything()
  expect((await institutions(csv, true)).value).toMatchObject({ added: 0, changed: 0, unchanged: 3 })
  expect(await everything()).toBe(after)
})

it('a list of a hundred institutions asks as many questions of the database as one of ten', async () => {
  const list = (name: string, count: number, units: string) =>
    ['Name,Kind,Region,Member since,Member until,Units']
      .concat(Array.from({ length: count }, (_, at) => `${name} ${at},partner,Three Rivers,2020-01-01,,${units}`))
      .join('\n')
  const count = async (csv: string) => {
    const before = admin.counter.queries
    expect((await institutions(csv, true)).value.committed).toBe(true)
    return admin.counter.queries - before
  }
  expect(await count(list('Ten', 10, 'Provost'))).toBe(await count(list('Hundred', 100, 'Provost; Mayor')))
  expect(await count(list('Ten', 10, 'Mayor'))).toBe(await count(list('Hundred', 100, 'Mayor')))
  const made = await admin.db.selectFrom('institution').selectAll().where('name', 'like', 'Hundred %').execute()
  const byColour = [...Map.groupBy(made, ({ colour }) => colour).values()].map(({ length }) => length)
  expect([made.length, byColour.length, Math.max(...byColour) - Math.min(...byColour) <= 2]).toEqual([100, 12, true])
  const units = await admin.db
    .selectFrom('sponsoring_unit')
    .select('name')
    .where(
      'institution_id',
      'in',
      made.map(({ id }) => id),
    )
    .execute()
  expect([units.length, new Set(units.map(({ name }) => name))]).toEqual([100, new Set(['Mayor'])])
})

it('a list of people ties them where it says, several times each, and done again changes nothing', async () => {
  const csv = [
    'name,email,institution,affiliation',
    'Nora Abe,nora@people.example,Riverside State,faculty',
    'Nora Abe,nora@people.example,Tenth Street Food Hub,community partner',
    `Dora Carter,dora@${admin.seeded.slug}.example,Hillside College,staff`,
  ].join('\n')
  expect((await people(csv, false)).value).toMatchObject({ rows: 3, added: 1, changed: 3, problemCount: 0 })
  expect((await people(csv, true)).value).toMatchObject({ added: 1, changed: 3, unchanged: 0, committed: true })
  const found = (await cora.call(searchPeople, { query: { search: 'nora@people' } })).value.items
  expect(found[0]!.affiliations.map(({ institution, kind }) => [institution.name, kind])).toEqual([
    ['Riverside State', 'faculty'],
    ['Tenth Street Food Hub', 'community_partner'],
  ])
  expect(await admin.lastMail('nora@people.example')).toBeUndefined()
  const after = await everything()
  expect((await people(csv, true)).value).toMatchObject({ added: 0, changed: 0, unchanged: 3 })
  expect(await everything()).toBe(after)
})

it('a list with a problem does nothing, and each problem is named with its row', async () => {
  const other = await seedNetwork(admin.db, { now })
  await admin.db
    .updateTable('institution')
    .set({ name: 'Elsewhere University' })
    .where('id', '=', other.institutions.riverside)
    .execute()
  const csv = [
    'name,email,institution,affiliation',
    'Good One,good@people.example,Riverside State,staff',
    'Bad One,not an address,Elsewhere University,wizard',
  ].join('\n')
  const before = await everything()
  expect((await people(csv, false)).value.problems.map(({ row, column, problem }) => [row, column, problem])).toEqual([
    [3, 'email', 'not_an_address'],
    [3, 'institution', 'institution_unknown'],
    [3, 'affiliation', 'affiliation_unknown'],
  ])
  expect((await people(csv, true)).problem).toEqual({ code: 'import.has_problems', facts: { problems: 3 } })
  const many = ['name,email,institution,affiliation', ...Array.from({ length: 300 }, (_, n) => `N${n},x,y,z`)].join(
    '\n',
  )
  const told = (await people(many, false)).value
  expect([told.problemCount, told.problems.length]).toEqual([900, 200])
  expect((await people('name,email\nA,a@b.example', true)).problem).toMatchObject({
    code: 'import.columns_missing',
    facts: { columns: 'institution, affiliation' },
  })
  expect((await people('name,email,institution,affiliation\n"A,b', false)).problem.code).toBe('import.unreadable')
  expect(await everything()).toBe(before)
})

it('a list ties nobody out of reach: they answer as a stranger does, and network admins read that rows wait', async () => {
  const { networkId, slug, institutions: at, people: known } = admin.seeded
  const grant = async (name: string, given: object) => {
    const email = `${name}@${slug}.example`
    const person_id = await addPerson(admin.db, { networkId, name, email })
    const none = { region_id: null, institution_id: null }
    await admin.db
      .insertInto('role_grant')
      .values({ network_id: networkId, person_id, role: 'network_admin', ...none, ...given })
      .execute()
    return admin.signedIn(email)
  }
  const campus = await grant('campus', { role: 'institution_admin', institution_id: at.riverside })
  const everywhere = await grant('everywhere', {})
  // Somebody of Hillside only: out of the reach of Riverside's admin.
  const finn = `finn@${slug}.example`
  const ties = () =>
    admin.db.selectFrom('affiliation').select('institution_id').where('person_id', '=', known.finn).execute()
  const page = { params: { personId: known.finn } }
  const before = await ties()
  expect((await campus.call(showPerson, page)).status).toBe(404)
  const list = (email: string, commit: boolean) => ({
    body: { csv: `name,email,institution,affiliation\nF,${email},Riverside State,staff`, commit },
  })
  for (const commit of [false, true]) {
    const ofKnown = await campus.call(importPeople, list(finn, commit))
    const ofNobody = await campus.call(importPeople, list(`nobody@${slug}.example`, commit))
    expect(ofKnown).toEqual(ofNobody)
    expect(ofKnown).toMatchObject({ status: 201, value: { added: 1, changed: 1, unchanged: 0, problemCount: 0 } })
  }
  expect((await campus.call(showPerson, page)).status).toBe(404)
  expect(await ties()).toEqual(before)
  const held = async (who: typeof campus) =>
    (await who.call(listAuditEntries)).value.items.filter(({ action }) => action === 'people.import_held')
  expect((await held(everywhere)).map(({ facts }) => facts)).toEqual([{ count: 1, institutions: 'Riverside State' }])
  expect([await held(campus), await held(cora)]).toEqual([[], []])
  // A network admin reaches everybody, and the tie they import opens the page.
  expect((await everywhere.call(importPeople, list(finn, true))).value).toMatchObject({ added: 0, changed: 1 })
  expect((await campus.call(showPerson, page)).status).toBe(200)
})
