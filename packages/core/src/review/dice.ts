/** Numbers in [0, 1), the same ones for the same seed (mulberry32). For dealing reviews fairly, not for secrets. */
export function dice(seed: number): () => number {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** A new array in an order told by the dice (Fisher and Yates). */
export function shuffled<T>(items: readonly T[], roll: () => number): T[] {
  const dealt = [...items]
  for (let i = dealt.length - 1; i > 0; i--) {
    const j = Math.floor(roll() * (i + 1))
    const held = dealt[i] as T
    dealt[i] = dealt[j] as T
    dealt[j] = held
  }
  return dealt
}
