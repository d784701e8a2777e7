import { createCohort as decide, type CohortContext, type CohortDraft } from '@copractice/core/cohort'
import type { Actor } from '@copractice/core/directory'
import { ok, refuse } from '@copractice/core/kernel'
import { insertCohort, type CandidateFound } from '@copractice/store/cohort'
import type { Db, Trx } from '@copractice/store/database'
import { firstPolicy } from '@copractice/store/programme'
import { audit } from '../directory/administrator.ts'
import { queueMail, type Mail } from '../notice/index.ts'
import { loadComposing } from './compose-cohort.ts'
import { invitationMail } from './invitation-mail.ts'

export type CreatingCohort = CohortDraft &
  Readonly<{ /** Why it goes ahead in spite of a warning. */ reason: string | null }>

/** `spaceUrl`: where people without an LMS sign in. */
type Deps = Readonly<{ db: Db; spaceUrl: string }>

/**
 * Makes the cohort with its seats, its meetings and a mail to everyone who has an address, in one transaction. The rules
 * are asked inside it, so what two coordinators do at once is judged one after the other; one name is given once.
 */
export function createCohort({ db, spaceUrl }: Deps, actor: Actor, creating: CreatingCohort, now: Date) {
  return db.transaction().execute((trx) => createCohortIn(trx, spaceUrl, actor, creating, now))
}

/** The same within the caller's transaction, which has to be given up when this refuses. */
export async function createCohortIn(trx: Trx, spaceUrl: string, actor: Actor, creating: CreatingCohort, now: Date) {
  const loaded = await loadComposing(trx, actor, creating, now)
  return loaded.ok ? makeCohort(trx, spaceUrl, actor, { creating, composing: loaded.value }, now) : loaded
}

/** What the rules were told; `policyVersion` 0: the network has no pack yet. */
type Composing = Readonly<{
  context: CohortContext
  people: ReadonlyMap<string, CandidateFound>
  policyVersion: number
}>

/** The same for whoever has read what the rules ask, and may compose this cohort. */
export async function makeCohort(
  trx: Trx,
  spaceUrl: string,
  actor: Actor,
  given: Readonly<{ creating: CreatingCohort; composing: Composing }>,
  now: Date,
) {
  const { reason, ...draft } = given.creating
  const { context, people } = given.composing
  const decided = decide(draft, context, reason)
  if (!decided.ok) return decided

  const { networkId, personId: createdBy } = actor
  const policyVersion = given.composing.policyVersion || (await firstPolicy(trx, networkId, context.limits))
  const id = await insertCohort(trx, { ...draft, networkId, policyVersion, createdBy }, now)
  if (!id) return refuse('cohort.name_taken', { name: draft.name })

  const mails = invitations(draft, people, spaceUrl).map((mail) => ({ ...mail, networkId }))
  await queueMail(trx, mails, now)
  const accepted = decided.value.accepted.map(({ code }) => code)
  const facts = { name: draft.name, regionId: draft.regionId, seats: draft.seats.length, accepted, reason }
  await audit(trx, actor, { action: 'cohort.created', subject: `cohort:${id}`, facts }, now)
  return ok({ id, invited: mails.length })
}

function invitations(draft: CohortDraft, people: ReadonlyMap<string, CandidateFound>, spaceUrl: string) {
  const meetings = [...draft.meetings].sort((a, b) => a.startsAt.getTime() - b.startsAt.getTime())
  const cohort = { ...draft, firstMeetingAt: meetings[0]?.startsAt ?? null, spaceUrl }
  return draft.seats.flatMap(({ personId, kind, isWaitlisted }): Omit<Mail, 'networkId'>[] => {
    const person = people.get(personId)
    if (!person?.email) return []
    return [{ ...invitationMail(cohort, { ...person, kind, isWaitlisted }), to: person.email }]
  })
}
