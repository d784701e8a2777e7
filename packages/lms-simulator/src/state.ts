import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { LogEntry, Profile } from './options.ts'
import { writeFileAtomically } from './write-file-atomically.ts'

const signingKey = z.object({ kid: z.string(), privatePem: z.string(), publicJwk: z.record(z.string(), z.unknown()) })

const tool = z.object({
  number: z.number(),
  clientId: z.string(),
  deploymentId: z.string(),
  active: z.boolean(),
  name: z.string(),
  loginUrl: z.string(),
  launchUrl: z.string(),
  redirectUris: z.array(z.string()),
  jwksUrl: z.string(),
  deepLinkingUrl: z.string().optional(),
  domain: z.string(),
  custom: z.record(z.string(), z.string()),
  scopes: z.array(z.string()),
  legacyKey: z.object({ key: z.string(), secret: z.string() }).optional(),
})

const link = z.object({
  id: z.string(),
  title: z.string(),
  kind: z.enum(['navigation', 'assignment']),
  text: z.string().optional(),
  custom: z.record(z.string(), z.string()).optional(),
  targetPath: z.string().optional(),
  url: z.string().optional(),
  tool: z.string().optional(),
  scoreMaximum: z.number().optional(),
  unpublished: z.boolean().optional(),
  unlockAt: z.string().optional(),
  dueAt: z.string().optional(),
  lockAt: z.string().optional(),
})

/** How a line item says where a submission can be looked at (LTI submission review). */
export const submissionReviewSchema = z.object({
  url: z.string().optional(),
  label: z.string().optional(),
  reviewableStatus: z.array(z.string()).optional(),
  custom: z.record(z.string(), z.string()).optional(),
})

const column = z.object({
  id: z.string(),
  courseId: z.string(),
  label: z.string(),
  scoreMaximum: z.number(),
  resourceId: z.string().optional(),
  tag: z.string().optional(),
  resourceLinkId: z.string().optional(),
  startDateTime: z.string().optional(),
  endDateTime: z.string().optional(),
  submissionReview: submissionReviewSchema.optional(),
  /** Of the tool that may read and write it. */
  clientId: z.string().optional(),
  madeBy: z.enum(['tool', 'link', 'course']),
  linkId: z.string().optional(),
  deepLinked: z.boolean().optional(),
  /** Canvas: `none` makes a column that takes no submissions. */
  submissionType: z.string().optional(),
  locked: z.boolean().optional(),
  unpublished: z.boolean().optional(),
  allowedAttempts: z.number().optional(),
})

const cell = z.object({
  columnId: z.string(),
  personId: z.string(),
  score: z.number().nullable(),
  comments: z.array(z.string()),
  attempts: z.array(
    z.object({
      submittedAt: z.string(),
      type: z.string(),
      content: z.string().optional(),
      score: z.number().nullable(),
    }),
  ),
  activityProgress: z.string().optional(),
  gradingProgress: z.string().optional(),
  timestamp: z.string().nullable(),
  arrivedAt: z.string().nullable(),
  /** A teacher typed the score. */
  byHand: z.boolean().optional(),
  /** Canvas: what the tool itself said last, which results report. */
  resultScore: z.number().nullable().optional(),
  resultMaximum: z.number().optional(),
})

const schema = z.object({
  version: z.literal(1),
  /** The last one signs. */
  keys: z.array(signingKey),
  tools: z.array(tool),
  links: z.array(z.object({ courseId: z.string(), link })),
  removedColumns: z.array(z.string()),
  columns: z.array(column),
  cells: z.array(cell),
  accessTokens: z.array(
    z.object({ token: z.string(), clientId: z.string(), scopes: z.array(z.string()), expires: z.number() }),
  ),
  registrationTokens: z.array(z.object({ token: z.string(), expires: z.number() })),
  numbers: z.record(z.string(), z.number()),
  log: z.array(z.custom<LogEntry>()),
})

export type SigningKey = z.infer<typeof signingKey>
export type Tool = z.infer<typeof tool>
export type Column = z.infer<typeof column>
export type Cell = z.infer<typeof cell>
export type SubmissionReview = z.infer<typeof submissionReviewSchema>
/** Everything a simulator remembers over a restart. */
export type State = z.infer<typeof schema>

const EMPTY: State = {
  version: 1,
  keys: [],
  tools: [],
  links: [],
  removedColumns: [],
  columns: [],
  cells: [],
  accessTokens: [],
  registrationTokens: [],
  numbers: {},
  log: [],
}

export type StateFile = { state: State; save: () => void }

/** Opens what was kept in the folder, or starts empty. Without a folder nothing is written. */
export function openState(folder: string | undefined, profile: Profile): StateFile {
  if (folder === undefined) return { state: structuredClone(EMPTY), save: () => undefined }
  const path = join(folder, `lms-${profile}.json`)
  const state = existsSync(path) ? schema.parse(JSON.parse(readFileSync(path, 'utf8'))) : structuredClone(EMPTY)
  return {
    state,
    save: () => writeFileAtomically(path, JSON.stringify({ ...state, log: state.log.slice(-100) })),
  }
}
