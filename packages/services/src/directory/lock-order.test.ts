import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import type { Actor } from '@copractice/core/directory'
import type { CohortId, ConveningId, PersonId, RegistrationId } from '@copractice/core/kernel'
import { lockSeatsOfCohorts } from '@copractice/store/cohort'
import type { OpenDatabase } from '@copractice/store/database'
import { openTestDb, runSql } from '@copractice/store/testing'
import { leaveCohort } from '../cohort/index.ts'
import { cancelRegistration, saveCheckIns } from '../convening/index.ts'
import { actorFor, addPerson, seedNetwork, type SeededNetwork } from '../testing/index.ts'
import { releaseDomain } from './institution-sign-in/release-domain.ts'
import { mergePeople, undoMerge } from './merge-people.ts'

/** docs/decisions/0012: one order of locks. Two acts are made to meet in the middle; before, Postgres had to end one of them. */
describe.skipIf(!inject('postgresUrl'))('two acts at once', () => {
  const now = new Date('2027-01-10T12:00:00Z')
  let open: OpenDatabase, network: SeededNetwork, head: Actor
  let deps: { db: OpenDatabase['db']; spaceUrl: string }
  beforeAll(async () => {
    open = await openTestDb()
    deps = { db: open.db, spaceUrl: 'https://space.example' }
    network = await seedNetwork(open.db, { now })
    const personId = await person('head')
    head = { networkId: network.networkId, personId, grants: [{ role: 'network_admin' }], seats: [], courses: [] }
  })
  afterAll(() => open.close())

  const person = (name: string) =>
    addPerson(open.db, { networkId: network.networkId, name, email: `${name}@x.example` })
  /** Somebody with a seat in the cohort and a prompt of their own, which a merge hands on after the seat. */
  const seated = async (name: string, status: 'seated' | 'waitlisted' = 'seated') => {
    const { networkId: network_id, cohortId: cohort_id, institutions } = network
    const person_id = await person(name)
    const seat = { institution_id: institutions.riverside, kind: 'participant', status, since: now } as const
    await open.db
      .insertInto('seat')
      .values({ network_id, cohort_id, person_id, ...seat })
      .execute()
    const prompt = { author_id: person_id, text: 'What changed?', opens_at: now }
    await open.db
      .insertInto('prompt')
      .values({ network_id, cohort_id, ...prompt })
      .execute()
    return person_id
  }
  const seedCohort = async (name: string) => {
    const rows = await runSql<{ id: string }>(
      open.db,
      `insert into cohort (network_id, region_id, name, theme, time_zone, policy_version, community_id)
        select network_id, region_id, '${name}', theme, time_zone, policy_version, community_id from cohort
        where id = '${network.cohortId}' returning id`,
    )
    return rows[0]!.id as CohortId
  }
  const leaves = async (personId: PersonId) => {
    const actor = await actorFor(open.db, { networkId: network.networkId, personId, now })
    const session = { actor, cohortId: network.cohortId, courseId: null, courseLinkId: null }
    return () => leaveCohort(deps, session, now)
  }

  const waiting = async () =>
    (
      await runSql(
        open.db,
        `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
      )
    ).length
  const until = async (count: number, isOver = () => false) => {
    while (!isOver() && (await waiting()) < count) await new Promise((resolve) => setTimeout(resolve, 5))
  }

  /** Keeps rows of the first act from it until the second waits too, or is done; says how both ended. */
  async function meet<One, Other>(rows: string, first: () => Promise<One>, second: () => Promise<Other>) {
    const both = await open.db.transaction().execute(async (trx) => {
      await runSql(trx, `select from ${rows} for update`)
      const one = first()
      await until(1)
      let isDone = false
      const other = second().finally(() => (isDone = true))
      await until(2, () => isDone)
      return [one, other] as const
    })
    const [one, other] = await Promise.allSettled(both)
    return [
      one.status === 'fulfilled' ? one.value : one.reason,
      other.status === 'fulfilled' ? other.value : other.reason,
    ]
  }

  it('a merge and one of the two leaving a cohort of both: one goes first', async () => {
    const [personId, goneId] = [await seated('kept'), await seated('gone')]
    const leave = await leaves(goneId)
    const merge = () => mergePeople(deps, head, { personId, goneId }, now)
    expect(await meet(`prompt where author_id = '${goneId}'`, merge, leave)).toMatchObject([
      { ok: true },
      { ok: false, refusal: { code: 'cohort.not_in' } },
    ])
  })

  it('taking a merge apart and the person leaving: one goes first', async () => {
    const [personId, goneId] = [await seated('kept2', 'waitlisted'), await seated('gone2')]
    const merged = await mergePeople(deps, head, { personId, goneId }, now)
    const id = merged.ok ? merged.value.id : ''
    const leave = await leaves(personId)
    const undo = () => undoMerge(open.db, head, id, now)
    expect(await meet(`network where id = '${network.networkId}'`, undo, leave)).toMatchObject([
      { ok: true },
      { ok: true },
    ])
  })

  it('a desk that checks somebody in and a coordinator who cancels them: one goes first', async () => {
    const { networkId: network_id, regionId: region_id, institutions } = network
    const later = new Date('2027-01-10T16:00:00Z')
    const place = {
      slug: 'gathering',
      name: 'Gathering',
      place: 'Hall',
      time_zone: 'UTC',
      starts_at: now,
      ends_at: later,
      registration_closes_at: now,
    }
    const { id: convening_id } = await open.db
      .insertInto('convening')
      .values({ network_id, region_id, ...place })
      .returning('id')
      .executeTakeFirstOrThrow()
    const registered = { affiliation: 'faculty', status: 'registered', created_at: now } as const
    const { id } = await open.db
      .insertInto('registration')
      .values({
        network_id,
        convening_id,
        person_id: await person('guest'),
        institution_id: institutions.riverside,
        ...registered,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    const [conveningId, registrationId] = [convening_id as ConveningId, id as RegistrationId]
    const mark = { registrationId, sessionId: null, at: now, isHere: true, how: 'list' as const }
    const checkIn = () => saveCheckIns(open.db, head, { conveningId, marks: [mark] }, now)
    const cancel = () => cancelRegistration(open.db, head, { conveningId, registrationId }, now)
    const ended = await meet(`network where id = '${network_id}'`, checkIn, cancel)
    expect(ended).toMatchObject([{ ok: true, value: { saved: 1 } }, { ok: true }])
  })

  it('cohorts are held in the order of their ids, however they are asked for', async () => {
    const { networkId } = network
    const other = await seedCohort('Another')
    const [first, second] = [network.cohortId, other].toSorted() as [CohortId, CohortId]
    const lock = (ids: readonly CohortId[]) => () =>
      open.db.transaction().execute((trx) => lockSeatsOfCohorts(trx, networkId, ids))
    const isFree = () => runSql(open.db, `select from cohort where id = '${second}' for update nowait`)
    const ended = await meet(`cohort where id = '${first}'`, lock([second, first]), isFree)
    expect(ended).toEqual([undefined, [{}]])
  })

  it('a mail domain that waits again by the time it would be released stays as its institution has it', async () => {
    const { networkId: network_id, institutions } = network
    const at = { network_id, institution_id: institutions.riverside, domain: 'waits.example' }
    const domain = open.db.insertInto('institution_domain').values({ ...at, added_at: now, confirmed_at: now })
    await domain.execute()
    const released = await open.db.transaction().execute(async (trx) => {
      await runSql(trx, `select from institution where id = '${institutions.riverside}' for no key update`)
      const release = releaseDomain(open.db, 'waits.example', now)
      await until(1)
      await runSql(trx, `update institution_domain set confirmed_at = null where domain = 'waits.example'`)
      return [release]
    })
    expect(await released[0]).toBeUndefined()
    const left = open.db.selectFrom('institution_domain').select(['domain', 'confirmed_at'])
    expect(await left.execute()).toEqual([{ domain: 'waits.example', confirmed_at: null }])
  })
})
