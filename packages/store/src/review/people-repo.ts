import { counts, type CampusMark } from '@copractice/core/directory'
import type { CohortId, CourseId, InstitutionId, NetworkId, PersonId, RoundId } from '@copractice/core/kernel'
import type { Db, Trx } from '../database.ts'

/** Someone of a cohort, now or in the past. `takesPart`: holds a seat, and is no facilitator, no LMS's test student and no instructor of a course that opens the
 * cohort: those run its rounds. `seatId` is known to nobody outside the server. */
export type SeatedPerson = Readonly<{
  seatId: string
  personId: PersonId
  name: string | null
  campus: CampusMark
  takesPart: boolean
  isFacilitator: boolean
  since: Date
  /** What they are to their campus: faculty, staff... */
  role: string | null
}>

/** Everyone of a cohort, those who left included, by name. A cohort is as large as its policy's seats. */
export async function listSeatedPeople(
  trx: Db | Trx,
  networkId: NetworkId,
  cohortId: CohortId,
): Promise<SeatedPerson[]> {
  const rows = await trx
    .selectFrom('seat as s')
    .innerJoin('person as p', (on) => on.onRef('p.network_id', '=', 's.network_id').onRef('p.id', '=', 's.person_id'))
    .innerJoin('institution as i', (on) =>
      on.onRef('i.network_id', '=', 's.network_id').onRef('i.id', '=', 's.institution_id'),
    )
    .leftJoin('affiliation as f', (on) =>
      on
        .onRef('f.network_id', '=', 's.network_id')
        .onRef('f.person_id', '=', 's.person_id')
        .onRef('f.institution_id', '=', 's.institution_id'),
    )
    .select(['s.id as seatId', 's.kind', 's.status', 's.since', 'p.id as personId', 'p.name', 'p.is_test'])
    .select('f.kind as role')
    .select((eb) =>
      eb
        .exists(
          eb
            .selectFrom('course_link as l')
            .innerJoin('course_member as m', (on) =>
              on.onRef('m.network_id', '=', 'l.network_id').onRef('m.course_id', '=', 'l.course_id'),
            )
            .select('m.person_id')
            .whereRef('l.network_id', '=', 's.network_id')
            .whereRef('l.cohort_id', '=', 's.cohort_id')
            .whereRef('m.person_id', '=', 's.person_id')
            .where('m.role', '=', 'instructor')
            .where('m.status', '=', 'active'),
        )
        .as('runsRounds'),
    )
    .select(['i.id as institutionId', 'i.name as institution', 'i.letter', 'i.colour'])
    .where('s.network_id', '=', networkId)
    .where('s.cohort_id', '=', cohortId)
    .where('s.status', '<>', 'waitlisted')
    .orderBy('p.name')
    .orderBy('p.id')
    .execute()
  return rows.map((row) => ({
    seatId: row.seatId,
    personId: row.personId as PersonId,
    name: row.name,
    campus: { id: row.institutionId as InstitutionId, name: row.institution, letter: row.letter, colour: row.colour },
    takesPart:
      row.status === 'seated' && row.kind !== 'facilitator' && !row.runsRounds && counts({ isTest: row.is_test }),
    isFacilitator: row.kind === 'facilitator',
    since: row.since,
    role: row.role,
  }))
}

/** Learners of these courses as the LMS knows them, whether they ever came or not. Never its test student. */
export type CourseLearner = Readonly<{
  courseId: CourseId
  personId: PersonId
  lmsUserId: string
  /** Sections or groups, where the LMS told them. */
  sections: readonly string[]
}>

