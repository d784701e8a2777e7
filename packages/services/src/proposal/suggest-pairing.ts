import { checkPairing, pairKey, suggestPairings, whyNot } from '@copractice/core/proposal'
import type { Actor } from '@copractice/core/directory'
import { ok, type ProposalId } from '@copractice/core/kernel'
import type { Db } from '@copractice/store/database'
import { listPairings } from '@copractice/store/proposal'
import { notFound, scopeOf } from '../directory/administrator.ts'
import { loadPairing } from './load-pairing.ts'

/** The best pairing of the reader's proposals with the network's pool, with the reasons of each. Five queries. */
export async function suggestPairing(db: Db, actor: Actor, now: Date) {
  const { asking, pool, problem } = await loadPairing(db, scopeOf(actor))
  const { pairs } = suggestPairings(problem, now)
  if (checkPairing(problem, pairs, now).length) throw new Error('A suggested pairing breaks a rule')
  const offers = await listPairings(db, actor.networkId, { proposalIds: asking.map(({ id }) => id) })
  const people = new Map(pool.map((one) => [one.personId as string, one]))
  const wanted = problem.proposals.reduce((sum, { wants }) => sum + wants, 0)
  return ok({
    proposals: asking.map(({ id, body, hosts, wants }) => ({
      id,
      title: body.title,
      area: body.area,
      hosts,
      wants,
      suggested: pairs
        .filter(({ proposalId }) => proposalId === id)
        .map(({ facilitatorId, reasons, points }) => {
          const { personId, name, campus } = people.get(facilitatorId)!
          return { facilitator: { id: personId, name, campus }, reasons: [...reasons], points }
        }),
      offers: offers.filter(({ proposal }) => proposal.id === id),
    })),
    pool: pool.length,
    places: { filled: pairs.length, wanted },
  })
}

/** Why each of the pool is not suggested for one proposal, those with the most points first. */
export async function explainPairing(db: Db, actor: Actor, proposalId: ProposalId, now: Date) {
  const { asking, pool, problem } = await loadPairing(db, scopeOf(actor))
  const proposal = asking.find(({ id }) => id === proposalId)
  if (!proposal) return notFound()
  const suggestion = suggestPairings(problem, now)
  const asked = new Set<string>(
    proposal.pairings
      .filter(({ status }) => status === 'offered' || status === 'agreed')
      .map(({ personId }) => personId),
  )
  const people = pool
    .filter(({ personId }) => !asked.has(personId))
    .map(({ personId, name }) => {
      const pair = { facilitatorId: personId, proposalId }
      const { points = 0 } = suggestion.weighed.get(pairKey(pair)) ?? {}
      return { id: personId, name, points, whyNot: whyNot(problem, suggestion, pair) }
    })
    .filter((one) => one.whyNot.length > 0)
    .sort((a, b) => b.points - a.points)
  const names = Object.fromEntries([
    ...pool.map(({ personId, name }) => [personId, name ?? '?'] as const),
    ...asking.map(({ id, body }) => [id, body.title] as const),
  ])
  return ok({ people, names })
}
