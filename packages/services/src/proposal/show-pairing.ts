import { pairKey, poolAccess, suggestPairings, type Wish } from '@copractice/core/proposal'
import type { Actor } from '@copractice/core/directory'
import { ok, type PersonId, type ProposalId } from '@copractice/core/kernel'
import type { Db } from '@copractice/store/database'
import {
  findFacilitator,
  isPoolOpen,
  listAreas,
  listAsking,
  listPairings,
  listPool,
  listWishes,
  saveFacilitatorWish,
  saveHostWish,
  savePairingNeed,
  type PairingFound,
} from '@copractice/store/proposal'
import { notFound, scopeOf } from '../directory/administrator.ts'
import { facilitatorAsked, meetingsOf, proposalAsked } from './load-pairing.ts'
import { openProposal, readProposal } from './load-proposal.ts'

/** An offer as anybody concerned sees it: no addresses. */
const pairingSeen = ({ email: _email, regionId: _region, offeredBy: _by, ...seen }: PairingFound) => seen

/** The reader's own part in facilitating. Proposals show to who is in the pool or rests: titles, dates and hosts. */
export async function showFacilitating(db: Db, actor: Actor) {
  const { networkId, personId } = actor
  const own = await findFacilitator(db, { networkId, personId })
  const areas = await listAreas(db, networkId)
  if (!own) return ok({ application: null, areas, proposals: [], offers: [] })
  const isKnown = own.status === 'in_pool' || own.status === 'resting'
  const asking = isKnown ? await listAsking(db, scopeOf(actor), { everywhere: true }) : []
  const { facilitatorWishes } = isKnown ? await listWishes(db, networkId) : { facilitatorWishes: [] }
  const mine = new Map(
    facilitatorWishes.filter((one) => one.facilitatorId === personId).map((one) => [one.proposalId, one.wish]),
  )
  return ok({
    application: own,
    areas,
    proposals: asking.map(({ id, body, hosts, languages, ...found }) => ({
      id,
      title: body.title,
      area: body.area,
      hosts,
      languages,
      meetings: meetingsOf({ body, ...found }),
      timeZone: body.timeZone,
      wish: mine.get(id) ?? null,
    })),
    offers: (await listPairings(db, networkId, { personId })).map(pairingSeen),
  })
}

/** What a facilitator of the pool says about a proposal that asks. */
export async function wishForProposal(
  db: Db,
  actor: Actor,
  { proposalId, wish }: Readonly<{ proposalId: ProposalId; wish: Wish | null }>,
  now: Date,
) {
  const { networkId, personId } = actor
  const own = await findFacilitator(db, { networkId, personId })
  const [asking] = await listAsking(db, scopeOf(actor), { proposalId, everywhere: true })
  if (!own || !asking || (own.status !== 'in_pool' && own.status !== 'resting')) return notFound()
  await saveFacilitatorWish(db, { networkId, proposalId, personId }, wish, now)
  return ok(undefined)
}

async function readable(meet: typeof openProposal, db: Db, actor: Actor, proposalId: ProposalId, now: Date) {
  const found = await meet(db, actor, proposalId, now)
  if (!found?.access.readAll) return undefined
  const { access, status, body } = found
  const isOpen = await isPoolOpen(db, { networkId: actor.networkId, proposalId })
  const pool = poolAccess(access, { status, facilitation: body.facilitation, isPoolOpen: isOpen })
  return { isAuthor: access.isAuthor, ...pool }
}

/**
 * The hosts' side of a proposal that asks: the pool without addresses, once a coordinator opened it, how it fits, what they
 * wish, what is offered.
 */
export async function showProposalPairing(db: Db, actor: Actor, proposalId: ProposalId, now: Date) {
  const opened = await readable(readProposal, db, actor, proposalId, now)
  if (!opened) return notFound()
  const { networkId } = actor
  const scope = scopeOf(actor)
  const [asking] = await listAsking(db, scope, { proposalId, everywhere: true })
  const offers = (await listPairings(db, networkId, { proposalIds: [proposalId] })).map(pairingSeen)
  const common = { mayAnswer: opened.isAuthor, offers }
  if (!asking) return ok({ ...common, asks: false, readsPool: false, wants: 1, languages: [], pool: [] })
  const need = { asks: true, readsPool: opened.readPool, wants: asking.wants, languages: asking.languages }
  if (!opened.readPool) return ok({ ...common, ...need, pool: [] })
  const pool = await listPool(db, networkId)
  const wishes = await listWishes(db, networkId)
  const proposal = proposalAsked(asking)
  const said = new Map(
    wishes.hostWishes.filter((one) => one.proposalId === proposalId).map((one) => [one.facilitatorId, one.wish]),
  )
  const problem = { facilitators: pool.map(facilitatorAsked), proposals: [proposal], ...wishes, closed: [] }
  const { weighed } = suggestPairings(problem, now)
  return ok({
    ...common,
    ...need,
    pool: pool.map((one) => {
      const fit = weighed
        .get(pairKey({ facilitatorId: one.personId, proposalId }))
        ?.reasons.find(({ code }) => code === 'pairing.availability')
      const free = fit?.code === 'pairing.availability' ? fit.facts.free : 0
      return { ...one, free, meetings: proposal.meetings.length, wish: said.get(one.personId) ?? null }
    }),
  })
}

type Wishing = Readonly<{ proposalId: ProposalId; personId: PersonId; wish: Wish | null }>

/** What the hosts say about somebody of the pool that is open to them: anybody who writes the proposal says it for all. */
export async function wishForFacilitator(db: Db, actor: Actor, { proposalId, personId, wish }: Wishing, now: Date) {
  const opened = await readable(openProposal, db, actor, proposalId, now)
  const { networkId } = actor
  const facilitator =
    opened?.isAuthor && opened.readPool ? await findFacilitator(db, { networkId, personId }) : undefined
  if (facilitator?.status !== 'in_pool') return notFound()
  await saveHostWish(db, { networkId, proposalId, personId }, { wish, by: actor.personId }, now)
  return ok(undefined)
}

type Need = Readonly<{ proposalId: ProposalId; wants: number; languages: readonly string[] }>

/** How many facilitators the hosts look for, and in which languages. */
export async function saveNeed(db: Db, actor: Actor, { proposalId, ...need }: Need, now: Date) {
  const opened = await readable(openProposal, db, actor, proposalId, now)
  if (!opened?.isAuthor) return notFound()
  await savePairingNeed(db, { networkId: actor.networkId, proposalId }, need)
  return ok(undefined)
}
