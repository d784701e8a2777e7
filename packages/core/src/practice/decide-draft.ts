import type { Draft } from './contract.ts'
import { ok, refuse } from '../kernel/result.ts'

type Typed = Readonly<{ body: string; basedOn: Date | null }>

/**
 * Whether a draft typed on one screen may replace what is kept. Refuses `draft.changed_elsewhere`, with both texts, when
 * another screen has saved since; the same words sent twice (an answer was lost on the way) are no conflict.
 */
export function decideDraft(kept: Draft | undefined, { body, basedOn }: Typed) {
  const isSame = kept !== undefined && kept.body === body
  const isBasedOnKept = kept?.savedAt.getTime() === basedOn?.getTime()
  // What was based on a draft that is gone is new: ending a draft elsewhere must not lose what is typed here.
  if (!kept || isSame || isBasedOnKept) return ok({ ends: body.trim() === '' })
  const theirs = { body: kept.body, savedAt: kept.savedAt.toISOString() }
  return refuse('draft.changed_elsewhere', { mine: { body }, theirs })
}
