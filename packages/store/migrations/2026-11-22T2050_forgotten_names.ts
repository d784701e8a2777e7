import { sql, type Kysely } from 'kysely'

/**
 * Removals before this one left names behind: of people who had been merged into whoever was removed, and in what was written
 * down about them. What the record tells of them by their id says which names these are; elsewhere in it a name goes where
 * nobody who is still here has it.
 */
export async function up(db: Kysely<any>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const told = `lateral (values (e.facts ->> 'person'), (e.facts ->> 'goneName')) as t (name)`
const isSomebody = `exists (select from person p where p.network_id = f.network_id and lower(p.name) = f.name)`
const statements = [
  `create temporary table forgotten on commit drop as
    with recursive gone as (
      select network_id, id, name, removed_at from person where removed_at is not null
      union select p.network_id, p.id, p.name, g.removed_at from person p
      join gone g on p.network_id = g.network_id and p.merged_into = g.id
    ) select distinct on (network_id, id) * from gone order by network_id, id, removed_at`,
  `create temporary table forgotten_name on commit drop as
    select network_id, lower(name) as name from forgotten where name is not null
    union select e.network_id, lower(t.name) from audit_entry e
    join forgotten f on f.network_id = e.network_id and e.subject = 'person:' || f.id, ${told} where t.name is not null`,
  `update person p set name = null, pronouns = null, email = null, time_zone = null, removed_at = f.removed_at
    from forgotten f where p.network_id = f.network_id and p.id = f.id`,
  `update person_merge m set steps = '[]'::jsonb from forgotten f
    where m.network_id = f.network_id and f.id in (m.kept_id, m.gone_id)`,
  `update proposal_author a set typed_name = null, typed_email = null from forgotten f
    where a.network_id = f.network_id and a.person_id = f.id`,
  `update audit_entry e set facts = e.facts - 'person' - 'goneName' - 'email' from forgotten f
    where e.network_id = f.network_id and e.subject = 'person:' || f.id`,
  `update audit_entry e set facts = e.facts - 'person' from forgotten_name f
    where e.network_id = f.network_id and lower(e.facts ->> 'person') = f.name and not ${isSomebody}`,
  `update proposal_event e set text = '' from forgotten_name f
    where e.network_id = f.network_id and e.kind in ('author_added', 'pairing_agreed') and lower(e.text) = f.name
      and not ${isSomebody}`,
]
