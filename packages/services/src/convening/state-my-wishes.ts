import { wishesOf, type MyWishes } from '@copractice/core/convening'
import { ok, refuse } from '@copractice/core/kernel'
import { setWishes } from '@copractice/store/convening'
import { lockPlacementBoard } from '@copractice/store/convening/placement'
import type { Db } from '@copractice/store/database'
import { isPlacedBy, openBadge, unknownBadge, type OfBadge } from './show-badge.ts'

/**
 * What the holder of a badge wishes for, until they are placed. The board is kept still meanwhile, so that a placement is
 * committed with what they said before or with what they say now, and they are told which.
 */
export function stateMyWishes(db: Db, { slug, key, ...said }: OfBadge & MyWishes, now: Date) {
  return db.transaction().execute(async (trx) => {
    const seen = await openBadge(trx, { slug, key })
    if (!seen) return unknownBadge()
    const board = await lockPlacementBoard(trx, seen.where)
    const opened = await openBadge(trx, { slug, key })
    if (!opened) return unknownBadge()
    const { convening, holder, of } = opened
    const { endsAt } = convening
    if (endsAt && now >= endsAt) return refuse('convening.over', { endsAt })
    if (board && isPlacedBy(board.layout, holder.id)) return refuse('wishes.settled', {})
    const named = [...said.with, ...said.notWith]
    const both = said.with.find((address) => said.notWith.includes(address))
    if (both) return refuse('wishes.with_and_apart', { address: both })
    if (holder.email && named.includes(holder.email.toLowerCase())) return refuse('wishes.own_address', {})
    await setWishes(trx, of, { interests: said.interests, wishes: wishesOf(said, said.interests, said) })
    return ok(undefined)
  })
}
