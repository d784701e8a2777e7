import type { RoundId } from '@copractice/core/kernel'
import { addRound, type SeededNetwork } from '@copractice/services/testing'
import type { Db } from '@copractice/store/database'
import { updateRound } from '@copractice/store/review'

const DAY = 86_400_000
const levels = [0, 5, 10].map((points) => ({ points, label: `${points}`, descriptor: '' }))
const whole = (points: number) => [{ criterionId: 'whole', points, comment: '' }]

type Closed = Readonly<{ settled: Date; late: number | null; now: Date }>

/**
 * A closed round: Ana, Ravi, Hana and Dora review one another in a ring, two each; everyone says 10 but Ravi, who says 5.
 * So Ana and Dora have 75 %, Ravi and Hana 100 %.
 */
export async function insertClosedRound(
  db: Db,
  seeded: SeededNetwork,
  { settled, late, now }: Closed,
): Promise<RoundId> {
  const { networkId: network_id, people } = seeded
  const roundId = await addRound(db, seeded, now, {
    rubric: { criteria: [{ id: 'whole', title: 'Whole', description: '', levels, commentRequired: false }] },
    submitUntil: new Date(+settled - DAY),
    reviewUntil: settled,
    latePolicy: { kind: 'deducted', percentPerDay: 10, percentAtMost: 50, graceMinutes: 0 },
  })
  await updateRound(db, seeded.networkId, roundId, { phase: 'closed' })
  const authors = [people.ana, people.ravi, people.hana, people.dora]
  const works = await db
    .insertInto('submission')
    .values(
      authors.map((author_id, place) => ({
        network_id,
        round_id: roundId,
        author_id,
        body: 'One front desk',
        status: 'submitted' as const,
        saved_at: now,
        submitted_at: now,
        link: null,
        link_kind: null,
        portfolio_draft_id: null,
        late_minutes: place === 0 ? late : null,
      })),
    )
    .returning('id')
    .execute()
  const review = (author: number, reviewer: number) => ({
    network_id,
    round_id: roundId,
    submission_id: works[author]!.id,
    reviewer_id: authors[reviewer % 4]!,
    marks: JSON.stringify(whole(reviewer % 4 === 1 ? 5 : 10)),
    comment: 'Name the front desk.',
    saved_at: now,
    filed_at: now,
  })
  await db
    .insertInto('review_assignment')
    .values(authors.flatMap((_, i) => [review(i, i + 1), review(i, i + 2)]))
    .execute()
  return roundId
}