export async function listCourseLearners(
  trx: Db | Trx,
  networkId: NetworkId,
  courseIds: readonly CourseId[],
): Promise<CourseLearner[]> {
  if (courseIds.length === 0) return []
  const rows = await trx
    .selectFrom('course_member as m')
    .innerJoin('person as p', (on) => on.onRef('p.network_id', '=', 'm.network_id').onRef('p.id', '=', 'm.person_id'))
    .select(['m.course_id as courseId', 'm.person_id as personId', 'm.lms_user_id as lmsUserId', 'm.sections'])
    .where('m.network_id', '=', networkId)
    .where('m.course_id', 'in', [...courseIds])
    .where('m.role', '=', 'learner')
    .where('m.status', '=', 'active')
    .where('p.is_test', '=', false)
    .execute()
  return rows.map((row) => ({ ...row, courseId: row.courseId as CourseId, personId: row.personId as PersonId }))
}

/** The courses that open the cohort and in which this person is a learner now. */
export async function listCoursesOfLearner(
  trx: Db | Trx,
  { networkId, cohortId }: Readonly<{ networkId: NetworkId; cohortId: CohortId }>,
  personId: PersonId,
): Promise<CourseId[]> {
  const rows = await trx
    .selectFrom('course_member as m')
    .innerJoin('course_link as l', (on) =>
      on.onRef('l.network_id', '=', 'm.network_id').onRef('l.course_id', '=', 'm.course_id'),
    )
    .select('m.course_id as courseId')
    .distinct()
    .where('m.network_id', '=', networkId)
    .where('m.person_id', '=', personId)
    .where('m.role', '=', 'learner')
    .where('m.status', '=', 'active')
    .where('l.cohort_id', '=', cohortId)
    .execute()
  return rows.map(({ courseId }) => courseId as CourseId)
}

/** Everyone who is a learner in some course that a link binds to the cohort: they have a gradebook. */
export async function listLearnersWithGradebook(
  trx: Db | Trx,
  networkId: NetworkId,
  cohortId: CohortId,
): Promise<Set<PersonId>> {
  const rows = await trx
    .selectFrom('course_link as l')
    .innerJoin('course_member as m', (on) =>
      on.onRef('m.network_id', '=', 'l.network_id').onRef('m.course_id', '=', 'l.course_id'),
    )
    .innerJoin('person as p', (on) => on.onRef('p.network_id', '=', 'm.network_id').onRef('p.id', '=', 'm.person_id'))
    .select('m.person_id as personId')
    .distinct()
    .where('l.network_id', '=', networkId)
    .where('l.cohort_id', '=', cohortId)
    .where('m.role', '=', 'learner')
    .where('m.status', '=', 'active')
    .where('p.is_test', '=', false)
    .execute()
  return new Set(rows.map(({ personId }) => personId as PersonId))
}

/** `reason` is of what kind, `note` in the words of who declared it. */
export type ConflictPair = Readonly<{ reviewerId: PersonId; authorId: PersonId; reason: string; note: string }>

/** Both directions are stored. */
export async function listConflicts(trx: Db | Trx, networkId: NetworkId, roundId: RoundId): Promise<ConflictPair[]> {
  const rows = await trx
    .selectFrom('review_conflict')
    .select(['reviewer_id as reviewerId', 'author_id as authorId', 'reason', 'note'])
    .where('network_id', '=', networkId)
    .where('round_id', '=', roundId)
    .execute()
  return rows as ConflictPair[]
}

/** Replaces the pairs whose two people are both among `among`; pairs with anyone else stay. */
export async function replaceConflicts(
  trx: Trx,
  networkId: NetworkId,
  roundId: RoundId,
  { among, pairs }: Readonly<{ among: readonly PersonId[]; pairs: readonly ConflictPair[] }>,
): Promise<void> {
  if (among.length === 0) return
  await trx
    .deleteFrom('review_conflict')
    .where('network_id', '=', networkId)
    .where('round_id', '=', roundId)
    .where('reviewer_id', 'in', [...among])
    .where('author_id', 'in', [...among])
    .execute()
  if (pairs.length === 0) return
  await trx
    .insertInto('review_conflict')
    .values(
      pairs.map(({ reviewerId, authorId, reason, note }) => ({
        network_id: networkId,
        round_id: roundId,
        reviewer_id: reviewerId,
        author_id: authorId,
        reason,
        note,
      })),
    )
    .onConflict((on) => on.doNothing())
    .execute()
}
