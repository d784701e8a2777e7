import { sql } from 'kysely'
import type { GradeColumn } from '@copractice/core/gradebook'
import type { CourseId, NetworkId, PersonId, RoundId } from '@copractice/core/kernel'
import type { Db, Trx } from '../database.ts'

export type CourseWithGradebook = Readonly<{
  courseId: CourseId
  title: string | null
  institution: string
  profile: 'canvas' | 'moodle' | 'other'
  hasGradebook: boolean
}>

const SCORE_SCOPE = 'https://purl.imsglobal.org/spec/lti-ags/scope/score'

/** Courses by institution and title. A gradebook is one whose LMS told where its columns are, and lets us write scores. */
export async function listCourses(
  trx: Db | Trx,
  networkId: NetworkId,
  courseIds: readonly CourseId[],
): Promise<CourseWithGradebook[]> {
  if (courseIds.length === 0) return []
  const rows = await trx
    .selectFrom('course as c')
    .innerJoin('lti_platform as f', (on) =>
      on.onRef('f.network_id', '=', 'c.network_id').onRef('f.id', '=', 'c.platform_id'),
    )
    .innerJoin('institution as i', (on) =>
      on.onRef('i.network_id', '=', 'f.network_id').onRef('i.id', '=', 'f.institution_id'),
    )
    .select(['c.id as courseId', 'c.title', 'i.name as institution', 'f.profile'])
    // An LMS that lists no scopes at all did not say no.
    .select(
      sql<boolean>`c.lineitems_url is not null and (cardinality(c.ags_scopes) = 0
        or ${SCORE_SCOPE} = any (c.ags_scopes))`.as('hasGradebook'),
    )
    .where('c.network_id', '=', networkId)
    .where('c.id', 'in', [...courseIds])
    .orderBy('i.name')
    .orderBy('c.title')
    .orderBy('c.id')
    .execute()
  return rows as CourseWithGradebook[]
}

/** What the LMS holds for a learner in a column, and what is on its way there. */
export type CellScore = Readonly<{
  courseId: CourseId
  personId: PersonId
  column: GradeColumn
  status: 'arrived' | 'waiting'
  score: number
}>

/**
 * The last arrived and the last waiting score of each cell of these courses. A score that was taken back since, or is
 * being taken back, is not there any more.
 */
export async function listCellScores(
  trx: Db | Trx,
  networkId: NetworkId,
  roundId: RoundId,
  courseIds: readonly CourseId[],
): Promise<CellScore[]> {
  if (courseIds.length === 0) return []
  const rows = await trx
    .selectFrom('score_delivery as d')
    .innerJoin('line_item as l', (on) =>
      on.onRef('l.network_id', '=', 'd.network_id').onRef('l.id', '=', 'd.line_item_id'),
    )
    .distinctOn(['d.line_item_id', 'd.person_id', 'd.status'])
    .select(['d.course_id as courseId', 'd.person_id as personId', 'l.grade_column as column', 'd.status'])
    .select(['d.score_given as score', 'd.withdraws'])
    .where('d.network_id', '=', networkId)
    .where('d.round_id', '=', roundId)
    .where('d.course_id', 'in', [...courseIds])
    .where('d.status', 'in', ['arrived', 'waiting'])
    .orderBy('d.line_item_id')
    .orderBy('d.person_id')
    .orderBy('d.status')
    .orderBy('d.sequence', 'desc')
    .execute()
  const cellOf = ({ courseId, personId, column }: Readonly<{ courseId: string; personId: string; column: string }>) =>
    `${courseId} ${personId} ${column}`
  const going = new Set(rows.filter(({ status, withdraws }) => withdraws && status === 'waiting').map(cellOf))
  return (rows as (CellScore & { withdraws: boolean })[])
    .filter((row) => !row.withdraws && !going.has(cellOf(row)))
    .map(({ courseId, personId, column, status, score }) => ({ courseId, personId, column, status, score }))
}

/** The cells whose last score gave way to a teacher's in the LMS, and what they put there; null: the LMS does not say. */
export async function listChangedInLms(
  trx: Db | Trx,
  networkId: NetworkId,
  roundId: RoundId,
  courseIds: readonly CourseId[],
): Promise<(Omit<CellScore, 'status' | 'score'> & Readonly<{ score: number | null }>)[]> {
  if (courseIds.length === 0) return []
  const rows = await trx
    .selectFrom('score_delivery as d')
    .innerJoin('line_item as l', (on) =>
      on.onRef('l.network_id', '=', 'd.network_id').onRef('l.id', '=', 'd.line_item_id'),
    )
    .select(['d.course_id as courseId', 'd.person_id as personId', 'l.grade_column as column', 'd.lms_score as score'])
    .where('d.network_id', '=', networkId)
    .where('d.round_id', '=', roundId)
    .where('d.course_id', 'in', [...courseIds])
    .where('d.status', '=', 'refused')
    // Where ours came too late and nothing is there, no teacher has said anything.
    .where((is) => is.or([is('d.lms_score', 'is not', null), is('d.lms_score_unsaid', '=', true)]))
    .where(
      sql<boolean>`not exists (select 1 from score_delivery e where e.network_id = d.network_id
        and e.line_item_id = d.line_item_id and e.person_id = d.person_id and e.sequence > d.sequence)`,
    )
    .execute()
  return rows as (Omit<CellScore, 'status' | 'score'> & { score: number | null })[]
}

type NewLineItem = Readonly<{ courseId: CourseId; column: GradeColumn; label: string; maximum: number }>

/** One row per course and column; made with the first score that needs it, before the LMS has a column. */
export async function ensureLineItems(
  trx: Trx,
  networkId: NetworkId,
  roundId: RoundId,
  items: readonly NewLineItem[],
): Promise<(courseId: CourseId, column: GradeColumn) => string> {
  await trx
    .insertInto('line_item')
    .values(
      items.map(({ courseId, column, label, maximum }) => ({
        network_id: networkId,
        round_id: roundId,
        course_id: courseId,
        grade_column: column,
        label,
        score_maximum: maximum,
        url: null,
        claimed_until: null,
      })),
    )
    .onConflict((on) => on.columns(['network_id', 'course_id', 'round_id', 'grade_column']).doNothing())
    .execute()
  const rows = await trx
    .selectFrom('line_item')
    .select(['id', 'course_id', 'grade_column'])
    .where('network_id', '=', networkId)
    .where('round_id', '=', roundId)
    .execute()
  const ids = new Map(rows.map(({ id, course_id, grade_column }) => [`${course_id} ${grade_column}`, id]))
  return (courseId, column) => {
    const id = ids.get(`${courseId} ${column}`)
    if (!id) throw new Error('A score has no line item')
    return id
  }
}
