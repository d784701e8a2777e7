import {
  bindCourseLink,
  firstAffiliation,
  readHistory,
  recogniseCopy,
  type CourseLinkBinding,
} from '@copractice/core/connection'
import {
  CohortId,
  ConveningId,
  CourseId,
  MeetingId,
  RoundId,
  type CourseLinkId,
  type PersonId,
} from '@copractice/core/kernel'
import type { Admitting, VerifiedLaunch } from '@copractice/lti'
import {
  admitKnown,
  findAskedBinding,
  isCourseOf,
  listLinksElsewhere,
  saveCopyOf,
  saveCourse,
  saveCourseLink,
  saveCourseLinkBinding,
  saveCourseMember,
  saveFirstAffiliation,
  saveLinkColumn,
  savePerson,
  savePlatformLaunch,
  savePlatformOrigins,
  takeTicket,
  type LaunchFacts,
  type LaunchTicket,
  type SavedCourseLink,
} from '@copractice/store/connection'
import type { Db, Trx } from '@copractice/store/database'
import { issueSpaceSession, newSpaceToken } from '../directory/issue-space-session.ts'
import { admitPlacing } from './admit-placing.ts'
import { admitVisitor } from './admit-visitor.ts'
import { findReviewedWork, reviewedWorkIn, workPage } from './find-reviewed-work.ts'
import { courseOf, personOf, sitesNamedBy } from './launch-facts.ts'

export type Admission = Readonly<{
  /** Told once, to the page that will hold it. */
  token: string
  expiresAt: Date
  /** The app page to open: what the link names, or the home, which asks for a cohort while the link is unbound. */
  startAt: string
  personId: PersonId
  courseLinkId: CourseLinkId | null
}>

/**
 * Lets a verified launch in: the person (by issuer, client and sub, never by e-mail), their first tie to the LMS's
 * institution, the course with its service addresses, what they are in it, the link with the cohort or round it opens,
 * and a session. Takes the launch's ticket first. A launch that tells nothing new is one statement; for anything else a
 * transaction follows.
 */
export async function admitLaunch(
  db: Db,
  launch: VerifiedLaunch,
  ticket: LaunchTicket,
  now: Date,
): Promise<Admitting<Admission>> {
  const { deepLinking } = launch
  if (deepLinking) return placeLinks(db, { ...launch, deepLinking }, ticket, now)
  if (launch.isAnonymous) return admitVisitor(db, launch, ticket, now)
  const asked = askedBinding(launch)
  const told = factsOf(launch, asked.cohortId !== null || asked.roundId !== null)
  const { token, ...session } = newSpaceToken(now)
  const { admitted: known, ...taken } = told
    ? await admitKnown(db, ticket, told, session)
    : { ...(await takeTicket(db, ticket)), admitted: undefined }
  if (!taken.isTaken) return { kind: 'not_taken', taken }

  const admitted = known
    ? { ...known, token, expiresAt: session.expiresAt }
    : await db.transaction().execute((trx) => admitAnew(trx, launch, told, asked, now))
  const { cohortId: _, roundId, ...admission } = admitted
  return { kind: 'admitted', admission: { ...admission, startAt: await startPage(db, launch, roundId) } }
}

function placeLinks(
  db: Db,
  launch: Parameters<typeof admitPlacing>[1],
  ticket: LaunchTicket,
  now: Date,
): Promise<Admitting<Admission>> {
  return db.transaction().execute(async (trx) => {
    const taken = await takeTicket(trx, ticket)
    return taken.isTaken
      ? { kind: 'admitted', admission: await admitPlacing(trx, launch, now) }
      : { kind: 'not_taken', taken }
  })
}

type AskedBinding = Readonly<{
  cohortId: CohortId | null
  roundId: RoundId | null
  /** The course that the link was placed in. */
  placedIn: CourseId | null
}>
type Admitted = Omit<Admission, 'startAt'> & Pick<SavedCourseLink, 'cohortId' | 'roundId'>

