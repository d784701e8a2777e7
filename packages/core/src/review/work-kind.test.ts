import { expect, it } from 'vitest'
import { takesKind, WorkKind } from './work-kind.ts'

it('a round takes the kinds of work it names, and a refusal says which these are', () => {
  const workKinds = ['text', 'link'] as const
  for (const kind of WorkKind.options) {
    const isTaken = kind === 'text' || kind === 'link'
    expect(takesKind({ workKinds }, kind)).toEqual(
      isTaken
        ? { ok: true, value: true }
        : { ok: false, refusal: { code: 'review.kind_not_taken', facts: { kind, taken: workKinds } } },
    )
  }
})
