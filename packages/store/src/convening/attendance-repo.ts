import { sql } from 'kysely'
import type { ConveningId, InstitutionId, NetworkId, PersonId } from '@copractice/core/kernel'
import type { Db, Trx } from '../database.ts'
import { pageOf, readCursor, type Page } from '../directory/name-cursor.ts'

/** One session, or a whole convening without sessions, that somebody was at. */
export type Attended = Readonly<{ personId: PersonId; conveningId: ConveningId; startsAt: Date; endsAt: Date }>

const beganAt = sql<Date>`coalesce(s.starts_at, v.starts_at)`

/**
 * What people attended at convenings, as a query to narrow (`k` the check-in, `g` the registration, `v` the convening):
 * every session they were checked in to, and the whole convening for who came in at the door of one without sessions.
 */
export const spansAttended = (db: Db | Trx, networkId: NetworkId) =>
  db
    .selectFrom('check_in as k')
    .innerJoin('registration as g', (on) =>
      on.onRef('g.network_id', '=', 'k.network_id').onRef('g.id', '=', 'k.registration_id'),
    )
    .innerJoin('convening as v', (on) =>
      on.onRef('v.network_id', '=', 'k.network_id').onRef('v.id', '=', 'k.convening_id'),
    )
    .leftJoin('convening_session as s', (on) =>
      on.onRef('s.network_id', '=', 'k.network_id').onRef('s.id', '=', 'k.session_id'),
    )
    .select(['g.person_id as personId', 'v.id as conveningId'])
    .select([beganAt.as('startsAt'), sql<Date>`coalesce(s.ends_at, v.ends_at)`.as('endsAt')])
    .where('k.network_id', '=', networkId)
    .where('g.status', '=', 'registered')
    .where('v.starts_at', 'is not', null)
    .where(
      sql<boolean>`(k.session_id is not null or not exists (select from convening_session o
        where o.network_id = k.network_id and o.convening_id = k.convening_id))`,
    )

/**
 * What people attended at convenings, to be counted by core's `minutesAttended`. Give the people, the time, or both.
 */
export async function attendedAtConvenings(
  db: Db | Trx,
  networkId: NetworkId,
  {
    personIds,
    from,
    until,
    conveningId,
  }: Readonly<{
    personIds?: readonly PersonId[]
    from?: Date
    until?: Date
    conveningId?: ConveningId
  }>,
): Promise<Attended[]> {
  if (personIds && !personIds.length) return []
  let query = spansAttended(db, networkId)
  if (personIds) query = query.where('g.person_id', 'in', [...personIds])
  if (conveningId) query = query.where('k.convening_id', '=', conveningId)
  if (from) query = query.where(beganAt, '>=', from)
  if (until) query = query.where(beganAt, '<', until)
  return (await query.execute()) as Attended[]
}

/** Who was checked in anywhere at the convening, by name. */
export async function listAttendees(
  db: Db | Trx,
  { networkId, conveningId }: Readonly<{ networkId: NetworkId; conveningId: ConveningId }>,
  { after, limit }: Readonly<{ after?: string | undefined; limit: number }>,
): Promise<Page<Attendee>> {
  const cursor = readCursor(after)
  const name = sql<string>`lower(coalesce(p.name, ''))`
  let query = db
    .selectFrom('registration as g')
    .innerJoin('person as p', (on) => on.onRef('p.network_id', '=', 'g.network_id').onRef('p.id', '=', 'g.person_id'))
    .innerJoin('institution as i', (on) =>
      on.onRef('i.network_id', '=', 'g.network_id').onRef('i.id', '=', 'g.institution_id'),
    )
    .select(['p.id', 'p.name', 'i.id as institutionId', 'i.name as institutionName', 'i.letter', 'i.colour'])
    .select(name.as('sortKey'))
    .where('g.network_id', '=', networkId)
    .where('g.convening_id', '=', conveningId)
    .where('g.status', '=', 'registered')
    .where(sql<boolean>`exists (select from check_in k where k.network_id = g.network_id and k.registration_id = g.id)`)
  if (cursor) query = query.where(sql<boolean>`(${name}, p.id) > (${cursor.key}, ${cursor.id}::uuid)`)
  const rows = await query
    .orderBy(name)
    .orderBy('p.id')
    .limit(limit + 1)
    .execute()
  return pageOf(rows, limit, ({ id, name: called, institutionId, institutionName, letter, colour }) => ({
    personId: id as PersonId,
    name: called,
    institution: { id: institutionId as InstitutionId, name: institutionName, letter, colour },
  }))
}
type Attendee = Readonly<{
  personId: PersonId
  name: string | null
  institution: Readonly<{ id: InstitutionId; name: string; letter: string; colour: number }>
}>
