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

  it('asks for more than seven words', () => {
    expect(hintComment('Perhaps say on page 2 who asked.')?.hints).toEqual(['too_short'])
    expect(hintComment('Perhaps say on page 2 who asked them.')?.hints).toEqual([])
  })

  it.each([
    ['words of the work', 'Could you say who “eight of them” are, and who asked them?', true],
    ['a number', 'Could you say who the 8 are, and who it was that asked?', true],
    ['a place in it', 'Could you say in that section who they are, and who asked?', true],
    ['an inch mark alone', 'Could you say who they are" and who it was that asked?', false],
    ['nothing', 'Could you say who they are, and who it was that asked?', false],
  ])('of a comment that points at %s', (_what, text, isSpecific) => {
    expect(hintComment(text)).toMatchObject({ isSpecific, hints: isSpecific ? [] : ['points_at_nothing'] })
  })

  it('is useful with a question or a suggestion, one is enough', () => {
    const useful = (text: string) => hintComment(text)?.isUseful
    expect([useful('Who asked them?'), useful('谁问的？他们'), useful('Perhaps by name.'), useful('By name.')]).toEqual(
      [true, true, true, false],
    )
  })

  it('hears shouting from two words in capitals on, more than one in five', () => {
    const kind = (text: string) => hintComment(text)?.isKind
    expect(kind('NEVER one two three')).toBe(true)
    expect(kind('NEVER EVER one two three four five six seven')).toBe(false)
    expect(kind('NEVER EVER one two three four five six seven eight')).toBe(true)
    expect(kind('NOT YET one two')).toBe(true)
    expect(kind('我们开了一张桌子 我们开了一张桌子')).toBe(true)
    expect([kind('Who asked!'), kind('Who asked!!'), kind('Who asked！！')]).toEqual([true, false, false])
    expect(kind('That is lazy')).toBe(false)
  })

  it('takes praise with a word of its own for more than praise', () => {
    expect(hintComment('Great desk!')?.hints).toEqual(['too_short', 'points_at_nothing', 'nothing_to_try'])
    expect(hintComment('It was this')?.hints).toContain('too_short')
  })

  it('says nothing of what is not begun', () => {
    expect(hintComment('  \n')).toBeNull()
  })
})

it('counts words with and without spaces between them', () => {
  expect(countWords('Say it once, in “their” words.')).toBe(6)
  expect(countWords('我们开了一张桌子')).toBeGreaterThan(2)
})
