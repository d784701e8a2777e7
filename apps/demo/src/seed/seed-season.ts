import { ok, type InstitutionId, type NetworkId, type PersonId, type ProposalId } from '@copractice/core/kernel'
import { applyPublicly, decideFacilitator, wishForProposal } from '@copractice/services/proposal'
import { personByEmail, stateAffiliation } from '@copractice/store/convening'
import { insertCohort } from '@copractice/store/cohort'
import type { Db, Trx } from '@copractice/store/database'
import { administratorsByEmail } from '@copractice/store/directory'
import { networkBySlug } from '@copractice/store/proposal'
import { COORDINATOR } from './people.ts'

const DAY = 86_400_000
const ZONE = 'America/New_York'
const at = (now: Date, days: number) => {
  const day = new Date(now.getTime() + days * DAY)
  day.setUTCHours(19, 0, 0, 0)
  return day
}

/** Other cohorts of the region: one on course, one that fell silent and is behind its deadline. */
const COHORTS = [
  { name: 'Alder', theme: 'Community Partnerships', meets: [-20, -6, 8, 22, 36, 50], deadline: 75, begun: -40 },
  { name: 'Sycamore', theme: 'Equity and Inclusion', meets: [-75, -61], deadline: 40, begun: -90 },
] as const
const MEMBERS = [
  ['Rafael Brandão', 'Riverside State', 'faculty'],
  ['Ingrid Halvorsen', 'Hillside College', 'staff'],
  ['Chidi Eze', 'Northgate University', 'student'],
  ['Leila Farouk', 'Riverside State', 'staff'],
  ['Tom Ashby', 'Hillside College', 'student'],
  ['Mei Tanaka', 'Northgate University', 'faculty'],
] as const
const FACILITATORS = [
  [
    'Sunniva Berg',
    'Hillside College',
    ['English', 'Spanish'],
    2,
    'Two cohorts about partnerships, one of them in Spanish.',
  ],
  ['Marcus Bell', 'Riverside State', ['English'], 1, 'Ran story circles in three towns along the river.'],
  ['Aiko Morita', 'Northgate University', ['English', 'Japanese'], 1, 'New to it, after years of seminars.'],
] as const

const addressOf = (name: string) =>
  `${name
    .normalize('NFD')
    .replaceAll(/[^A-Za-z ]/g, '')
    .toLowerCase()
    .replaceAll(' ', '.')}@threevalleys.example`

/** Cohorts beside the tour's own, and people who offer to facilitate: two in the pool, one who waits for an answer. */
export async function seedSeason(db: Db, networkId: NetworkId, adminUrl: string, now: Date): Promise<void> {
  const teresa = (await administratorsByEmail(db, COORDINATOR.email))[0]!.actor
  const rows = await db.selectFrom('institution').select(['id', 'name']).where('network_id', '=', networkId).execute()
  const campus = (name: string) => rows.find((row) => row.name === name)!.id as InstitutionId
  for (const [which, cohort] of COHORTS.entries()) {
    await db
      .transaction()
      .execute((trx) => seedCohort(trx, { networkId, by: teresa.personId, campus, which, ...cohort }, now))
  }

  const network = await db.selectFrom('network').select('slug').where('id', '=', networkId).executeTakeFirstOrThrow()
  if (!(await networkBySlug(db, network.slug))) return
  const days = ['mon', 'tue', 'wed', 'thu', 'fri']
  for (const [name, home, languages, atOnce, experience] of FACILITATORS) {
    const email = addressOf(name)
    const details = {
      about: '',
      experience,
      languages: [...languages],
      timeZone: ZONE,
      areas: ['Community Partnerships'],
    }
    const slots = days.flatMap((day) =>
      Array.from({ length: 11 }, (_, hour) => `${day}-${String(hour + 9).padStart(2, '0')}`),
    )
    const who = { network: network.slug, name, email, institutionId: campus(home), affiliation: 'staff' as const }
    await applyPublicly(
      { db, adminUrl, mailAllowed: async () => ok(undefined) },
      { ...details, slots, atOnce, ...who },
      now,
    )
    if (name === 'Aiko Morita') continue
    const personId = await personOf(db, networkId, email)
    await decideFacilitator({ db, adminUrl }, teresa, { personId, verdict: 'in_pool', reason: '' }, now)
  }
  const rivers = await db
    .selectFrom('proposal')
    .select('id')
    .where('network_id', '=', networkId)
    .where('status', '=', 'submitted')
    .executeTakeFirst()
  if (!rivers) return
  const marcus = {
    networkId,
    personId: await personOf(db, networkId, addressOf('Marcus Bell')),
    grants: [],
    seats: [],
    courses: [],
  }
  await wishForProposal(db, marcus, { proposalId: rivers.id as ProposalId, wish: 2 }, now)
}

async function personOf(db: Db, networkId: NetworkId, email: string): Promise<PersonId> {
  const { person_id } = await db
    .selectFrom('identity')
    .select('person_id')
    .where('network_id', '=', networkId)
    .where('kind', '=', 'email')
    .where('subject', '=', email)
    .executeTakeFirstOrThrow()
  return person_id as PersonId
}

type Seeding = (typeof COHORTS)[number] &
  Readonly<{ networkId: NetworkId; by: PersonId; campus: (name: string) => InstitutionId; which: number }>

async function seedCohort(trx: Trx, { networkId, by, campus, which, ...cohort }: Seeding, now: Date): Promise<void> {
  const region = await trx
    .selectFrom('region')
    .select('id')
    .where('network_id', '=', networkId)
    .executeTakeFirstOrThrow()
  const policy = await trx
    .selectFrom('policy_pack')
    .select((eb) => eb.fn.max('version').as('version'))
    .where('network_id', '=', networkId)
    .executeTakeFirstOrThrow()
  const seats = []
  for (const [index, [name, home, kind]] of MEMBERS.entries()) {
    if (index % 2 !== which && index > 3) continue
    const personId = await personByEmail(trx, networkId, { name, email: addressOf(name) })
    await stateAffiliation(trx, { networkId, personId, institutionId: campus(home), kind })
    const part = index === which ? ('chair' as const) : ('participant' as const)
    seats.push({ personId, institutionId: campus(home), kind: part, isWaitlisted: false })
  }
  const meetings = cohort.meets.map((days, index) => ({
    title: `Meeting ${index + 1}`,
    startsAt: at(now, days),
    endsAt: new Date(at(now, days).getTime() + 90 * 60_000),
    place: null,
    joinUrl: `https://meet.example/${cohort.name.toLowerCase()}`,
  }))
  const made = {
    regionId: region.id as never,
    name: cohort.name,
    theme: cohort.theme,
    timeZone: ZONE,
    conveningId: null,
  }
  const dated = { ...made, submissionDeadline: at(now, cohort.deadline), seats, meetings }
  const keyed = { ...dated, networkId, policyVersion: policy.version, createdBy: by }
  await insertCohort(trx, keyed, new Date(now.getTime() + cohort.begun * DAY))
}
