import { sql } from 'kysely'
import type { SessionChoice } from '@copractice/core/convening'
import type { ConveningId, ConveningSessionId, NetworkId, RegistrationId } from '@copractice/core/kernel'
import type { Db, Trx } from '../database.ts'

type Of = Readonly<{ networkId: NetworkId; registrationId: RegistrationId }>

/** What somebody chose, and where they wait. */
export async function choicesOf(db: Db | Trx, { networkId, registrationId }: Of): Promise<SessionChoice[]> {
  const rows = await db
    .selectFrom('session_choice')
    .select(['session_id as sessionId', 'status'])
    .where('network_id', '=', networkId)
    .where('registration_id', '=', registrationId)
    .limit(200)
    .execute()
  return rows as SessionChoice[]
}

/** Makes these somebody's choices. A choice that was there keeps its moment, and with it its place in the order. */
export async function saveChoices(
  trx: Trx,
  { networkId, registrationId }: Of,
  choices: readonly SessionChoice[],
  now: Date,
): Promise<void> {
  let gone = trx
    .deleteFrom('session_choice')
    .where('network_id', '=', networkId)
    .where('registration_id', '=', registrationId)
  const ids = choices.map(({ sessionId }) => sessionId)
  if (ids.length) gone = gone.where('session_id', 'not in', ids)
  await gone.execute()
  if (!choices.length) return
  await trx
    .insertInto('session_choice')
    .values(
      choices.map(({ sessionId, status }) => ({
        network_id: networkId,
        session_id: sessionId,
        registration_id: registrationId,
        status,
        created_at: now,
      })),
    )
    .onConflict((conflict) =>
      conflict
        .columns(['network_id', 'session_id', 'registration_id'])
        .doUpdateSet((eb) => ({ status: eb.ref('excluded.status') })),
    )
    .execute()
}

export type GivenSession = Readonly<{
  registrationId: RegistrationId
  name: string | null
  email: string | null
  badgeKey: string
  title: string
}>

/**
 * Gives each of these sessions' places to the first `places` who wait for it and hold a place in the convening, in the
 * order they chose it. One statement, however many sessions.
 */
export async function giveSessions(
  trx: Trx,
  { networkId, conveningId }: Readonly<{ networkId: NetworkId; conveningId: ConveningId }>,
  given: readonly Readonly<{ id: ConveningSessionId; places: number }>[],
): Promise<GivenSession[]> {
  if (!given.length) return []
  const { rows } = await sql<GivenSession>`
    with free as (select * from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as f(id uuid, places int)),
    waiting as (
      select c.session_id, c.registration_id, f.places,
        row_number() over (partition by c.session_id order by c.created_at, c.registration_id) as place
      from session_choice c join free f on f.id = c.session_id
      join registration g on g.network_id = c.network_id and g.id = c.registration_id
      where c.network_id = ${networkId} and g.convening_id = ${conveningId} and c.status = 'waitlisted'
        and g.status = 'registered')
    update session_choice c set status = 'chosen'
    from waiting w, registration g, person p, convening_session s
    where c.network_id = ${networkId} and c.session_id = w.session_id and c.registration_id = w.registration_id
      and w.place <= w.places and g.network_id = c.network_id and g.id = c.registration_id
      and p.network_id = g.network_id and p.id = g.person_id and s.network_id = c.network_id and s.id = c.session_id
    returning c.registration_id as "registrationId", p.name, p.email, g.badge_key as "badgeKey", s.title`.execute(trx)
  return rows
}
