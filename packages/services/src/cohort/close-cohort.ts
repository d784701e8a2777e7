import { decideClosing } from '@copractice/core/cohort'
import type { Actor } from '@copractice/core/directory'
import { ok, type CohortId } from '@copractice/core/kernel'
import { findCohortLife, listForMessage, setCohortStatus } from '@copractice/store/cohort'
import type { Db } from '@copractice/store/database'
import { notFound } from '../directory/administrator.ts'
import { queueMail } from '../notice/index.ts'
import { lockCohortInReach } from './cohort-in-reach.ts'
import { closedMail } from './life-mail.ts'

type Deps = Readonly<{ db: Db; spaceUrl: string }>
const SEATED = ['participant', 'chair', 'facilitator'] as const

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
