import { ok, refuse } from '../../kernel/result.ts'
import type { PlacementProblem } from '../placement/problem.ts'
import { NOBODY, seatParty } from '../placement/seat-party.ts'
import { chairOf, peopleOf, type Board } from './board.ts'
import { blockBehind, judgeMove } from './judge-move.ts'

/**
 * Two people of two cohorts change places, which a full cohort allows where a move would not. Only for those whom no wish
 * ties to somebody they would leave.
 */
export function swapOnBoard(
  problem: PlacementProblem,
  board: Board,
  { id, other }: Readonly<{ id: string; other: string }>,
) {
  const byId = peopleOf(problem)
  const ends = [id, other].map((one) => board.cohorts.find(({ members }) => members.includes(one)))
  const [here, there] = ends
  if (!here) return refuse('placement.unknown', { id })
  if (!there) return refuse('placement.unknown', { id: other })
  if (here === there) return refuse('placement.same_cohort', { people: [id, other] })
  const seated = [id, other].filter((one) => here.seated.includes(one) || there.seated.includes(one))
  if (seated.length) return refuse('placement.seated', { people: seated })

  const swapped = { ...board, cohorts: [...board.cohorts] }
  for (const [cohort, leaves, comes] of [
    [here, id, other],
    [there, other, id],
  ] as const) {
    const ids = cohort.members.map((one) => (one === leaves ? comes : one))
    const members = ids.flatMap((one) => byId.get(one) ?? [])
    const tied = [
      ...byId.get(comes)!.with.filter((one) => !ids.includes(one)),
      ...members.filter((one) => one.with.includes(leaves)).map((one) => one.id),
    ]
    if (tied.length) return refuse('placement.with', { people: [...new Set(tied)] })
    if (!seatParty(NOBODY, members, problem.policy).ok) return blockOf(problem, board, cohort.key, leaves, comes)
    const behind = blockBehind(problem, cohort, members)
    if (behind) return { ok: false, refusal: behind } as const
    const at = board.cohorts.indexOf(cohort)
    swapped.cohorts[at] = { ...cohort, members: ids, chair: chairOf(cohort.chair, members) }
  }
  swapped.pinned = [...board.pinned.filter((one) => one !== id && one !== other), id, other]
  return ok(swapped)
}

/** Why `comes` cannot sit in that cohort once `leaves` is gone, as a move would say it. */
function blockOf(problem: PlacementProblem, board: Board, key: string, leaves: string, comes: string) {
  const without = {
    pinned: [],
    cohorts: board.cohorts.flatMap((cohort) => {
      const members = cohort.members.filter((one) => one !== leaves && one !== comes)
      return cohort.key === key || !cohort.members.includes(comes) ? [{ ...cohort, members }] : []
    }),
  }
  const judged = judgeMove(problem, without, { id: comes, to: key })
  return judged.ok ? refuse('placement.apart', { cohort: key }) : judged
}
