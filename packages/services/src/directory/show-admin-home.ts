import type { Actor, Waiting } from '@copractice/core/directory'
import { freePlaces } from '@copractice/core/convening'
import { cohortsBehind } from '@copractice/store/cohort'
import type { Db } from '@copractice/store/database'
import {
  campusesWithoutConnection,
  cohortsInNeed,
  connectionsInTrouble,
  nearestConvenings,
  regionAtAGlance,
} from '@copractice/store/directory'
import { applicationsWaiting, listHelpWaiting, proposalsToPair, proposalsWaiting } from '@copractice/store/proposal'
import { termsSoonWithout } from '../convening/list-convenings.ts'
import { scopeOf } from './administrator.ts'

type Found = Readonly<{
  connections: Awaited<ReturnType<typeof connectionsInTrouble>>
  campuses: Awaited<ReturnType<typeof campusesWithoutConnection>>
  convenings: Awaited<ReturnType<typeof nearestConvenings>>
  cohorts: Awaited<ReturnType<typeof cohortsInNeed>>
  proposals: Awaited<ReturnType<typeof proposalsWaiting>>
  questions: Awaited<ReturnType<typeof listHelpWaiting>>['items']
  terms: Awaited<ReturnType<typeof termsSoonWithout>>
  applied: Awaited<ReturnType<typeof applicationsWaiting>>
  toPair: Awaited<ReturnType<typeof proposalsToPair>>
  behind: Awaited<ReturnType<typeof cohortsBehind>>
}>

/** What keeps people out comes first, then who waits for an answer, then what is not begun. */
function waitingFor(found: Found): Waiting[] {
  const { connections, campuses, convenings, cohorts, proposals, questions, terms, applied, toPair, behind } = found
  return [
    ...connections
      .filter(({ status }) => status === 'active')
      .map(({ institution, code, refusals, refusedSince, lastErrorAt }) => ({
        kind: 'launches_refused' as const,
        institution,
        code: code ?? 'launch.refused',
        count: Math.max(1, refusals),
        since: refusedSince ?? lastErrorAt!,
      })),
    ...connections
      .filter(({ status }) => status === 'parked')
      .map(({ institution, issuer, createdAt }) => ({
        kind: 'connection_parked' as const,
        institution,
        issuer,
        since: createdAt,
      })),
    ...proposals.map(({ id, title, status, since }) => ({
      kind: status === 'submitted' ? ('proposal_sent' as const) : ('proposal_back' as const),
      id,
      title,
      since,
    })),
    ...questions.map(({ proposalId, title, byName, askedAt: since }) => ({
      kind: 'help_asked' as const,
      proposalId,
      title,
      byName,
      since,
    })),
    ...convenings
      .filter(({ waitlisted }) => waitlisted > 0)
      .map((convening) => ({
        kind: 'convening_waitlist' as const,
        id: convening.id,
        name: convening.name,
        waiting: convening.waitlisted,
        freePlaces: Math.min(convening.waitlisted, freePlaces(convening)),
      })),
    ...(applied.count && applied.since
      ? [{ kind: 'facilitators_applied' as const, count: applied.count, since: applied.since }]
      : []),
    ...(toPair ? [{ kind: 'proposals_to_pair' as const, count: toPair.count, first: toPair.title }] : []),
    ...(behind
      ? [{ kind: 'cohorts_behind' as const, count: behind.count, first: behind.name, deadline: behind.deadline }]
      : []),
    ...cohorts
      .filter(({ chairs, chairsNeeded }) => chairs < chairsNeeded)
      .map(({ id, name }) => ({ kind: 'cohort_without_chair' as const, id, name })),
    ...cohorts
      .filter(({ taken, minimum }) => taken < minimum)
      .map(({ id, name, taken, minimum }) => ({
        kind: 'cohort_below_minimum' as const,
        id,
        name,
        seated: taken,
        minimum,
      })),
    ...cohorts
      .filter(({ isSilent }) => isSilent)
      .map(({ id, name, lastHeard }) => ({ kind: 'cohort_silent' as const, id, name, since: lastHeard })),
    ...terms.map(({ key, term, year, from }) => ({ kind: 'term_without_convening' as const, key, term, year, from })),
    ...(campuses.count ? [{ kind: 'campuses_without_connection' as const, ...campuses }] : []),
  ]
}

/** What waits for the coordinator and how the region stands. Thirteen queries, however large the region. */
export async function showAdminHome(db: Db, actor: Actor, now: Date) {
  const scope = scopeOf(actor)
  const [connections, campuses, convenings, cohorts, glance, proposals, questions, terms, ...mine] = await Promise.all([
    connectionsInTrouble(db, scope, now),
    campusesWithoutConnection(db, scope, now),
    nearestConvenings(db, scope, now),
    cohortsInNeed(db, scope, now),
    regionAtAGlance(db, scope),
    proposalsWaiting(db, { ...scope, personId: actor.personId }),
    listHelpWaiting(db, scope, { limit: 10 }),
    termsSoonWithout(db, actor, now),
    applicationsWaiting(db, scope),
    proposalsToPair(db, scope),
    cohortsBehind(db, scope, now),
  ])
  const [applied, toPair, behind] = mine
  return {
    waiting: waitingFor({
      connections,
      campuses,
      convenings,
      cohorts,
      proposals,
      questions: questions.items,
      terms,
      applied,
      toPair,
      behind,
    }),
    glance,
    convenings: convenings.map(({ id, name, startsAt, endsAt, timeZone, status, registered }) => ({
      id,
      name,
      startsAt,
      timeZone,
      registered,
      state: endsAt < now ? ('held' as const) : status,
    })),
  }
}
