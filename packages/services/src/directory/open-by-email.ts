import type { SessionToken } from '@copractice/core/directory'
import { ok, refuse } from '@copractice/core/kernel'
import type { Db } from '@copractice/store/database'
import { cohortsOfPeople, type PersonByEmail } from '@copractice/store/directory'
import { issueSpaceSession } from './issue-space-session.ts'

/**
 * A session of the space for who has proved an address. Of several networks the one with the latest seat is opened; the
 * cohort is set when there is only one, otherwise the person chooses. Refuses `sign_in.nobody` when the address is
 * nobody's any more.
 */
export async function openByEmail(db: Db, people: readonly PersonByEmail[], now: Date) {
  const cohorts = await cohortsOfPeople(db, people)
  const person = cohorts[0] ?? people[0]
  if (!person) return refuse('sign_in.nobody', {})
  const { networkId, personId } = person
  const own = cohorts.filter((one) => one.networkId === networkId && one.personId === personId)
  const cohortId = own.length === 1 ? own[0]!.cohortId : null
  const token: SessionToken = await issueSpaceSession(db, { networkId, personId, courseLinkId: null, cohortId }, now)
  return ok(token)
}
