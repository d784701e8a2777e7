import { sql } from 'kysely'
import type { RosterPerson } from '@copractice/core/gradebook'
import type { CohortId, CourseId, NetworkId, PersonId } from '@copractice/core/kernel'
import type { Db, Trx } from '../database.ts'
import { pageOf, readCursor, type Page } from '../directory/name-cursor.ts'
import { likeText } from '../directory/reach.ts'

type Course = Readonly<{ networkId: NetworkId; courseId: CourseId; cohortId: CohortId | null }>
type Choice = Readonly<{
  search?: string | undefined
  section?: string | undefined
  hasLeft: boolean
  after?: string | undefined
  limit: number
}>

/** The LMS's test student is in no roster. */
const people = (db: Db | Trx, { networkId, courseId, cohortId }: Course) =>
  db
    .selectFrom('course_member as m')
    .innerJoin('person as p', (on) => on.onRef('p.network_id', '=', 'm.network_id').onRef('p.id', '=', 'm.person_id'))
    .leftJoin('seat as s', (on) =>
      on
        .onRef('s.network_id', '=', 'm.network_id')
        .onRef('s.person_id', '=', 'm.person_id')
        .on('s.cohort_id', '=', cohortId),
    )
    .where('m.network_id', '=', networkId)
    .where('m.course_id', '=', courseId)
    .where('p.is_test', '=', false)

/** A course's people by name, those without one last. */
export async function pageOfRoster(db: Db | Trx, course: Course, choice: Choice): Promise<Page<RosterPerson>> {
  const { search, section, hasLeft, after, limit } = choice
  const key = sql<string>`(case when p.name is null then '1' else '0' end || lower(coalesce(p.name, '')))`
  const cursor = readCursor(after)
  let query = people(db, course)
    .select(['p.id', 'p.name', 'm.role', 'm.role_from', 'm.seen_at', 'm.sections', 's.status as seat'])
    .select(key.as('sortKey'))
    .where('m.status', '=', hasLeft ? 'left' : 'active')
  if (search) query = query.where('p.name', 'ilike', likeText(search))
  if (section) query = query.where(sql<boolean>`${section} = any (m.sections)`)
  if (cursor) query = query.where(sql<boolean>`(${key}, p.id) > (${cursor.key}, ${cursor.id}::uuid)`)
  const rows = await query
    .orderBy(key)
    .orderBy('p.id')
    .limit(limit + 1)
    .execute()
  return pageOf(rows, limit, (row) => ({
    personId: row.id as PersonId,
    name: row.name,
    role: row.role,
    knownFrom: row.role_from,
    lastCameAt: row.role_from === 'launch' ? row.seen_at : null,
    hasLeft,
    sections: row.sections,
    inCohort: row.seat === 'seated' ? 'member' : row.seat === 'waitlisted' ? 'waitlisted' : 'no',
  }))
}

export type RosterFound = Readonly<{
  isOffered: boolean
  here: number
  members: number
  left: number
  sections: string[]
  sync: RosterSyncFound | null
}>
export type RosterSyncFound = Readonly<{
  status: 'waiting' | 'running' | 'done' | 'failed'
  dueAt: Date
  startedAt: Date | null
  finishedAt: Date | null
  isAsked: boolean
  seen: number
  added: number
  departed: number
  lastError: string | null
}>

/** How a course's roster stands, in two queries. */
export async function findRoster(db: Db | Trx, course: Course): Promise<RosterFound> {
  const { networkId, courseId } = course
  const [row, counts] = await Promise.all([
    db
      .selectFrom('course as c')
      .leftJoin('roster_sync as r', (on) =>
        on.onRef('r.network_id', '=', 'c.network_id').onRef('r.course_id', '=', 'c.id'),
      )
      .select(['c.memberships_url', 'r.status', 'r.due_at', 'r.asked_at', 'r.started_at', 'r.finished_at'])
      .select(['r.seen', 'r.added', 'r.departed', 'r.last_error'])
      .select(
        sql<string[]>`array(select distinct unnest(m.sections) from course_member m where m.network_id = c.network_id
          and m.course_id = c.id and m.status = 'active' order by 1)`.as('sections'),
      )
      .where('c.network_id', '=', networkId)
      .where('c.id', '=', courseId)
      .executeTakeFirstOrThrow(),
    people(db, course)
      .select([
        sql<number>`count(*) filter (where m.status = 'active')::int`.as('here'),
        sql<number>`count(*) filter (where m.status = 'active' and s.status = 'seated')::int`.as('members'),
        sql<number>`count(*) filter (where m.status = 'left')::int`.as('left'),
      ])
      .executeTakeFirstOrThrow(),
  ])
  const { status, due_at: dueAt } = row
  return {
    isOffered: row.memberships_url !== null,
    ...counts,
    sections: row.sections,
    sync:
      status && dueAt
        ? {
            status,
            dueAt,
            startedAt: row.started_at,
            finishedAt: row.finished_at,
            isAsked: row.asked_at !== null,
            seen: row.seen ?? 0,
            added: row.added ?? 0,
            departed: row.departed ?? 0,
            lastError: row.last_error,
          }
        : null,
  }
}
