import * as z from 'zod'
import { AFFILIATIONS } from '../directory/affiliation.ts'
import { CampusMark } from '../directory/person-seen.ts'
import { CommunityId, RegionId } from '../kernel/ids.ts'
import { Instant, route } from '../kernel/route.ts'
import { FUNCTIONS } from '../programme/blueprint.ts'

/** A count of people; null: it is small, or another small one would follow from it. */
const Count = z.int().nullable()
const TermKey = z.string().regex(/^(spring|summer|fall)-\d{4}$/)

/** What the report is about; what is left out is everything in the reader's reach. */
export const ReportAsked = z.object({
  term: TermKey.optional(),
  regionId: RegionId.optional(),
  communityId: CommunityId.optional(),
})
export type ReportAsked = z.infer<typeof ReportAsked>

/** Affiliations as columns; `none` is a seat without a tie to its institution. */
export const REPORT_AFFILIATIONS = [...AFFILIATIONS, 'none'] as const

const ByCampus = z.object({ institution: CampusMark, count: Count })
const Followed = z.object({ due: Count, kept: Count, partly: Count, not: Count, unanswered: Count })

export const Report = z.object({
  madeAt: Instant,
  smallest: z.int(),
  asked: ReportAsked,
  choices: z.object({
    terms: z.array(z.string()),
    regions: z.array(z.object({ id: RegionId, name: z.string() })),
    communities: z.array(z.object({ id: CommunityId, name: z.string() })),
  }),
  cohorts: z.int(),
  /** Who takes or took part, those who left among them, each person once, at the campus of their first seat. `byAffiliation` is in the order of `REPORT_AFFILIATIONS`. */
  participation: z.object({
    campuses: z.array(z.object({ institution: CampusMark, byAffiliation: z.array(Count), total: Count })),
    byAffiliation: z.array(Count),
    total: Count,
  }),
  /**
   * Minutes of meetings and convenings held that people attended; what runs at the same time counts once. Where people
   * are too few both are null. `affiliations` are those anybody has, in the order of `REPORT_AFFILIATIONS`.
   */
  hours: z.object({
    meetingsHeld: z.int(),
    meetingsNoted: z.int(),
    guidedMinutes: z.int(),
    people: Count,
    personMinutes: z.int().nullable(),
    campuses: z.array(z.object({ institution: CampusMark, people: Count, personMinutes: z.int().nullable() })),
    affiliations: z.array(
      z.object({ kind: z.enum(REPORT_AFFILIATIONS), people: Count, personMinutes: z.int().nullable() }),
    ),
  }),
  /** Planned minutes that name each function; one minute may serve several. */
  functions: z.object({
    minutes: z.array(z.object({ function: z.enum(FUNCTIONS), minutes: z.int() })),
    meetings: z.int(),
    meetingsUnnamed: z.int(),
  }),
  /** Cohorts by the share of their planned time that one person presents; `shares` are bands of ten per cent. */
  agenda: z.object({ cohorts: z.array(z.int()).length(10), minutes: z.int(), presented: z.int(), over: z.int() }),
  /** Pairs of people of two campuses who first met in the time asked for; null where people are hidden, for pairs tell them. */
  ties: z.object({ pairs: Count, people: Count, campuses: z.array(ByCampus) }),
  /** Commitments, told where they are of five different people or more. */
  commitments: z.object({ made: Count, after30: Followed, after90: Followed }),
  /** For each term who took part (as in participation), and how many of them did in the next one too; null `stayed`: there is no next one yet. */
  retention: z.array(z.object({ term: z.string(), people: Count, stayed: Count, isLast: z.boolean() })),
})
export type Report = z.infer<typeof Report>

/** For coordinators and network admins. `directory.not_found`: a region or community out of reach, or no such term. */
export const showReport = route({
  method: 'GET',
  path: '/api/reports',
  query: ReportAsked,
  response: Report,
  refusals: ['directory.not_found'],
})

export const REPORT_PARTS = [
  'participation',
  'hours',
  'functions',
  'agenda',
  'ties',
  'commitments',
  'retention',
] as const
export type ReportPart = (typeof REPORT_PARTS)[number]

/** Answers `text/csv`, with the same counts hidden. */
export const exportReport = route({
  method: 'GET',
  path: '/api/reports/csv/:part',
  params: z.object({ part: z.enum(REPORT_PARTS) }),
  query: ReportAsked,
  response: z.string(),
  refusals: ['directory.not_found'],
})

/**
 * Answers `text/csv`: a row for each person who lets their data be used for research in every cohort it is of, without
 * name, campus or date. Fewer than five of them: `report.too_few_consent`. Written down.
 */
export const exportForResearch = route({
  method: 'GET',
  path: '/api/reports/research',
  query: ReportAsked,
  response: z.string(),
  refusals: ['directory.not_found', 'report.too_few_consent'],
})
