/** One thing a bench holds itself to. */
export type Check = Readonly<{ what: string; value: number; atLeast?: number; atMost?: number; ok: boolean }>

/** What a bench's `run` answers with. */
export type Outcome = Readonly<{ figures: Readonly<Record<string, unknown>>; checks: readonly Check[] }>

export const atLeast = (what: string, value: number, least: number): Check => ({
  what,
  value: round(value),
  atLeast: least,
  ok: value >= least,
})

export const atMost = (what: string, value: number, most: number): Check => ({
  what,
  value: round(value),
  atMost: most,
  ok: value <= most,
})

/** To 4 decimals, for reading. */
export const round = (value: number): number => Math.round(value * 1e4) / 1e4
