import { sql } from 'kysely'
import { counts } from '@copractice/core/directory'
import { hasLeftCourse, mergeRosterMember } from '@copractice/core/gradebook'
import type { Db, Trx } from '../database.ts'
import type { CourseMemberTable } from './table.ts'
import { heldRoster, type ClaimedRoster } from './roster-claim-repo.ts'
import { addPeople, fillPeople, type RosterLine } from './roster-people-repo.ts'

export type { RosterLine } from './roster-people-repo.ts'
export type RosterPageRead = Readonly<{ lines: readonly RosterLine[]; next: string | null; differences: string | null }>

/**
 * Saves one page in a transaction of its own, by as many statements for each thousand people, and notes where to read on.
 * People become known here and nothing else: no seat, no affiliation, no mail. False, and nothing saved, when another
 * worker has taken the roster over.
 */
export async function saveRosterPage(
  db: Db,
  claimed: ClaimedRoster,
  page: RosterPageRead,
  { now, leaseSeconds }: Readonly<{ now: Date; leaseSeconds: number }>,
): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    const lines = [
      ...new Map(page.lines.filter(({ told }) => counts(told)).map((line) => [line.userId, line])).values(),
    ]
    const held = await heldRoster(trx, claimed)
      .set((eb) => ({
        claimed_until: new Date(now.getTime() + leaseSeconds * 1000),
        next_url: page.next,
        seen: eb('seen', '+', lines.length),
        coming_differences_url: eb.fn.coalesce('coming_differences_url', eb.val(page.differences)),
      }))
      .returning('course_id')
      .executeTakeFirst()
    if (!held) return false
    for (let at = 0; at < lines.length; at += LINES_AT_ONCE)
      await saveLines(trx, claimed, lines.slice(at, at + LINES_AT_ONCE), now)
    return true
  })
}

/** A statement takes 65,535 values, and an LMS may give all of a course at once, whatever it was asked for. */
const LINES_AT_ONCE = 1000

async function saveLines(trx: Trx, claimed: ClaimedRoster, lines: readonly RosterLine[], now: Date): Promise<void> {
  const known = await findMembers(trx, claimed, lines)
  const decided = lines.flatMap((line) => {
    const before = known.get(line.userId)
    const member = mergeRosterMember(before?.member ?? null, line.told, claimed.startedAt)
    return member ? [{ line, before, member }] : []
  })
  const strangers = decided.filter(({ before }) => !before).map(({ line }) => line)
  await fillPeople(
    trx,
    claimed,
    decided.flatMap(({ line, before }) => (before ? [{ ...line, ...before }] : [])),
  )
  const made = await addPeople(trx, claimed, strangers)
  await saveMembers(
    trx,
    claimed,
    decided.map(({ line, before, member }) => ({
      person_id: before?.personId ?? made.get(line.userId)!,
      lms_user_id: line.userId,
      role: member.role,
      role_from: member.roleFrom,
      status: member.status,
    })),
    now,
  )
  const added = decided.filter(({ before }) => !before?.member).length
  const departed = decided.filter(
    ({ before, member }) => before?.member?.status === 'active' && member.status === 'left',
  ).length
  await heldRoster(trx, claimed)
    .set((eb) => ({ added: eb('added', '+', added), departed: eb('departed', '+', departed) }))
    .execute()
}

type Known = Readonly<{
  personId: string
  member: {
    role: CourseMemberTable['role']
    roleFrom: 'launch' | 'roster'
    status: 'active' | 'left'
    seenAt: Date
  } | null
}>

/** By LMS user id: the person behind it, never found by e-mail, and what they are in this course already. */
async function findMembers(
  trx: Trx,
  { networkId, courseId, issuer, clientId }: ClaimedRoster,
  lines: readonly RosterLine[],
): Promise<Map<string, Known>> {
  const rows = await trx
    .selectFrom('identity as i')
    .leftJoin('course_member as m', (on) =>
      on
        .onRef('m.network_id', '=', 'i.network_id')
        .onRef('m.person_id', '=', 'i.person_id')
        .on('m.course_id', '=', courseId),
    )
    .select(['i.subject', 'i.person_id', 'm.role', 'm.role_from', 'm.status', 'm.seen_at'])
    .where('i.network_id', '=', networkId)
    .where('i.kind', '=', 'lti')
    .where('i.issuer', '=', issuer)
    .where('i.client_id', '=', clientId)
    .where(sql<boolean>`i.subject = any (${lines.map(({ userId }) => userId)}::text[])`)
    .execute()
  return new Map(
    rows.map(({ subject, person_id, role, role_from, status, seen_at }) => [
      subject,
      {
        personId: person_id,
        member: role && role_from && status && seen_at ? { role, roleFrom: role_from, status, seenAt: seen_at } : null,
      },
    ]),
  )
}

