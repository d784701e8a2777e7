import { ok, refuse, type Refusal, type Result } from '@copractice/core/kernel'
import type { WhyNotCleaned } from './cannot-clean.ts'
import { holdsTraces, type NotCleaned as CannotBeCleaned } from './clean-file.ts'
import { workApart, type Limits } from './work-apart.ts'

/** `fileName` as its sender called it. too_hard: reading it took more time or memory than one file may. */
export type NotCleaned =
  | Refusal<'upload.not_cleaned', Readonly<{ why: WhyNotCleaned | 'too_hard'; fileName: string }>>
  | Busy
/** More files wait to be checked than may: it can be tried again soon. */
export type Busy = Refusal<'upload.busy', Record<string, never>>
type Cleaned = Result<Uint8Array | null, CannotBeCleaned>
/** `personId`: who waits for it. `read` gives its content when its turn has come. */
type File = Readonly<{
  mediaType: string
  fileName: string
  bytes: number
  personId: string
  read: () => Promise<Uint8Array>
}>

/** A cleaned copy that is this many times its original and more is not kept. */
const GROWS_AT_MOST = 3
const MAY_ALWAYS_BE = 1024 * 1024

/** `cleanFile` in a thread of its own, with a limit to its time, its memory and the size of what comes of it. */
export async function cleanApart(
  { mediaType, fileName, bytes, personId, read }: File,
  limits?: Limits,
): Promise<Result<Uint8Array | null, NotCleaned>> {
  if (!holdsTraces(mediaType)) return ok(null)
  const tooHard = () => refuse('upload.not_cleaned', { why: 'too_hard' as const, fileName })
  const done = await workApart<Cleaned>({ task: 'clean', mediaType, personId, read }, limits)
  if ('stopped' in done) return done.stopped === 'busy' ? refuse('upload.busy', {}) : tooHard()
  const { value } = done
  if (!value.ok) return refuse('upload.not_cleaned', { ...value.refusal.facts, fileName })
  const size = value.value?.byteLength ?? 0
  return size > Math.max(bytes * GROWS_AT_MOST, MAY_ALWAYS_BE) ? tooHard() : value
}

/** The words of a file, read in a thread of its own; null where there are none that we can read in time, or too many wait. */
export async function readTextApart({
  mediaType,
  personId,
  read,
}: Omit<File, 'fileName' | 'bytes'>): Promise<string | null> {
  const done = await workApart<string | null>({ task: 'read', mediaType, personId, read })
  return 'stopped' in done ? null : done.value
}
