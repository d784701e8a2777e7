import { sql, type Kysely } from 'kysely'

/**
 * What was typed to invite an author, and when they opened the proposal: until then others see no more than what was typed.
 * Whoever began a proposal has opened it. Of those invited before, who left any trace on the proposal (saved it, sent it,
 * asked, wished, answered an offer) has; to sign in leaves none there, so all others are asked to open it once more, which
 * only delays that they are counted. Their typed name is in the history, written at the same moment. Their address is the
 * one they sign in with where it is the only one, since an author can have typed no other; of several nobody knows which.
 */
export async function up(db: Kysely<any>): Promise<void> {
  await sql`alter table proposal_author add column typed_name text, add column typed_email text,
    add column opened_at timestamptz`.execute(db)
  await sql`update proposal_author a set opened_at = a.added_at
    where a.added_by is null
      or exists (select from proposal p where p.network_id = a.network_id and p.id = a.proposal_id
        and p.saved_by = a.person_id)
      or exists (select from proposal_event e where e.network_id = a.network_id and e.proposal_id = a.proposal_id
        and e.by_id = a.person_id)
      or exists (select from proposal_author o where o.network_id = a.network_id and o.proposal_id = a.proposal_id
        and o.added_by = a.person_id)
      or exists (select from help_request h where h.network_id = a.network_id and h.proposal_id = a.proposal_id
        and h.asked_by = a.person_id)
      or exists (select from host_preference w where w.network_id = a.network_id and w.proposal_id = a.proposal_id
        and w.said_by = a.person_id)
      or exists (select from pairing o where o.network_id = a.network_id and o.proposal_id = a.proposal_id
        and (o.hosts_by = a.person_id or (o.person_id = a.person_id and o.facilitator_answer = 'yes')))`.execute(db)
  await sql`update proposal_author a set
    typed_name = (select e.text from proposal_event e where e.network_id = a.network_id
      and e.proposal_id = a.proposal_id and e.kind = 'author_added' and e.by_id = a.added_by and e.at = a.added_at limit 1),
    typed_email = (select case when count(*) = 1 then min(d.subject) end from identity d
      where d.network_id = a.network_id and d.person_id = a.person_id and d.kind = 'email')
    where a.opened_at is null`.execute(db)
}
