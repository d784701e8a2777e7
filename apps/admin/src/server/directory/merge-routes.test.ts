import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import {
  exportPerson,
  listAuditEntries,
  listMerges,
  mergePeople,
  previewMerge,
  removePerson,
  searchPeople,
  showPerson,
  undoMerge,
} from '@copractice/core/directory'
import type { PersonId } from '@copractice/core/kernel'
import { addPerson, seedNetwork } from '@copractice/services/testing'
import { deleteSpentNeeds } from '@copractice/store/convening'
import { startAdmin, type Browser, type StartedAdmin } from '../testing/start-admin.ts'

const DAY = 86_400_000
const now = new Date('2027-01-10T12:00:00Z')
let admin: StartedAdmin
let head: Browser, cora: Browser, stranger: Browser
let ana2: PersonId

const adminOf = async (networkId: string, email: string) => {
  const person_id = await addPerson(admin.db, { networkId: networkId as never, name: 'Head', email })
  const none = { region_id: null, institution_id: null }
  await admin.db
    .insertInto('role_grant')
    .values({ network_id: networkId, person_id, role: 'network_admin', ...none })
    .execute()
  return admin.signedIn(email)
}
beforeAll(async () => {
  admin = await startAdmin(now)
  head = await adminOf(admin.seeded.networkId, 'head@admin.example')
  cora = await admin.signedIn(admin.cora)
  stranger = await adminOf((await seedNetwork(admin.db, { now })).networkId, 'stranger@admin.example')
})
afterAll(() => admin.close())
beforeEach(async () => {
  admin.clock.now = now
  const { networkId, institutions } = admin.seeded
  const email = `ana-${crypto.randomUUID()}@home.example`
  ana2 = await addPerson(admin.db, { networkId, name: 'Ana O.', email, institutionId: institutions.tenthStreet })
})
const pair = (goneId: string = ana2) => ({ params: { personId: admin.seeded.people.ana, goneId } })
const ties = async (personId: string) =>
  (await head.call(showPerson, { params: { personId } })).value?.affiliations.map(({ institution }) => institution.name)

it('a merge is looked at, done, and taken apart again within 30 days', async () => {
  const told = (await head.call(previewMerge, pair())).value
  expect(told).toMatchObject({ refused: [], putAway: [], reviewsOfEachOther: 0, gone: { name: 'Ana O.' } })
  expect(told.moves).toEqual([
    { table: 'affiliation', rows: 1 },
    { table: 'identity', rows: 1 },
  ])
  const { id } = (await head.call(mergePeople, pair())).value
  expect(await ties(admin.seeded.people.ana)).toEqual(['Riverside State', 'Tenth Street Food Hub'])
  expect((await head.call(showPerson, { params: { personId: ana2 } })).status).toBe(404)
  expect((await head.call(searchPeople, { query: { search: 'Ana O.' } })).value.items).toEqual([])
  expect((await head.call(mergePeople, pair())).status).toBe(404)

  const listed = (await head.call(listMerges)).value.items[0]!
  expect(listed).toMatchObject({ id, mayUndo: true, byName: 'Head', gone: { id: ana2 } })
  expect((await head.call(undoMerge, { params: { mergeId: id } })).status).toBe(204)
  expect(await ties(admin.seeded.people.ana)).toEqual(['Riverside State'])
  expect(await ties(ana2)).toEqual(['Tenth Street Food Hub'])
  expect((await head.call(undoMerge, { params: { mergeId: id } })).problem.code).toBe('merge.undone_already')
  const did = (await head.call(listAuditEntries)).value.items.map(({ action }) => action)
  expect(did.slice(0, 2)).toEqual(['person.unmerged', 'person.merged'])
})

it.each([false, true])(
  'takes a facilitator’s wishes along and gives them back (the other is one too: %s)',
  async (both) => {
    const { networkId: network_id, regionId, people } = admin.seeded
    const insert = (table: string, row: object) =>
      admin.db
        .insertInto(table as never)
        .values({ network_id, ...row })
        .execute()
    const place = { status: 'in_pool', languages: '{}', areas: '{}', slots: '{}', time_zone: 'UTC', at_once: 1 }
    await admin.db.deleteFrom('facilitator').execute()
    for (const person_id of both ? [ana2, people.ana] : [ana2])
      await insert('facilitator', { ...place, person_id, about: person_id, applied_at: now })
    const proposal_id = crypto.randomUUID()
    const body = JSON.stringify({ facilitators: [ana2] })
    await insert('proposal', { id: proposal_id, region_id: regionId, body, created_at: now, saved_at: now })
    await insert('facilitator_preference', { person_id: ana2, proposal_id, wish: 2, said_at: now })
    const kept = async () => [
      await admin.db.selectFrom('facilitator').select(['person_id', 'about']).orderBy('person_id').execute(),
      await admin.db
        .selectFrom('facilitator_preference')
        .select(['person_id', 'wish'])
        .where('proposal_id', '=', proposal_id)
        .execute(),
      await admin.db.selectFrom('proposal').select('body').where('id', '=', proposal_id).execute(),
    ]
    const before = await kept()
    const { id } = (await head.call(mergePeople, pair())).value
    expect(await kept()).toEqual([
      [{ person_id: people.ana, about: both ? people.ana : ana2 }],
      [{ person_id: people.ana, wish: 2 }],
      [{ body: { facilitators: [people.ana] } }],
    ])
    expect((await head.call(undoMerge, { params: { mergeId: id } })).status).toBe(204)
    expect(await kept()).toEqual(before)
  },
)

