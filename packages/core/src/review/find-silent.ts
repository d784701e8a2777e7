import type { PersonId } from '../kernel/ids.ts'

/** Days without a word after which an instructor is told. */
export const SILENT_AFTER_DAYS = 4

export type Silence = Readonly<{ reviewerId: PersonId; days: number; open: number }>

type Review = Readonly<{ reviewerId: PersonId; assignedAt: Date | null; savedAt: Date | null; filedAt: Date | null }>

/**
 * Who has reviews to write and has done nothing about any of them for 4 whole days: counted from the latest of when they
 * got one and when they last saved one. Longest silence first. A suggestion: only an instructor takes reviews away.
 */
export function findSilent(reviews: readonly Review[], now: Date): Silence[] {
  return [...Map.groupBy(reviews, ({ reviewerId }) => reviewerId)]
    .flatMap(([reviewerId, own]): Silence[] => {
      const open = own.filter(({ filedAt }) => filedAt === null).length
      const times = own
        .flatMap(({ assignedAt, savedAt, filedAt }) => [assignedAt, savedAt, filedAt])
        .filter((at) => at !== null)
      if (open === 0 || times.length === 0) return []
      const days = Math.floor((now.getTime() - Math.max(...times.map((at) => at.getTime()))) / 86_400_000)
      return days >= SILENT_AFTER_DAYS ? [{ reviewerId, days, open }] : []
    })
    .sort((a, b) => b.days - a.days || (a.reviewerId < b.reviewerId ? -1 : 1))
}
