import { sql } from 'kysely'
import type { CheckInMark, Expected } from '@copractice/core/convening'
import type {
  ConveningId,
  ConveningSessionId,
  InstitutionId,
  NetworkId,
  PersonId,
  RegistrationId,
} from '@copractice/core/kernel'
import type { Db, Trx } from '../database.ts'
import { pageOf, readCursor, type Page } from '../directory/name-cursor.ts'

type Convening = Readonly<{ networkId: NetworkId; conveningId: ConveningId }>
type Asked = Readonly<{
  sessionId?: ConveningSessionId | undefined
  everyone?: 'yes' | undefined
  after?: string | undefined
  limit: number
}>

/** Who holds a place, by name; of a session: who chose it, or with `everyone` all of them. */
export async function listExpected(
  db: Db | Trx,
  { networkId, conveningId }: Convening,
  { sessionId, everyone, after, limit }: Asked,
): Promise<Page<Expected>> {
  const cursor = readCursor(after)
  const name = sql<string>`lower(coalesce(p.name, ''))`
  let query = db
    .selectFrom('registration as g')
    .innerJoin('person as p', (on) => on.onRef('p.network_id', '=', 'g.network_id').onRef('p.id', '=', 'g.person_id'))
    .innerJoin('institution as i', (on) =>
      on.onRef('i.network_id', '=', 'g.network_id').onRef('i.id', '=', 'g.institution_id'),
    )
    .leftJoin('check_in as k', (on) =>
      on
        .onRef('k.network_id', '=', 'g.network_id')
        .onRef('k.registration_id', '=', 'g.id')
        .on(sql<boolean>`k.session_id is not distinct from ${sessionId ?? null}::uuid`),
    )
    .select(['g.id', 'p.name', 'k.at as checkedInAt', name.as('sortKey')])
    .select(['i.id as institutionId', 'i.name as institutionName', 'i.letter', 'i.colour'])
    .where('g.network_id', '=', networkId)
    .where('g.convening_id', '=', conveningId)
    .where('g.status', '=', 'registered')
  if (sessionId && !everyone) {
    query = query.where(
      sql<boolean>`(k.id is not null or exists (select from session_choice c where c.network_id = g.network_id
        and c.registration_id = g.id and c.session_id = ${sessionId} and c.status = 'chosen'))`,
    )
  }
  if (cursor) query = query.where(sql<boolean>`(${name}, g.id) > (${cursor.key}, ${cursor.id}::uuid)`)
  const rows = await query
    .orderBy(name)
    .orderBy('g.id')
    .limit(limit + 1)
    .execute()
  return pageOf(rows, limit, (row) => ({
    registrationId: row.id as RegistrationId,
    name: row.name,
    institution: markOf(row),
    checkedInAt: row.checkedInAt,
  }))
}

type Mark = Readonly<{ institutionId: string; institutionName: string; letter: string; colour: number }>
const markOf = ({ institutionId, institutionName, letter, colour }: Mark) => ({
  id: institutionId as InstitutionId,
  name: institutionName,
  letter,
  colour,
})

/** Of these registrations, those that hold a place in the convening. */
export async function placesAmong(
  trx: Trx,
  { networkId, conveningId }: Convening,
  ids: readonly RegistrationId[],
): Promise<Set<string>> {
  const rows = await trx
    .selectFrom('registration')
    .select('id')
    .where('network_id', '=', networkId)
    .where('convening_id', '=', conveningId)
    .where('status', '=', 'registered')
    .where('id', 'in', [...ids])
    .execute()
  return new Set(rows.map(({ id }) => id))
}

/**
 * Writes down who is here and takes back who is not; one mark per person and session. Somebody here keeps their first moment,
 * and a "not here" that comes late, from a device that was offline, takes back nobody who came in after it.
 */
export async function saveMarks(
  trx: Trx,
  { networkId, conveningId }: Convening,
  { marks, byId }: Readonly<{ marks: readonly CheckInMark[]; byId: PersonId }>,
): Promise<void> {
  const gone = marks.filter(({ isHere }) => !isHere)
  if (gone.length) {
    const given = JSON.stringify(gone.map(({ registrationId: r, sessionId: s, at }) => ({ r, s, at })))
    await sql`delete from check_in k using jsonb_to_recordset(${given}::jsonb) as g(r uuid, s uuid, at timestamptz)
      where k.network_id = ${networkId} and k.convening_id = ${conveningId} and k.registration_id = g.r
        and k.session_id is not distinct from g.s and k.at <= g.at`.execute(trx)
  }
  const here = marks.filter(({ isHere }) => isHere)
  if (!here.length) return
  await trx
    .insertInto('check_in')
    .values(
      here.map(({ registrationId, sessionId, at, how }) => ({
        network_id: networkId,
        convening_id: conveningId,
        session_id: sessionId,
        registration_id: registrationId,
        at,
        by_id: byId,
        how,
      })),
    )
    .onConflict((conflict) =>
      conflict.columns(['network_id', 'convening_id', 'session_id', 'registration_id']).doNothing(),
    )
    .execute()
}

/** Where somebody is checked in: null is the door. */
export async function checkedInto(db: Db | Trx, networkId: NetworkId, id: RegistrationId) {
  const rows = await db
    .selectFrom('check_in')
    .select('session_id')
    .where('network_id', '=', networkId)
    .where('registration_id', '=', id)
    .limit(201)
    .execute()
  return rows.map(({ session_id }) => session_id as ConveningSessionId | null)
}
