import type { CohortId, NetworkId, PersonId, RoundId } from '@copractice/core/kernel'
import type { Db } from '@copractice/store/database'
import { insertRound } from '@copractice/store/review'

type Seeded = Readonly<{ networkId: NetworkId; cohortId: CohortId; people: Readonly<{ rosa: PersonId }> }>
type Change = Partial<Parameters<typeof insertRound>[2]>

/** A round that Rosa drafted in the seeded cohort: two reviews each, 20 and 10 points, due a moment before `now`; but for `change`. */
export function addRound(db: Db, seeded: Seeded, now: Date, change: Change = {}): Promise<RoundId> {
  return insertRound(db, seeded.networkId, {
    cohortId: seeded.cohortId,
    title: 'Action plan',
    instructions: '',
    rubric: { criteria: [] },
    reviewsPerSubmission: 2,
    anonymity: 'double',
    sameCampus: 'allow',
    submitUntil: new Date(now.getTime() - 2000),
    reviewUntil: new Date(now.getTime() - 1000),
    timeZone: 'UTC',
    workMaximum: 20,
    reviewingMaximum: 10,
    seed: 1,
    createdBy: seeded.people.rosa,
    createdAt: now,
    ...change,
  })
}
