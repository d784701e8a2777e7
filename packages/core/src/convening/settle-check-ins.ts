/** What somebody did at a desk about one person and session, at the moment they did it. */
export type CheckInAct = Readonly<{ at: Date; isHere: boolean; how: 'qr' | 'list'; byId: string | null }>

const text = ({ how, byId }: CheckInAct) => `${how} ${byId ?? ''}`

/** By the moment of the act; of two in the same millisecond "not here" is the later. The rest only makes the order total. */
function inOrder(one: CheckInAct, other: CheckInAct): number {
  const byMoment = one.at.getTime() - other.at.getTime() || Number(other.isHere) - Number(one.isHere)
  return byMoment || (text(one) < text(other) ? -1 : Number(text(one) > text(other)))
}

/**
 * Whether somebody is here after all that was done at any desk, whichever of them was online first: the last act decides.
 * Gives the act that brought them in, which is the first since they were last not here; null: they are not.
 */
export function settleCheckIns(acts: readonly CheckInAct[]): CheckInAct | null {
  const ordered = acts.toSorted(inOrder)
  return ordered.slice(ordered.findLastIndex(({ isHere }) => !isHere) + 1)[0] ?? null
}
