import { randomInt } from 'node:crypto'
import type { Actor } from '@copractice/core/directory'
import { ok, refuse, type PersonId, type Refusal, type Result, type RoundId } from '@copractice/core/kernel'
import {
  coarsened,
  CONSENTING_AT_LEAST,
  dice,
  highestPoints,
  shuffled,
  type Round,
  type RoundExport,
  type RoundPerson,
  type Rubric,
} from '@copractice/core/review'
import type { Db } from '@copractice/store/database'
import {
  listAssignments,
  listConsenting,
  listResponses,
  listWorksToExport,
  type Assignment,
  type Response,
  type WorkToExport,
} from '@copractice/store/review'
import { roundRunBy, type InstructorsOnly, type NotFound } from './find-round.ts'
import { peopleOfRound, type PeopleOfRound } from './people-of-round.ts'
import { audit } from './set-up-round.ts'

type TooFewConsent = Refusal<'review.too_few_consent', Readonly<{ least: number }>>
export type Exported = Readonly<{ round: Round; tables: RoundExport; purpose: 'teaching' | 'research' }>

/**
 * The tables of a round for whoever runs it: for teaching, or for research with only those who consent, where they are at
 * least `CONSENTING_AT_LEAST`. Written down either way.
 */
export async function exportRound(
  db: Db,
  actor: Actor,
  { roundId, purpose }: Readonly<{ roundId: RoundId; purpose: 'teaching' | 'research' }>,
  now: Date,
): Promise<Result<Exported, NotFound | InstructorsOnly | TooFewConsent>> {
  return db.transaction().execute(async (trx) => {
    const found = await roundRunBy(trx, actor, roundId)
    if (!found.ok) return found
    const round = found.value
    const { networkId } = actor
    const people = await peopleOfRound(trx, actor, round)
    const works = await listWorksToExport(trx, networkId, roundId)
    const all = await listAssignments(trx, networkId, roundId)
    const reviews = all.filter(({ filedAt }) => filedAt !== null)
    const responses = await listResponses(
      trx,
      networkId,
      reviews.map(({ assignmentId }) => assignmentId),
    )
    const loaded = { round, people, works, reviews, all, responses }
    const consenting = await listConsenting(trx, { networkId, cohortId: round.cohortId })
    const made = purpose === 'teaching' ? ok(forTeaching(loaded)) : forResearch(loaded, consenting)
    if (!made.ok) return made
    await audit(trx, actor, { roundId, action: 'round.exported', facts: { purpose } }, now)
    return ok({ round, tables: made.value, purpose })
  })
}

type Loaded = Readonly<{
  round: Round
  people: PeopleOfRound
  works: readonly WorkToExport[]
  /** Sent ones, and all that stand. */
  reviews: readonly Assignment[]
  all: readonly Assignment[]
  responses: ReadonlyMap<string, Response>
}>

type Seen = Readonly<{
  /** Undefined: not in this export. */
  person: (personId: PersonId) => Readonly<{ name: string; campus: string; sections: string }> | undefined
  work: (work: WorkToExport) => boolean
  review: (review: Assignment) => boolean
  hasWords: boolean
}>

function forTeaching(loaded: Loaded): RoundExport {
  const { people, works, reviews } = loaded
  const isOwnWork = new Map(works.map(({ submissionId, authors }) => [submissionId, authors.some(people.isOwn)]))
  const sectionsOf = Map.groupBy(people.learners, ({ personId }) => personId)
  return tablesOf(
    { ...loaded, reviews },
    {
      person: (personId) => {
        const label = people.label(personId)
        const sections = new Set((sectionsOf.get(personId) ?? []).flatMap((learner) => learner.sections))
        return { name: nameOf(label), campus: label.campus.name, sections: [...sections].join('; ') }
      },
      work: ({ submissionId }) => isOwnWork.get(submissionId) ?? false,
      review: ({ submissionId, reviewerId }) => (isOwnWork.get(submissionId) ?? false) || people.isOwn(reviewerId),
      hasWords: true,
    },
  )
}

const nameOf = (label: RoundPerson): string =>
  label.kind === 'numbered' ? `${label.campus.name} ${label.number}` : (label.name ?? 'Name not shared')

