import { firstAffiliation } from '@copractice/core/connection'
import type { DeepLinkingAsked, VerifiedLaunch } from '@copractice/lti'
import {
  insertPlacing,
  insertVisitor,
  saveCourse,
  saveCourseMember,
  saveFirstAffiliation,
  savePerson,
  savePlatformLaunch,
  savePlatformOrigins,
} from '@copractice/store/connection'
import type { Trx } from '@copractice/store/database'
import { issueSpaceSession } from '../directory/issue-space-session.ts'
import type { Admission } from './admit-launch.ts'
import { courseOf, personOf, sitesNamedBy } from './launch-facts.ts'

/** As long as the session: the LMS keeps its side open no longer. */
const HOLDS_MINUTES = 60

/**
 * Lets an instructor in who was sent to choose what to place, and keeps what the LMS asked for: the browser is told its id
 * and no more. The launch has been checked for the role. Whoever came without a name of any kind gets a session for this
 * choice, as a visitor who is forgotten with it, and is no member of the course by it.
 */
export async function admitPlacing(
  trx: Trx,
  launch: VerifiedLaunch & Readonly<{ deepLinking: DeepLinkingAsked }>,
  now: Date,
): Promise<Admission> {
  const { networkId, platformId, deploymentId, deepLinking, isAnonymous } = launch
  const person = personOf(launch)
  const personId = isAnonymous ? await insertVisitor(trx, networkId) : await savePerson(trx, person)
  const affiliation = firstAffiliation(launch.standing.role)
  if (affiliation && !isAnonymous) await saveFirstAffiliation(trx, launch, personId, affiliation)

  const course = courseOf(launch)
  const courseId = course && (await saveCourse(trx, { ...person, course }))
  if (course && courseId && !isAnonymous)
    await saveCourseMember(trx, { ...person, course }, { courseId, personId }, now)
  const { returnUrl, data, takes } = deepLinking
  const placing = { networkId, platformId, courseId, personId, deploymentId, returnUrl, data, takes }
  const expiresAt = new Date(now.getTime() + HOLDS_MINUTES * 60_000)
  const placingId = await insertPlacing(trx, { ...placing, expiresAt })

  const from = { platformId, deploymentId }
  const session = await issueSpaceSession(trx, { networkId, personId, courseLinkId: null, cohortId: null, from }, now)
  await savePlatformLaunch(trx, launch, now)
  await savePlatformOrigins(trx, launch, sitesNamedBy(launch))
  return { ...session, personId, courseLinkId: null, startAt: placingPage(placingId) }
}

export const placingPage = (placingId: string): string => `/place/${placingId}`
