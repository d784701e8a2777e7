import { ok, refuse, type Refusal, type Result } from '../kernel/result.ts'
import { connectReviews, isConnected } from './connect-reviews.ts'
import { deal, loads } from './deal-reviews.ts'
import { dice, shuffled } from './dice.ts'
import { keptApart, type KeptApart } from './kept-apart.ts'

export type AllocationInput = Readonly<{
  seed: number
  reviewsPerSubmission: number
  /** `campuses` are those of the authors. */
  submissions: readonly Readonly<{ id: string; authors: readonly string[]; campuses: readonly string[] }>[]
  /** A work's reviewers are of different roles where that costs nothing else. Without `role`: of none. */
  reviewers: readonly Readonly<{ id: string; campus: string; role?: string | undefined }>[]
  /** [reviewer, submission] pairs that must not be. Gone through more than once. */
  conflicts: Iterable<readonly [reviewer: string, submission: string]>
  sameCampus: 'allow' | 'avoid' | 'forbid'
}>

export type Allocation = Readonly<{
  /** [submission, reviewer], by submission and then reviewer. */
  pairs: readonly (readonly [submission: string, reviewer: string])[]
  load: Readonly<{ min: number; max: number }>
  connected: boolean
  sameCampusPairs: number
}>

export type Collision =
  | Readonly<{
      kind: 'too_few_for_one'
      submission: string
      needed: number
      eligible: number
      kept: Readonly<Record<KeptApart, number>>
    }>
  | Readonly<{ kind: 'too_few_for_several'; submissions: readonly string[]; needed: number; available: number }>
  | Readonly<{ kind: 'uneven'; reviewers: readonly string[]; least: number }>

export type AllocationRefusal =
  | Refusal<'allocation.no_work', Record<string, never>>
  | Refusal<'allocation.impossible', Readonly<{ collisions: readonly Collision[] }>>

const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1)

/**
 * Deals k = `reviewsPerSubmission` reviewers to every submission so that nobody reviews their own work, no conflict is
 * broken, a forbidden campus stays apart, and every reviewer's load lies within 1 of the average n*k/m (n submissions,
 * m reviewers). A person's j-th review costs j * W, a pair of one campus C where that is to be avoided, and the j-th
 * reviewer of one role for one work j - 1, with W above all of C together and C above all roles together: the cheapest
 * flow is as even as the rules let it be, among those crosses campuses most, and then mixes roles. Ties are broken
 * by the dice of `seed`; the order of the input does not matter. Afterwards reviewers change places until shared
 * reviewers connect all works, where that can be.
 * Refuses with the collisions when no such allocation exists.
 */
export function allocateReviewers(given: AllocationInput): Result<Allocation, AllocationRefusal> {
  if (given.submissions.length === 0) return refuse('allocation.no_work', {})
  const roll = dice(given.seed)
  const input: AllocationInput = {
    ...given,
    submissions: shuffled([...given.submissions].sort(byId), roll),
    reviewers: shuffled([...given.reviewers].sort(byId), roll),
  }
  const apart = keptApart(input)
  const cost = (submission: number, reviewer: number) => {
    if (apart(submission, reviewer) !== null) return null
    const { campuses } = input.submissions[submission]!
    return input.sameCampus === 'avoid' && campuses.includes(input.reviewers[reviewer]!.campus) ? 1 : 0
  }

  const dealt = deal(input, cost, roll)
  if (dealt.collisions.length > 0) return refuse('allocation.impossible', { collisions: dealt.collisions })

  const [works, reviewers] = [input.submissions.length, input.reviewers.length]
  const pairs = connectReviews(dealt.pairs, { works, reviewers, cost }, roll)
  const load = loads(pairs, reviewers)
  return ok({
    pairs: pairs
      .map(({ work, reviewer }) => [input.submissions[work]!.id, input.reviewers[reviewer]!.id] as const)
      .sort((a, b) => (a[0] < b[0] || (a[0] === b[0] && a[1] < b[1]) ? -1 : 1)),
    load: { min: load.reduce((a, b) => Math.min(a, b)), max: load.reduce((a, b) => Math.max(a, b)) },
    connected: isConnected(pairs, works, reviewers),
    sameCampusPairs: pairs.filter(({ work, reviewer }) =>
      input.submissions[work]!.campuses.includes(input.reviewers[reviewer]!.campus),
    ).length,
  })
}

/** Which single change would make an impossible allocation possible. Told who else could review. */
export function whatWouldHelp(
  input: AllocationInput,
  spareReviewers: AllocationInput['reviewers'],
): { reviewsPerSubmission: number | null; avoidSameCampus: boolean; withoutConflicts: boolean; withoutWork: boolean } {
  const works = (change: Partial<AllocationInput>) => allocateReviewers({ ...input, ...change }).ok
  let fewer = input.reviewsPerSubmission - 1
  while (fewer > 0 && !works({ reviewsPerSubmission: fewer })) fewer--
  return {
    reviewsPerSubmission: fewer > 0 ? fewer : null,
    avoidSameCampus: input.sameCampus === 'forbid' && works({ sameCampus: 'avoid' }),
    withoutConflicts: !isEmpty(input.conflicts) && works({ conflicts: [] }),
    withoutWork: spareReviewers.length > 0 && works({ reviewers: [...input.reviewers, ...spareReviewers] }),
  }
}

const isEmpty = (some: Iterable<unknown>): boolean => some[Symbol.iterator]().next().done === true
