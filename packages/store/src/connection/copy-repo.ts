import type { CopiedFrom, LinkElsewhere } from '@copractice/core/connection'
import type { CohortId, CourseId, CourseLinkId, NetworkId, PlatformId, RoundId } from '@copractice/core/kernel'
import type { Db, Trx } from '../database.ts'

type Asked = Readonly<{ cohortId: CohortId | null; roundId: RoundId | null }>

/**
 * Links of this LMS's other courses that open the same round, or the same cohort where no round is asked for: then as what
 * is asked for, whatever else of the cohort they open.
 */
export async function listLinksElsewhere(
  trx: Trx,
  at: Readonly<{ networkId: NetworkId; platformId: PlatformId; courseId: CourseId }>,
  { cohortId, roundId }: Asked,
): Promise<LinkElsewhere[]> {
  if (!cohortId && !roundId) return []
  let query = trx
    .selectFrom('course_link as l')
    .innerJoin('course as c', (on) => on.onRef('c.network_id', '=', 'l.network_id').onRef('c.id', '=', 'l.course_id'))
    .select(['l.course_id as courseId', 'c.context_id as contextId', 'l.cohort_id as cohortId'])
    .where('l.network_id', '=', at.networkId)
    .where('c.platform_id', '=', at.platformId)
    .where('l.course_id', '<>', at.courseId)
    .where('l.cohort_id', 'is not', null)
  query = roundId ? query.where('l.round_id', '=', roundId) : query.where('l.cohort_id', '=', cohortId)
  const links = await query.orderBy('l.created_at', 'desc').limit(200).execute()
  return links.map((link) => ({ ...link, roundId }) as LinkElsewhere)
}

/** Whether that is a course of this LMS, known by a launch or a placing. */
export async function isCourseOf(
  trx: Trx,
  { networkId, platformId }: Readonly<{ networkId: NetworkId; platformId: PlatformId }>,
  courseId: CourseId,
): Promise<boolean> {
  const found = await trx
    .selectFrom('course')
    .select('id')
    .where('network_id', '=', networkId)
    .where('platform_id', '=', platformId)
    .where('id', '=', courseId)
    .executeTakeFirst()
  return found !== undefined
}

/** Remembers what a copied link opened where it came from. */
export async function saveCopyOf(
  trx: Trx,
  { networkId, linkId }: Readonly<{ networkId: NetworkId; linkId: CourseLinkId }>,
  { courseId, cohortId, roundId }: CopiedFrom,
): Promise<void> {
  await trx
    .updateTable('course_link')
    .set({ copied_course_id: courseId, copied_cohort_id: cohortId, copied_round_id: roundId })
    .where('network_id', '=', networkId)
    .where('id', '=', linkId)
    .execute()
}

export type CopyOfLink = Readonly<{
  course: string | null
  cohort: Readonly<{ id: CohortId; name: string; theme: string; timeZone: string }>
  round: Readonly<{ id: RoundId; title: string }> | null
}>

/** What the link was copied from, while it opens nothing itself. */
export async function findCopy(
  db: Db | Trx,
  { networkId, courseLinkId }: Readonly<{ networkId: NetworkId; courseLinkId: CourseLinkId }>,
): Promise<CopyOfLink | undefined> {
  const row = await db
    .selectFrom('course_link as l')
    .innerJoin('course as c', (on) =>
      on.onRef('c.network_id', '=', 'l.network_id').onRef('c.id', '=', 'l.copied_course_id'),
    )
    .innerJoin('cohort as h', (on) =>
      on.onRef('h.network_id', '=', 'l.network_id').onRef('h.id', '=', 'l.copied_cohort_id'),
    )
    .leftJoin('review_round as r', (on) =>
      on.onRef('r.network_id', '=', 'l.network_id').onRef('r.id', '=', 'l.copied_round_id'),
    )
    .select(['c.title as course', 'c.label', 'h.id', 'h.name', 'h.theme', 'h.time_zone as timeZone'])
    .select(['r.id as roundId', 'r.title as roundTitle'])
    .where('l.network_id', '=', networkId)
    .where('l.id', '=', courseLinkId)
    .where('l.cohort_id', 'is', null)
    .executeTakeFirst()
  if (!row) return undefined
  const { id, name, theme, timeZone, roundId, roundTitle } = row
  return {
    course: row.course ?? row.label,
    cohort: { id: id as CohortId, name, theme, timeZone },
    round: roundId && roundTitle !== null ? { id: roundId as RoundId, title: roundTitle } : null,
  }
}
