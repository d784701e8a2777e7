import { dice } from '@copractice/core/review'
import type { PlacementProblem } from '@copractice/core/convening/placement'

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri']
const HOURS = ['9', '11', '13', '15']
const KINDS = ['faculty', 'faculty', 'staff', 'staff', 'student', 'administrator', 'community_partner']
const THEMES = ['food systems', 'housing', 'oral history', 'tutoring', 'public health', 'climate', 'voting', 'arts']

/**
 * A region's registrants as they may be: twelve campuses or more, some sending many and some one or two; habits of the
 * week out of 20 times, a few people with hardly any; a fifth can chair; a few speak no English; a few ask to be with
 * somebody or apart. Made up, seeded.
 */
export function makeRegistrants(count: number, seed: number): PlacementProblem {
  const unit = dice(seed)
  const below = (sides: number) => Math.floor(unit() * sides)
  const pick = <T>(list: readonly T[]) => list[below(list.length)]!
  const campuses = Math.max(12, Math.round(count / 25))
  const campus = () => `campus-${Math.floor(campuses * unit() ** 1.7)}`
  const habits: ((day: string, hour: string) => boolean)[] = [
    (_, hour) => hour === '9' || hour === '11',
    (_, hour) => hour === '13' || hour === '15',
    (day) => day === 'mon' || day === 'wed',
    (day) => day === 'tue' || day === 'thu',
    (day) => day !== 'fri',
  ]
  const slots = () => {
    const isFree = pick(habits)
    const [kept, added] = unit() < 0.06 ? [0.4, 0.02] : [0.95, 0.3]
    return DAYS.flatMap((day) =>
      HOURS.flatMap((hour) => (unit() < (isFree(day, hour) ? kept : added) ? [`${day}-${hour}`] : [])),
    )
  }
  const languages = () => (unit() < 0.04 ? ['es'] : unit() < 0.15 ? ['en', 'es'] : unit() < 0.01 ? ['fr'] : ['en'])
  const registrants = Array.from({ length: count }, (_, at) => ({
    id: `p${at}`,
    campus: campus(),
    affiliation: pick(KINDS),
    canChair: unit() < 0.2,
    interests: [...new Set([pick(THEMES), pick(THEMES)])],
    languages: languages(),
    slots: slots(),
    with: unit() < 0.04 && at > 0 ? [`p${below(at)}`] : [],
    notWith: [] as string[],
  }))
  for (const [at, person] of registrants.entries()) {
    const other = `p${below(count)}`
    if (unit() < 0.03 && other !== `p${at}` && !person.with.includes(other)) person.notWith.push(other)
  }
  return { seed, policy: { seats: 15, minimum: 6, commonSlots: 6 }, registrants }
}
