import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { planRosterPass } from '@copractice/core/gradebook'
import type { CourseId, NetworkId, PlatformId } from '@copractice/core/kernel'
import type { Db, Trx } from '../database.ts'

/** A course's roster in one worker's hands, with everything reading it takes. */
export type ClaimedRoster = Readonly<{
  networkId: NetworkId
  courseId: CourseId
  platformId: PlatformId
  issuer: string
  clientId: string
  membershipsUrl: string
  claim: string
  /** Names this pass; rows of those it has named carry it. */
  startedAt: Date
  /** False: only what changed since the last pass is read, so nobody can be found missing. */
  isWhole: boolean
  /** The page to read first; null: the first of the course. */
  from: string | null
  attempts: number
}>

/** Puts courses that were launched since `since` and were never read on the list. `dueAt` is asked for each. */
export async function scheduleRosters(db: Db, since: Date, dueAt: () => Date): Promise<number> {
  const courses = await db
    .selectFrom('course as c')
    .innerJoin('lti_platform as f', (on) =>
      on.onRef('f.network_id', '=', 'c.network_id').onRef('f.id', '=', 'c.platform_id'),
    )
    .select(['c.network_id', 'c.id as course_id'])
    .where('f.status', '=', 'active')
    .where('c.memberships_url', 'is not', null)
    .where(wasLaunchedSince(since))
    .where(
      sql<boolean>`not exists (select from roster_sync r where r.network_id = c.network_id and r.course_id = c.id)`,
    )
    .limit(500)
    .execute()
  if (courses.length === 0) return 0
  await db
    .insertInto('roster_sync')
    .values(courses.map((course) => ({ ...course, due_at: dueAt() })))
    .onConflict((on) => on.columns(['network_id', 'course_id']).doNothing())
    .execute()
  return courses.length
}

const wasLaunchedSince = (since: Date) =>
  sql<boolean>`exists (select from course_member m where m.network_id = c.network_id and m.course_id = c.id
    and m.role_from = 'launch' and m.seen_at > ${since})`

/** Puts a course first in the line. One that a worker holds is read already. */
export async function askForRoster(
  trx: Db | Trx,
  { networkId, courseId }: Readonly<{ networkId: NetworkId; courseId: CourseId }>,
  now: Date,
): Promise<void> {
  const asked = { status: 'waiting' as const, due_at: now, asked_at: now, attempts: 0, last_error: null }
  await trx
    .insertInto('roster_sync')
    .values({ network_id: networkId, course_id: courseId, ...asked })
    .onConflict((on) =>
      on
        .columns(['network_id', 'course_id'])
        .doUpdateSet(asked)
        .where(sql<boolean>`roster_sync.claimed_until is null or roster_sync.claimed_until <= ${now}`),
    )
    .execute()
}

type Terms = Readonly<{ leaseSeconds: number; launchedSince: Date }>

/**
 * Takes the roster that is due, what instructors asked for first, of any network, and of each LMS one at a time. Claims
 * are made one after the other: two workers would each see an LMS without any.
 */
