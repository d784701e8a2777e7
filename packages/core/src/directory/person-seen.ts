import * as z from 'zod'
import { InstitutionId, PersonId } from '../kernel/ids.ts'

/** How a campus or partner organisation is drawn beside a name: a letter on one of twelve colours, never one without the other. */
export const CampusMark = z.object({
  id: InstitutionId,
  name: z.string(),
  letter: z.string(),
  /** Slot 1 to 12 of the theme's campus colours. */
  colour: z.int().min(1).max(12),
})
export type CampusMark = z.infer<typeof CampusMark>

/** A person as others in the same space see them. `name` is null when the LMS keeps it to itself and they gave none. */
export const PersonSeen = z.object({
  id: PersonId,
  name: z.string().nullable(),
  pronouns: z.string().nullable(),
  campus: CampusMark.nullable(),
})
export type PersonSeen = z.infer<typeof PersonSeen>
