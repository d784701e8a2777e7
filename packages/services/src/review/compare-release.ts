import { createHash } from 'node:crypto'
import type { CourseId, NetworkId } from '@copractice/core/kernel'
import { compareGrades, type GradeChange, type Round } from '@copractice/core/review'
import type { Db, Trx } from '@copractice/store/database'
import type { StandingRelease } from '@copractice/store/review'
import { releaseThatCounts } from './load-entered.ts'
import { loadScoring, type RoundScoring } from './load-scoring.ts'
import type { PeopleOfRound } from './people-of-round.ts'

/** The scoring that counts for each of these courses. Courses whose releases hold the same fast share one. */
export async function scoringByCourse(
  trx: Db | Trx,
  networkId: NetworkId,
  round: Round,
  courses: Readonly<{ releases: readonly StandingRelease[]; courseIds: readonly CourseId[] }>,
  model: 'whenever offered' | 'in force',
): Promise<(courseIds: readonly CourseId[]) => RoundScoring> {
  const { releases, courseIds } = courses
  const keyOf = (release: StandingRelease | null) => (release ? +release.pinnedAt : null)
  const loaded = new Map<number | null, RoundScoring>()
  for (const each of courseIds) {
    const release = releaseThatCounts(releases, [each])
    const key = keyOf(release)
    if (!loaded.has(key)) loaded.set(key, await loadScoring(trx, networkId, round, release, model))
  }
  const [first] = loaded.values()
  return (ids) => loaded.get(keyOf(releaseThatCounts(releases, ids))) ?? first!
}

export type ReleaseChanges = Readonly<{ changes: readonly GradeChange[]; fingerprint: string }>

/** What releasing anew would change for the learners of a course; null: nothing. */
export function changesOf(
  release: StandingRelease,
  scorings: Readonly<{ told: RoundScoring; now: RoundScoring }>,
  { own, learners }: PeopleOfRound,
): ReleaseChanges | null {
  const ofCourse = new Set(
    learners.filter(({ courseId }) => courseId === release.courseId).map(({ personId }) => personId),
  )
  // By name, as the people come.
  const people = own.map(({ personId }) => personId).filter((personId) => ofCourse.has(personId))
  const changes = compareGrades(scorings.told.scored, scorings.now.scored, people)
  if (changes.length === 0) return null
  const seen = JSON.stringify([release.releaseId, changes])
  return { changes, fingerprint: createHash('sha256').update(seen).digest('base64url') }
}
