import { checkProposal, poolAccess, seenOnProposal } from '@copractice/core/proposal'
import type { Actor } from '@copractice/core/directory'
import { ok, type ProposalId } from '@copractice/core/kernel'
import { institutionsToRegisterFrom } from '@copractice/store/convening'
import type { Db } from '@copractice/store/database'
import {
  findMade,
  findProposalPeople,
  inviterOf,
  isPoolOpen,
  listAreas,
  listHelpAsked,
  listProposalEvents,
} from '@copractice/store/proposal'
import { notFound } from '../directory/administrator.ts'
import { loadJudging, readProposal } from './load-proposal.ts'

const DAY = 86_400_000

/**
 * A proposal with what the rules say of it now, its history and its questions. Decided ones are judged no more. Addresses and
 * questions are for those who write it and those who see to its region.
 */
export async function showProposal(db: Db, actor: Actor, id: ProposalId, now: Date) {
  const found = await readProposal(db, actor, id, now)
  if (!found) return notFound()
  const { networkId } = actor
  const at = { networkId, proposalId: id }
  const { access, body, authorIds, savedById, status } = found
  const judging = await loadJudging(db, networkId, { ...found, isDeciding: access.decide }, now)
  const ids = new Set([...authorIds, ...body.chairs, ...body.facilitators, ...(savedById ? [savedById] : [])])
  const seen = seenOnProposal(await findProposalPeople(db, networkId, [...ids]), found.authors)
  const people = access.readAll ? seen : seen.map((person) => ({ ...person, email: null }))
  const { context, call } = judging
  const isDecided = status === 'approved' || status === 'declined' || status === 'withdrawn'
  const deadline = context.submissionDeadline
  const isOpen = await isPoolOpen(db, at)
  const { openPool } = poolAccess(access, { status, facilitation: body.facilitation, isPoolOpen: isOpen })
  const made = await findMade(db, networkId, id)
  return ok({
    ...found,
    hosts: [...found.hosts],
    call: call ? { ...call, area: context.callArea } : null,
    people,
    invitation: found.isInvited ? { byName: await inviterOf(db, at, actor.personId) } : null,
    savedBy: people.find((person) => person.id === savedById) ?? null,
    findings: isDecided ? [] : [...checkProposal(judging.body, context)],
    latestMeeting: deadline && new Date(deadline.getTime() - context.limits.deadlineBufferDays * DAY),
    events: await listProposalEvents(db, at),
    help: access.readAll ? await listHelpAsked(db, at) : [],
    community: made ? { slug: made.slug, name: made.name } : null,
    cohorts: made?.cohorts ?? [],
    isPoolOpen: isOpen,
    can: { ...access, openPool },
  })
}

/** What the form of a proposal may offer to those who write it. */
export async function proposalChoices(db: Db, actor: Actor, id: ProposalId, now: Date) {
  const found = await readProposal(db, actor, id, now)
  if (!found) return notFound()
  const institutions = await institutionsToRegisterFrom(db, actor.networkId)
  return ok({ institutions, areas: await listAreas(db, actor.networkId) })
}
