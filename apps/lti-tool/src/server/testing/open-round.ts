import type { StartedRoutes } from './start-routes.ts'

const HOUR = 3_600_000
const levels = [0, 10].map((points) => ({ points, label: `${points} points`, descriptor: '' }))

/** Those whose work a round of the seeded cohort is about. */
export const AUTHORS = ['ana', 'ravi', 'hana', 'dora'] as const
/** A review's marks by the rubric of `openRound`. */
export const marks = [{ criterionId: 'voice', points: 10, comment: '' }]

/** Set up and opened by Rosa through the routes: two reviews each, work within a day of `start`, reviews within twenty; but for `change`. */
export async function openRound({ call }: StartedRoutes, start: Date, change: object = {}): Promise<string> {
  const setup = {
    title: 'Action plan',
    submitUntil: new Date(+start + 24 * HOUR).toISOString(),
    reviewUntil: new Date(+start + 480 * HOUR).toISOString(),
    timeZone: 'UTC',
    rubric: { criteria: [{ id: 'voice', title: 'Voice', levels }] },
    reviewsPerSubmission: 2,
    anonymity: 'double',
    sameCampus: 'allow',
    workMaximum: 20,
    reviewingMaximum: 10,
    seed: 7,
    ...change,
  }
  const { roundId } = (await call('rosa', 'POST', '/rounds', setup)).body
  await call('rosa', 'POST', `/rounds/${roundId}/open`)
  return roundId as string
}
