import { normalDraws, drawGamma, type Roll } from '../draw.ts'
import type { RaterMark } from '../lay-out-marks.ts'

export type Simulation = Readonly<{
  marks: readonly RaterMark[]
  /** True scores: of the work (what is to be estimated) and of the exemplars (known). */
  truth: ReadonlyMap<string, number>
  exemplars: ReadonlyMap<string, number>
  /** By reviewer: sqrt(bias^2 + noise variance), how far their marks lie from the truth. */
  error: ReadonlyMap<string, number>
}>

/**
 * The simulation of domain.md: `people` hand in and review each round, every work has `reviews` marks, true scores are
 * N(0, 1), a reviewer's bias N(0, s), their noise variance 0.36 * InvGamma(4, 3). Everyone marks every exemplar once.
 */
export function simulateRounds(
  {
    people = 15,
    reviews = 4,
    rounds,
    exemplars,
    s,
  }: {
    people?: number
    reviews?: number
    rounds: number
    exemplars: number
    s: number
  },
  roll: Roll,
): Simulation {
  const normal = normalDraws(roll)
  const reviewers = Array.from({ length: people }, (_, r) => {
    const bias = s * normal()
    const noise = Math.sqrt((0.36 * 3) / drawGamma(4, normal, roll))
    return { id: `r${r}`, error: Math.hypot(bias, noise), mark: (truth: number) => truth + bias + noise * normal() }
  })
  const marks: RaterMark[] = []
  const known = new Map<string, number>()
  const truth = new Map<string, number>()
  const give = (submission: string, round: string, score: number, by: (typeof reviewers)[number]) =>
    marks.push({ submission, reviewer: by.id, round, points: by.mark(score) })

  for (let e = 0; e < exemplars; e++) {
    known.set(`x${e}`, normal())
    for (const reviewer of reviewers) give(`x${e}`, '0', known.get(`x${e}`)!, reviewer)
  }
  for (let q = 0; q < rounds; q++) {
    const circle = [...reviewers]
    for (let i = people - 1; i > 0; i--) {
      const j = Math.floor(roll() * (i + 1))
      const held = circle[i]!
      circle[i] = circle[j]!
      circle[j] = held
    }
    for (let i = 0; i < people; i++) {
      const submission = `${q}-${circle[i]!.id}`
      truth.set(submission, normal())
      for (let d = 1; d <= reviews; d++) give(submission, String(q), truth.get(submission)!, circle[(i + d) % people]!)
    }
  }
  return { marks, truth, exemplars: known, error: new Map(reviewers.map(({ id, error }) => [id, error])) }
}
