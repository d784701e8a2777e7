import * as z from 'zod'
import { route } from '../kernel/route.ts'
import { roundParams, run } from './round-path.ts'

/**
 * What each column of an export means. Teaching: the instructor's own learners by name, everybody else by campus and
 * number, and their reviews where one side is an own learner. Research: only those who consent, as codes made anew for each export,
 * without words, names, campuses or dates, in an order of its own, and with counts rounded.
 */
export const CODEBOOK = {
  people: {
    person: 'Who: a name, or campus and number where the name is not yours to see',
    campus: 'The institution they come from',
    sections: 'Sections or groups in your course, separated by semicolons',
    handed_in: '1 when their work was handed in, 0 when not',
    reviews_assigned: 'Reviews they were given to write',
    reviews_filed: 'Reviews of these that they sent',
  },
  works: {
    work: 'Number of the work in this export',
    authors: 'Whose work it is, separated by semicolons where a team made it',
    handed_in_at: 'When it was handed in, ISO 8601 in UTC',
    late_minutes:
      "Minutes after its author's own last moment; empty when in time. For research in whole days, rounded up",
    words: 'Words of the text; 0 for a file or a link alone. For research to the nearest 50',
    files: 'How many files were handed in',
  },
  reviews: {
    review: 'Number of the review in this export',
    work: 'Number of the work; empty for work of a learner who is not yours',
    reviewer: 'Who wrote it',
    filed_at: 'When it was sent, ISO 8601 in UTC',
    comment: 'The comment on the whole',
    comment_words: 'Words of all comments together',
    set_aside: '1 when an instructor set it aside: it counts in no score',
    helpfulness: 'What the author answered, 1 (no help) to 5 (great help); empty without an answer',
    reply: "The author's words to the reviewer",
  },
  marks: {
    review: 'Number of the review',
    criterion: 'Id of the criterion in the rubric',
    title: 'The criterion as people read it',
    points: 'Points of the level chosen',
    of: 'The most points the criterion gives',
    weight: 'How much it counts against the others',
    comment: 'The comment on this criterion',
  },
} as const

export type ExportTable = keyof typeof CODEBOOK
export type ExportRow<Table extends ExportTable> = Readonly<
  Record<keyof (typeof CODEBOOK)[Table], string | number | null>
>
export type RoundExport = { readonly [Table in ExportTable]: readonly ExportRow<Table>[] }

/** A research export has at least so many people who consent: among fewer, marks and counts tell who is who. */
export const CONSENTING_AT_LEAST = 5

const DAY_MINUTES = 1440
const WORDS_STEP = 50

/** For research, how late something was to the day and how long to 50 words: finer than that, it is a fingerprint of a work. */
export const coarsened = ({ lateMinutes, words }: Readonly<{ lateMinutes: number | null; words: number }>) => ({
  lateMinutes: lateMinutes === null ? null : Math.ceil(lateMinutes / DAY_MINUTES) * DAY_MINUTES,
  words: Math.round(words / WORDS_STEP) * WORDS_STEP,
})

/** What a research export leaves out, because it could say who somebody is. */
export const NOT_FOR_RESEARCH: Readonly<{ [Table in ExportTable]: readonly (keyof ExportRow<Table>)[] }> = {
  people: ['sections'],
  works: ['handed_in_at'],
  reviews: ['filed_at', 'comment', 'comment_words', 'reply'],
  marks: ['comment'],
}

/** A file to download: JSON in one piece, or a zip of CSV tables, the codebook in either. */
export const exportRoundRoute = route({
  method: 'GET',
  path: '/api/rounds/:roundId/export',
  params: roundParams,
  query: z.object({ form: z.enum(['json', 'csv']), purpose: z.enum(['teaching', 'research']) }),
  response: z.undefined(),
  refusals: [...run, 'review.too_few_consent'],
})
