import * as z from 'zod'
import { PersonId } from '../kernel/ids.ts'
import { route } from '../kernel/route.ts'
import { NamedPerson } from './round-person.ts'
import { roundParams, run, seen } from './round-path.ts'

const name = z.string().trim().min(1).max(80)

/** The instructor's own teams, and their own learners with the groups or sections their LMS told of. */
export const RoundTeams = z.object({
  teams: z.array(z.object({ name, members: z.array(NamedPerson), hasWork: z.boolean() })),
  /** Teams with other instructors' learners. */
  others: z.number().int(),
  learners: z.array(NamedPerson.extend({ groups: z.array(z.string()) })),
  /** Teams can still be set. */
  isOpen: z.boolean(),
})
export type RoundTeams = z.infer<typeof RoundTeams>

export const listTeamsRoute = route({
  method: 'GET',
  path: '/api/rounds/:roundId/teams',
  params: roundParams,
  response: RoundTeams,
  refusals: run,
})

/** Makes these the instructor's teams. A team hands in one work, of which every member is an author. */
export const setTeamsRoute = route({
  method: 'PUT',
  path: '/api/rounds/:roundId/teams',
  params: roundParams,
  body: z.object({ teams: z.array(z.object({ name, members: z.array(PersonId).max(50) })).max(200) }),
  response: RoundTeams,
  refusals: [
    ...run,
    'review.wrong_phase',
    'team.not_own_learner',
    'team.person_twice',
    'team.too_small',
    'team.name_taken',
    'team.has_work',
    'team.member_has_work',
  ],
})

/** Whom the reader hands in with; null for somebody who hands in alone. */
export const myTeamRoute = route({
  method: 'GET',
  path: '/api/rounds/:roundId/my-team',
  params: roundParams,
  response: z.object({ team: z.object({ name: z.string(), members: z.array(NamedPerson) }).nullable() }),
  refusals: seen,
})
