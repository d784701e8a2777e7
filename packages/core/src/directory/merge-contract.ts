import * as z from 'zod'
import { PersonId } from '../kernel/ids.ts'
import { Instant, PageQuery, page, route } from '../kernel/route.ts'

/** How long a merge can be taken apart again. */
export const MERGE_UNDO_DAYS = 30

const MergeId = z.uuid()
const Rows = z.array(z.object({ table: z.string(), rows: z.int() }))
const pair = z.object({ personId: PersonId, goneId: PersonId })
const Named = z.object({ id: PersonId, name: z.string().nullable(), email: z.string().nullable() })

/** What merging `goneId` into `personId` would move, by table, and what stands in its way. Changes nothing. */
export const previewMerge = route({
  method: 'GET',
  path: '/api/people/:personId/merge/:goneId',
  params: pair,
  response: z.object({
    kept: Named,
    gone: Named,
    moves: Rows,
    /** Both hold these; the kept person's stay. */
    putAway: Rows,
    /** Both hold what can be only once: a seat in one cohort, the work of one round. */
    refused: Rows,
    /** Reviews that one of them has of the other's work. */
    reviewsOfEachOther: z.int(),
  }),
  refusals: ['directory.not_found', 'merge.same_person'],
})
/** Makes the two one person, in one transaction. The one who goes is kept aside to be restored. */
export const mergePeople = route({
  method: 'POST',
  path: '/api/people/:personId/merge/:goneId',
  params: pair,
  response: z.object({ id: MergeId }),
  refusals: ['directory.not_found', 'merge.same_person', 'merge.both_hold', 'merge.review_each_other'],
})
export const listMerges = route({
  method: 'GET',
  path: '/api/merges',
  query: PageQuery,
  response: page(
    z.object({
      id: MergeId,
      kept: Named,
      gone: Named,
      at: Instant,
      byName: z.string().nullable(),
      undoneAt: Instant.nullable(),
      undoUntil: Instant,
      mayUndo: z.boolean(),
    }),
  ),
  refusals: ['directory.not_found'],
})
export const undoMerge = route({
  method: 'POST',
  path: '/api/merges/:mergeId/undo',
  params: z.object({ mergeId: MergeId }),
  response: z.undefined(),
  refusals: ['directory.not_found', 'merge.too_late', 'merge.undone_already', 'merge.went_on'],
})
