import type { ConveningId, InstitutionId, NetworkId, PersonId, RegistrationId } from '@copractice/core/kernel'
import type { SessionPlan } from '@copractice/core/convening'
import {
  insertSession,
  saveChoices,
  saveFeedback,
  saveHosting,
  saveMarks,
  saveNeeds,
} from '@copractice/store/convening'
import type { Db, Trx } from '@copractice/store/database'
import type { DemoDirectory } from './seed-directory.ts'

const ZONE = 'America/New_York'
const HOUR = 3_600_000
const DAY = 24 * HOUR

/** Title, track, hours after the start, minutes, place, whether online, places, speakers, functions. */
type Line = readonly [
  string,
  string,
  number,
  number,
  string | null,
  boolean,
  number | null,
  string,
  SessionPlan['functions'],
]
const SESSIONS: readonly Line[] = [
  ['Welcome, and who is here', '', 0, 45, 'Great room', true, null, 'Finn Eklund', ['support']],
  [
    'Stories into principles',
    'Practice',
    1,
    75,
    'Room 204',
    false,
    20,
    'Clara Hoffmann\nOmar Benali',
    ['educate', 'integrate'],
  ],
  ['Assessment that partners recognise', 'Research', 1, 75, 'Room 206', true, 12, 'Keiko Mori', ['educate']],
  ['Lunch, by themes', '', 2.5, 60, 'Great room', false, null, '', ['cultivate']],
  [
    'What would you bring home?',
    'Practice',
    3.75,
    75,
    'Room 204',
    true,
    20,
    'Desmond Clarke',
    ['encourage', 'integrate'],
  ],
]

const GIVEN_BACK = [
  [5, 'Two people to call when a partner says no.', ''],
  [4, 'The story of the garden.', 'More time between sessions.'],
  [5, 'A way to say what partners gain.', ''],
  [5, '', 'Start half an hour later for those who travel.'],
  [4, 'That others struggle with the same forms.', ''],
  [5, 'A first date with the food hub.', ''],
  [3, '', 'Less from the front.'],
] as const

/**
 * Gives the gathering its sessions, hosts, lead and places, with people who chose and one who says what they need; a
 * gathering that is over, with who came and what they said; and a summer convening announced without dates.
 */
export async function seedSessions(
  db: Db,
  { networkId, riverside, facilitator }: DemoDirectory,
  now: Date,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const gathering = await trx
      .selectFrom('convening')
      .select(['id', 'region_id', 'starts_at', 'ends_at'])
      .where('network_id', '=', networkId)
      .where('slug', '=', 'spring-gathering')
      .executeTakeFirstOrThrow()
    const here = { networkId, conveningId: gathering.id as ConveningId }
    const startsAt = gathering.starts_at!
    const nextSpring = now.getUTCFullYear() + (now.getUTCMonth() >= 4 ? 1 : 0)
    await trx
      .updateTable('convening')
      .set({ term: `spring-${nextSpring}` })
      .where('network_id', '=', networkId)
      .where('id', '=', gathering.id)
      .execute()
    const hosts = await hostsOf(trx, networkId)
    await saveHosting(trx, here, {
      hosts,
      places: [{ institutionId: riverside, places: 25 }],
      leadFacilitatorId: facilitator,
      contactEmail: 'gathering@threevalleys.example',
    })
    const sessions = await addSessions(trx, here, startsAt)
    const people = await registeredAt(trx, here)
    const taken = new Map<string, number>()
    for (const [at, { id }] of people.entries()) {
      const wanted = [sessions[0]!, at % 3 === 0 ? sessions[2]! : sessions[1]!, ...(at % 2 ? [sessions[4]!] : [])]
      if (at % 5 === 4) continue
      const choices = wanted.map((sessionId) => {
        const most = SESSIONS[sessions.indexOf(sessionId)]![6] ?? Infinity
        const held = taken.get(sessionId) ?? 0
        if (held < most) taken.set(sessionId, held + 1)
        return { sessionId, status: held < most ? ('chosen' as const) : ('waitlisted' as const) }
      })
      await saveChoices(trx, { networkId, registrationId: id }, choices, new Date(now.getTime() + at))
    }
    const needs = { accessibility: 'Captions for the online sessions, please.', dietary: 'No nuts' }
    await saveNeeds(
      trx,
      { networkId, registrationId: people[1]!.id },
      needs,
      new Date(gathering.ends_at!.getTime() + DAY),
    )

    await seedPast(
      trx,
      { networkId, regionId: gathering.region_id, people: people.slice(0, 18), byId: facilitator },
      now,
    )
    await trx
      .insertInto('convening')
      .values({
        network_id: networkId,
        region_id: gathering.region_id,
        name: 'Summer convening',
        slug: 'summer-convening',
        description: 'Ten hours of guided activities over the summer, open to everybody of the region.',
        starts_at: null,
        ends_at: null,
        registration_closes_at: null,
        time_zone: ZONE,
        place: 'Hillside College',
        join_url: null,
        capacity: null,
        status: 'announced',
        kind: 'summer_convening',
        term: `summer-${nextSpring}`,
        lead_facilitator_id: facilitator,
        contact_email: 'summer@threevalleys.example',
      })
      .execute()
  })
}

