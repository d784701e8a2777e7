import { checkClosing, decideClosing, decideNesting } from '@copractice/core/cohort'
import type { Actor } from '@copractice/core/directory'
import { ok, refuse, type CohortId } from '@copractice/core/kernel'
import {
  cohortsAround,
  findCohortLife,
  findLinks,
  listAsks,
  listForMessage,
  setCohortStatus,
  setNesting,
} from '@copractice/store/cohort'
import type { Db } from '@copractice/store/database'
import { notFound, scopeOf } from '../directory/administrator.ts'
import { queueMail } from '../notice/index.ts'
import { cohortInReach, lockCohortInReach } from './cohort-in-reach.ts'
import { closedMail } from './life-mail.ts'

type Deps = Readonly<{ db: Db; spaceUrl: string }>
const SEATED = ['participant', 'chair', 'facilitator'] as const

/** What may be done with a cohort next, what it is linked to, and who was asked to take part in it. */
export async function showCohortLife(db: Db, actor: Actor, cohortId: CohortId, now: Date) {
  const cohort = await cohortInReach(db, actor, cohortId)
  const life = cohort && (await findCohortLife(db, cohort.at, now))
  if (!cohort || !life) return notFound()
  const [links, asked] = await Promise.all([findLinks(db, scopeOf(actor), cohortId), listAsks(db, cohort.at)])
  const { status, closedAt, alumni } = life
  return ok({ status, closedAt, alumni, closing: status === 'open' ? checkClosing(life) : [], links, asked })
}

type Closing = Readonly<{ cohortId: CohortId; alumni: 'open' | 'read_only'; reason: string | null }>

/** Nobody joins any more; everybody seated keeps the space, and is told so. Review rounds and grades go on untouched. */
export function closeCohort({ db, spaceUrl }: Deps, actor: Actor, { cohortId, alumni, reason }: Closing, now: Date) {
  return db.transaction().execute(async (trx) => {
    const cohort = await lockCohortInReach(trx, actor, cohortId)
    const life = cohort && (await findCohortLife(trx, cohort.at, now))
    if (!cohort || !life) return notFound()
    const decided = decideClosing(life, reason)
    if (!decided.ok) return decided
    await setCohortStatus(trx, cohort.at, { status: 'closed', alumni, closedAt: now })
    const told = (await listForMessage(trx, cohort.at, [...SEATED])).filter(({ email, isTest }) => email && !isTest)
    const mails = told.map((person) => ({
      ...closedMail(cohort, person, { alumni, spaceUrl }),
      to: person.email!,
      networkId: actor.networkId,
    }))
    await queueMail(trx, mails, now)
    const accepted = decided.value.accepted.map(({ code }) => code)
    await cohort.note(trx, 'cohort.closed', { alumni, accepted, reason, told: mails.length }, now)
    return ok({ told: mails.length })
  })
}

/** Undo of closing. */
export function reopenCohort(db: Db, actor: Actor, cohortId: CohortId, now: Date) {
  return db.transaction().execute(async (trx) => {
    const cohort = await lockCohortInReach(trx, actor, cohortId)
    if (!cohort) return notFound()
    if (cohort.status === 'open') return refuse('cohort.not_closed', {})
    await setCohortStatus(trx, cohort.at, { status: 'open', alumni: 'open', closedAt: null })
    await cohort.note(trx, 'cohort.reopened', {}, now)
    return ok(undefined)
  })
}

type Nesting = Readonly<{ cohortId: CohortId; within: CohortId | null }>

/** Puts a cohort inside another of the actor's reach, never inside itself however far around; null: on its own again. */
export function nestCohort(db: Db, actor: Actor, { cohortId, within }: Nesting, now: Date) {
  return db.transaction().execute(async (trx) => {
    const cohort = await cohortInReach(trx, actor, cohortId)
    const outer = within && (await cohortInReach(trx, actor, within))
    if (!cohort || (within && !outer)) return notFound()
    const around = within ? await cohortsAround(trx, { networkId: actor.networkId, cohortId: within }) : []
    const decided = decideNesting(cohortId, around)
    if (!decided.ok) return decided
    await setNesting(trx, cohort.at, within)
    await cohort.note(trx, 'cohort.nested', { within: outer ? outer.name : null }, now)
    return ok(undefined)
  })
}