type Member = Pick<CourseMemberTable, 'person_id' | 'lms_user_id' | 'role' | 'role_from'> & {
  status: 'active' | 'left'
}

/** `seen_at` of somebody known stays: it says when they last came. A launch that came in between keeps its word. */
async function saveMembers(
  trx: Trx,
  { networkId, courseId, startedAt }: ClaimedRoster,
  members: readonly Member[],
  now: Date,
): Promise<void> {
  const rows = [...new Map(members.map((member) => [member.person_id, member])).values()]
  if (rows.length === 0) return
  await trx
    .insertInto('course_member')
    .values(
      rows.map((member) => ({
        network_id: networkId,
        course_id: courseId,
        ...member,
        seen_at: now,
        rostered_at: startedAt,
      })),
    )
    .onConflict((on) =>
      on.columns(['network_id', 'course_id', 'person_id']).doUpdateSet({
        role: sql`case when course_member.role_from = 'launch' then course_member.role else excluded.role end`,
        role_from: sql`course_member.role_from`,
        status: sql`case when course_member.role_from = 'launch' and course_member.seen_at >= ${startedAt}
          then 'active' else excluded.status end`,
        rostered_at: startedAt,
      }),
    )
    .execute()
}

/**
 * The roster was read to its end: after the whole of it, who was not named has left by the rule; nobody is deleted. False
 * when another worker has taken it over.
 */
export async function finishRoster(
  db: Db,
  claimed: ClaimedRoster,
  { now, nextAt }: Readonly<{ now: Date; nextAt: Date }>,
): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    const held = await heldRoster(trx, claimed).set({ claim: claimed.claim }).returning('course_id').executeTakeFirst()
    if (!held) return false
    const departed = claimed.isWhole ? await markDeparted(trx, claimed) : 0
    await heldRoster(trx, claimed)
      .set((eb) => ({
        status: 'done',
        due_at: nextAt,
        finished_at: now,
        departed: eb('departed', '+', departed),
        differences_url: eb.ref('coming_differences_url'),
        coming_differences_url: null,
        next_url: null,
        last_error: null,
        asked_at: null,
        attempts: 0,
        claim: null,
        claimed_until: null,
        ...(claimed.isWhole ? { whole_at: claimed.startedAt } : {}),
      }))
      .execute()
    return true
  })
}

async function markDeparted(trx: Trx, { networkId, courseId, startedAt }: ClaimedRoster): Promise<number> {
  const unnamed = await trx
    .selectFrom('course_member as m')
    .innerJoin('person as p', (on) => on.onRef('p.network_id', '=', 'm.network_id').onRef('p.id', '=', 'm.person_id'))
    .select(['m.person_id', 'm.role', 'm.role_from', 'm.status', 'm.seen_at', 'm.rostered_at', 'p.is_test'])
    .where('m.network_id', '=', networkId)
    .where('m.course_id', '=', courseId)
    .where('m.status', '=', 'active')
    .where('m.rostered_at', 'is distinct from', startedAt)
    .forNoKeyUpdate('m')
    .execute()
  const gone = unnamed.filter((row) =>
    hasLeftCourse(
      {
        role: row.role,
        roleFrom: row.role_from,
        status: row.status,
        seenAt: row.seen_at,
        isTest: row.is_test,
        wasListed: row.rostered_at !== null,
      },
      startedAt,
    ),
  )
  if (gone.length === 0) return 0
  await trx
    .updateTable('course_member')
    .set({ status: 'left' })
    .where('network_id', '=', networkId)
    .where('course_id', '=', courseId)
    .where(sql<boolean>`person_id = any (${gone.map(({ person_id }) => person_id)}::uuid[])`)
    .execute()
  return gone.length
}
