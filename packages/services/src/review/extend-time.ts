import type { Actor } from '@copractice/core/directory'
import { ok, refuse, type PersonId, type Refusal, type Result, type RoundId } from '@copractice/core/kernel'
import {
  grantExtension as decideGrant,
  type Extension,
  type ExtensionKind,
  type ExtensionRefusal,
  type NamedPerson,
} from '@copractice/core/review'
import type { Db, Trx } from '@copractice/store/database'
import { deleteExtension, listExtensions as listRows, recountLateness, saveExtension } from '@copractice/store/review'
import { lockRoundRunBy, roundRunBy, type InstructorsOnly, type NotFound } from './find-round.ts'
import { namedPerson, peopleOfRound } from './people-of-round.ts'
import { audit } from './set-up-round.ts'

type Running = NotFound | InstructorsOnly
type NotOwn = Refusal<'review.not_own_learner', Readonly<Record<string, never>>>
type Place = Readonly<{ roundId: RoundId; personId: PersonId; kind: ExtensionKind }>
type Listed = { own: Extension[]; others: number; people: NamedPerson[] }

/** Who of the actor's own learners has more time; of everyone else only how many. `people`: whom it could be given. */
export async function listExtensions(db: Db, actor: Actor, roundId: RoundId): Promise<Result<Listed, Running>> {
  const found = await roundRunBy(db, actor, roundId)
  if (!found.ok) return found
  const people = await peopleOfRound(db, actor, found.value)
  const named = new Map(people.own.map((person) => [person.personId, namedPerson(person)]))
  const rows = await listRows(db, actor.networkId, roundId)
  const own = rows.flatMap(({ personId, ...row }) => {
    const person = named.get(personId)
    return person ? [{ ...row, person }] : []
  })
  const taking = people.own.filter(({ takesPart }) => takesPart)
  return ok({
    own,
    others: new Set(rows.filter(({ personId }) => !named.has(personId)).map(({ personId }) => personId)).size,
    people: taking.map(namedPerson),
  })
}

/** Gives one of the actor's own learners more time, or another amount of it. */
export function grantExtension(
  db: Db,
  actor: Actor,
  { until, reason, ...place }: Place & Readonly<{ until: Date; reason: string }>,
  now: Date,
): Promise<Result<Extension, Running | NotOwn | ExtensionRefusal>> {
  return db.transaction().execute(async (trx): Promise<Result<Extension, Running | NotOwn | ExtensionRefusal>> => {
    const { roundId, personId, kind } = place
    const found = await lockRoundRunBy(trx, actor, roundId)
    if (!found.ok) return found
    const person = await ownLearner(trx, actor, found.value, personId)
    if (!person) return refuse('review.not_own_learner', {})
    const decided = decideGrant(found.value, { kind, until }, now)
    if (!decided.ok) return decided
    const granted = { until, reason, grantedBy: actor.personId, grantedAt: now }
    await saveExtension(trx, { networkId: actor.networkId, ...place }, granted)
    if (kind === 'work') await recountLateness(trx, actor.networkId, found.value)
    // Why somebody needs more time is said to whoever runs the round, and kept out of a log that others read for longer.
    const facts = { personId, kind, until: until.toISOString() }
    await audit(trx, actor, { roundId, action: 'round.time_given', facts }, now)
    return ok({ person, kind, until, reason, grantedAt: now })
  })
}

export function withdrawExtension(
  db: Db,
  actor: Actor,
  place: Place,
  now: Date,
): Promise<Result<{ withdrawn: boolean }, Running | NotOwn>> {
  return db.transaction().execute(async (trx): Promise<Result<{ withdrawn: boolean }, Running | NotOwn>> => {
    const { roundId, personId, kind } = place
    const found = await lockRoundRunBy(trx, actor, roundId)
    if (!found.ok) return found
    if (!(await ownLearner(trx, actor, found.value, personId))) return refuse('review.not_own_learner', {})
    const withdrawn = await deleteExtension(trx, { networkId: actor.networkId, ...place })
    if (withdrawn && kind === 'work') await recountLateness(trx, actor.networkId, found.value)
    if (withdrawn) await audit(trx, actor, { roundId, action: 'round.time_taken', facts: { personId, kind } }, now)
    return ok({ withdrawn })
  })
}

async function ownLearner(
  trx: Trx,
  actor: Actor,
  round: Parameters<typeof peopleOfRound>[2],
  personId: PersonId,
): Promise<NamedPerson | undefined> {
  const person = (await peopleOfRound(trx, actor, round)).own.find((one) => one.personId === personId)
  return person && namedPerson(person)
}
