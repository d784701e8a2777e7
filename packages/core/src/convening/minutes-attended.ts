type Span = Readonly<{ startsAt: Date; endsAt: Date }>

/** Whole minutes somebody was at sessions; two that run at the same time count once. */
export function minutesAttended(sessions: readonly Span[]): number {
  let until = -Infinity
  let total = 0
  for (const { startsAt, endsAt } of [...sessions].sort((a, b) => a.startsAt.getTime() - b.startsAt.getTime())) {
    const from = Math.max(until, startsAt.getTime())
    if (endsAt.getTime() > from) total += endsAt.getTime() - from
    until = Math.max(until, endsAt.getTime())
  }
  return Math.round(total / 60_000)
}
