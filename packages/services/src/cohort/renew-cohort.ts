import { checkCohort, createCohort as decide, type CohortDraft } from '@copractice/core/cohort'
import type { Actor } from '@copractice/core/directory'
import { ok, refuse, type CohortId } from '@copractice/core/kernel'
import { insertAsks, insertCohort, listForMessage, setPredecessor } from '@copractice/store/cohort'
import type { Db, Trx } from '@copractice/store/database'
import { firstPolicy } from '@copractice/store/programme'
import { notFound } from '../directory/administrator.ts'
import { linkToken, queueMail } from '../notice/index.ts'
import { cohortInReach } from './cohort-in-reach.ts'
import { loadComposing } from './compose-cohort.ts'
import { askMail } from './life-mail.ts'

type Renewal = Pick<CohortDraft, 'name' | 'meetings' | 'submissionDeadline'> & Readonly<{ cohortId: CohortId }>
/** `adminUrl`: where the page stands on which people answer; `secret` seals its address. */
type Deps = Readonly<{ db: Db; adminUrl: string; secret: string }>

/** Next term's cohort if everybody seated now says yes: what the rules judge. */
async function planned(db: Db | Trx, actor: Actor, { cohortId, ...said }: Renewal, now: Date) {
  const cohort = await cohortInReach(db, actor, cohortId)
  if (!cohort) return notFound()
  const people = (await listForMessage(db, cohort.at, ['participant', 'chair', 'facilitator'])).filter(
    ({ isTest }) => !isTest,
  )
  const draft: CohortDraft = {
    ...said,
    regionId: cohort.region.id,
    theme: cohort.theme,
    timeZone: cohort.timeZone,
    conveningId: null,
    seats: people.map(({ personId, institutionId, kind }) => ({ personId, institutionId, kind, isWaitlisted: false })),
  }
  const loaded = await loadComposing(db, actor, draft, now)
  return loaded.ok ? ok({ ...loaded.value, cohort, people, draft }) : loaded
}

/** What the rules say while somebody plans the next term. Saves nothing. */
export async function checkRenewal(db: Db, actor: Actor, renewal: Renewal, now: Date) {
  const plan = await planned(db, actor, renewal, now)
  if (!plan.ok) return plan
  const { draft, context, people } = plan.value
  return ok({
    findings: [...checkCohort(draft, context)],
    asks: people.length,
    withoutAddress: people.filter(({ email }) => !email).length,
  })
}

type Renewing = Renewal & Readonly<{ reason: string | null }>

/**
 * Makes next term's cohort with its meetings, linked to this one, and asks everybody seated here whether they take part
 * again (membership.voluntary): it begins without anybody. One transaction; the rules judge it as if all said yes.
 */
export function renewCohort({ db, adminUrl, secret }: Deps, actor: Actor, { reason, ...renewal }: Renewing, now: Date) {
  return db.transaction().execute(async (trx) => {
    const plan = await planned(trx, actor, renewal, now)
    if (!plan.ok) return plan
    const { draft, context, cohort, people } = plan.value
    const decided = decide(draft, context, reason)
    if (!decided.ok) return decided

    const { networkId, personId: createdBy } = actor
    const policyVersion = plan.value.policyVersion || (await firstPolicy(trx, networkId, context.limits))
    const id = await insertCohort(trx, { ...draft, seats: [], networkId, policyVersion, createdBy }, now)
    if (!id) return refuse('cohort.name_taken', { name: draft.name })
    const next = { networkId, cohortId: id }
    await setPredecessor(trx, next, renewal.cohortId)
    const asks = await insertAsks(trx, next, people, now)

    const starts = draft.meetings.map(({ startsAt }) => startsAt.getTime())
    const firstMeetingAt = starts.length ? new Date(Math.min(...starts)) : null
    const about = { ...draft, before: cohort.name, firstMeetingAt, meetings: starts.length }
    const mails = people.flatMap((person) => {
      if (!person.email) return []
      const url = `${adminUrl}/asked#${linkToken(secret, 'ask', { networkId, id: asks.get(person.personId)! })}`
      return [{ ...askMail(about, person, url), to: person.email, networkId }]
    })
    await queueMail(trx, mails, now)
    const accepted = decided.value.accepted.map(({ code }) => code)
    await cohort.note(trx, 'cohort.renewed', { as: draft.name, asked: asks.size, accepted, reason }, now)
    return ok({ id, asked: asks.size })
  })
}
