import { ok, refuse, type Refusal, type Result } from '../kernel/result.ts'
import type { RoundInTime } from './change-phase.ts'
import { isSameInstant, type DraftConflictRefusal } from './hand-in-work.ts'
import { isSettled } from './who-may-know.ts'

type Revisable = RoundInTime & Readonly<{ reviseUntil: Date | null }>
/** What a version says; `link` null where there is none. */
export type VersionText = Readonly<{ body: string; fileIds: readonly string[]; link: string | null }>
export type RevisionState = VersionText & Readonly<{ changeNote: string; savedAt: Date }>
type RevisionDraft = Readonly<{ body: string; link: string | null; changeNote: string; basedOn: Date | null }>
type SavedRevision = Readonly<{ body: string; link: string | null; changeNote: string; savedAt: Date }>

export type ReviseRefusal =
  | Refusal<'review.no_revision', Record<string, never>>
  | Refusal<'review.not_handed_in', Record<string, never>>
  | Refusal<'review.not_readable_yet', Readonly<{ reviewUntil: Date }>>
export type SaveRevisionRefusal = ReviseRefusal | DraftConflictRefusal<SavedRevision>
export type HandInRevisionRefusal =
  | ReviseRefusal
  | Refusal<'review.revision_closed', Readonly<{ reviseUntil: Date }>>
  | Refusal<'review.nothing_changed', Record<string, never>>
  | Refusal<'review.change_note_missing', Record<string, never>>

/** May the author write a new version? Once the reviews can be read, in a round that asks for one, of work that was handed in. */
export function reviseWork(
  round: Revisable,
  { isHandedIn }: Readonly<{ isHandedIn: boolean }>,
  now: Date,
): Result<Date, ReviseRefusal> {
  if (!round.reviseUntil) return refuse('review.no_revision', {})
  if (!isHandedIn) return refuse('review.not_handed_in', {})
  if (!isSettled(round, now)) return refuse('review.not_readable_yet', { reviewUntil: round.reviewUntil })
  return ok(round.reviseUntil)
}

/** Saves a revision being written, on top of the version last seen; also after `reviseUntil`, as what someone types is kept. */
export function saveRevision(
  round: Revisable,
  work: Readonly<{ isHandedIn: boolean; written: RevisionState | null }>,
  draft: RevisionDraft,
  now: Date,
): Result<true, SaveRevisionRefusal> {
  const may = reviseWork(round, work, now)
  if (!may.ok) return may
  const { written } = work
  if (written && !isSameInstant(draft.basedOn, written.savedAt) && !isSame(written, draft)) {
    const { body, link, changeNote, savedAt } = written
    return refuse('review.draft_conflict', { saved: { body, link, changeNote, savedAt } })
  }
  return ok(true)
}

/** A revision says something else than the version before it, and its author says what. */
export function handInRevision(
  round: Revisable,
  work: Readonly<{ isHandedIn: boolean; written: RevisionState | null; latest: VersionText | null }>,
  now: Date,
): Result<true, HandInRevisionRefusal> {
  const may = reviseWork(round, work, now)
  if (!may.ok) return may
  if (now > may.value) return refuse('review.revision_closed', { reviseUntil: may.value })
  const { written, latest } = work
  if (!written || (latest && saysTheSame(written, latest)) || isEmpty(written))
    return refuse('review.nothing_changed', {})
  return written.changeNote.trim() ? ok(true) : refuse('review.change_note_missing', {})
}

const saysTheSame = (one: VersionText, other: VersionText): boolean =>
  one.body.trim() === other.body.trim() && one.fileIds.join() === other.fileIds.join() && one.link === other.link
const isEmpty = ({ body, fileIds, link }: VersionText): boolean => !body.trim() && fileIds.length === 0 && !link
const isSame = (written: RevisionState, draft: RevisionDraft): boolean =>
  written.body === draft.body && written.link === draft.link && written.changeNote === draft.changeNote
