import type { PersonId, PostId } from '../kernel/ids.ts'
import { ok, refuse } from '../kernel/result.ts'

const UNDO_MINUTES = 10

export type PostHeld = Readonly<{ authorId: PersonId; removedAt: Date | null }>

/** Words are their author's: refuses `post.not_yours`, and `post.removed` for what was taken back. */
export function decideEdit(post: PostHeld, actorId: PersonId) {
  if (post.authorId !== actorId) return refuse('post.not_yours', {})
  return post.removedAt ? refuse('post.removed', {}) : ok(null)
}

/** Taking back again changes nothing: the first time counts. Refuses `post.not_yours`. */
export function decideRemoval(post: PostHeld, actorId: PersonId, now: Date) {
  if (post.authorId !== actorId) return refuse('post.not_yours', {})
  const removedAt = post.removedAt ?? now
  return ok({ removedAt, undoUntil: undoUntil(removedAt) })
}

/** Refuses `post.not_yours`, and `post.undo_over` ten minutes after it was taken back. */
export function decideRestore(post: PostHeld, actorId: PersonId, now: Date) {
  if (post.authorId !== actorId) return refuse('post.not_yours', {})
  if (post.removedAt && now > undoUntil(post.removedAt)) return refuse('post.undo_over', {})
  return ok(null)
}

const undoUntil = (removedAt: Date) => new Date(removedAt.getTime() + UNDO_MINUTES * 60_000)

/** Replies are one level deep: a reply to a reply hangs on the same post. */
export const parentFor = (answered: Readonly<{ id: PostId; parentId: PostId | null }>): PostId =>
  answered.parentId ?? answered.id
