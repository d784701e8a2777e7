import { expect, it } from 'vitest'
import type { PersonId, PostId } from '../kernel/ids.ts'
import { decideEdit, decideRemoval, decideRestore, parentFor } from './decide-post.ts'

const ana = 'ana' as PersonId
const ben = 'ben' as PersonId
const now = new Date('2026-11-17T12:00:00Z')
const minutes = (n: number) => new Date(now.getTime() + n * 60_000)

it('only the author edits, takes back and restores', () => {
  const post = { authorId: ana, removedAt: null }
  for (const decision of [decideEdit(post, ben), decideRemoval(post, ben, now), decideRestore(post, ben, now)])
    expect(decision).toMatchObject({ refusal: { code: 'post.not_yours' } })
  expect(decideEdit(post, ana)).toMatchObject({ ok: true })
})

it('a removal can be undone for ten minutes, counted from the first time', () => {
  expect(decideRemoval({ authorId: ana, removedAt: null }, ana, now)).toMatchObject({
    value: { removedAt: now, undoUntil: minutes(10) },
  })
  const removed = { authorId: ana, removedAt: now }
  expect(decideRemoval(removed, ana, minutes(5))).toMatchObject({ value: { undoUntil: minutes(10) } })
  expect(decideRestore(removed, ana, minutes(10))).toMatchObject({ ok: true })
  expect(decideRestore(removed, ana, new Date(minutes(10).getTime() + 1))).toMatchObject({
    refusal: { code: 'post.undo_over' },
  })
  expect(decideEdit(removed, ana)).toMatchObject({ refusal: { code: 'post.removed' } })
})

it('a reply to a reply hangs on the same post', () => {
  const top = 'top' as PostId
  expect(parentFor({ id: top, parentId: null })).toBe(top)
  expect(parentFor({ id: 'reply' as PostId, parentId: top })).toBe(top)
})
