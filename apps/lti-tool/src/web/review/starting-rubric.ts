import type { Rubric } from '@copractice/core/review'
import type { Say } from '@copractice/ui'
import type messages from './messages.en.json'

const POINTS = [1, 3, 4, 5] as const
const NUMBERS = [1, 2, 3, 4] as const

/** A rubric to start from: four criteria of community-engaged work, four levels each, in the reader's language. */
export function startingRubric(say: Say<typeof messages>): Rubric {
  return {
    criteria: NUMBERS.map((criterion) => ({
      id: `c${criterion}`,
      title: say(`starter.c${criterion}.title`),
      description: say(`starter.c${criterion}.text`),
      commentRequired: criterion === 1,
      levels: NUMBERS.map((level, place) => ({
        points: POINTS[place]!,
        label: say(`starter.level${level}`),
        descriptor: say(`starter.c${criterion}.l${level}`),
      })),
    })),
  }
}
