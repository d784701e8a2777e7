import { randomBytes } from 'node:crypto'
import { conveningSlug } from '@copractice/core/convening'
import {
  checkProposal,
  cohortDraftOf,
  dealChairs,
  decideProposal as decide,
  type ProposalBody,
} from '@copractice/core/proposal'
import type { Actor } from '@copractice/core/directory'
import type { SeriesPlan } from '@copractice/core/programme'
import { ok, refuse, type ProposalId, type Refusal } from '@copractice/core/kernel'
import { isCohortNameTaken } from '@copractice/store/cohort'
import type { Db, Trx } from '@copractice/store/database'
import { insertProgramme } from '@copractice/store/programme'
import {
  addressesOfAuthors,
  insertCommunity,
  insertProposalEvent,
  moveProposal,
  tieCohort,
  type ProposalFound,
} from '@copractice/store/proposal'
import { makeCohort } from '../cohort/create-cohort.ts'
import { audit, notFound } from '../directory/administrator.ts'
import { queueMail } from '../notice/index.ts'
import { holdProposal, loadJudging } from './load-proposal.ts'
import { decidedMail } from './proposal-mail.ts'

type Deps = Readonly<{ db: Db; adminUrl: string; spaceUrl: string }>
type Deciding = Readonly<{
  proposalId: ProposalId
  basedOn: number
  verdict: 'approved' | 'changes_asked' | 'declined'
  text: string
}>
type CannotMake = Refusal<'cohort.name_taken', { name: string }> | Refusal<'cohort.blocked'>

/** Takes back what the transaction had made so far, and carries why. */
class Undone extends Error {
  readonly refusal: CannotMake
  constructor(refusal: CannotMake) {
    super(refusal.code)
    this.refusal = refusal
  }
}

/**
 * Approves, asks for changes or declines. Of two who decide at once the second finds it decided. An approval makes the
 * community with its public page, the series it runs under, its cohorts with those who lead them, and their meetings, all
 * or nothing. Who was invited and has not opened it is not seated.
 */
export async function decideProposal(deps: Deps, actor: Actor, deciding: Deciding, now: Date) {
  try {
    return await deps.db.transaction().execute((trx) => decideWithin(trx, deps, actor, deciding, now))
  } catch (error) {
    if (error instanceof Undone) return { ok: false, refusal: error.refusal } as const
    throw error
  }
}

async function decideWithin(trx: Trx, deps: Deps, actor: Actor, deciding: Deciding, now: Date) {
  const { networkId, personId } = actor
  const { proposalId, basedOn, verdict, text } = deciding
  const found = await holdProposal(trx, actor, proposalId, now)
  if (!found?.access.answerHelp) return notFound()
  const judging = await loadJudging(trx, networkId, { ...found, isDeciding: true }, now)
  const findings = [...checkProposal(judging.body, judging.context)]
  const decided = decide(verdict, { status: found.status, findings, reason: text })
  if (!decided.ok) return decided
  if (found.version !== basedOn) return refuse('proposal.changed_meanwhile', { version: found.version })

  const made = verdict === 'approved' ? await makeCommunity(trx, deps, actor, { found, judging, text }, now) : null
  const at = { networkId, proposalId }
  await moveProposal(trx, at, { status: verdict, decidedAt: now, decidedBy: personId })
  const accepted = verdict === 'approved' ? findings : []
  await insertProposalEvent(trx, { ...at, by: personId, kind: verdict, text, findings: accepted }, now)
  const { title } = found.body
  const page = made && `${deps.adminUrl}/communities/${made.slug}`
  const authors = await addressesOfAuthors(trx, networkId, proposalId)
  await queueMail(
    trx,
    authors.map(({ name, email }) => {
      const mail = decidedMail({ title, name, verdict, text, page, adminUrl: deps.adminUrl, proposalId })
      return { ...mail, to: email, networkId }
    }),
    now,
  )
  const facts = { name: title, regionId: found.regionId, accepted: accepted.map(({ code }) => code), reason: text }
  await audit(trx, actor, { action: `proposal.${verdict}`, subject: `proposal:${proposalId}`, facts }, now)
  return ok({ slug: made?.slug ?? null, cohorts: made?.cohorts ?? 0 })
}

type Approved = Readonly<{ found: ProposalFound; judging: Awaited<ReturnType<typeof loadJudging>>; text: string }>

async function makeCommunity(
  trx: Trx,
  { spaceUrl }: Deps,
  actor: Actor,
  { found, judging, text }: Approved,
  now: Date,
) {
  const { networkId } = actor
  const { id: proposalId } = found
  const { body, context, people, policyVersion, call } = judging
  const name = body.title.trim()
  const slug = conveningSlug(name, randomBytes(3).toString('hex'))
  const series = seriesOf(body, { slug, name, credential: call?.credential?.slug ?? null })
  const by = { networkId, personId: actor.personId, at: now }
  await insertProgramme(trx, by, { series: [series], credentials: [], templates: [] })
  const community = { networkId, proposalId, slug, name, charter: body.charter, series: slug }
  const communityId = await insertCommunity(trx, community, now)
  for (const [at, chairs] of dealChairs(body).entries()) {
    const cohort = body.cohorts > 1 ? `${name} ${at + 1}` : name
    const creating = { ...cohortDraftOf(body, context, chairs), name: cohort, reason: text || null }
    const isNameTaken = await isCohortNameTaken(trx, networkId, cohort)
    const composing = { context: { ...context, isNameTaken }, people, policyVersion }
    const made = await makeCohort(trx, spaceUrl, actor, { creating, composing }, now)
    if (!made.ok) throw new Undone(asCannotMake(made.refusal))
    await tieCohort(trx, { networkId, cohortId: made.value.id, communityId, proposalId })
  }
  return { slug, cohorts: body.cohorts }
}

/** The heading under which its cohorts run and may be renewed. */
const seriesOf = (
  { charter, meetings, scope }: ProposalBody,
  named: Readonly<{ slug: string; name: string; credential: string | null }>,
): SeriesPlan => ({
  ...named,
  description: charter.domain.slice(0, 2000),
  status: 'scheduled',
  audience: scope === 'institutional' ? 'members' : scope === 'national' ? 'public' : 'region',
  meetings: meetings.length || null,
  minutes: meetings.reduce((sum, { minutes }) => sum + minutes, 0) || null,
  window: null,
  functions: [],
})

const asCannotMake = (refusal: Refusal): CannotMake =>
  refusal.code === 'cohort.name_taken'
    ? { code: 'cohort.name_taken', facts: refusal.facts as { name: string } }
    : { code: 'cohort.blocked', facts: refusal.facts }
