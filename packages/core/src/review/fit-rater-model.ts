import { drawGamma, normalDraws, type Roll } from './draw.ts'
import { layOutMarks, type MarkTable, type RaterMark } from './lay-out-marks.ts'

/** 90 % of a normal distribution lies within this many standard deviations. */
const WITHIN_90 = 1.6449
/**
 * What is believed before any mark is seen, with marks divided by their own standard deviation: weak enough for a dozen
 * marks to outweigh it. `shape` says how far reviewers differ in precision: noise variances scatter by about 70 %.
 */
const PRIOR = { shape: 4, noise: [1, 0.1], bias: [1, 0.05], truth: [1, 0.5] } as const

export type RaterModel = Readonly<{
  /** By submission, in points. `low` to `high` holds the true score with 90 % (credible interval). */
  submissions: ReadonlyMap<string, Readonly<{ estimate: number; low: number; high: number }>>
  /** By reviewer. `bias` in points, above 0 for generous; `precision` = 1 / noise variance, per squared point. */
  reviewers: ReadonlyMap<string, Readonly<{ bias: number; precision: number }>>
}>

/**
 * The rater model of Piech et al. 2013 (PG1): mark = true + bias_r + noise, with true ~ N(mu, 1/gamma) and a mu for each
 * round, bias ~ N(0, 1/eta), noise ~ N(0, 1/tau_r), tau_r ~ Gamma(4, rate). A reviewer has one bias and one precision
 * in all rounds given. `anchors` are true scores that are known (exemplars, an instructor's checks); they are taken as
 * they are, and as no sample of the round. `range` is the most points a mark can have.
 *
 * Everything unknown, the population's mu, gamma, eta and rate included, is drawn by Gibbs sampling with the dice given;
 * an estimate averages conditional means rather than draws. Submissions and reviewers are taken in the order of their
 * ids, so the order of `marks` cannot change the outcome, and the same dice give the same numbers. Marks moved by c move
 * estimates by c; marks, anchors and range times c give c times the estimates. No marks: empty maps.
 */
export function fitRaterModel(
  { marks, anchors, range }: { marks: readonly RaterMark[]; anchors: ReadonlyMap<string, number>; range: number },
  roll: Roll,
): RaterModel {
  if (marks.length === 0) return { submissions: new Map(), reviewers: new Map() }
  const table = layOutMarks(marks, anchors, range)
  const { submissions, reviewers } = table
  const kept = Math.min(2000, Math.max(200, Math.round(2e7 / marks.length)))
  const chain = new Chain(table, roll)
  for (let i = 0; i < kept / 5; i++) chain.sweep(false)
  for (let i = 0; i < kept; i++) chain.sweep(true)

  const points = (z: number) => table.centre + table.scale * z
  return {
    submissions: new Map(
      submissions.map((id, i) => {
        const known = anchors.get(id)
        if (known !== undefined) return [id, { estimate: known, low: known, high: known }]
        const { mean, deviation } = chain.truthOf(i, kept)
        const reach = WITHIN_90 * deviation
        return [id, { estimate: points(mean), low: points(mean - reach), high: points(mean + reach) }]
      }),
    ),
    reviewers: new Map(
      reviewers.map((id, r) => [
        id,
        { bias: (chain.biasSum[r]! / kept) * table.scale, precision: chain.tauSum[r]! / kept / table.scale ** 2 },
      ]),
    ),
  }
}

/** The state of the sampler and its running sums. All in standardised marks. */
class Chain {
  readonly biasSum: Float64Array
  readonly tauSum: Float64Array
  readonly #table: MarkTable
  readonly #roll: Roll
  readonly #normal: () => number
  readonly #mu: Float64Array
  readonly #bias: Float64Array
  readonly #tau: Float64Array
  readonly #meanSum: Float64Array
  readonly #squareSum: Float64Array
  readonly #varianceSum: Float64Array
  /** By reviewer: sum and sum of squares of mark - true. */
  readonly #off: Float64Array
  readonly #offSquared: Float64Array
  #gamma = 1
  #eta = 10
  #rate = 1.2

  constructor(table: MarkTable, roll: Roll) {
    const [n, m] = [table.submissions.length, table.reviewers.length]
    this.#table = table
    this.#roll = roll
    this.#normal = normalDraws(roll)
    this.#mu = new Float64Array(table.rounds)
    this.#bias = new Float64Array(m)
    this.#tau = new Float64Array(m).fill(2.5)
    this.biasSum = new Float64Array(m)
    this.tauSum = new Float64Array(m)
    this.#off = new Float64Array(m)
    this.#offSquared = new Float64Array(m)
    this.#meanSum = new Float64Array(n)
    this.#squareSum = new Float64Array(n)
    this.#varianceSum = new Float64Array(n)
  }

