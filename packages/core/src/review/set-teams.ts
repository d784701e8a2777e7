import type { PersonId } from '../kernel/ids.ts'
import { ok, refuse, type Refusal, type Result } from '../kernel/result.ts'
import { wrongPhase, type WrongPhase } from './change-phase.ts'
import type { Phase } from './contract.ts'

export type TeamWanted = Readonly<{ name: string; members: readonly PersonId[] }>
/** `hasWork`: somebody has begun the team's work. */
export type TeamHeld = TeamWanted & Readonly<{ teamId: string; hasWork: boolean }>

export type TeamRefusal =
  | WrongPhase
  | Refusal<'team.not_own_learner', Readonly<{ personId: PersonId }>>
  | Refusal<'team.person_twice', Readonly<{ personId: PersonId }>>
  | Refusal<'team.too_small', Readonly<{ name: string }>>
  | Refusal<'team.name_taken', Readonly<{ name: string }>>
  | Refusal<'team.has_work', Readonly<{ name: string }>>
  | Refusal<'team.member_has_work', Readonly<{ personId: PersonId }>>

type Situation = Readonly<{
  phase: Phase
  held: readonly TeamHeld[]
  own: ReadonlySet<PersonId>
  /** Who has begun a work alone. */
  withOwnWork: ReadonlySet<PersonId>
}>

/**
 * Decides what becomes of an instructor's teams: until the reviews are dealt, of their own learners, two or more in each
 * and nobody in two. A team that has begun its work stays as it is, and who has begun alone joins none. Teams with
 * another instructor's learners are not theirs to change. Returns which teams go and which are made.
 */
export function setTeams(
  { phase, held, own, withOwnWork }: Situation,
  wanted: readonly TeamWanted[],
): Result<{ remove: string[]; make: TeamWanted[] }, TeamRefusal> {
  if (phase !== 'draft' && phase !== 'submit') return wrongPhase(phase, 'submit')
  const mine = held.filter(({ members }) => members.every((personId) => own.has(personId)))
  const others = held.filter((team) => !mine.includes(team))
  const taken = new Set(others.flatMap(({ members }) => members))
  const names = new Set(others.map(({ name }) => name))
  for (const { name, members } of wanted) {
    if (members.length < 2) return refuse('team.too_small', { name })
    if (names.has(name)) return refuse('team.name_taken', { name })
    names.add(name)
    for (const personId of members) {
      if (!own.has(personId)) return refuse('team.not_own_learner', { personId })
      if (taken.has(personId)) return refuse('team.person_twice', { personId })
      taken.add(personId)
    }
  }
  const isSame = (a: TeamWanted, b: TeamWanted) =>
    a.name === b.name && a.members.length === b.members.length && a.members.every((each) => b.members.includes(each))
  const remove = mine.filter((team) => !wanted.some((each) => isSame(each, team)))
  const make = wanted.filter((team) => !mine.some((each) => isSame(each, team)))
  const begun = remove.find(({ hasWork }) => hasWork)
  if (begun) return refuse('team.has_work', { name: begun.name })
  const alone = make.flatMap(({ members }) => members).find((personId) => withOwnWork.has(personId))
  if (alone) return refuse('team.member_has_work', { personId: alone })
  return ok({ remove: remove.map(({ teamId }) => teamId), make })
}