it('leaves one seat of two, and what comes back to a cohort that is full since waits', async () => {
  const { networkId: network_id, cohortId: cohort_id, people, institutions } = admin.seeded
  const seat = {
    network_id,
    cohort_id,
    institution_id: institutions.tenthStreet,
    kind: 'participant' as const,
    since: now,
  }
  await admin.db
    .insertInto('seat')
    .values({ ...seat, person_id: ana2, status: 'seated' })
    .execute()
  const mine = async () =>
    admin.db
      .selectFrom('seat')
      .select(['person_id', 'status'])
      .where('cohort_id', '=', cohort_id)
      .where('person_id', 'in', [people.ana, ana2])
      .orderBy('status')
      .execute()
  const { id } = (await head.call(mergePeople, pair())).value
  expect(await mine()).toEqual([{ person_id: people.ana, status: 'seated' }])
  const limits = (cohortSeats: number) =>
    admin.db
      .updateTable('policy_pack')
      .set({ limits: JSON.stringify({ cohortSeats }) })
      .where('network_id', '=', network_id)
      .execute()
  await limits(4)
  expect((await head.call(undoMerge, { params: { mergeId: id } })).status).toBe(204)
  expect(await mine()).toEqual([
    { person_id: people.ana, status: 'seated' },
    { person_id: ana2, status: 'waitlisted' },
  ])
  await limits(15)
  await admin.db.deleteFrom('seat').where('person_id', '=', ana2).execute()
})

/** Two registrations of one convening, Ana's and the other's, and what hangs on a registration. */
async function signUpBoth(kept: 'registered' | 'cancelled', gone: 'registered' | 'cancelled') {
  const { networkId: network_id, regionId: region_id, institutions, people } = admin.seeded
  const insert = async (table: string, row: object) => {
    const values = admin.db.insertInto(table as never).values({ network_id, ...row })
    return (await values.returningAll().executeTakeFirstOrThrow()) as { id: string }
  }
  const of = { region_id, slug: crypto.randomUUID(), name: 'C', place: 'Hall', time_zone: 'UTC' }
  const { id: convening_id } = await insert('convening', of)
  const signUp = async (person_id: PersonId, status: string) => {
    const tie = { institution_id: institutions.tenthStreet, affiliation: 'faculty' }
    return (await insert('registration', { convening_id, person_id, ...tie, status, created_at: now })).id
  }
  const at = { convening_id, starts_at: now, ends_at: new Date(+now + DAY), place: 'Room 1' }
  const { id: session_id } = await insert('convening_session', { ...at, title: 'S', track: 'T', kind: 'session' })
  const desk = { convening_id, session_id, at: now, how: 'list', by_id: ana2 }
  const registrations = { kept: await signUp(people.ana, kept), gone: await signUp(ana2, gone) }
  const hang = async (registration_id: string, ...tables: string[]) => {
    const rows: Record<string, object> = {
      session_choice: { session_id, status: 'chosen', created_at: now },
      check_in_act: { ...desk, is_here: true },
      check_in: desk,
      registration_need: { dietary: 'No nuts', delete_after: new Date(+now + DAY) },
      convening_feedback: { usefulness: 4, at: now },
    }
    for (const table of tables) await insert(table, { ...rows[table], registration_id })
  }
  const ids = Object.values(registrations)
  const hanging = async () => {
    const tables = ['check_in', 'check_in_act', 'session_choice', 'registration_need', 'convening_feedback'] as const
    const rows = tables.map(async (table) => {
      const query = admin.db.selectFrom(table).selectAll().where('registration_id', 'in', ids)
      return [table, await query.orderBy('registration_id').execute()] as const
    })
    return Object.fromEntries(await Promise.all(rows))
  }
  const clear = async () => {
    await admin.db.deleteFrom('registration').where('convening_id', '=', convening_id).execute()
    await admin.db.deleteFrom('convening').where('id', '=', convening_id).execute()
  }
  return { ...registrations, hang, hanging, session_id, clear }
}
const ATTENDED = ['session_choice', 'check_in_act', 'check_in', 'registration_need', 'convening_feedback']
const OF_CANCELLED = ['session_choice', 'check_in_act', 'registration_need']

