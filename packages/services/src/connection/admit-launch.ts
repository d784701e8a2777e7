import { bindCourseLink, firstAffiliation } from '@copractice/core/connection'
import { CohortId, RoundId, type CourseLinkId, type PersonId } from '@copractice/core/kernel'
import type { VerifiedLaunch } from '@copractice/lti'
import {
  admitKnown,
  findAskedBinding,
  saveCourse,
  saveCourseLink,
  saveCourseLinkBinding,
  saveCourseMember,
  saveFirstAffiliation,
  savePerson,
  savePlatformLaunch,
  type LaunchFacts,
  type SavedCourseLink,
} from '@copractice/store/connection'
import type { Db, Trx } from '@copractice/store/database'
import { issueSpaceSession, newSpaceToken } from '../directory/issue-space-session.ts'

export type Admission = Readonly<{
  /** Told once, to the page that will hold it. */
  token: string
  expiresAt: Date
  /** The app page to open: the round, or the home, which asks for a cohort while the link is unbound. */
  startAt: string
  personId: PersonId
  courseLinkId: CourseLinkId | null
}>

/**
 * Lets a verified launch in: the person (by issuer, client and sub, never by e-mail), their first tie to the LMS's
 * institution, the course with its service addresses, what they are in it, the link with the cohort or round it opens,
 * and a session. A launch that tells nothing new is one statement; anything else is one transaction.
 */
export async function admitLaunch(db: Db, launch: VerifiedLaunch, now: Date): Promise<Admission> {
  const asked = askedBinding(launch)
  const told = factsOf(launch, asked.cohortId !== null || asked.roundId !== null)
  if (told) {
    const { token, ...session } = newSpaceToken(now)
    const known = await admitKnown(db, told, session)
    if (known) return { ...known, token, expiresAt: session.expiresAt, startAt: startPage(known) }
  }
  return db.transaction().execute((trx) => admitAnew(trx, launch, told, asked, now))
}

type AskedBinding = Readonly<{ cohortId: CohortId | null; roundId: RoundId | null }>

async function admitAnew(
  trx: Trx,
  launch: VerifiedLaunch,
  told: LaunchFacts | null,
  asked: AskedBinding,
  now: Date,
): Promise<Admission> {
  const { networkId } = launch
  const personId = await savePerson(trx, personOf(launch))
  const affiliation = firstAffiliation(launch.standing.role)
  if (affiliation) await saveFirstAffiliation(trx, launch, personId, affiliation)

  const link = told ? await saveLink(trx, told, personId, asked, now) : null
  const session = { networkId, personId, courseLinkId: link?.id ?? null, cohortId: link?.cohortId ?? null }
  const { token, expiresAt } = await issueSpaceSession(trx, session, now)
  await savePlatformLaunch(trx, launch, now)
  return { token, expiresAt, personId, courseLinkId: session.courseLinkId, startAt: startPage(link) }
}

async function saveLink(
  trx: Trx,
  told: LaunchFacts,
  personId: PersonId,
  asked: AskedBinding,
  now: Date,
): Promise<SavedCourseLink> {
  const courseId = await saveCourse(trx, told)
  await saveCourseMember(trx, told, { courseId, personId }, now)
  const link = await saveCourseLink(trx, told, courseId, now)
  if (link.cohortId || !told.link.asksToBind) return link

  const binding = bindCourseLink(await findAskedBinding(trx, told, asked))
  if (binding.cohortId) await saveCourseLinkBinding(trx, told.networkId, link.id, binding)
  return { ...link, ...binding }
}

function startPage(link: Pick<SavedCourseLink, 'cohortId' | 'roundId'> | null): string {
  return link?.roundId ? `/reviews/rounds/${link.roundId}` : '/home'
}

/** Only ids are looked at; which of them may be opened is decided from what they stand for. */
function askedBinding({ custom }: VerifiedLaunch): AskedBinding {
  const cohort = CohortId.safeParse(custom['cohort'])
  const round = RoundId.safeParse(custom['round'])
  return { cohortId: cohort.data ?? null, roundId: round.data ?? null }
}

/** A launch from outside any course opens a session without one. */
function factsOf(launch: VerifiedLaunch, asksToBind: boolean): LaunchFacts | null {
  const { context, resourceLink, ags, nrps } = launch
  if (!context || !resourceLink) return null
  return {
    ...personOf(launch),
    course: {
      contextId: context.id,
      title: context.title,
      label: context.label,
      lineItemsUrl: ags?.lineItemsUrl ?? null,
      membershipsUrl: nrps?.membershipsUrl ?? null,
      agsScopes: ags?.scopes ?? null,
    },
    link: { resourceLinkId: resourceLink.id, title: resourceLink.title, asksToBind },
  }
}

function personOf(launch: VerifiedLaunch): Omit<LaunchFacts, 'course' | 'link'> {
  const { networkId, institutionId, platformId, issuer, clientId, deploymentId, sub, email, timeZone, standing } =
    launch
  const composed = [launch.givenName, launch.familyName].filter(Boolean).join(' ')
  return {
    networkId,
    institutionId,
    platformId,
    issuer,
    clientId,
    deploymentId,
    sub,
    email,
    timeZone,
    name: launch.name ?? (composed || null),
    isTest: standing.isTest,
    role: standing.role,
  }
}
