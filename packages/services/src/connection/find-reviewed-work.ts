import { PersonId, RoundId } from '@copractice/core/kernel'
import type { VerifiedLaunch } from '@copractice/lti'
import { findCourseOfContext, findPersonOfCourse, findRoundOfColumn } from '@copractice/store/connection'
import type { Db } from '@copractice/store/database'

export type ReviewedWork = Readonly<{ roundId: RoundId; personId: PersonId }>

export const workPage = ({ roundId, personId }: ReviewedWork): string => `/reviews/rounds/${roundId}/work/${personId}`

/** The work that an address names, as scores sent to Canvas carry it: SpeedGrader launches it again. Null when it names none. */
export function reviewedWorkIn(targetLinkUri: string): ReviewedWork | null {
  // Few do, and taking an address apart is not free.
  if (!targetLinkUri.includes('person=') || !URL.canParse(targetLinkUri)) return null
  const { searchParams } = new URL(targetLinkUri)
  const roundId = RoundId.safeParse(searchParams.get('round'))
  const personId = PersonId.safeParse(searchParams.get('person'))
  return roundId.success && personId.success ? { roundId: roundId.data, personId: personId.data } : null
}

/**
 * Whose work of which round a submission review means (LTI Submission Review 1.0): the round by its column, else by the
 * column's parameter or the link; the person as the course knows them. Null when we know no such work. Whether the reader
 * may see it is decided when they do.
 */
export async function findReviewedWork(
  db: Db,
  { networkId, platformId, deploymentId, context, ags, custom, forUserId }: VerifiedLaunch,
  linkRoundId: RoundId | null,
): Promise<ReviewedWork | null> {
  if (!context || !forUserId) return null
  const courseId = await findCourseOfContext(db, { networkId, platformId, deploymentId, contextId: context.id })
  if (!courseId) return null
  const byColumn = ags?.lineItemUrl ? await findRoundOfColumn(db, { networkId, courseId }, ags.lineItemUrl) : undefined
  const roundId = byColumn ?? RoundId.safeParse(custom['round']).data ?? linkRoundId
  const personId = await findPersonOfCourse(db, { networkId, courseId }, forUserId)
  return roundId && personId ? { roundId, personId } : null
}