it.each(['kept', 'gone'] as const)(
  'gives back all that hung on the cancelled registration of the %s one',
  async (who) => {
    const standing = who === 'kept' ? 'gone' : 'kept'
    const both = await signUpBoth(
      who === 'kept' ? 'cancelled' : 'registered',
      who === 'gone' ? 'cancelled' : 'registered',
    )
    await both.hang(both[standing], ...ATTENDED)
    await both.hang(both[who], ...OF_CANCELLED)
    const before = await both.hanging()
    const { id } = (await head.call(mergePeople, pair())).value
    const merged = await both.hanging()
    expect(Object.entries(merged).map(([table, rows]) => [table, rows.length])).toEqual(
      Object.keys(before).map((table) => [table, 1]),
    )
    expect((await head.call(undoMerge, { params: { mergeId: id } })).status).toBe(204)
    expect(await both.hanging()).toEqual(before)
    await both.clear()
  },
)

it.each(['check_in', 'convening_feedback'])('refuses where a cancelled registration has a row of %s', async (table) => {
  for (const [kept, gone, who] of [
    ['cancelled', 'registered', 'kept'],
    ['registered', 'cancelled', 'gone'],
    ['cancelled', 'cancelled', 'gone'],
  ] as const) {
    const both = await signUpBoth(kept, gone)
    await both.hang(both[who], table)
    const { status } = await head.call(mergePeople, pair())
    // Of two that are cancelled, the one that nothing hangs on gives way.
    expect([kept, gone, status]).toEqual([kept, gone, kept === gone ? 201 : 409])
    expect((await both.hanging())[table]).toHaveLength(1)
    await both.clear()
  }
})

it('gives back no need that was to be deleted meanwhile, and no choice of a session that is gone', async () => {
  const both = await signUpBoth('registered', 'cancelled')
  await both.hang(both.gone, ...OF_CANCELLED)
  const { id } = (await head.call(mergePeople, pair())).value
  const steps = async () =>
    JSON.stringify(await admin.db.selectFrom('person_merge').select('steps').where('id', '=', id).execute())
  expect(await steps()).toContain('No nuts')
  await deleteSpentNeeds(admin.db, now)
  expect(await steps()).not.toContain('No nuts')
  await admin.db.deleteFrom('convening_session').where('id', '=', both.session_id).execute()
  expect((await head.call(undoMerge, { params: { mergeId: id } })).status).toBe(204)
  expect(Object.values(await both.hanging()).flat()).toEqual([])
  const back = admin.db.selectFrom('registration').select('person_id').where('id', '=', both.gone)
  expect(await back.execute()).toEqual([{ person_id: ana2 }])
  await both.clear()
})

it('is too late to take apart a millisecond after 30 days, and out of order', async () => {
  const { id } = (await head.call(mergePeople, pair())).value
  const ana3 = await addPerson(admin.db, { networkId: admin.seeded.networkId, name: 'Ana 3' })
  const later = (await head.call(mergePeople, pair(ana3))).value
  expect((await head.call(undoMerge, { params: { mergeId: id } })).problem.code).toBe('merge.went_on')
  await head.call(undoMerge, { params: { mergeId: later.id } })
  await admin.db
    .updateTable('person_merge')
    .set({ merged_at: new Date(+now - 30 * DAY) })
    .where('id', '=', id)
    .execute()
  expect((await head.call(undoMerge, { params: { mergeId: id } })).problem.code).toBe('merge.too_late')
})

it('is refused where both hold what can be only once, and of somebody with themselves', async () => {
  const { people } = admin.seeded
  const refused = await head.call(mergePeople, pair(people.ravi))
  expect(refused.problem).toEqual({
    code: 'merge.both_hold',
    facts: { tables: ['course_member'] },
  })
  const { refused: both, putAway } = (await head.call(previewMerge, pair(people.ravi))).value
  expect(both).toEqual([{ table: 'course_member', rows: 1 }])
  expect(putAway).toContainEqual({ table: 'seat', rows: 1 })
  expect((await head.call(mergePeople, pair(people.ana))).problem.code).toBe('merge.same_person')
})

it('is for network admins of the same network alone', async () => {
  expect((await cora.call(previewMerge, pair())).status).toBe(404)
  expect((await cora.call(mergePeople, pair())).status).toBe(404)
  expect((await stranger.call(previewMerge, pair())).status).toBe(404)
  expect((await stranger.call(mergePeople, pair())).status).toBe(404)
  const { id } = (await head.call(mergePeople, pair())).value
  expect((await stranger.call(undoMerge, { params: { mergeId: id } })).status).toBe(404)
  expect((await stranger.call(listMerges)).value.items).toEqual([])
  expect((await cora.call(listMerges)).status).toBe(404)
})

