import * as z from 'zod'
import { ok, refuse, type Refusal, type Result } from '../kernel/result.ts'

/** What may be handed in: typed text, files, an address, the address of a video, a version of a portfolio item. */
export const WorkKind = z.enum(['text', 'file', 'link', 'video', 'portfolio'])
export type WorkKind = z.infer<typeof WorkKind>

/** by_date: a round goes from phase to phase when its dates come; by hand an instructor says so. */
export const Advance = z.enum(['by_hand', 'by_date'])
export type Advance = z.infer<typeof Advance>

export type KindNotTaken = Refusal<'review.kind_not_taken', Readonly<{ kind: WorkKind; taken: readonly WorkKind[] }>>

/** Does the round take work of this kind? */
export function takesKind(
  { workKinds }: Readonly<{ workKinds: readonly WorkKind[] }>,
  kind: WorkKind,
): Result<true, KindNotTaken> {
  return workKinds.includes(kind) ? ok(true) : refuse('review.kind_not_taken', { kind, taken: workKinds })
}
