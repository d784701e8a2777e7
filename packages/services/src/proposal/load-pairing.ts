import { Temporal } from 'temporal-polyfill'
import type { FacilitatorAsked, PairingProblem, ProposalAsked } from '@copractice/core/proposal'
import type { FacilitatorListed } from '@copractice/core/proposal'
import type { Db, Trx } from '@copractice/store/database'
import type { AdminScope } from '@copractice/store/directory'
import { listAsking, listPool, listWishes, type ProposalAskingFound } from '@copractice/store/proposal'

const MINUTE = 60_000

/** The planned meetings that have a date and an hour, as instants. */
export const meetingsOf = ({ body }: Pick<ProposalAskingFound, 'body'>) =>
  body.meetings.flatMap(({ date, startTime, minutes }) => {
    if (!date || !startTime || !minutes) return []
    const at = Temporal.PlainDateTime.from(`${date}T${startTime}`).toZonedDateTime(body.timeZone)
    const startsAt = new Date(at.epochMilliseconds)
    return [{ startsAt, endsAt: new Date(startsAt.getTime() + minutes * MINUTE) }]
  })

/** Who may still be found: what is wanted without those who facilitate already or are being asked. */
export const stillWants = ({ wants, body, pairings }: ProposalAskingFound): number =>
  Math.max(0, wants - body.facilitators.length - pairings.filter(({ status }) => status === 'offered').length)

export const proposalAsked = (found: ProposalAskingFound): ProposalAsked => ({
  id: found.id,
  area: found.body.area,
  languages: found.languages,
  timeZone: found.body.timeZone,
  meetings: meetingsOf(found),
  hosts: found.hosts.map(({ id }) => id),
  chairs: found.body.chairs,
  wants: stillWants(found),
})

export const facilitatorAsked = (found: FacilitatorListed): FacilitatorAsked => ({
  id: found.personId,
  languages: found.languages,
  timeZone: found.timeZone,
  areas: found.areas,
  slots: found.slots,
  capacity: Math.max(0, found.atOnce - found.facilitates - found.offers),
  campus: found.campus?.id ?? null,
})

/** The reader's proposals that ask, the whole network's pool, and what both sides said: the problem as core states it. */
export async function loadPairing(db: Db | Trx, scope: AdminScope, only: Parameters<typeof listAsking>[2] = {}) {
  const asking = await listAsking(db, scope, only)
  const pool = await listPool(db, scope.networkId)
  const wishes = await listWishes(db, scope.networkId)
  const problem: PairingProblem = {
    facilitators: pool.map(facilitatorAsked),
    proposals: asking.map(proposalAsked),
    ...wishes,
    // Who was asked about one another is not asked again; an offer that was taken back may be made anew.
    closed: asking.flatMap(({ id, pairings }) =>
      pairings
        .filter(({ status }) => status !== 'withdrawn')
        .map(({ personId }) => ({ facilitatorId: personId, proposalId: id })),
    ),
  }
  return { asking, pool, problem }
}
