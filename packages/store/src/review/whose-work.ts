import { sql } from 'kysely'
import type { NetworkId, PersonId, RoundId } from '@copractice/core/kernel'

/** One person's work in one round. */
export type Place = Readonly<{ networkId: NetworkId; roundId: RoundId; authorId: PersonId }>

/** Their team in the round, as a subquery; null for those who hand in alone. */
export const teamOf = ({ networkId, roundId, authorId }: Place) =>
  sql<string | null>`(select m.team_id from round_team_member m where m.network_id = ${networkId}
    and m.round_id = ${roundId} and m.person_id = ${authorId})`

/** Begun by them, or their team's. */
export const isWorkOf = (place: Place, submission: string) =>
  sql<boolean>`(${sql.ref(`${submission}.author_id`)} = ${place.authorId} or ${sql.ref(`${submission}.team_id`)} = ${teamOf(place)})`