  /** Mean and standard deviation: the variance of the conditional means plus the mean of the conditional variances. */
  truthOf(i: number, kept: number): { mean: number; deviation: number } {
    const mean = this.#meanSum[i]! / kept
    const between = Math.max(0, this.#squareSum[i]! / kept - mean * mean)
    return { mean, deviation: Math.sqrt(between + this.#varianceSum[i]! / kept) }
  }

  sweep(keep: boolean): void {
    this.#drawTruths(keep)
    this.#drawReviewers(keep)
    this.#shift()
  }

  /** true_i and, once a round's are drawn, its mu; then gamma. */
  #drawTruths(keep: boolean): void {
    const { start, reviewer, mark, round, known, rounds } = this.#table
    const [tau, bias, gamma] = [this.#tau, this.#bias, this.#gamma]
    const count = new Float64Array(rounds)
    const sum = new Float64Array(rounds)
    const squares = new Float64Array(rounds)
    const [off, offSquared] = [this.#off.fill(0), this.#offSquared.fill(0)]
    for (let i = 0; i < round.length; i++) {
      const [from, to, q] = [start[i]!, start[i + 1]!, round[i]!]
      let truth = known[i]!
      if (Number.isNaN(truth)) {
        let precision = gamma
        let weighted = gamma * this.#mu[q]!
        for (let at = from; at < to; at++) {
          const r = reviewer[at]!
          precision += tau[r]!
          weighted += tau[r]! * (mark[at]! - bias[r]!)
        }
        const mean = weighted / precision
        truth = mean + this.#normal() / Math.sqrt(precision)
        count[q]!++
        sum[q]! += truth
        squares[q]! += truth * truth
        if (keep) {
          this.#meanSum[i]! += mean
          this.#squareSum[i]! += mean * mean
          this.#varianceSum[i]! += 1 / precision
        }
      }
      for (let at = from; at < to; at++) {
        const distance = mark[at]! - truth
        off[reviewer[at]!]! += distance
        offSquared[reviewer[at]!]! += distance * distance
      }
    }
    let [members, spread] = [0, 0]
    for (let q = 0; q < rounds; q++) {
      if (count[q] === 0) continue
      const mean = sum[q]! / count[q]!
      this.#mu[q] = mean + this.#normal() / Math.sqrt(gamma * count[q]!)
      members += count[q]!
      spread += squares[q]! - 2 * this.#mu[q]! * sum[q]! + count[q]! * this.#mu[q]! ** 2
    }
    this.#gamma = this.#drawPrecision(PRIOR.truth, members, spread)
  }

  /** bias_r and tau_r; then eta and the rate they share. */
  #drawReviewers(keep: boolean): void {
    const { marksOf } = this.#table
    const m = marksOf.length
    let [biases, precisions] = [0, 0]
    for (let r = 0; r < m; r++) {
      const [n, off] = [marksOf[r]!, this.#off[r]!]
      const precision = this.#eta + n * this.#tau[r]!
      const mean = (this.#tau[r]! * off) / precision
      const bias = mean + this.#normal() / Math.sqrt(precision)
      const noise = Math.max(0, this.#offSquared[r]! - 2 * bias * off + n * bias * bias)
      const rate = this.#rate + noise / 2
      const tau = drawGamma(PRIOR.shape + n / 2, this.#normal, this.#roll) / rate
      this.#bias[r] = bias
      this.#tau[r] = tau
      biases += bias * bias
      precisions += tau
      if (!keep) continue
      this.biasSum[r]! += mean
      this.tauSum[r]! += (PRIOR.shape + n / 2) / rate
    }
    this.#eta = this.#drawPrecision(PRIOR.bias, m, biases)
    const [shape, rate] = PRIOR.noise
    this.#rate = drawGamma(shape + m * PRIOR.shape, this.#normal, this.#roll) / (rate + precisions)
  }

  /**
   * All biases down and all true scores up by one number, which only the biases' distribution and the anchors resist:
   * the direction in which drawing one thing at a time would creep.
   */
  #shift(): void {
    const { anchoredMarks, anchoredOff } = this.#table
    let [precision, weighted] = [0, 0]
    for (let r = 0; r < this.#bias.length; r++) {
      const [bias, tau, n] = [this.#bias[r]!, this.#tau[r]!, anchoredMarks[r]!]
      precision += this.#eta + n * tau
      weighted += this.#eta * bias - tau * (anchoredOff[r]! - n * bias)
    }
    const by = weighted / precision + this.#normal() / Math.sqrt(precision)
    for (let r = 0; r < this.#bias.length; r++) this.#bias[r]! -= by
    for (let q = 0; q < this.#mu.length; q++) this.#mu[q]! += by
  }

  #drawPrecision([shape, rate]: readonly [number, number], count: number, squares: number): number {
    return drawGamma(shape + count / 2, this.#normal, this.#roll) / (rate + Math.max(0, squares) / 2)
  }
}