/** Codes are dealt anew for each export, so that two exports cannot be laid side by side. */
function forResearch(loaded: Loaded, consenting: ReadonlySet<PersonId>): Result<RoundExport, TooFewConsent> {
  const roll = dice(randomInt(2 ** 31))
  const taking = loaded.people.all.filter((one) => consenting.has(one.personId) && isInRound(loaded, one))
  if (taking.length < CONSENTING_AT_LEAST) return refuse('review.too_few_consent', { least: CONSENTING_AT_LEAST })
  const codes = new Map(shuffled(taking, roll).map(({ personId }, at) => [personId, `P${at + 1}`]))
  const campuses = new Map(
    shuffled([...new Set(taking.map(({ campus }) => campus.id))], roll).map((id, at) => [id, `C${at + 1}`]),
  )
  const campusOf = new Map(taking.map(({ personId, campus }) => [personId, campuses.get(campus.id)!]))
  const works = shuffled(
    loaded.works.filter(({ authors }) => authors.every((author) => consenting.has(author))),
    roll,
  )
  const taken = new Set(works.map(({ submissionId }) => submissionId))
  const reviews = shuffled(
    loaded.reviews.filter(({ submissionId, reviewerId }) => taken.has(submissionId) && consenting.has(reviewerId)),
    roll,
  )
  const tables = tablesOf(
    { ...loaded, works, reviews },
    {
      person: (personId) => {
        const name = codes.get(personId)
        return name ? { name, campus: campusOf.get(personId)!, sections: '' } : undefined
      },
      work: () => true,
      review: () => true,
      hasWords: false,
    },
  )
  return ok(tables)
}

/** Who takes part, handed in or was given a review. */
const isInRound = (
  { works, all }: Pick<Loaded, 'works' | 'all'>,
  { personId, takesPart }: PeopleOfRound['all'][number],
): boolean =>
  takesPart ||
  works.some(({ authors }) => authors.includes(personId)) ||
  all.some(({ reviewerId }) => reviewerId === personId)

function tablesOf({ round, people, works, reviews, all, responses }: Loaded, seen: Seen): RoundExport {
  const shownWorks = works.filter(seen.work)
  const workNumber = new Map(shownWorks.map(({ submissionId }, at) => [submissionId, at + 1]))
  const shown = reviews.filter(seen.review).map((review, at) => ({ review, number: at + 1 }))
  const handedIn = new Set(works.flatMap(({ authors }) => authors))
  const inRound = people.all.filter(
    ({ personId, takesPart }) => takesPart || handedIn.has(personId) || all.some((one) => one.reviewerId === personId),
  )
  const person = (personId: PersonId) => seen.person(personId)?.name ?? null
  const words = (text: string) => (seen.hasWords ? text : null)
  const moment = (at: Date | null) => (seen.hasWords ? (at?.toISOString() ?? null) : null)
  const measuresOf = (measured: Parameters<typeof coarsened>[0]) => {
    const { lateMinutes, words } = seen.hasWords ? measured : coarsened(measured)
    return { late_minutes: lateMinutes, words }
  }
  const rows = inRound.flatMap(({ personId }) => {
    const label = seen.person(personId)
    if (!label) return []
    const given = all.filter(({ reviewerId }) => reviewerId === personId)
    return [
      {
        person: label.name,
        campus: label.campus,
        sections: label.sections,
        handed_in: Number(handedIn.has(personId)),
        reviews_assigned: given.length,
        reviews_filed: given.filter(({ filedAt }) => filedAt !== null).length,
      },
    ]
  })
  return {
    people: rows.toSorted((a, b) => a.person.localeCompare(b.person, 'en', { numeric: true })),
    works: shownWorks.map(({ authors, body, handedInAt, files, ...work }, at) => ({
      work: at + 1,
      authors: authors.map(person).join('; '),
      handed_in_at: moment(handedInAt),
      ...measuresOf({ lateMinutes: work.lateMinutes, words: countWords(body) }),
      files,
    })),
    reviews: shown.map(({ review, number }) => {
      const { marks, comment, submissionId, reviewerId, filedAt, hiddenAt, assignmentId } = review
      const answered = responses.get(assignmentId)
      return {
        review: number,
        work: workNumber.get(submissionId) ?? null,
        reviewer: person(reviewerId),
        filed_at: moment(filedAt),
        comment: words(comment),
        comment_words: countWords([comment, ...marks.map((mark) => mark.comment)].join(' ')),
        set_aside: Number(hiddenAt !== null),
        helpfulness: answered?.helpfulness ?? null,
        reply: words(answered?.reply ?? ''),
      }
    }),
    marks: shown.flatMap(({ review, number }) => marksOf(round.rubric, review, number, words)),
  }
}

const marksOf = (rubric: Rubric, { marks }: Assignment, review: number, words: (text: string) => string | null) =>
  rubric.criteria.flatMap((criterion) => {
    const mark = marks.find(({ criterionId }) => criterionId === criterion.id)
    if (!mark) return []
    const { id, title, weight } = criterion
    const of = highestPoints(criterion)
    return [
      { review, criterion: id, title, points: mark.points, of, weight: weight ?? 1, comment: words(mark.comment) },
    ]
  })

const countWords = (text: string): number => text.split(/\s+/).filter(Boolean).length
