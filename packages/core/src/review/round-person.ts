import * as z from 'zod'
import { CampusMark } from '../directory/person-seen.ts'
import { PersonId } from '../kernel/ids.ts'

/** Someone the reader may see. `name` is null when their LMS does not share it. */
export const NamedPerson = z.object({ personId: PersonId, name: z.string().nullable(), campus: CampusMark })
export type NamedPerson = z.infer<typeof NamedPerson>

/**
 * Someone in a round as an instructor sees them: named when they are a learner of the instructor's own course, otherwise
 * campus and number ("Hillside 1"). `key` tells them apart inside one answer and means nothing outside it.
 */
export const RoundPerson = z.discriminatedUnion('kind', [
  NamedPerson.extend({ kind: z.literal('named'), key: z.string() }),
  z.object({ kind: z.literal('numbered'), key: z.string(), campus: CampusMark, number: z.number().int() }),
])
export type RoundPerson = z.infer<typeof RoundPerson>
