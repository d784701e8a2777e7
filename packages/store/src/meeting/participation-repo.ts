import { sql } from 'kysely'
import type { CampusMark } from '@copractice/core/directory'
import type { CohortId, MeetingId, NetworkId, PersonId } from '@copractice/core/kernel'
import type { AgendaItem, CommunityFunction } from '@copractice/core/meeting'
import type { Db, Trx } from '../database.ts'

type Meeting = Readonly<{ networkId: NetworkId; meetingId: MeetingId }>

/** In their order. */
export function listAgenda(db: Db | Trx, { networkId, meetingId }: Meeting): Promise<AgendaItem[]> {
  return db
    .selectFrom('agenda_item')
    .select(['title', 'kind', 'minutes', 'led_by as ledBy', 'functions'])
    .where('network_id', '=', networkId)
    .where('meeting_id', '=', meetingId)
    .orderBy('position')
    .execute()
}

/** The whole agenda anew, and what the meeting serves by it. Two at once are one after the other: the later stands. */
export async function replaceAgenda(
  trx: Trx,
  { networkId, meetingId }: Meeting,
  items: readonly AgendaItem[],
  functions: readonly CommunityFunction[],
): Promise<void> {
  await trx
    .selectFrom('meeting')
    .select('id')
    .where('network_id', '=', networkId)
    .where('id', '=', meetingId)
    .forNoKeyUpdate()
    .execute()
  await trx.deleteFrom('agenda_item').where('network_id', '=', networkId).where('meeting_id', '=', meetingId).execute()
  const rows = items.map(({ ledBy, ...item }, position) => ({
    ...item,
    functions: [...item.functions],
    network_id: networkId,
    meeting_id: meetingId,
    position,
    led_by: ledBy,
  }))
  if (rows.length) await trx.insertInto('agenda_item').values(rows).execute()
  await trx
    .updateTable('meeting')
    .set({ functions: [...functions] })
    .where('network_id', '=', networkId)
    .where('id', '=', meetingId)
    .execute()
}

type CohortMeeting = Meeting & Readonly<{ cohortId: CohortId }>

/** Who could have been there, by name: everyone with a seat, and whoever is noted though they left since. Test people are not. */
export async function listAttendance(db: Db | Trx, { networkId, cohortId, meetingId }: CohortMeeting) {
  const rows = await db
    .selectFrom('seat as s')
    .innerJoin('person as p', (on) => on.onRef('p.network_id', '=', 's.network_id').onRef('p.id', '=', 's.person_id'))
    .innerJoin('institution as i', (on) =>
      on.onRef('i.network_id', '=', 's.network_id').onRef('i.id', '=', 's.institution_id'),
    )
    .leftJoin('attendance as a', (on) =>
      on
        .onRef('a.network_id', '=', 's.network_id')
        .onRef('a.person_id', '=', 's.person_id')
        .on('a.meeting_id', '=', meetingId),
    )
    .select(['p.id', 'p.name', 'i.id as institutionId', 'i.name as institution', 'i.letter', 'i.colour', 'a.at'])
    .where('s.network_id', '=', networkId)
    .where('s.cohort_id', '=', cohortId)
    .where('p.is_test', '=', false)
    .where((eb) => eb.or([eb('s.status', '=', 'seated'), eb('a.at', 'is not', null)]))
    .orderBy(sql`lower(p.name)`)
    .orderBy('p.id')
    .execute()
  return rows.map(({ id, name, institutionId, institution, letter, colour, at }) => ({
    id: id as PersonId,
    name,
    institution: { id: institutionId, name: institution, letter, colour } as CampusMark,
    isPresent: at !== null,
  }))
}

type Noted = Meeting & Readonly<{ personId: PersonId; by: PersonId; isPresent: boolean }>

/** Says how many are noted now. */
export async function noteAttendance(
  trx: Trx,
  { networkId, meetingId, personId, by, isPresent }: Noted,
  now: Date,
): Promise<number> {
  const key = { network_id: networkId, meeting_id: meetingId, person_id: personId }
  if (isPresent)
    await trx
      .insertInto('attendance')
      .values({ ...key, noted_by: by, at: now })
      .onConflict((conflict) => conflict.columns(['network_id', 'meeting_id', 'person_id']).doNothing())
      .execute()
  else
    await trx
      .deleteFrom('attendance')
      .where('network_id', '=', networkId)
      .where('meeting_id', '=', meetingId)
      .where('person_id', '=', personId)
      .execute()
  const { present } = await trx
    .selectFrom('attendance')
    .select(sql<number>`count(*)::int`.as('present'))
    .where('network_id', '=', networkId)
    .where('meeting_id', '=', meetingId)
    .executeTakeFirstOrThrow()
  return present
}
