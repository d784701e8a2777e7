/** Seeded dice (mulberry32): the same seed throws the same numbers on every machine. `throwBelow(n)` is 0 to n - 1. */
export type Dice = Readonly<{ unit: () => number; throwBelow: (sides: number) => number }>

export function diceOf(seed: number): Dice {
  let state = seed >>> 0
  const unit = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  return { unit, throwBelow: (sides) => Math.floor(unit() * sides) }
}
