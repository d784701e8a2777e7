import type { NetworkId, PersonId, RoundId, SubmissionId } from '@copractice/core/kernel'
import {
  keptApart,
  type AllocationInput,
  type KeptApart,
  type PairingMatrix,
  type Round,
} from '@copractice/core/review'
import type { Db, Trx } from '@copractice/store/database'
import {
  listAbsences,
  listConflicts,
  listPairsOfRound,
  listTeams,
  listWorks,
  type Absence,
  type PairInRound,
  type SeatedPerson,
} from '@copractice/store/review'

/** A handed-in work. `stands`: some author is still there, so that it is to be reviewed. */
export type WorkInRound = Readonly<{
  submissionId: SubmissionId
  /** Who began it. */
  authorId: PersonId
  authors: readonly PersonId[]
  team: string | null
  stands: boolean
}>

/** Who reviews what in a round, and by which rules. */
export type Pairings = Readonly<{
  works: readonly WorkInRound[]
  reviews: readonly PairInRound[]
  absences: ReadonlyMap<PersonId, Absence>
  there: readonly PersonId[]
  /** Takes part, and is not noted as away. */
  isThere: (personId: PersonId) => boolean
  /** Null for somebody who is there. */
  awayAs: (personId: PersonId) => PairingMatrix['rows'][number]['away']
  /** What the rules of allocation say about these works and people. */
  rules: (works: readonly WorkInRound[], reviewers: readonly PersonId[]) => AllocationInput
}>

type Known = Readonly<{
  round: Pick<Round, 'roundId' | 'seed' | 'reviewsPerSubmission' | 'sameCampus'>
  people: readonly SeatedPerson[]
  /** In the place of those noted. */
  absences?: readonly Absence[]
}>

export async function loadPairings(
  trx: Db | Trx,
  networkId: NetworkId,
  { round, people, absences: given }: Known,
): Promise<Pairings> {
  const { roundId } = round
  const known = new Map(people.map((person) => [person.personId, person]))
  const absences = new Map(
    (given ?? (await listAbsences(trx, networkId, roundId))).map((absence) => [absence.personId, absence]),
  )
  const isThere = (personId: PersonId) => known.get(personId)?.takesPart === true && !absences.has(personId)
  const works = await handedInWorks(trx, networkId, roundId, isThere)
  const conflicts = await listConflicts(trx, networkId, roundId)
  const campusOf = (personId: PersonId) => known.get(personId)?.campus.id ?? ''
  return {
    works,
    reviews: await listPairsOfRound(trx, networkId, roundId),
    absences,
    there: people.map(({ personId }) => personId).filter(isThere),
    isThere,
    awayAs: (personId) => (isThere(personId) ? null : (absences.get(personId)?.kind ?? 'left')),
    rules: (works, reviewers) => {
      const worksOf = Map.groupBy(
        works.flatMap(({ submissionId, authors }) => authors.map((author) => ({ submissionId, author }))),
        ({ author }) => author,
      )
      return {
        seed: round.seed,
        reviewsPerSubmission: round.reviewsPerSubmission,
        sameCampus: round.sameCampus,
        submissions: works.map(({ submissionId, authors }) => ({
          id: submissionId,
          authors,
          campuses: [...new Set(authors.map(campusOf))],
        })),
        reviewers: reviewers.map((id) => ({ id, campus: campusOf(id), role: known.get(id)?.role ?? undefined })),
        conflicts: conflicts.flatMap(({ reviewerId, authorId }) =>
          (worksOf.get(authorId) ?? []).map(({ submissionId }) => [reviewerId, submissionId] as const),
        ),
      }
    },
  }
}

async function handedInWorks(
  trx: Db | Trx,
  networkId: NetworkId,
  roundId: RoundId,
  isThere: (personId: PersonId) => boolean,
): Promise<WorkInRound[]> {
  const teams = new Map((await listTeams(trx, networkId, roundId)).map((team) => [team.teamId, team]))
  return (await listWorks(trx, networkId, roundId))
    .filter(({ status }) => status === 'submitted')
    .map(({ submissionId, authorId, teamId }) => {
      const team = teamId === null ? undefined : teams.get(teamId)
      const authors = team ? [...new Set([authorId, ...team.members])] : [authorId]
      return { submissionId, authorId, authors, team: team?.name ?? null, stands: authors.some(isThere) }
    })
}

/** Every pair of these that a rule keeps apart, with the rule. */
export function pairsApart(
  input: AllocationInput,
  works: readonly WorkInRound[],
  reviewers: readonly PersonId[],
): { authorId: PersonId; reviewerId: PersonId; why: KeptApart }[] {
  const apart = keptApart(input)
  return works.flatMap(({ authorId }, s) =>
    reviewers.flatMap((reviewerId, r) => {
      const why = apart(s, r)
      return why ? [{ authorId, reviewerId, why }] : []
    }),
  )
}
