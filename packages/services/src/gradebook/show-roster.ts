import {
  mayAskAgainAt,
  rosterAccess,
  RosterProblem,
  type RosterPerson,
  type RosterRefusal,
  type RosterState,
} from '@copractice/core/gradebook'
import type { SpaceSession } from '@copractice/core/directory'
import { ok, refuse, type Refusal, type Result } from '@copractice/core/kernel'
import type { Db } from '@copractice/store/database'
import { askForRoster, findRoster, pageOfRoster, type RosterSyncFound } from '@copractice/store/gradebook'
import { nudge } from '@copractice/store/notice'

type Asked = Readonly<{
  search?: string | undefined
  section?: string | undefined
  left: 'true' | 'false'
  after?: string | undefined
  limit: number
}>

/** The people of the session's course, for those who teach it. */
export async function listRoster(
  db: Db,
  { actor, courseId, cohortId }: SpaceSession,
  { left, ...asked }: Asked,
): Promise<Result<{ items: RosterPerson[]; next: string | null }, RosterRefusal>> {
  const access = rosterAccess({ actor, courseId })
  if (!access.ok) return access
  const course = { networkId: actor.networkId, courseId: access.value.courseId, cohortId }
  return ok(await pageOfRoster(db, course, { ...asked, hasLeft: left === 'true' }))
}

/** How the reading of the roster stands, and who is in it. */
export async function showRoster(
  db: Db,
  { actor, courseId, cohortId }: SpaceSession,
): Promise<Result<RosterState, RosterRefusal>> {
  const access = rosterAccess({ actor, courseId })
  if (!access.ok) return access
  const { maySync } = access.value
  const { sync, ...found } = await findRoster(db, {
    networkId: actor.networkId,
    courseId: access.value.courseId,
    cohortId,
  })
  return ok({ ...found, maySync: maySync && found.isOffered, sync: syncOf(sync) })
}

type SyncRefusal =
  | RosterRefusal
  | Refusal<'roster.not_offered', Record<string, never>>
  | Refusal<'roster.just_read', Readonly<{ againAt: Date }>>

/** Has the roster of an instructor's own course read as soon as a worker is free. */
export async function syncRoster(db: Db, session: SpaceSession, now: Date): Promise<Result<RosterState, SyncRefusal>> {
  const access = rosterAccess(session)
  if (!access.ok) return access
  const { courseId, maySync } = access.value
  if (!maySync) return refuse('roster.instructors_only', {})
  const { networkId } = session.actor
  const { isOffered, sync } = await findRoster(db, { networkId, courseId, cohortId: session.cohortId })
  if (!isOffered) return refuse('roster.not_offered', {})
  const againAt = sync?.status === 'done' && sync.finishedAt ? mayAskAgainAt(sync.finishedAt) : null
  if (againAt && now < againAt) return refuse('roster.just_read', { againAt })
  await askForRoster(db, { networkId, courseId }, now)
  await nudge(db, 'rosters')
  return showRoster(db, session)
}

const NEVER: RosterState['sync'] = {
  status: 'never',
  startedAt: null,
  finishedAt: null,
  seen: 0,
  added: 0,
  departed: 0,
  problem: null,
  detail: null,
  nextTryAt: null,
}

/** `last_error` begins with the problem; what follows is the LMS's answer. One that is only on the list was never read. */
function syncOf(found: RosterSyncFound | null): RosterState['sync'] {
  if (!found || (found.status === 'waiting' && !found.startedAt && !found.isAsked && !found.lastError)) return NEVER
  const { status, startedAt, finishedAt, seen, added, departed, lastError, dueAt } = found
  const [problem, ...detail] = lastError?.split(' ') ?? []
  return {
    status,
    startedAt,
    finishedAt,
    seen,
    added,
    departed,
    problem: problem ? RosterProblem.parse(problem) : null,
    detail: detail.join(' ') || null,
    nextTryAt: status === 'waiting' || status === 'failed' ? dueAt : null,
  }
}
