import { sql } from 'kysely'
import { SESSIONS_AT_MOST, type SessionListed, type SessionPlan } from '@copractice/core/convening'
import type { ConveningId, ConveningSessionId, NetworkId } from '@copractice/core/kernel'
import type { Db, Trx } from '../database.ts'

type Convening = Readonly<{ networkId: NetworkId; conveningId: ConveningId }>

/** Only those who hold a place in the convening count. */
const countOf = (status: 'chosen' | 'waitlisted') => sql<number>`(select count(*)::int from session_choice c
  join registration g on g.network_id = c.network_id and g.id = c.registration_id and g.status = 'registered'
  where c.network_id = s.network_id and c.session_id = s.id and c.status = ${status})`

/** The sessions of a convening by time, track and title, with how full each is. */
export async function sessionsOf(db: Db | Trx, { networkId, conveningId }: Convening): Promise<SessionListed[]> {
  const rows = await db
    .selectFrom('convening_session as s')
    .select(['s.id', 's.title', 's.track', 's.kind', 's.starts_at as startsAt', 's.ends_at as endsAt', 's.place'])
    .select(['s.join_url as joinUrl', 's.capacity', 's.speakers', 's.description', 's.functions'])
    .select([countOf('chosen').as('chosen'), countOf('waitlisted').as('waitlisted')])
    .where('s.network_id', '=', networkId)
    .where('s.convening_id', '=', conveningId)
    .orderBy('s.starts_at')
    .orderBy('s.track')
    .orderBy('s.title')
    .orderBy('s.id')
    .limit(SESSIONS_AT_MOST)
    .execute()
  return rows as SessionListed[]
}

const columnsOf = (plan: SessionPlan) => ({
  title: plan.title,
  track: plan.track,
  kind: plan.kind,
  starts_at: plan.startsAt,
  ends_at: plan.endsAt,
  place: plan.place,
  join_url: plan.joinUrl,
  capacity: plan.capacity,
  speakers: plan.speakers,
  description: plan.description,
  functions: [...plan.functions],
})

export async function insertSession(
  trx: Trx,
  { networkId, conveningId }: Convening,
  plan: SessionPlan,
): Promise<ConveningSessionId> {
  const row = await trx
    .insertInto('convening_session')
    .values({ network_id: networkId, convening_id: conveningId, ...columnsOf(plan) })
    .returning('id')
    .executeTakeFirstOrThrow()
  return row.id as ConveningSessionId
}

/** False when the convening has no such session. */
export async function updateSession(
  trx: Trx,
  { networkId, conveningId }: Convening,
  { id, plan }: Readonly<{ id: ConveningSessionId; plan: SessionPlan }>,
): Promise<boolean> {
  const row = await trx
    .updateTable('convening_session')
    .set(columnsOf(plan))
    .where('network_id', '=', networkId)
    .where('convening_id', '=', conveningId)
    .where('id', '=', id)
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** The choices of it go with it. */
export async function deleteSession(
  trx: Trx,
  { networkId, conveningId }: Convening,
  id: ConveningSessionId,
): Promise<void> {
  await trx
    .deleteFrom('convening_session')
    .where('network_id', '=', networkId)
    .where('convening_id', '=', conveningId)
    .where('id', '=', id)
    .execute()
}

export async function isAttended(trx: Trx, networkId: NetworkId, id: ConveningSessionId): Promise<boolean> {
  const row = await trx
    .selectFrom('check_in')
    .select('id')
    .where('network_id', '=', networkId)
    .where('session_id', '=', id)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}
