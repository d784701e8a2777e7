import * as z from 'zod'
import { RoundId, RubricId, RubricVersionId } from '../kernel/ids.ts'
import { Instant, page, PageQuery, route, Ordinal } from '../kernel/route.ts'
import { Phase } from './contract.ts'
import { Rubric, RubricNote } from './rubric.ts'

const title = z.string().trim().min(1).max(200)
const params = z.object({ rubricId: RubricId })
const running = ['rubric.instructors_only'] as const
const found = [...running, 'rubric.not_found'] as const

/** A rubric of the network's library, by its newest version. `rounds`: how many were set up with any version of it. */
export const RubricSummary = z.object({
  rubricId: RubricId,
  rubricVersionId: RubricVersionId,
  title: z.string(),
  number: z.number().int(),
  criteria: z.array(z.string()),
  points: z.number(),
  changedAt: Instant,
  archivedAt: Instant.nullable(),
  rounds: z.number().int(),
})
export type RubricSummary = z.infer<typeof RubricSummary>

const Change = z.discriminatedUnion('kind', [
  z.object({ kind: z.enum(['added', 'removed', 'reworded', 'reordered_levels', 'prompts']), title: z.string() }),
  z.object({ kind: z.enum(['comment_needed', 'comment_free', 'order']), title: z.string() }),
  z.object({ kind: z.literal('renamed'), title: z.string(), before: z.string() }),
  z.object({ kind: z.enum(['weight', 'levels', 'words']), title: z.string(), before: z.number(), after: z.number() }),
  z.object({
    kind: z.literal('points'),
    title: z.string(),
    level: z.number().int(),
    before: z.number(),
    after: z.number(),
  }),
])
/** What a version changes. `countsOtherwise`: marks given under the two do not compare. */
export const RubricDifference = z.object({
  changes: z.array(Change),
  countsOtherwise: z.boolean(),
  pointsBefore: z.number(),
  pointsAfter: z.number(),
})
export type RubricDifference = z.infer<typeof RubricDifference>

/** A round that is not closed. `title` is null for one of a cohort whose rounds the reader does not run. */
export const RoundWithRubric = z.object({
  roundId: RoundId.nullable(),
  title: z.string().nullable(),
  cohort: z.string(),
  phase: Phase,
  number: z.number().int(),
})
export type RoundWithRubric = z.infer<typeof RoundWithRubric>

export const RubricVersion = z.object({
  rubricVersionId: RubricVersionId,
  number: z.number().int(),
  note: z.string(),
  createdAt: Instant,
  createdBy: z.string().nullable(),
  rounds: z.number().int(),
  rubric: Rubric,
  /** Against the version before; null for the first. */
  difference: RubricDifference.nullable(),
})
export type RubricVersion = z.infer<typeof RubricVersion>

export const RubricDetail = RubricSummary.extend({
  rubric: Rubric,
  versions: z.array(RubricVersion),
  openRounds: z.array(RoundWithRubric),
})
export type RubricDetail = z.infer<typeof RubricDetail>

/** The library, by title. `archived`: those put away instead. */
export const listRubricsRoute = route({
  method: 'GET',
  path: '/api/rubrics',
  query: PageQuery.extend({
    search: z.string().max(100).default(''),
    archived: z.enum(['yes', 'no']).default('no'),
  }),
  response: page(RubricSummary),
  refusals: running,
})

/** Rubrics to start from, one for each kind of work a CEP application asks for. */
export const rubricTemplatesRoute = route({
  method: 'GET',
  path: '/api/rubric-templates',
  response: z.object({ items: z.array(z.object({ key: z.string(), title: z.string(), rubric: Rubric })) }),
  refusals: running,
})

export const showRubricRoute = route({
  method: 'GET',
  path: '/api/rubrics/:rubricId',
  params,
  response: RubricDetail,
  refusals: found,
})

export const createRubricRoute = route({
  method: 'POST',
  path: '/api/rubrics',
  body: z.object({ title, note: RubricNote.default(''), rubric: Rubric }),
  response: RubricDetail,
  refusals: running,
})

/** What a change would mean, before it is made. */
export const compareRubricRoute = route({
  method: 'POST',
  path: '/api/rubrics/:rubricId/compare',
  params,
  body: z.object({ rubric: Rubric }),
  response: z.object({ difference: RubricDifference, openRounds: z.array(RoundWithRubric) }),
  refusals: found,
})

/** A new version; rounds keep theirs. `basedOn` is the newest number the writer saw: another since is a conflict. */
export const addRubricVersionRoute = route({
  method: 'POST',
  path: '/api/rubrics/:rubricId/versions',
  params,
  body: z.object({ rubric: Rubric, note: RubricNote.min(1), basedOn: z.number().int() }),
  response: RubricDetail,
  refusals: [...found, 'rubric.unchanged', 'rubric.changed_meanwhile', 'rubric.archived'],
})

/** Its name, or whether it is put away. Rounds that use it do not notice. */
export const changeRubricRoute = route({
  method: 'PATCH',
  path: '/api/rubrics/:rubricId',
  params,
  body: z.object({ title: title.optional(), archived: z.boolean().optional() }),
  response: RubricDetail,
  refusals: found,
})

/** A file made by export, as text. What does not fit is named place by place, all of it at once. */
export const importRubricRoute = route({
  method: 'POST',
  path: '/api/rubrics/import',
  body: z.object({ text: z.string().max(1_000_000) }),
  response: RubricDetail,
  refusals: [
    ...running,
    'rubric.file_not_json',
    'rubric.file_other_kind',
    'rubric.file_other_version',
    'rubric.file_not_readable',
  ],
})

/** One version as a file's text. */
export const exportRubricRoute = route({
  method: 'GET',
  path: '/api/rubrics/:rubricId/versions/:number/export',
  params: params.extend({ number: z.coerce.number().pipe(Ordinal) }),
  response: z.object({ fileName: z.string(), text: z.string() }),
  refusals: found,
})
