import * as z from 'zod'

const graceMinutes = z
  .number()
  .int()
  .min(0)
  .max(24 * 60)
  .default(0)
const percent = z.number().min(0).max(100)

/**
 * What happens to work after its last moment. closed: nothing is taken; accepted: taken and marked late; deducted:
 * taken, and its points lose `percentPerDay` of themselves for each day begun, `percentAtMost` in all. Within
 * `graceMinutes` nothing is late.
 */
export const LatePolicy = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('closed'), graceMinutes }),
  z.object({ kind: z.literal('accepted'), graceMinutes }),
  z.object({ kind: z.literal('deducted'), percentPerDay: percent, percentAtMost: percent, graceMinutes }),
])
export type LatePolicy = z.infer<typeof LatePolicy>

const MINUTES_PER_DAY = 24 * 60

/** The percent of its points late work loses, 0 to 100. `lateMinutes` as stored with the work: null or 0 for none. */
export function lateDeduction(policy: LatePolicy, lateMinutes: number | null): number {
  if (policy.kind !== 'deducted' || !lateMinutes || lateMinutes <= policy.graceMinutes) return 0
  const days = Math.ceil(lateMinutes / MINUTES_PER_DAY)
  return Math.min(days * policy.percentPerDay, policy.percentAtMost)
}

/** Whole minutes, begun ones counted, between `until` and `at`; null within the grace and before. */
export function minutesLate(policy: LatePolicy, until: Date, at: Date): number | null {
  const minutes = Math.ceil((+at - +until) / 60_000)
  return minutes <= policy.graceMinutes ? null : minutes
}