it('hands out what is kept about a person, without work or scores', async () => {
  const params = { personId: admin.seeded.people.ana }
  const kept = (await head.call(exportPerson, { params })).value
  expect(Object.keys(kept.tables)).toEqual(expect.arrayContaining(['affiliation', 'course_member', 'person', 'seat']))
  expect(kept.tables['person']).toMatchObject([{ name: 'Ana Okonjo' }])
  expect(JSON.stringify(kept.tables)).not.toMatch(/score|grade|marks/)
  expect((await cora.call(exportPerson, { params })).status).toBe(404)
  expect((await stranger.call(exportPerson, { params })).status).toBe(404)
})

it('removes who somebody was; they are signed out, their seat is left, and their work names nobody', async () => {
  const { people, networkId } = admin.seeded
  const email = `finn@${admin.seeded.slug}.example`
  const none = { region_id: null, institution_id: null }
  await admin.db
    .insertInto('role_grant')
    .values({ network_id: networkId, person_id: people.finn, role: 'support', ...none })
    .execute()
  const finn = await admin.signedIn(email)
  const params = { personId: people.finn }
  const body = { reason: 'They asked for it on 9 January' }
  expect((await cora.call(removePerson, { params, body })).status).toBe(404)
  expect((await stranger.call(removePerson, { params, body })).status).toBe(404)
  expect((await head.call(removePerson, { params, body })).status).toBe(204)
  expect((await finn.raw('GET', '/api/me')).status).toBe(401)
  expect((await head.call(showPerson, { params })).status).toBe(404)
  const row = await admin.db.selectFrom('person').selectAll().where('id', '=', people.finn).executeTakeFirstOrThrow()
  expect(row).toMatchObject({ name: null, email: null, pronouns: null })
  const seat = await admin.db.selectFrom('seat').select('status').where('person_id', '=', people.finn).execute()
  expect(seat).toEqual([{ status: 'left' }])
  expect(await admin.db.selectFrom('prompt').select('id').where('author_id', '=', people.finn).execute()).toHaveLength(
    1,
  )
  const users = await admin.db
    .selectFrom('auth.user' as never)
    .selectAll()
    .execute()
  expect(JSON.stringify(users)).toContain('head@admin.example')
  expect(JSON.stringify(users)).not.toContain(email)
  const me = (await head.call(searchPeople, { query: { search: 'head@admin' } })).value.items[0]!
  expect((await head.call(removePerson, { params: { personId: me.id }, body })).problem.code).toBe(
    'directory.not_yourself',
  )
})

it('removes with somebody all who were merged into them, and what others wished about their addresses', async () => {
  const { networkId, people, regionId, institutions } = admin.seeded
  const addresses = ['Una@Home.example', 'una@work.example', 'una@lab.example']
  const [una, unaW, unaL] = (await Promise.all(
    addresses.map((email) => addPerson(admin.db, { networkId, name: `Una ${email}`, email })),
  )) as [PersonId, PersonId, PersonId]
  const wishes = { with: ['una@home.example', 'ravi@x.example'], notWith: ['UNA@lab.example'], canChair: true }
  const { id: convening_id } = await admin.db
    .insertInto('convening')
    .values({
      network_id: networkId,
      region_id: regionId,
      slug: 'with-wishes',
      name: 'C',
      place: 'Hall',
      time_zone: 'UTC',
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  const registered = { affiliation: 'faculty' as const, status: 'registered' as const, created_at: now }
  await admin.db
    .insertInto('registration')
    .values({
      network_id: networkId,
      convening_id,
      person_id: people.ana,
      institution_id: institutions.tenthStreet,
      ...registered,
      wishes: JSON.stringify(wishes),
    })
    .execute()
  // Una of the lab into Una of work, and both into Una.
  expect((await head.call(mergePeople, { params: { personId: unaW, goneId: unaL } })).status).toBe(201)
  expect((await head.call(mergePeople, { params: { personId: una, goneId: unaW } })).status).toBe(201)
  const body = { reason: 'They asked for it' }
  expect((await head.call(removePerson, { params: { personId: una }, body })).status).toBe(204)
  const left = [
    await admin.db.selectFrom('person').selectAll().where('id', 'in', [una, unaW, unaL]).execute(),
    await admin.db.selectFrom('person_merge').selectAll().where('kept_id', 'in', [una, unaW]).execute(),
    await admin.db.selectFrom('registration').select('wishes').where('convening_id', '=', convening_id).execute(),
  ]
  expect(JSON.stringify(left)).not.toMatch(/una/i)
  expect(left[2]).toEqual([{ wishes: { with: ['ravi@x.example'], notWith: [], canChair: true } }])
})
