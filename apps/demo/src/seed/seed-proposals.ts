import type { Actor } from '@copractice/core/directory'
import {
  ok,
  type CohortId,
  type InstitutionId,
  type NetworkId,
  type PersonId,
  type Refusal,
  type RegionId,
  type Result,
} from '@copractice/core/kernel'
import type { ProposalBody } from '@copractice/core/proposal'
import { applyBlueprint, readBlueprint } from '@copractice/services/programme'
import * as proposal from '@copractice/services/proposal'
import { personByEmail, stateAffiliation } from '@copractice/store/convening'
import type { Db } from '@copractice/store/database'
import { administratorsByEmail } from '@copractice/store/directory'
import { findProposal, insertCommunity, insertProposal, moveProposal, tieCohort } from '@copractice/store/proposal'
import { COORDINATOR } from './people.ts'
import { AUTHORS, dayFrom, foodSystems, QUESTION, REQUEST, riverStories, tutoring, willow } from './proposals-said.ts'

const DAY = 86_400_000
type Places = Readonly<{ tool: string; admin: string }>
type Given = Readonly<{ networkId: NetworkId; cohortId: CohortId }>

/**
 * An open call, a joint proposal that came back with a rule block to fix, one that waits for the coordinator, a draft with
 * a question, and the community of the demo's own cohort in the public directory. Made by the same services as on screen.
 */
export async function seedProposals(db: Db, { networkId, cohortId }: Given, places: Places, now: Date): Promise<void> {
  const deps = { db, adminUrl: places.admin, spaceUrl: places.tool }
  const teresa = (await administratorsByEmail(db, COORDINATOR.email))[0]!.actor
  await applyBlueprint(db, { networkId, personId: null }, readBlueprint('campus-compact')!, now)
  const regionId = (teresa.grants[0] as { regionId: RegionId }).regionId
  const campus = await campusesOf(db, networkId)
  const hillside = campus('Hillside College')
  const riverside = campus('Riverside State')
  const northgate = campus('Northgate University')

  const call = {
    title: 'Spring call',
    about: 'Host a community of practice this spring, alone or with another campus. It takes one page, and we help.',
    opensAt: new Date(now.getTime() - 6 * DAY),
    closesAt: new Date(now.getTime() + 12 * DAY),
    credential: 'community-partnerships',
    enrolmentDeadline: dayFrom(now, 150),
    regionId,
  }
  const { id: callId } = must(await proposal.createCall(db, teresa, call, now))
  must(await proposal.setCallStatus(db, teresa, { callId, status: 'open' }, now))

  const begin = async (authorId: PersonId, hosts: InstitutionId[], body: ProposalBody, ofCall = true) =>
    db
      .transaction()
      .execute((trx) =>
        insertProposal(trx, { networkId, callId: ofCall ? callId : null, regionId, body, hosts, authorId }, now),
      )
  const author = (who: keyof typeof AUTHORS, at: InstitutionId) =>
    db.transaction().execute(async (trx) => {
      const personId = await personByEmail(trx, networkId, AUTHORS[who])
      await stateAffiliation(trx, { networkId, personId, institutionId: at, kind: 'staff' })
      return personId
    })
  const asActor = (personId: PersonId): Actor => ({ networkId, personId, grants: [], seats: [], courses: [] })
  const versionOf = async (id: Awaited<ReturnType<typeof begin>>) =>
    (await findProposal(db, networkId, id, now))!.version

  const gwen = await author('gwen', hillside)
  const joint = await begin(gwen, [hillside, riverside], foodSystems(now))
  const sharing = { ...AUTHORS.imani, proposalId: joint, institutionId: riverside, affiliation: 'staff' as const }
  const mailing = { ...deps, mailAllowed: async () => ok(undefined) }
  const { id: imani } = must(
    await proposal.addAuthor(mailing, asActor(gwen), sharing, new Date(now.getTime() - 4 * DAY)),
  )
  must(await proposal.openInvitation(db, asActor(imani), joint, new Date(now.getTime() - 4 * DAY)))
  const whole = { ...foodSystems(now), chairs: [imani], facilitators: [gwen] }
  const hosts = [hillside, riverside]
  const basedOn = await versionOf(joint)
  must(await proposal.saveDraft(db, asActor(gwen), { proposalId: joint, basedOn, body: whole, hosts }, now))
  const send = { proposalId: joint, basedOn: await versionOf(joint), text: '' }
  const daysAgo = (days: number) => new Date(now.getTime() - days * DAY)
  must(await proposal.submitProposal(deps, asActor(gwen), send, daysAgo(3)))
  const answer = {
    proposalId: joint,
    basedOn: await versionOf(joint),
    verdict: 'changes_asked',
    text: REQUEST,
  } as const
  must(await proposal.decideProposal(deps, teresa, answer, daysAgo(1)))
  const late = { ...whole, endsOn: dayFrom(now, 141), meetings: lateLast(whole, dayFrom(now, 141)) }
  const again = { proposalId: joint, basedOn: await versionOf(joint), body: late, hosts }
  must(await proposal.saveDraft(db, asActor(imani), again, now))

  const noel = await author('noel', northgate)
  const rivers = await begin(noel, [northgate], { ...riverStories(now), chairs: [noel] })
  const sent = {
    proposalId: rivers,
    basedOn: await versionOf(rivers),
    text: 'We would love a facilitator with an ear.',
  }
  must(await proposal.submitProposal(deps, asActor(noel), sent, now))

  const draft = await begin(noel, [northgate], tutoring(now), false)
  must(await proposal.askForHelp(deps, asActor(noel), { proposalId: draft, text: QUESTION }, now))

  const past = new Date(now.getTime() - 70 * DAY)
  const body = willow(now)
  const done = await begin(imani, [riverside, hillside], body, false)
  await db.transaction().execute(async (trx) => {
    const at = { networkId, proposalId: done }
    await moveProposal(trx, at, { status: 'approved', submittedAt: past, decidedAt: past, decidedBy: teresa.personId })
    const made = { ...at, slug: 'willow', name: body.title, charter: body.charter }
    const communityId = await insertCommunity(trx, made, past)
    await tieCohort(trx, { ...at, cohortId, communityId })
  })
}

/** The last meeting 9 days before the deadline, and the one before it shorter than usual. */
const lateLast = ({ meetings }: ProposalBody, date: string): ProposalBody['meetings'] =>
  meetings.map((meeting, at) => {
    if (at === meetings.length - 1) return { ...meeting, date }
    return at === meetings.length - 2 ? { ...meeting, minutes: 70 } : meeting
  })

async function campusesOf(db: Db, networkId: NetworkId) {
  const rows = await db.selectFrom('institution').select(['id', 'name']).where('network_id', '=', networkId).execute()
  return (name: string) => rows.find((row) => row.name === name)!.id as InstitutionId
}

function must<T>(result: Result<T, Refusal>): T {
  if (!result.ok) throw new Error(`${result.refusal.code} ${JSON.stringify(result.refusal.facts)}`)
  return result.value
}
