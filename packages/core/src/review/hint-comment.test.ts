import { describe, expect, it } from 'vitest'
import { countWords } from './count-words.ts'
import { hintComment } from './hint-comment.ts'

describe('hintComment', () => {
  it.each([
    ['Great job!', ['only_praise']],
    ['Very nice work, I really love it', ['only_praise']],
    ['Unclear.', ['too_short', 'points_at_nothing', 'nothing_to_try']],
    ['The plan is good in general but it does not say much about people', ['points_at_nothing', 'nothing_to_try']],
    ['In the second paragraph you say who opens the desk, and I believed every word.', ['nothing_to_try']],
    ['Where you write “eight volunteers”, could you say who asked them and when?', []],
    ['THIS MAKES NO SENSE, could you say what the second paragraph means?', ['shouting']],
    ['Could you say what the table means!! I read it three times on page 2.', ['shouting']],
    ['This is stupid. Could you say on page 2 who opens the desk each week?', ['hard_words']],
    ['Podrías decir en la segunda página quién abre el escritorio cada semana?', []],
    ['Misschien kun je in de tweede alinea zeggen wie de balie elke week opent.', []],
  ])('of “%s” says %j', (text, hints) => {
    expect(hintComment(text)?.hints).toEqual(hints)
  })

  it('takes abbreviations for no shouting', () => {
    expect(hintComment('On page 2, could the NGO and the EU office say this in their own words?')).toEqual({
      isSpecific: true,
      isKind: true,
      isUseful: true,
      hints: [],
    })
  })

  it('says nothing of what is not begun', () => {
    expect(hintComment('  \n')).toBeNull()
  })
})

it('counts words with and without spaces between them', () => {
  expect(countWords('Say it once, in “their” words.')).toBe(6)
  expect(countWords('我们开了一张桌子')).toBeGreaterThan(2)
})
