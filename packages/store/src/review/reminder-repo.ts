import { sql } from 'kysely'
import type { NetworkId, PersonId, RoundId } from '@copractice/core/kernel'
import type { Phase, Reminder, StandsAt } from '@copractice/core/review'
import type { Db, Trx } from '../database.ts'

/** Somebody of a running round who can be written to, with where they stand and what they were told before. */
export type ReminderCandidate = Readonly<{
  networkId: NetworkId
  roundId: RoundId
  personId: PersonId
  email: string
  personZone: string | null
  roundZone: string
  title: string
  /** Whether they can sign in by mail; otherwise the way in is their course. */
  signsInByMail: boolean
  stands: StandsAt
  said: readonly Reminder[]
}>

type After = Readonly<{ roundId: string; personId: string }>

/**
 * People of rounds that run or ended within `endedSince`, of every network (the post office is one), who have an address,
 * want reminders and take part, in the order of round and person. A team's work is each member's.
 */
export async function listReminderCandidates(
  db: Db,
  { now, endedSince, after, limit }: Readonly<{ now: Date; endedSince: Date; after: After | null; limit: number }>,
): Promise<ReminderCandidate[]> {
  const rows = await sql<Row>`
    select r.network_id as "networkId", r.id as "roundId", p.id as "personId", p.email, p.time_zone as "personZone",
      r.time_zone as "roundZone", r.title, r.phase,
      exists (select 1 from identity i where i.network_id = p.network_id and i.person_id = p.id and i.kind = 'email')
        as "signsInByMail",
      coalesce((select e.until from round_extension e where e.network_id = r.network_id and e.round_id = r.id
        and e.person_id = p.id and e.kind = 'work'), r.submit_until) as "workUntil",
      coalesce((select e.until from round_extension e where e.network_id = r.network_id and e.round_id = r.id
        and e.person_id = p.id and e.kind = 'reviews'), r.review_until) as "reviewsUntil",
      exists (select 1 from submission w where w.network_id = r.network_id and w.round_id = r.id
        and w.status = 'submitted' and (w.author_id = p.id or w.team_id in (${teamsOf}))) as "hasHandedIn",
      a.assigned, a.filed, a.touched, a."assignedAt",
      case when r.phase = 'closed' or (r.phase = 'review' and ${lastReviewUntil} < ${now}) then
        (select count(*)::int from review_assignment b join submission w on w.network_id = b.network_id
          and w.id = b.submission_id where b.network_id = r.network_id and b.round_id = r.id and b.filed_at is not null
          and b.withdrawn_at is null and b.hidden_at is null and (w.author_id = p.id or w.team_id in (${teamsOf}))) else 0 end as "readable",
      array(select m.reminder from reminder_sent m where m.network_id = r.network_id and m.round_id = r.id
        and m.person_id = p.id) as "said"
    from review_round r
    join seat s on s.network_id = r.network_id and s.cohort_id = r.cohort_id and s.status = 'seated'
      and s.kind <> 'facilitator'
    join person p on p.network_id = s.network_id and p.id = s.person_id
    cross join lateral (select count(*)::int as "assigned", count(x.filed_at)::int as "filed",
        count(x.saved_at)::int as "touched", min(x.assigned_at) as "assignedAt"
      from review_assignment x where x.network_id = r.network_id and x.round_id = r.id and x.reviewer_id = p.id
        and x.withdrawn_at is null and x.hidden_at is null) a
    where r.phase in ('submit', 'review', 'closed') and ${lastReviewUntil} > ${endedSince}
      and p.email is not null and not p.is_test and not ${runsRounds}
      and not exists (select 1 from reminder_choice c where c.network_id = p.network_id and c.person_id = p.id
        and not c.wants_reminders)
      and not exists (select 1 from round_absence q where q.network_id = r.network_id and q.round_id = r.id
        and q.person_id = p.id)
      ${after ? sql`and (r.id, p.id) > (${after.roundId}::uuid, ${after.personId}::uuid)` : sql``}
    order by r.id, p.id
    limit ${limit}`.execute(db)
  return rows.rows.map(({ phase, workUntil, reviewsUntil, hasHandedIn, ...row }) => {
    const { assigned, filed, touched, assignedAt, readable, ...person } = row
    const stands = { phase, workUntil, reviewsUntil, hasHandedIn, assigned, filed, touched, assignedAt, readable }
    return { ...person, stands }
  })
}

type Row = Omit<ReminderCandidate, 'stands'> & StandsAt & Readonly<{ phase: Phase }>

const teamsOf = sql`select t.team_id from round_team_member t where t.network_id = r.network_id and t.round_id = r.id
  and t.person_id = p.id`

/** Until the last of them can write reviews, none is read. */
const lastReviewUntil = sql`greatest(r.review_until, (select max(e.until) from round_extension e
  where e.network_id = r.network_id and e.round_id = r.id and e.kind = 'reviews'))`

/** Instructors of a course that opens the cohort take no part, whatever seat they hold. */
const runsRounds = sql`exists (select 1 from course_link l join course_member m on m.network_id = l.network_id
  and m.course_id = l.course_id where l.network_id = s.network_id and l.cohort_id = s.cohort_id
  and m.person_id = s.person_id and m.role = 'instructor' and m.status = 'active')`

type Told = Readonly<{ networkId: NetworkId; roundId: RoundId; personId: PersonId }>

/** Notes that somebody is told, in the transaction that queues the mail; gives what nobody noted before. */
export async function noteReminders(
  trx: Trx,
  told: Told,
  reminders: readonly Reminder[],
  now: Date,
): Promise<Reminder[]> {
  const { networkId: network_id, roundId: round_id, personId: person_id } = told
  const rows = await trx
    .insertInto('reminder_sent')
    .values(reminders.map((reminder) => ({ network_id, round_id, person_id, reminder, sent_at: now })))
    .onConflict((conflict) => conflict.doNothing())
    .returning('reminder')
    .execute()
  return rows.map(({ reminder }) => reminder)
}

type Who = Readonly<{ networkId: NetworkId; personId: PersonId }>

export async function wantsReminders(trx: Db | Trx, { networkId, personId }: Who): Promise<boolean> {
  const row = await trx
    .selectFrom('reminder_choice')
    .select('wants_reminders')
    .where('network_id', '=', networkId)
    .where('person_id', '=', personId)
    .executeTakeFirst()
  return row?.wants_reminders ?? true
}

/** Answers whether there is such a person. */
export async function saveReminderChoice(trx: Db | Trx, { networkId, personId }: Who, wants: boolean, now: Date) {
  const saved = await sql`
    insert into reminder_choice (network_id, person_id, wants_reminders, chosen_at)
    select network_id, id, ${wants}, ${now} from person where network_id = ${networkId} and id = ${personId}
    on conflict (network_id, person_id) do update set wants_reminders = excluded.wants_reminders,
      chosen_at = excluded.chosen_at`.execute(trx)
  return Number(saved.numAffectedRows ?? 0) > 0
}

/** Where reminders go; null where the LMS does not share an address. */
export async function addressOf(trx: Db | Trx, { networkId, personId }: Who): Promise<string | null> {
  const row = await trx
    .selectFrom('person')
    .select('email')
    .where('network_id', '=', networkId)
    .where('id', '=', personId)
    .executeTakeFirst()
  return row?.email ?? null
}
