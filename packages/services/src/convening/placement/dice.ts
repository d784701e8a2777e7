import { dice } from '@copractice/core/review'

/** Seeded dice: `unit` is a number in [0, 1), `throwBelow(n)` a whole one from 0 to n - 1. */
export type Dice = Readonly<{ unit: () => number; throwBelow: (sides: number) => number }>

export function diceOf(seed: number): Dice {
  const unit = dice(seed)
  return { unit, throwBelow: (sides) => Math.floor(unit() * sides) }
}
