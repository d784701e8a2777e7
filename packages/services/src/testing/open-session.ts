import type { CohortId, CourseLinkId, NetworkId, PersonId } from '@copractice/core/kernel'
import type { Db } from '@copractice/store/database'
import { issueSpaceSession, loadSession } from '../directory/index.ts'

type For = Readonly<{
  networkId: NetworkId
  personId: PersonId
  courseLinkId?: CourseLinkId
  cohortId?: CohortId
  now?: Date
}>

/** A bearer token for this person, from a course link or, with `cohortId`, as after sign-in by e-mail. */
export async function openSession(
  db: Db,
  { networkId, personId, courseLinkId, cohortId, now = new Date() }: For,
): Promise<string> {
  const session = { networkId, personId, courseLinkId: courseLinkId ?? null, cohortId: cohortId ?? null }
  const { token } = await issueSpaceSession(db, session, now)
  return token
}

/** The actor as services receive it. */
export async function actorFor(db: Db, who: For) {
  const session = await loadSession(db, await openSession(db, who), who.now ?? new Date())
  return session!.actor
}
