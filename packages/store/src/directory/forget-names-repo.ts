import { sql } from 'kysely'
import type { NetworkId } from '@copractice/core/kernel'
import type { Trx } from '../database.ts'

type Forgotten = Readonly<{
  networkId: NetworkId
  /** Whoever was removed, with all who were merged into them. */
  ids: readonly string[]
  names: readonly string[]
  emails: readonly string[]
}>

/**
 * Takes the names and addresses of removed people out of what was written down. Entries about them lose what they tell of
 * them; elsewhere a name goes where nobody who is still here has it, since there it tells of somebody else. Asked after the
 * people themselves have lost their names.
 */
export async function forgetNames(trx: Trx, { networkId, ids, names, emails }: Forgotten): Promise<void> {
  const subjects = ids.map((id) => `person:${id}`)
  const { rows } = await sql<{ name: string }>`
    select distinct t.name from audit_entry e,
      lateral (values (lower(e.facts ->> 'person')), (lower(e.facts ->> 'goneName'))) as t (name)
    where e.network_id = ${networkId} and e.subject = any (${subjects}::text[]) and t.name is not null`.execute(trx)
  const told = [...new Set([...rows.map(({ name }) => name), ...names.map((name) => name.toLowerCase())])]
  const kept = await sql<{ name: string }>`select distinct lower(name) as name from person
    where network_id = ${networkId} and lower(name) = any (${told}::text[])`.execute(trx)
  const alone = told.filter((name) => !kept.rows.some((one) => one.name === name))
  await sql`update audit_entry set facts = facts - 'person' - 'goneName' - 'email'
    where network_id = ${networkId} and subject = any (${subjects}::text[])`.execute(trx)
  await sql`update audit_entry set facts = facts - 'person'
    where network_id = ${networkId} and lower(facts ->> 'person') = any (${alone}::text[])`.execute(trx)
  await sql`update audit_entry set facts = facts - 'email'
    where network_id = ${networkId} and lower(facts ->> 'email') = any (${[...emails]}::text[])`.execute(trx)
  await sql`update proposal_event set text = '' where network_id = ${networkId}
    and kind in ('author_added', 'pairing_agreed') and lower(text) = any (${alone}::text[])`.execute(trx)
}
