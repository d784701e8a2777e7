import { EmailAddress } from '@copractice/core/directory'
import type { ConveningId, InstitutionId, NetworkId } from '@copractice/core/kernel'
import { insertRegistrants } from '@copractice/store/convening'
import type { Db } from '@copractice/store/database'

const ZONE = 'America/New_York'
const DAY = 86_400_000
const PEOPLE = [
  'Aaron Feld',
  'Alicia Bright',
  'Anneke de Boer',
  'Bao Nguyen',
  'Beatriz Moura',
  'Brendan Cho',
  'Carmen Ibáñez',
  'Chidi Nwosu',
  'Clara Hoffmann',
  'Dana Kowalczyk',
  'Dembe Okello',
  'Desmond Clarke',
  'Elif Yıldız',
  'Esther Kim',
  'Everett Shaw',
  'Fatou Sarr',
  'Fiona Gallagher',
  'Frances Delgado',
  'Gao Lin',
  'Greta Lund',
  'Gustavo Reis',
  'Halima Warsame',
  'Hamza Iqbal',
  'Ingrid Solberg',
  'Ivan Petrov',
  'Jamal Reeves',
  'Jia Wei Tan',
  'Keiko Mori',
  'Kofi Boateng',
  'Leila Nasser',
  'Lourdes Peña',
  'Marcus Thibault',
  'Milo Janssen',
  'Nadia Rahman',
  'Ngozi Eze',
  'Nora Eriksen',
  'Omar Benali',
  'Oscar Lindholm',
  'Parisa Amiri',
  'Patience Mutasa',
  'Quinn Doherty',
  'Rafael Ortega',
] as const
const KINDS = ['faculty', 'staff', 'student', 'staff', 'administrator'] as const
const THEMES = ['food systems', 'housing', 'oral history', 'tutoring', 'public health']
const SLOTS = ['mon', 'tue', 'wed', 'thu', 'fri'].flatMap((day) =>
  ['09', '11', '13', '15'].map((hour) => `${day}-${hour}`),
)
/** Habits of a week, by which people find times in common. */
const HABITS: readonly ((slot: string) => boolean)[] = [
  (slot) => /-(09|11)$/.test(slot),
  (slot) => /-(13|15)$/.test(slot),
  (slot) => !slot.startsWith('fri'),
]

/**
 * A gathering to which 42 made-up people of every campus and organisation signed up with their wishes, so that the
 * placement board has something to place. Some offer hardly any time, one speaks another language, two keep apart.
 */
export async function seedGathering(db: Db, networkId: NetworkId, now: Date): Promise<void> {
  const region = await db
    .selectFrom('region')
    .select('id')
    .where('network_id', '=', networkId)
    .orderBy('name')
    .executeTakeFirstOrThrow()
  const institutions = await db
    .selectFrom('institution')
    .select(['id', 'kind'])
    .where('network_id', '=', networkId)
    .orderBy('created_at')
    .orderBy('name')
    .execute()
  const campuses = institutions.filter(({ kind }) => kind === 'campus')
  const partners = institutions.filter(({ kind }) => kind !== 'campus')
  const addresses = PEOPLE.map((name) => addressOf(name))
  const registrants = PEOPLE.map((name, at) => {
    const isPartner = partners.length > 0 && at % 7 === 3
    const from = isPartner ? partners[at % partners.length]! : campuses[at % campuses.length]!
    return {
      row: at + 2,
      name,
      email: EmailAddress.parse(addresses[at]),
      institutionId: from.id as InstitutionId,
      affiliation: isPartner ? ('community_partner' as const) : KINDS[at % KINDS.length]!,
      wishes: {
        canChair: at % 4 === 0,
        interests: [...new Set([THEMES[at % 5]!, THEMES[(at * 3 + 1) % 5]!])],
        languages: name === 'Fatou Sarr' ? ['fr'] : at % 6 === 2 ? ['en', 'es'] : ['en'],
        slots: name === 'Everett Shaw' ? ['fri-09', 'fri-11'] : slotsOf(at),
        with: name === 'Leila Nasser' ? [addressOf('Omar Benali')] : [],
        notWith: name === 'Ivan Petrov' ? [addressOf('Milo Janssen')] : [],
      },
    }
  })
  const startsAt = new Date(now.getTime() + 21 * DAY)
  startsAt.setUTCHours(15, 0, 0, 0)
  await db.transaction().execute(async (trx) => {
    const { id } = await trx
      .insertInto('convening')
      .values({
        network_id: networkId,
        region_id: region.id,
        name: 'Spring gathering',
        slug: 'spring-gathering',
        description:
          'A day together, and then cohorts that go on meeting: say when you could, and we bring you together.',
        starts_at: startsAt,
        ends_at: new Date(startsAt.getTime() + 6 * 3_600_000),
        time_zone: ZONE,
        place: 'Hollis Hall, Riverside State',
        join_url: 'https://meet.example/gathering',
        capacity: 60,
        registration_closes_at: new Date(startsAt.getTime() - 3 * DAY),
        status: 'open',
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    const where = { networkId, conveningId: id as ConveningId }
    await insertRegistrants(
      trx,
      where,
      registrants.map((one) => ({ ...one, hasPlace: true })),
      now,
    )
  })
}

const addressOf = (name: string) =>
  `${name
    .normalize('NFKD')
    .replaceAll(/[^A-Za-z ]/g, '')
    .toLowerCase()
    .replaceAll(' ', '.')}@people.example`

/** The habit of every third, less two or three times when they cannot. */
const slotsOf = (at: number) => SLOTS.filter((slot, place) => HABITS[at % 3]!(slot) && (at * 5 + place * 3) % 13 !== 0)
