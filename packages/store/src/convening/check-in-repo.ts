import { sql } from 'kysely'
import { settleCheckIns, type CheckInMark, type Expected } from '@copractice/core/convening'
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

/**
 * Of these registrations, those that hold a place in the convening, kept still until the transaction ends: what two desks send
 * at once is worked out one after the other.
 */
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
    .orderBy('id')
    .forNoKeyUpdate()
    .execute()
  return new Set(rows.map(({ id }) => id))
}

const placeOf = (one: Readonly<{ registrationId: string; sessionId: string | null }>) =>
  `${one.registrationId} ${one.sessionId ?? ''}`

/**
 * Writes down what was done at the desks, and who is here by all of it (`settleCheckIns`), whatever was heard before. The
 * registrations are kept still by `placesAmong`.
 */
export async function saveMarks(
  trx: Trx,
  { networkId, conveningId }: Convening,
  { marks, byId }: Readonly<{ marks: readonly CheckInMark[]; byId: PersonId }>,
): Promise<void> {
  if (!marks.length) return
  const at = { network_id: networkId, convening_id: conveningId }
  await trx
    .insertInto('check_in_act')
    .values(
      marks.map((mark) => ({
        ...at,
        session_id: mark.sessionId,
        registration_id: mark.registrationId,
        at: mark.at,
        is_here: mark.isHere,
        by_id: byId,
        how: mark.how,
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  const acts = await trx
    .selectFrom('check_in_act')
    .select(['registration_id as registrationId', 'session_id as sessionId'])
    .select(['at', 'is_here as isHere', 'how', 'by_id as byId'])
    .where('network_id', '=', networkId)
    .where('convening_id', '=', conveningId)
    .where('registration_id', 'in', [...new Set(marks.map(({ registrationId }) => registrationId))])
    .execute()
  const byPlace = Map.groupBy(acts, placeOf)
  const touched = [...new Map(marks.map((mark) => [placeOf(mark), mark])).values()]
  const places = JSON.stringify(touched.map(({ registrationId: r, sessionId: s }) => ({ r, s })))
  await sql`delete from check_in k using jsonb_to_recordset(${places}::jsonb) as g(r uuid, s uuid)
    where k.network_id = ${networkId} and k.convening_id = ${conveningId} and k.registration_id = g.r
      and k.session_id is not distinct from g.s`.execute(trx)
  const here = touched.flatMap((mark) => {
    const act = settleCheckIns(byPlace.get(placeOf(mark)) ?? [])
    if (!act) return []
    const { registrationId, sessionId } = mark
    return [
      { ...at, session_id: sessionId, registration_id: registrationId, at: act.at, by_id: act.byId, how: act.how },
    ]
  })
  if (here.length) await trx.insertInto('check_in').values(here).execute()
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