export async function claimDueRoster(
  db: Db,
  { leaseSeconds, launchedSince }: Terms,
  now: Date,
): Promise<ClaimedRoster | undefined> {
  return db.transaction().execute(async (trx) => {
    await sql`select pg_advisory_xact_lock(hashtextextended('copractice roster claims', 0))`.execute(trx)
    const row = await trx
      .selectFrom('roster_sync as r')
      .innerJoin('course as c', (on) => on.onRef('c.network_id', '=', 'r.network_id').onRef('c.id', '=', 'r.course_id'))
      .innerJoin('lti_platform as f', (on) =>
        on.onRef('f.network_id', '=', 'c.network_id').onRef('f.id', '=', 'c.platform_id'),
      )
      .selectAll('r')
      .select(['c.platform_id', 'c.memberships_url', 'f.issuer', 'f.client_id'])
      .where('r.due_at', '<=', now)
      .where('c.memberships_url', 'is not', null)
      .where(sql<boolean>`(r.claimed_until is null or r.claimed_until <= ${now})`)
      .where(sql<boolean>`(r.asked_at is not null or (f.status = 'active' and ${wasLaunchedSince(launchedSince)}))`)
      .where(
        sql<boolean>`not exists (select from roster_sync o
          join course d on d.network_id = o.network_id and d.id = o.course_id
          where o.network_id = c.network_id and d.platform_id = c.platform_id and o.claimed_until > ${now})`,
      )
      .orderBy(sql`r.asked_at is null`)
      .orderBy('r.due_at')
      .limit(1)
      .executeTakeFirst()
    if (!row) return undefined

    const plan = planRosterPass(
      {
        startedAt: row.started_at,
        nextUrl: row.next_url,
        hasDifferences: row.differences_url !== null,
        fullAt: row.whole_at,
      },
      now,
    )
    const pass =
      plan === 'go_on'
        ? { startedAt: row.started_at!, isWhole: row.is_whole, from: row.next_url }
        : { startedAt: now, isWhole: plan === 'whole', from: plan === 'whole' ? null : row.differences_url }
    const anew = { started_at: now, is_whole: pass.isWhole, next_url: null, seen: 0, added: 0, departed: 0 }
    const claim = randomUUID()
    await trx
      .updateTable('roster_sync')
      .set({
        status: 'running',
        claim,
        claimed_until: new Date(now.getTime() + leaseSeconds * 1000),
        attempts: row.attempts + 1,
        ...(plan === 'go_on' ? {} : { ...anew, coming_differences_url: null }),
      })
      .where('network_id', '=', row.network_id)
      .where('course_id', '=', row.course_id)
      .execute()
    return {
      networkId: row.network_id as NetworkId,
      courseId: row.course_id as CourseId,
      platformId: row.platform_id as PlatformId,
      issuer: row.issuer,
      clientId: row.client_id,
      membershipsUrl: row.memberships_url!,
      claim,
      ...pass,
      attempts: row.attempts + 1,
    }
  })
}

type Claimed = Pick<ClaimedRoster, 'networkId' | 'courseId' | 'claim'>

/** The row while this worker holds it; no row once another has taken over. */
export const heldRoster = (trx: Db | Trx, { networkId, courseId, claim }: Claimed) =>
  trx
    .updateTable('roster_sync')
    .where('network_id', '=', networkId)
    .where('course_id', '=', courseId)
    .where('claim', '=', claim)

/** Puts it back where it stands: the next worker goes on from there, now. */
export async function releaseRoster(db: Db, claimed: Claimed, now: Date): Promise<void> {
  await heldRoster(db, claimed)
    .set((eb) => ({ claim: null, claimed_until: null, due_at: now, attempts: eb('attempts', '-', 1) }))
    .execute()
}

/**
 * It could not be read to its end. `waiting`: tried again at `dueAt`, from the page where it stopped if that is soon.
 * `failed`: over until then. `forgetDifferences`: the link to what changed is no longer taken.
 */
export async function markRosterTrouble(
  db: Db,
  claimed: Claimed & Pick<ClaimedRoster, 'platformId'>,
  trouble: Readonly<{ status: 'waiting' | 'failed'; dueAt: Date; error: string; forgetDifferences: boolean }>,
  now: Date,
): Promise<void> {
  const { status, dueAt, error, forgetDifferences } = trouble
  const over = { asked_at: null, attempts: 0, next_url: null, finished_at: now }
  await db.transaction().execute(async (trx) => {
    await heldRoster(trx, claimed)
      .set({
        status,
        due_at: dueAt,
        last_error: error,
        claim: null,
        claimed_until: null,
        ...(status === 'failed' ? over : {}),
        ...(forgetDifferences ? { differences_url: null, next_url: null, started_at: null } : {}),
      })
      .execute()
    // At once with letting go: otherwise a worker takes the next course of that LMS in between.
    if (status === 'waiting' && !forgetDifferences) await holdBackLms(trx, claimed, dueAt)
  })
}

/** What troubles an LMS with one course troubles it with all: none of its rosters is asked for before. */
async function holdBackLms(
  trx: Trx,
  { networkId, platformId }: Pick<ClaimedRoster, 'networkId' | 'platformId'>,
  until: Date,
) {
  await trx
    .updateTable('roster_sync as r')
    .from('course as c')
    .set({ due_at: until })
    .whereRef('c.network_id', '=', 'r.network_id')
    .whereRef('c.id', '=', 'r.course_id')
    .where('r.network_id', '=', networkId)
    .where('c.platform_id', '=', platformId)
    .where('r.due_at', '<', until)
    .where('r.claim', 'is', null)
    .execute()
}
