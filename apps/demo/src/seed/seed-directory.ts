import { Temporal } from 'temporal-polyfill'
import type { CohortId, InstitutionId, NetworkId, PersonId } from '@copractice/core/kernel'
import { PolicyLimits } from '@copractice/core/programme'
import type { Db, Trx } from '@copractice/store/database'
import { ADMINISTRATOR, COORDINATOR, FACILITATOR, PARTNERS, type DemoPerson } from './people.ts'
import { COHORT, MEETINGS, PROMPT } from './words.ts'

/** Fixed, because the simulated courses name the cohort in their link's custom parameters. */
const COHORT_ID = '6f0e5d1c-8a52-4a39-9b1e-2d3c4b5a6978' as CohortId
const NETWORK_SLUG = 'three-valleys'
const ZONE = 'America/New_York'

export type DemoDirectory = Readonly<{
  networkId: NetworkId
  cohortId: CohortId
  riverside: InstitutionId
  hillside: InstitutionId
  partners: readonly PersonId[]
  facilitator: PersonId
}>

/** What a network's first administrator would have entered: region, institutions, people without an LMS, a cohort and its meetings. */
export function seedDirectory(db: Db, now: Date): Promise<DemoDirectory> {
  return db.transaction().execute(async (trx) => {
    const network_id = await insert<NetworkId>(trx, 'network', {
      name: 'Three Valleys Civic Network',
      slug: NETWORK_SLUG,
      time_zone: ZONE,
    })
    await trx
      .insertInto('policy_pack')
      .values({ network_id, version: 1, limits: JSON.stringify(PolicyLimits.parse({})) })
      .execute()
    const region_id = await insert(trx, 'region', { network_id, name: 'Three Valleys region' })
    const institution = (name: string, kind: 'campus' | 'partner', letter: string, colour: number, time_zone = ZONE) =>
      insert<InstitutionId>(trx, 'institution', {
        network_id,
        region_id,
        name,
        kind,
        letter,
        colour,
        time_zone,
        member_since: kind === 'campus' ? '2019-07-01' : null,
      })
    const riverside = await institution('Riverside State', 'campus', 'R', 3)
    const hillside = await institution('Hillside College', 'campus', 'H', 2, 'America/Chicago')
    await institution('Northgate University', 'campus', 'N', 4)

    const person = async (who: DemoPerson) => {
      const { name, email, pronouns = null } = who
      const person_id = await insert<PersonId>(trx, 'person', { network_id, name, email, pronouns, time_zone: null })
      await trx.insertInto('identity').values({ network_id, person_id, kind: 'email', subject: email }).execute()
      return person_id
    }
    const affiliate = (person_id: string, institution_id: string, kind: 'staff' | 'community_partner') =>
      trx.insertInto('affiliation').values({ network_id, person_id, institution_id, kind }).execute()

    const coordinator = await person(COORDINATOR)
    await trx
      .insertInto('role_grant')
      .values({ network_id, person_id: coordinator, role: 'coordinator', region_id, institution_id: null })
      .execute()
    const administrator = await person(ADMINISTRATOR)
    const everywhere = { role: 'network_admin', region_id: null, institution_id: null } as const
    await trx
      .insertInto('role_grant')
      .values({ network_id, person_id: administrator, ...everywhere })
      .execute()
    const facilitator = await person(FACILITATOR)
    await affiliate(facilitator, riverside, 'staff')

    const cohort_id = COHORT_ID
    await trx
      .insertInto('cohort')
      .values({
        network_id,
        id: cohort_id,
        region_id,
        ...COHORT,
        time_zone: ZONE,
        policy_version: 1,
        convening_id: null,
        submission_deadline: daysFrom(now, 70, 23),
        created_by: coordinator,
      })
      .execute()
    const seat = (person_id: string, institution_id: string, kind: 'participant' | 'facilitator') =>
      trx
        .insertInto('seat')
        .values({ network_id, cohort_id, person_id, institution_id, kind, status: 'seated', since: now })
        .execute()
    await seat(facilitator, riverside, 'facilitator')

    const partners: PersonId[] = []
    for (const [index, { organisation, ...who }] of PARTNERS.entries()) {
      const institution_id = await institution(organisation, 'partner', organisation[0]!, 6 + index)
      const id = await person(who)
      await affiliate(id, institution_id, 'community_partner')
      await seat(id, institution_id, 'participant')
      partners.push(id)
    }

    for (const [index, meeting] of MEETINGS.entries()) {
      const starts_at = daysFrom(now, (index - 4) * 14 + 3, 16)
      await trx
        .insertInto('meeting')
        .values({
          network_id,
          cohort_id,
          ...meeting,
          starts_at,
          ends_at: new Date(starts_at.getTime() + 90 * 60_000),
          time_zone: ZONE,
          place: 'Room 204, Hollis Hall, Riverside State',
          join_url: 'https://meet.example/willow',
        })
        .execute()
    }
    await trx
      .insertInto('prompt')
      .values({ network_id, cohort_id, author_id: facilitator, text: PROMPT, opens_at: daysFrom(now, -2, 9) })
      .execute()

    return { networkId: network_id, cohortId: cohort_id, riverside, hillside, partners, facilitator }
  })
}

/** The same directory on a later start; undefined when this database has not been seeded. */
export async function findDirectory(
  db: Db,
): Promise<Pick<DemoDirectory, 'networkId' | 'cohortId' | 'riverside' | 'hillside'> | undefined> {
  const network = await db.selectFrom('network').select('id').where('slug', '=', NETWORK_SLUG).executeTakeFirst()
  if (!network) return undefined
  const institutions = await db
    .selectFrom('institution')
    .select(['id', 'letter'])
    .where('network_id', '=', network.id)
    .where('letter', 'in', ['R', 'H'])
    .where('kind', '=', 'campus')
    .orderBy('created_at')
    .execute()
  const byLetter = (letter: string) => institutions.find((found) => found.letter === letter)!.id as InstitutionId
  return { networkId: network.id as NetworkId, cohortId: COHORT_ID, riverside: byLetter('R'), hillside: byLetter('H') }
}

type Insertable = Parameters<ReturnType<Trx['insertInto']>['values']>[0]

async function insert<Id extends string>(
  trx: Trx,
  table: 'network' | 'region' | 'institution' | 'person',
  row: Insertable,
): Promise<Id> {
  const { id } = await trx
    .insertInto(table)
    .values(row as never)
    .returning('id')
    .executeTakeFirstOrThrow()
  return id as Id
}

/** `days` after today (before, when negative), at a full hour of the demo's zone, whatever daylight saving does in between. */
function daysFrom(now: Date, days: number, hour: number): Date {
  const today = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(ZONE).toPlainDate()
  const at = today.add({ days }).toZonedDateTime({ timeZone: ZONE, plainTime: { hour } })
  return new Date(at.epochMilliseconds)
}
