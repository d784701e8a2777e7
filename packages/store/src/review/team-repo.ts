import type { NetworkId, PersonId, RoundId } from '@copractice/core/kernel'
import type { Db, Trx } from '../database.ts'

/** People who hand in one work together. */
export type RoundTeam = Readonly<{ teamId: string; name: string; members: readonly PersonId[] }>

/** A round's teams by name. */
export async function listTeams(trx: Db | Trx, networkId: NetworkId, roundId: RoundId): Promise<RoundTeam[]> {
  const rows = await trx
    .selectFrom('round_team as t')
    .leftJoin('round_team_member as m', (on) =>
      on.onRef('m.network_id', '=', 't.network_id').onRef('m.team_id', '=', 't.id'),
    )
    .select(['t.id', 't.name', 'm.person_id'])
    .where('t.network_id', '=', networkId)
    .where('t.round_id', '=', roundId)
    .orderBy('t.name')
    .orderBy('t.id')
    .orderBy('m.person_id')
    .execute()
  return [...Map.groupBy(rows, ({ id }) => id)].map(([teamId, ofTeam]) => ({
    teamId,
    name: ofTeam[0]!.name,
    members: ofTeam.flatMap(({ person_id }) => (person_id === null ? [] : [person_id as PersonId])),
  }))
}

/** Makes these the teams whose members are all among `among`; teams with anyone else stay. The caller knows that no work hangs on them. */
export async function replaceTeams(
  trx: Trx,
  networkId: NetworkId,
  roundId: RoundId,
  teams: readonly Readonly<{ name: string; members: readonly PersonId[] }>[],
  replaced: readonly string[],
): Promise<void> {
  if (replaced.length > 0)
    await trx
      .deleteFrom('round_team')
      .where('network_id', '=', networkId)
      .where('round_id', '=', roundId)
      .where('id', 'in', [...replaced])
      .execute()
  if (teams.length === 0) return
  const made = await trx
    .insertInto('round_team')
    .values(teams.map(({ name }) => ({ network_id: networkId, round_id: roundId, name })))
    .returning(['id', 'name'])
    .execute()
  const idOf = new Map(made.map(({ id, name }) => [name, id]))
  const members = teams.flatMap(({ name, members }) =>
    members.map((person_id) => ({ network_id: networkId, round_id: roundId, team_id: idOf.get(name)!, person_id })),
  )
  if (members.length > 0) await trx.insertInto('round_team_member').values(members).execute()
}

/** Teams that have begun a work, in whatever state. */
export async function listTeamsWithWork(trx: Db | Trx, networkId: NetworkId, roundId: RoundId): Promise<Set<string>> {
  const rows = await trx
    .selectFrom('submission')
    .select('team_id')
    .where('network_id', '=', networkId)
    .where('round_id', '=', roundId)
    .where('team_id', 'is not', null)
    .execute()
  return new Set(rows.flatMap(({ team_id }) => team_id ?? []))
}
