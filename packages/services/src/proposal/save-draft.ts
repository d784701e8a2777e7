import { checkProposal, type ProposalBody } from '@copractice/core/proposal'
import type { Actor, Affiliation } from '@copractice/core/directory'
import { ok, refuse, type InstitutionId, type ProposalId } from '@copractice/core/kernel'
import { personByEmail } from '@copractice/store/convening'
import type { Db, Trx } from '@copractice/store/database'
import {
  countInstitutions,
  countPeople,
  findProposal,
  findProposalPeople,
  insertAuthor,
  insertProposalEvent,
  isHostKnown,
  saveProposal,
  stateFirstTie,
} from '@copractice/store/proposal'
import { audit, notFound } from '../directory/administrator.ts'
import { queueMail, type AllowUnprovedMail } from '../notice/index.ts'
import { holdProposal, loadJudging } from './load-proposal.ts'
import { invitedToWriteMail } from './proposal-mail.ts'

const MOST_AUTHORS = 20

/** The proposal while its authors may change it: for them alone. */
async function writing(trx: Trx, actor: Actor, id: ProposalId, now: Date) {
  const found = await holdProposal(trx, actor, id, now)
  if (!found?.access.isAuthor) return notFound()
  return found.access.write ? ok(found) : refuse('proposal.not_open', { status: found.status })
}

type Draft = Readonly<{
  proposalId: ProposalId
  /** The version that was seen. */
  basedOn: number
  body: ProposalBody
  hosts: readonly InstitutionId[]
}>

/**
 * Saves what somebody wrote if nobody wrote since; otherwise refuses with the draft as it stands, for them to join. Who
 * leads is one of its authors or was named before: nobody looks people up by trying.
 */
export function saveDraft(db: Db, actor: Actor, draft: Draft, now: Date) {
  return db.transaction().execute(async (trx) => {
    const { networkId, personId } = actor
    const { proposalId, basedOn, body, hosts } = draft
    const opened = await writing(trx, actor, proposalId, now)
    if (!opened.ok) return opened
    const found = opened.value
    if (found.version !== basedOn) {
      const [saver] = await findProposalPeople(trx, networkId, found.savedById ? [found.savedById] : [])
      return refuse('proposal.changed_meanwhile', {
        version: found.version,
        body: found.body,
        hosts: found.hosts.map(({ id }) => id),
        savedAt: found.savedAt.toISOString(),
        savedByName: saver?.name ?? null,
      })
    }
    const named = [...new Set([...body.chairs, ...body.facilitators])]
    const known = new Set([...found.authorIds, ...found.body.chairs, ...found.body.facilitators])
    const stranger = named.find((id) => !known.has(id))
    if (stranger || (await countPeople(trx, networkId, named)) !== named.length)
      return refuse('proposal.person_unknown', { personId: stranger ?? null })
    if ((await countInstitutions(trx, networkId, hosts)) !== hosts.length)
      return refuse('proposal.institution_unknown', {})

    await saveProposal(trx, { networkId, proposalId, basedOn, body, hosts, savedBy: personId }, now)
    const saved = (await findProposal(trx, networkId, proposalId, now))!
    const judging = await loadJudging(trx, networkId, { ...saved, isDeciding: false }, now)
    return ok({ version: saved.version, savedAt: now, findings: [...checkProposal(judging.body, judging.context)] })
  })
}

type Adding = Readonly<{
  proposalId: ProposalId
  name: string
  email: string
  institutionId: InstitutionId
  affiliation: Affiliation
}>

/**
 * Somebody who shares the draft from now on. Who they are is known by their address, to nobody else until they open it; a tie
 * is stated only for somebody who has none, since it is not theirs who adds them. One mail for each person and proposal, and
 * so many a day (`notice.too_many_mails`), since nobody proved the address.
 */
export function addAuthor(
  { db, adminUrl, mailAllowed }: Readonly<{ db: Db; adminUrl: string; mailAllowed: AllowUnprovedMail }>,
  actor: Actor,
  adding: Adding,
  now: Date,
) {
  return db.transaction().execute(async (trx) => {
    const { networkId, personId: addedBy } = actor
    const { proposalId, email, institutionId, affiliation } = adding
    const opened = await writing(trx, actor, proposalId, now)
    if (!opened.ok) return opened
    const found = opened.value
    if (found.authorIds.length >= MOST_AUTHORS) return refuse('proposal.too_many_authors', { most: MOST_AUTHORS })
    if (!(await countInstitutions(trx, networkId, [institutionId]))) return refuse('proposal.institution_unknown', {})
    const isNewcomer = !actor.grants.length && !(await isHostKnown(trx, networkId, addedBy))
    const allowed = await mailAllowed(trx, { networkId, by: { personId: addedBy, isNewcomer } }, now)
    if (!allowed.ok) return allowed
    const personId = await personByEmail(trx, networkId, adding)
    await stateFirstTie(trx, { networkId, personId, institutionId, kind: affiliation })
    const invitation = { by: addedBy, name: adding.name, email }
    const isNew = await insertAuthor(trx, { networkId, proposalId, personId, invited: invitation }, now)
    if (!isNew) return refuse('proposal.already_author', {})
    const [by] = await findProposalPeople(trx, networkId, [addedBy])
    const mail = invitedToWriteMail({ title: found.body.title, byName: by?.name ?? null, adminUrl, proposalId })
    await queueMail(trx, { ...mail, to: email, networkId }, now)
    await insertProposalEvent(trx, { networkId, proposalId, by: addedBy, kind: 'author_added', text: adding.name }, now)
    const facts = { name: found.body.title, person: adding.name, regionId: found.regionId }
    await audit(trx, actor, { action: 'proposal.author_added', subject: `proposal:${proposalId}`, facts }, now)
    return ok({ id: personId })
  })
}
