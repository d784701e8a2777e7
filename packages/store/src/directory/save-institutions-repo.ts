import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { InstitutionDetails } from '@copractice/core/directory'
import type { InstitutionId, NetworkId } from '@copractice/core/kernel'
import type { Trx } from '../database.ts'
import { letterOf } from './institution-repo.ts'

/** An institution as a list says it is to stand; `id` of one that is there, null for a new one. */
type InstitutionToSave = Readonly<{
  id: InstitutionId | null
  details: Omit<InstitutionDetails, 'units'> & Readonly<{ units: readonly string[] }>
}>

const COLOURS = 12

/** For each new one the slot that the fewest institutions have by then, as if they were added one after the other. */
async function freeColours(trx: Trx, networkId: NetworkId, count: number): Promise<number[]> {
  const rows = await trx
    .selectFrom('institution')
    .select(['colour', sql<number>`count(*)::int`.as('taken')])
    .where('network_id', '=', networkId)
    .groupBy('colour')
    .execute()
  const taken = Array.from({ length: COLOURS }, (_, at) => rows.find(({ colour }) => colour === at + 1)?.taken ?? 0)
  return Array.from({ length: count }, () => {
    const at = taken.indexOf(Math.min(...taken))
    taken[at]! += 1
    return at + 1
  })
}

/**
 * Makes institutions and changes others as a list says, with their memberships and the units that sponsor what they host: at
 * most six statements, whatever the number. A name that somebody else's institution took meanwhile is left to theirs.
 */
export async function saveInstitutions(
  trx: Trx,
  networkId: NetworkId,
  listed: readonly InstitutionToSave[],
  now: Date,
): Promise<void> {
  const colours = await freeColours(trx, networkId, listed.filter(({ id }) => !id).length)
  const rows = listed.map(({ id, details: { regionId, memberSince, memberUntil, ...details } }) => ({
    ...details,
    id: id ?? randomUUID(),
    region_id: regionId,
    time_zone: details.timeZone,
    member_since: memberSince,
    member_until: memberUntil,
    letter: letterOf(details.name),
    colour: id ? null : colours.shift()!,
  }))
  const recordsOf = (of: typeof rows) => sql`jsonb_to_recordset(${JSON.stringify(of)}::jsonb) as r (id uuid, name text,
    kind text, region_id uuid, time_zone text, member_since date, member_until date, letter text, colour int)`
  const [made, changed] = [rows.filter(({ colour }) => colour !== null), rows.filter(({ colour }) => colour === null)]
  if (made.length)
    await sql`insert into institution
      (network_id, id, region_id, name, kind, letter, colour, time_zone, member_since, member_until)
      select ${networkId}::uuid, r.id, r.region_id, r.name, r.kind, r.letter, r.colour, r.time_zone, r.member_since,
        r.member_until from ${recordsOf(made)}
      on conflict (network_id, name) do nothing`.execute(trx)
  if (changed.length) {
    // A membership that ended before the new one begins goes into the history; otherwise the new dates correct it.
    await sql`insert into institution_membership (network_id, institution_id, since, until)
      select i.network_id, i.id, i.member_since, i.member_until from ${recordsOf(changed)}
      join institution i on i.network_id = ${networkId} and i.id = r.id
      where i.member_until < r.member_since on conflict do nothing`.execute(trx)
    await sql`update institution i set region_id = r.region_id, name = r.name, kind = r.kind, letter = r.letter,
      time_zone = r.time_zone, member_since = r.member_since, member_until = r.member_until
      from ${recordsOf(changed)} where i.network_id = ${networkId} and i.id = r.id`.execute(trx)
  }
  await keepUnits(trx, networkId, rows, now)
}

type WithUnits = Readonly<{ id: string; units: readonly string[] }>

/** The units of each become exactly those named. */
async function keepUnits(trx: Trx, networkId: NetworkId, of: readonly WithUnits[], now: Date): Promise<void> {
  const ids = of.map(({ id }) => id)
  const units = of.flatMap(({ id, units: names }) => [...new Set(names)].map((name) => ({ id, name })))
  const named = sql`jsonb_to_recordset(${JSON.stringify(units)}::jsonb) as r (id uuid, name text)`
  await sql`delete from sponsoring_unit u where u.network_id = ${networkId} and u.institution_id = any (${ids}::uuid[])
    and not exists (select from ${named} where r.id = u.institution_id and r.name = u.name)`.execute(trx)
  if (units.length)
    await sql`insert into sponsoring_unit (network_id, institution_id, name, added_at)
      select i.network_id, i.id, r.name, ${now} from ${named}
      join institution i on i.network_id = ${networkId} and i.id = r.id on conflict do nothing`.execute(trx)
}
