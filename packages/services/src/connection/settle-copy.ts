import { decideBinding, mayChooseCohort } from '@copractice/core/cohort'
import type { SpaceSession } from '@copractice/core/directory'
import { ok, refuse, type CohortId } from '@copractice/core/kernel'
import { findOfferedCohort, lockCourseLink } from '@copractice/store/cohort'
import { findCopy, saveCourseLinkBinding } from '@copractice/store/connection'
import type { Db } from '@copractice/store/database'
import { insertAuditEntry } from '@copractice/store/directory'
import { copyRound } from '../review/index.ts'

/** What the link of this session was copied from, for the instructor who decides about it. */
export async function showCopy(db: Db, session: SpaceSession) {
  const may = mayChooseCohort(session)
  if (!may.ok) return may
  const link = { networkId: session.actor.networkId, courseLinkId: may.value.courseLinkId }
  return db.transaction().execute(async (trx) => {
    const copy = await findCopy(trx, link)
    if (!copy) return ok({ copy: null })
    const { course, cohort, round } = copy
    const offered = await findOfferedCohort(trx, link, cohort.id)
    const isOffered = offered?.status === 'open'
    return ok({ copy: { course, cohort: { ...cohort, isOffered }, round: round && { title: round.title } } })
  })
}

type Settled = Readonly<{ cohortId: CohortId; freshRound: boolean }>

/**
 * Binds a copied link to the cohort that the instructor says, for everybody who opens it from now on, and makes the fresh
 * round if they want it. Of the old round only its set-up is read.
 */
export function settleCopy(db: Db, session: SpaceSession, { cohortId, freshRound }: Settled, now: Date) {
  const { actor } = session
  const { networkId, personId: actorId } = actor
  return db.transaction().execute(async (trx) => {
    const may = mayChooseCohort(session)
    if (!may.ok) return may
    const { courseLinkId } = may.value
    const link = await lockCourseLink(trx, { networkId, courseLinkId })
    if (!link) return refuse('course_link.unknown', {})
    const copy = await findCopy(trx, { networkId, courseLinkId })
    const chosen = await findOfferedCohort(trx, { networkId, courseLinkId }, cohortId)
    const decided = decideBinding({ bound: link.bound, chosen })
    if (!decided.ok) return decided
    if (!copy || !chosen) return refuse('course_link.not_copied', {})

    const roundId =
      freshRound && copy.round ? await copyRound(trx, actor, { roundId: copy.round.id, cohortId }, now) : null
    await saveCourseLinkBinding(trx, networkId, courseLinkId, { cohortId, roundId })
    const facts = { cohortId, name: chosen.name, copiedFrom: copy.course, roundId }
    const entry = { action: 'course_link.copy_settled', subject: `course_link:${courseLinkId}`, facts }
    await insertAuditEntry(trx, { networkId, at: now, actorId, ...entry })
    const { id, name, theme, timeZone } = chosen
    return ok({ cohort: { id, name, theme, timeZone }, roundId })
  })
}
