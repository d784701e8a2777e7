import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  findPassage,
  layOutPassages,
  numberNotes,
  paragraphsOf,
  passageAt,
  sentencesOf,
  TextPassage,
} from './passage.ts'

const text = 'We open a desk. Two people sit there.\n\n  Families come once.\nThe desk belongs to the building.'

describe('findPassage', () => {
  it('stays at its offsets while the words are there', () => {
    expect(findPassage(text, { start: 3, end: 7, quote: 'open' })).toEqual({ start: 3, end: 7 })
  })

  it('finds the nearest place with the same words when the text has moved', () => {
    const at = text.lastIndexOf('desk')
    const moved = `A new beginning. ${text}`
    expect(findPassage(moved, { start: at, end: at + 4, quote: 'desk' })?.start).toBe(moved.lastIndexOf('desk'))
  })

  it('finds the nearest of several, before and after it, the first of two as near', () => {
    const several = 'desk, desk, desk'
    const near = (start: number) => findPassage(several, { start, end: start + 4, quote: 'desk' })?.start
    expect([1, 4, 7, 10, 11, 3, 9].map(near)).toEqual([0, 6, 6, 12, 12, 0, 6])
    expect(findPassage(several, { start: 8, end: 12, quote: 'desk' })).toEqual({ start: 6, end: 10 })
  })

  it('is lost with its words', () => {
    expect(findPassage(text, { start: 0, end: 5, quote: 'Never' })).toBeNull()
  })
})

describe('passages', () => {
  it('are as long as their words', () => {
    const passage = { kind: 'text', start: 3, end: 7, quote: 'open' }
    expect(TextPassage.safeParse(passage).success).toBe(true)
    expect(TextPassage.safeParse({ ...passage, end: 8 }).error?.issues).toMatchObject([{ path: ['quote'] }])
  })

  it('hold up to 20,000 letters', () => {
    const long = 'a'.repeat(20_001)
    expect(passageAt(long, { start: 0, end: 20_000 })?.quote).toHaveLength(20_000)
    expect(passageAt(long, { start: 0, end: 20_001 })).toBeNull()
  })

  it('leaves out the white space around a selection, whichever end came first', () => {
    expect(passageAt(text, { start: 41, end: 37 })).toBeNull()
    expect(passageAt(text, { start: 60, end: 38 })).toEqual({
      kind: 'text',
      start: 41,
      end: 60,
      quote: 'Families come once.',
    })
  })

  it('names every sentence of a paragraph by its place in the whole text', () => {
    const [first, second] = paragraphsOf(text)
    expect(sentencesOf(text, first!).map(({ quote }) => quote)).toEqual(['We open a desk.', 'Two people sit there.'])
    expect(sentencesOf(text, second!)[0]).toMatchObject({ start: 41, quote: 'Families come once.' })
  })
})

describe('layOutPassages', () => {
  it('shows passages that overlap, and each number once, where its last line ends', () => {
    const one = passageAt(text, { start: 0, end: 15 })!
    const across = passageAt(text, { start: 8, end: 60 })!
    const laid = layOutPassages(text, [
      { number: 1, ...one },
      { number: 2, ...across },
    ])
    expect(laid[0]!.runs.map(({ start, end, marks, ends }) => [text.slice(start, end), marks, ends])).toEqual([
      ['We open ', [1], []],
      ['a desk.', [1, 2], [1]],
      [' Two people sit there.', [2], []],
    ])
    expect(laid[1]!.runs.at(-1)).toMatchObject({ marks: [2], ends: [2] })
    expect(laid[2]!.runs.flatMap(({ marks }) => marks)).toEqual([])
  })

  it('holds every word of the text once, in order, and ends every passage found once', () => {
    const spans = fc.array(fc.tuple(fc.nat(90), fc.nat(90)), { maxLength: 8 })
    fc.assert(
      fc.property(spans, (pairs) => {
        const passages = pairs
          .flatMap(([start, end]) => passageAt(text, { start, end }) ?? [])
          .map((passage, index) => ({ ...passage, number: index + 1 }))
        const runs = layOutPassages(text, passages).flatMap(({ runs }) => runs)
        expect(runs.map(({ start, end }) => text.slice(start, end)).join('\n')).toHaveLength(
          runs.reduce((sum, { start, end }) => sum + end - start + 1, -1),
        )
        expect(layOutPassages(text, passages).map(({ start, end }) => text.slice(start, end))).toEqual(
          text.split(/\n+/),
        )
        expect(runs.flatMap(({ ends }) => ends).toSorted((a, b) => a - b)).toEqual(passages.map(({ number }) => number))
      }),
    )
  })
})

it('keeps the order of notes at places of the file', () => {
  const note = (id: string) => ({ id, at: { kind: 'place' as const, place: id }, text: 'Blurred' })
  expect(numberNotes([note('z'), note('a'), note('m')]).map(({ id }) => id)).toEqual(['z', 'a', 'm'])
})

it('numbers notes in the order of the text, places in the file last, and leaves out those without words', () => {
  const at = (start: number) => passageAt(text, { start, end: start + 6 })!
  const note = (id: string, where: Parameters<typeof numberNotes>[0][number]['at'], said: string) => ({
    id,
    at: where,
    text: said,
  })
  const notes = numberNotes([
    note('c', { kind: 'place', place: 'page 3' }, 'Blurred'),
    note('b', at(45), 'When?'),
    note('x', at(50), '  '),
    note('a', at(0), 'Who is we?'),
  ])
  expect(notes.map(({ number, id }) => [number, id])).toEqual([
    [1, 'a'],
    [2, 'b'],
    [3, 'c'],
  ])
})
