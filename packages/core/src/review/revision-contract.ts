import * as z from 'zod'
import { Instant, route } from '../kernel/route.ts'
import { WorkFile } from './contract.ts'
import { roundParams, seen } from './round-path.ts'
import { FileOrder, fileParams, fileRefusals } from './work-contract.ts'
import { DatedVersion } from './writing-contract.ts'

/** The revision being written. `savedAt` is what the next save is based on. */
export const RevisionWritten = z.object({
  body: z.string(),
  files: z.array(WorkFile),
  link: z.string().nullable(),
  changeNote: z.string(),
  savedAt: Instant,
})
export type RevisionWritten = z.infer<typeof RevisionWritten>

/** What an author has handed in, version by version, and the revision being written. */
export const Versions = z.object({
  versions: z.array(DatedVersion),
  written: RevisionWritten.nullable(),
  /** Null where the round asks for no revision. */
  reviseUntil: Instant.nullable(),
  /** A revision can be handed in now. */
  isOpen: z.boolean(),
})
export type Versions = z.infer<typeof Versions>

const mine = [...seen, 'review.not_participant'] as const
const revising = [...mine, 'review.no_revision', 'review.not_handed_in', 'review.not_readable_yet'] as const
/** Facts of `review.draft_conflict` on a revision. */
export const RevisionConflict = z.object({
  saved: z.object({
    body: z.string(),
    link: z.string().nullable(),
    changeNote: z.string(),
    savedAt: z.iso.datetime(),
  }),
})

export const versionsRoute = route({
  method: 'GET',
  path: '/api/rounds/:roundId/versions',
  params: roundParams,
  response: Versions,
  refusals: mine,
})

const Link = z
  .url({ protocol: /^https?$/ })
  .max(2000)
  .nullable()

/** Autosave of a revision. */
export const saveRevisionRoute = route({
  method: 'PUT',
  path: '/api/rounds/:roundId/revision',
  params: roundParams,
  body: z.object({
    body: z.string().max(200_000),
    link: Link,
    changeNote: z.string().max(5000),
    basedOn: Instant.nullable(),
  }),
  response: RevisionWritten,
  refusals: [...revising, 'review.draft_conflict', 'review.kind_not_taken'],
})

/** multipart/form-data with one part `file`, as for the work itself. */
export const attachRevisionFileRoute = route({
  method: 'POST',
  path: '/api/rounds/:roundId/revision/files',
  params: roundParams,
  response: RevisionWritten,
  refusals: [...revising, 'review.kind_not_taken', ...fileRefusals],
})

export const removeRevisionFileRoute = route({
  method: 'DELETE',
  path: '/api/rounds/:roundId/revision/files/:uploadId',
  params: fileParams,
  response: RevisionWritten,
  refusals: [...revising, 'upload.not_found'],
})

export const orderRevisionFilesRoute = route({
  method: 'PUT',
  path: '/api/rounds/:roundId/revision/files',
  params: roundParams,
  body: FileOrder,
  response: RevisionWritten,
  refusals: [...revising, 'upload.order_differs'],
})

/** Makes the revision the next version. Reviewers can read it, with what was changed. */
export const handInRevisionRoute = route({
  method: 'POST',
  path: '/api/rounds/:roundId/revision/hand-in',
  params: roundParams,
  response: Versions,
  refusals: [...revising, 'review.revision_closed', 'review.nothing_changed', 'review.change_note_missing'],
})