async function hostsOf(trx: Trx, networkId: NetworkId): Promise<InstitutionId[]> {
  const rows = await trx
    .selectFrom('institution')
    .select('id')
    .where('network_id', '=', networkId)
    .where('name', 'in', ['Riverside State', 'Hillside College'])
    .execute()
  return rows.map(({ id }) => id as InstitutionId)
}

type Convening = Readonly<{ networkId: NetworkId; conveningId: ConveningId }>

async function addSessions(trx: Trx, here: Convening, startsAt: Date) {
  const ids = []
  for (const [title, track, after, minutes, place, isOnline, capacity, speakers, functions] of SESSIONS) {
    const from = startsAt.getTime() + after * HOUR
    const plan: SessionPlan = {
      title,
      track,
      kind: title.startsWith('Lunch') ? 'side_event' : 'session',
      startsAt: new Date(from),
      endsAt: new Date(from + minutes * 60_000),
      place,
      joinUrl: isOnline ? 'https://meet.example/gathering' : null,
      capacity,
      speakers,
      description: '',
      functions,
    }
    ids.push(await insertSession(trx, here, plan))
  }
  return ids
}

async function registeredAt(trx: Trx, { networkId, conveningId }: Convening) {
  const rows = await trx
    .selectFrom('registration')
    .select(['id', 'person_id', 'institution_id', 'affiliation'])
    .where('network_id', '=', networkId)
    .where('convening_id', '=', conveningId)
    .where('status', '=', 'registered')
    .orderBy('created_at')
    .execute()
  return rows.map((row) => ({ ...row, id: row.id as RegistrationId }))
}

type Past = Readonly<{
  networkId: NetworkId
  regionId: string
  people: Awaited<ReturnType<typeof registeredAt>>
  byId: PersonId
}>

/** A gathering six weeks ago, its door and sessions checked in, and seven answers. */
async function seedPast(trx: Trx, { networkId, regionId, people, byId }: Past, now: Date): Promise<void> {
  const startsAt = new Date(now.getTime() - 42 * DAY)
  startsAt.setUTCHours(15, 0, 0, 0)
  const { id } = await trx
    .insertInto('convening')
    .values({
      network_id: networkId,
      region_id: regionId,
      name: 'Opening gathering',
      slug: 'opening-gathering',
      description: 'Where the term began.',
      starts_at: startsAt,
      ends_at: new Date(startsAt.getTime() + 6 * HOUR),
      registration_closes_at: new Date(startsAt.getTime() - DAY),
      time_zone: ZONE,
      place: 'Hollis Hall, Riverside State',
      join_url: null,
      capacity: 40,
      status: 'closed',
      lead_facilitator_id: byId,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  const here = { networkId, conveningId: id as ConveningId }
  const sessions = await addSessions(trx, here, startsAt)
  await trx
    .insertInto('registration')
    .values(
      people.map(({ person_id, institution_id, affiliation }, at) => ({
        network_id: networkId,
        convening_id: id,
        person_id,
        institution_id,
        affiliation,
        status: 'registered' as const,
        created_at: new Date(startsAt.getTime() - 20 * DAY + at),
      })),
    )
    .execute()
  const came = (await registeredAt(trx, here)).filter((_one, at) => at % 6 !== 5)
  const marks = came.flatMap(({ id: registrationId }, at) =>
    [null, sessions[0]!, at % 2 ? sessions[1]! : sessions[2]!, sessions[4]!].map((sessionId) => ({
      registrationId,
      sessionId,
      isHere: true,
      at: startsAt,
      how: 'qr' as const,
    })),
  )
  await saveMarks(trx, here, { marks, byId })
  for (const [at, [usefulness, kept, change]] of GIVEN_BACK.entries()) {
    const answer = { usefulness, kept, change }
    await saveFeedback(trx, { networkId, registrationId: came[at]!.id }, answer, new Date(startsAt.getTime() + DAY))
  }
}
