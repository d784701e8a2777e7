import type { Actor } from '@copractice/core/directory'
import { ok, type PersonId, type Result, type RoundId } from '@copractice/core/kernel'
import {
  setTeams as decide,
  type NamedPerson,
  type Round,
  type RoundTeams,
  type TeamHeld,
  type TeamRefusal,
  type TeamWanted,
} from '@copractice/core/review'
import type { Db, Trx } from '@copractice/store/database'
import { listTeams, listTeamsWithWork, listWorks, replaceTeams } from '@copractice/store/review'
import { lockRoundRunBy, roundRunBy, roundSeenBy, type InstructorsOnly, type NotFound } from './find-round.ts'
import { namedPerson, peopleOfRound, personByName } from './people-of-round.ts'
import { audit } from './set-up-round.ts'

/** The instructor's own teams and who could be in them. */
export async function showTeams(
  db: Db,
  actor: Actor,
  roundId: RoundId,
): Promise<Result<RoundTeams, NotFound | InstructorsOnly>> {
  const found = await roundRunBy(db, actor, roundId)
  return found.ok ? ok(await teamsSeen(db, actor, found.value)) : found
}

/** The round is held, so that nobody begins a work in a team that is being changed. */
export function setTeams(
  db: Db,
  actor: Actor,
  { roundId, teams }: Readonly<{ roundId: RoundId; teams: readonly TeamWanted[] }>,
  now: Date,
): Promise<Result<RoundTeams, NotFound | InstructorsOnly | TeamRefusal>> {
  return db
    .transaction()
    .execute(async (trx): Promise<Result<RoundTeams, NotFound | InstructorsOnly | TeamRefusal>> => {
      const found = await lockRoundRunBy(trx, actor, roundId)
      if (!found.ok) return found
      const people = await peopleOfRound(trx, actor, found.value)
      const works = await listWorks(trx, actor.networkId, roundId)
      const decision = decide(
        {
          phase: found.value.phase,
          held: await heldTeams(trx, actor, roundId),
          own: new Set(people.own.filter(({ takesPart }) => takesPart).map(({ personId }) => personId)),
          withOwnWork: new Set(works.flatMap(({ teamId, authorId }) => (teamId === null ? [authorId] : []))),
        },
        teams,
      )
      if (!decision.ok) return decision
      const { remove, make } = decision.value
      await replaceTeams(trx, actor.networkId, roundId, make, remove)
      const facts = { made: make.map(({ name }) => name), removed: remove.length }
      await audit(trx, actor, { roundId, action: 'round.teams_set', facts }, now)
      return ok(await teamsSeen(trx, actor, found.value))
    })
}

async function heldTeams(trx: Db | Trx, { networkId }: Actor, roundId: RoundId): Promise<TeamHeld[]> {
  const begun = await listTeamsWithWork(trx, networkId, roundId)
  const teams = await listTeams(trx, networkId, roundId)
  return teams.map((team) => ({ ...team, hasWork: begun.has(team.teamId) }))
}

async function teamsSeen(trx: Db | Trx, actor: Actor, round: Round): Promise<RoundTeams> {
  const people = await peopleOfRound(trx, actor, round)
  const named = new Map(people.own.map((person) => [person.personId, namedPerson(person)]))
  const teams = await heldTeams(trx, actor, round.roundId)
  const own = teams.filter(({ members }) => members.every((personId) => named.has(personId)))
  return {
    teams: own.map(({ name, members, hasWork }) => ({ name, members: members.map((id) => named.get(id)!), hasWork })),
    others: teams.length - own.length,
    learners: people.own
      .filter(({ takesPart }) => takesPart)
      .map((person) => ({ ...namedPerson(person), groups: groupsOf(people.learners, person.personId) })),
    isOpen: round.phase === 'draft' || round.phase === 'submit',
  }
}

const groupsOf = (
  learners: readonly Readonly<{ personId: PersonId; sections: readonly string[] }>[],
  personId: PersonId,
): string[] => [...new Set(learners.filter((each) => each.personId === personId).flatMap(({ sections }) => sections))]

/** Whom somebody hands in with. */
export async function showMyTeam(
  db: Db,
  actor: Actor,
  roundId: RoundId,
): Promise<Result<{ team: { name: string; members: NamedPerson[] } | null }, NotFound>> {
  const seen = await roundSeenBy(db, actor, roundId)
  if (!seen.ok) return seen
  const { networkId, personId } = actor
  const mine = (await listTeams(db, networkId, roundId)).find(({ members }) => members.includes(personId))
  if (!mine) return ok({ team: null })
  const nameOf = await personByName(db, networkId, seen.value.round.cohortId)
  return ok({ team: { name: mine.name, members: mine.members.flatMap((id) => nameOf(id) ?? []) } })
}
