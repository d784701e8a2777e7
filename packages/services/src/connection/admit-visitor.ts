import { ConveningId } from '@copractice/core/kernel'
import type { Admitting, VerifiedLaunch } from '@copractice/lti'
import {
  insertVisitor,
  savePlatformLaunch,
  savePlatformOrigins,
  takeTicket,
  type LaunchTicket,
} from '@copractice/store/connection'
import type { Db } from '@copractice/store/database'
import { issueSpaceSession } from '../directory/issue-space-session.ts'
import type { Admission } from './admit-launch.ts'
import { sitesNamedBy } from './launch-facts.ts'

/**
 * Lets in whoever an LMS sends without saying who. They are somebody new at each visit, whom no later visit finds again,
 * so that no two people are ever one; of no course, no link and no cohort, whatever the message says of its sender's role.
 */
export function admitVisitor(
  db: Db,
  launch: VerifiedLaunch,
  ticket: LaunchTicket,
  now: Date,
): Promise<Admitting<Admission>> {
  const { networkId, platformId, deploymentId, custom } = launch
  return db.transaction().execute(async (trx) => {
    const taken = await takeTicket(trx, ticket)
    if (!taken.isTaken) return { kind: 'not_taken', taken }
    const personId = await insertVisitor(trx, networkId)
    const opened = { networkId, personId, courseLinkId: null, cohortId: null, from: { platformId, deploymentId } }
    const session = await issueSpaceSession(trx, opened, now)
    await savePlatformLaunch(trx, launch, now)
    await savePlatformOrigins(trx, launch, sitesNamedBy(launch))
    const convening = ConveningId.safeParse(custom['convening'])
    const startAt = convening.success ? `/convenings/${convening.data}` : '/home'
    return { kind: 'admitted', admission: { ...session, personId, courseLinkId: null, startAt } }
  })
}
