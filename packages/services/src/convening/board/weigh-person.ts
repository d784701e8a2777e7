import { answerOf, judgeMove, type Elsewhere } from '@copractice/core/convening/board'
import { sumPoints, whyHere } from '@copractice/core/convening/placement'
import type { Actor } from '@copractice/core/directory'
import { ok, refuse, type ConveningId } from '@copractice/core/kernel'
import { findConveningToKeep } from '@copractice/store/convening'
import type { Db } from '@copractice/store/database'
import { notFound, scopeOf } from '../../directory/administrator.ts'
import { cohortOf, loadPlacement, nameOf } from './load-placement.ts'
import { tellReason } from './tell-reason.ts'

type Asked = Readonly<{ conveningId: ConveningId; personId: string }>

/** Why somebody sits where they sit, and for every other cohort whether they may go there and what it would change. */
export async function weighPerson(db: Db, actor: Actor, { conveningId, personId: id }: Asked, now: Date) {
  if (!(await findConveningToKeep(db, scopeOf(actor), conveningId))) return notFound()
  const placement = await loadPlacement(db, { networkId: actor.networkId, conveningId }, now)
  if (!placement) return notFound()
  const { problem, board, kept } = placement
  const person = problem.registrants.find((one) => one.id === id)
  if (!person) return refuse('placement.unknown', { id })

  const answer = answerOf(problem, board)
  const cohort = cohortOf(board, id)
  const why = whyHere(problem, answer, id)
  const judged = (to: string | null) => judgeMove(problem, board, { id, to })
  const elsewhere = board.cohorts.flatMap((there, at): Elsewhere[] => {
    if (there === cohort) return []
    const move = judged(there.key)
    const { slots } = answer[at]!
    const facts = { cohort: there.key, sharedNow: slots.length }
    const shared = slots.filter((slot) => person.slots.includes(slot)).length
    if (!move.ok)
      return [
        { ...facts, sharedThen: shared, change: 0, block: tellReason(placement, move.refusal), along: [], alone: [] },
      ]
    const names = (ids: readonly string[]) => ids.map((one) => nameOf(placement, one))
    const { moving, alone, change, sharedThen } = move.value
    return [{ ...facts, sharedThen, change, block: null, along: names(moving.slice(1)), alone: names(alone) }]
  })
  const leaving = cohort ? judged(null) : undefined
  const value = why.ok ? why.value : undefined
  return ok({
    version: kept.version,
    id,
    here: value
      ? {
          ...value,
          cohort: cohort!.key,
          interests: [...value.interests],
          languages: [...value.languages],
          comfort: sumPoints(value.points) - value.points.placed,
        }
      : null,
    slots: person.slots,
    elsewhere,
    away: leaving && !leaving.ok ? tellReason(placement, leaving.refusal) : null,
  })
}
