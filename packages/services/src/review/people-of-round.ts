import { createHash } from 'node:crypto'
import type { Actor } from '@copractice/core/directory'
import type { CohortId, NetworkId, PersonId, RoundId } from '@copractice/core/kernel'
import { instructedCourses, type NamedPerson, type RoundPerson } from '@copractice/core/review'
import type { Db, Trx } from '@copractice/store/database'
import {
  findClosedAt,
  listCourseLearners,
  listSeatedPeople,
  type CourseLearner,
  type SeatedPerson,
} from '@copractice/store/review'

/** The people of a round as one instructor may see them. */
export type PeopleOfRound = Readonly<{
  all: readonly SeatedPerson[]
  /** Learners of the instructor's own courses, by name; `learners` holds where and as whom the LMS knows them. */
  own: readonly SeatedPerson[]
  learners: readonly CourseLearner[]
  isOwn: (personId: PersonId) => boolean
  /** By name for own learners, by campus and number for everyone else. */
  label: (personId: PersonId) => RoundPerson
  /** Who a label's key means, while `stand` is the same: keys move when people come. */
  byKey: (key: string) => PersonId | undefined
  stand: string
}>

export const namedPerson = ({ personId, name, campus }: SeatedPerson): NamedPerson => ({ personId, name, campus })

/** Loads everyone of a cohort and numbers, per campus, those whose names the instructor does not see. */
export async function peopleOfRound(
  trx: Db | Trx,
  actor: Actor,
  { cohortId, roundId }: Readonly<{ cohortId: CohortId; roundId: RoundId }>,
): Promise<PeopleOfRound> {
  const { networkId } = actor
  const all = await seatedWhileItRan(trx, networkId, { cohortId, roundId })
  const learners = await listCourseLearners(trx, networkId, instructedCourses(actor, cohortId))
  const ownIds = new Set(learners.map(({ personId }) => personId))
  const labels = new Map<PersonId, RoundPerson>(
    all
      .filter(({ personId }) => ownIds.has(personId))
      .map((person) => [person.personId, { kind: 'named', key: person.personId, ...namedPerson(person) }]),
  )
  const others = all.filter(({ personId }) => !ownIds.has(personId))
  for (const ofCampus of Map.groupBy(others, ({ campus }) => campus.id).values()) {
    for (const [index, { personId, campus }] of inHiddenOrder(ofCampus, roundId).entries()) {
      const number = index + 1
      labels.set(personId, { kind: 'numbered', key: `${campus.id} ${number}`, campus, number })
    }
  }
  const keys = new Map([...labels].map(([personId, { key }]) => [key, personId]))
  return {
    all,
    own: all.filter(({ personId }) => ownIds.has(personId)),
    learners: learners.filter(({ personId }) => labels.has(personId)),
    isOwn: (personId) => ownIds.has(personId),
    label: (personId) => {
      const label = labels.get(personId)
      if (!label) throw new Error('A round names somebody who never was in its cohort')
      return label
    },
    byKey: (key) => keys.get(key),
    stand: standOf(roundId, all, labels),
  }
}

/** By seat ids, which no page shows: from a person's own id the answer could be guessed, and with it who has which number. */
function standOf(roundId: RoundId, all: readonly SeatedPerson[], labels: ReadonlyMap<PersonId, RoundPerson>): string {
  const people = all.map(({ seatId, personId }) => `${seatId} ${labels.get(personId)?.key}`).sort()
  return createHash('sha256')
    .update([roundId, ...people].join('\n'))
    .digest('base64url')
    .slice(0, 22)
}

/** Whoever took a seat after the round was closed takes no part in it. */
export async function seatedWhileItRan(
  trx: Db | Trx,
  networkId: NetworkId,
  { cohortId, roundId }: Readonly<{ cohortId: CohortId; roundId: RoundId }>,
): Promise<SeatedPerson[]> {
  const closedAt = await findClosedAt(trx, networkId, roundId)
  const all = await listSeatedPeople(trx, networkId, cohortId)
  return closedAt === null
    ? all
    : all.map((person) => ({ ...person, takesPart: person.takesPart && person.since <= closedAt }))
}

/** Neither by name nor by any id that a page shows, so that a number gives nobody away; the same at every look. */
function inHiddenOrder(people: readonly SeatedPerson[], roundId: RoundId): SeatedPerson[] {
  // Facilitators take no part, so they use up none of the numbers that are seen.
  const place = ({ seatId, isFacilitator }: SeatedPerson) =>
    `${isFacilitator ? 1 : 0} ${createHash('sha256').update(`${roundId} ${seatId}`).digest('hex')}`
  return people
    .map((person) => ({ person, place: place(person) }))
    .sort((a, b) => (a.place < b.place ? -1 : 1))
    .map(({ person }) => person)
}

/** One person by name, for those a round's anonymity lets know them. */
export async function personByName(
  trx: Db | Trx,
  networkId: NetworkId,
  cohortId: CohortId,
): Promise<(personId: PersonId) => NamedPerson | null> {
  const all = new Map((await listSeatedPeople(trx, networkId, cohortId)).map((person) => [person.personId, person]))
  return (personId) => {
    const person = all.get(personId)
    return person ? namedPerson(person) : null
  }
}