async function admitAnew(
  trx: Trx,
  launch: VerifiedLaunch,
  told: LaunchFacts | null,
  asked: AskedBinding,
  now: Date,
): Promise<Admitted> {
  const { networkId, platformId, deploymentId } = launch
  const personId = await savePerson(trx, personOf(launch))
  const affiliation = firstAffiliation(launch.standing.role)
  if (affiliation) await saveFirstAffiliation(trx, launch, personId, affiliation)

  const course = courseOf(launch)
  const courseId = course && (await saveCourse(trx, { ...personOf(launch), course }))
  if (course && courseId) await saveCourseMember(trx, { ...personOf(launch), course }, { courseId, personId }, now)
  const link = told && courseId ? await saveLink(trx, { launch, told, courseId, asked }, now) : null
  const { cohortId = null, roundId = null } = link ?? {}
  const courseLinkId = link?.id ?? null
  const from = { platformId, deploymentId }
  const { token, expiresAt } = await issueSpaceSession(trx, { networkId, personId, courseLinkId, cohortId, from }, now)
  await savePlatformLaunch(trx, launch, now)
  await savePlatformOrigins(trx, launch, sitesNamedBy(launch))
  return { token, expiresAt, personId, courseLinkId, cohortId, roundId }
}

type Linking = Readonly<{ launch: VerifiedLaunch; told: LaunchFacts; courseId: CourseId; asked: AskedBinding }>

async function saveLink(trx: Trx, linking: Linking, now: Date): Promise<SavedCourseLink> {
  const { told, courseId } = linking
  const { networkId } = told
  const found = await saveCourseLink(trx, told, courseId, now)
  const link = found.cohortId || !told.link.asksToBind ? found : { ...found, ...(await bind(trx, linking, found.id)) }
  if (link.roundId && told.link.columnUrl)
    await saveLinkColumn(trx, { networkId, courseId, roundId: link.roundId }, told.link.columnUrl, now)
  return link
}

/** What the link opens from now on. A copy opens nothing until an instructor of this course decides; where from is kept. */
async function bind(
  trx: Trx,
  { launch, told, courseId, asked }: Linking,
  linkId: CourseLinkId,
): Promise<Partial<CourseLinkBinding>> {
  const { networkId, platformId } = told
  const { placedIn } = asked
  const binding = bindCourseLink(await findAskedBinding(trx, told, asked))
  const { cohortId, roundId } = binding
  const isKnown = placedIn && cohortId && (await isCourseOf(trx, { networkId, platformId }, placedIn))
  const recognised = recogniseCopy({
    courseId,
    placedIn,
    history: readHistory(launch.custom['context_history']),
    elsewhere: await listLinksElsewhere(trx, { networkId, platformId, courseId }, asked),
    unopened: isKnown ? { courseId: placedIn, cohortId, roundId } : null,
  })
  if (recognised.kind === 'copy') {
    if (recognised.from) await saveCopyOf(trx, { networkId, linkId }, recognised.from)
    return {}
  }
  if (cohortId) await saveCourseLinkBinding(trx, networkId, linkId, binding)
  return binding
}

/** Learner's work from a gradebook, what the link names, or the home. */
async function startPage(db: Db, launch: VerifiedLaunch, roundId: RoundId | null): Promise<string> {
  const { custom, messageType, targetLinkUri } = launch
  const reviewed =
    messageType === 'LtiSubmissionReviewRequest'
      ? await findReviewedWork(db, launch, roundId)
      : reviewedWorkIn(targetLinkUri)
  if (reviewed) return workPage(reviewed)
  const convening = idIn(custom['convening'], ConveningId)
  if (convening) return `/convenings/${convening}`
  if (roundId) return `/reviews/rounds/${roundId}`
  const meeting = idIn(custom['meeting'], MeetingId)
  if (meeting) return `/meetings#meeting-${meeting}`
  return custom['page'] === 'practice' ? '/home#h-prompt' : '/home'
}

/** Only ids are looked at; which of them may be opened is decided from what they stand for. */
function askedBinding({ custom, targetLinkUri }: VerifiedLaunch): AskedBinding {
  return {
    cohortId: idIn(custom['cohort'], CohortId),
    roundId: idIn(custom['round'], RoundId) ?? reviewedWorkIn(targetLinkUri)?.roundId ?? null,
    placedIn: idIn(custom['course'], CourseId),
  }
}

/** Most launches name none, which costs less to see than to refuse. */
const idIn = <Id>(text: string | undefined, id: Readonly<{ safeParse: (text: string) => { data?: Id } }>): Id | null =>
  text === undefined ? null : (id.safeParse(text).data ?? null)

/** A launch from outside any course, or of no link, opens a session without one. */
function factsOf(launch: VerifiedLaunch, asksToBind: boolean): LaunchFacts | null {
  const { resourceLink, ags } = launch
  const course = courseOf(launch)
  if (!course || !resourceLink) return null
  const link = { resourceLinkId: resourceLink.id, title: resourceLink.title, asksToBind }
  return { ...personOf(launch), course, link: { ...link, columnUrl: ags?.lineItemUrl ?? null } }
}
