import * as z from 'zod'

/** Words of a text: UTF-16 offsets into it, and the words themselves, so that they are found again where offsets no longer fit. */
export const TextPassage = z
  .object({
    kind: z.literal('text'),
    start: z.int().min(0).max(200_000),
    end: z.int().min(1).max(200_000),
    quote: z.string().min(1).max(20_000),
  })
  .refine(({ start, end, quote }) => end - start === quote.length, {
    path: ['quote'],
    message: 'As long as its passage',
  })
export type TextPassage = z.infer<typeof TextPassage>

/** A page or place in a file, in the reviewer's words: "page 3, second table". */
export const FilePlace = z.object({ kind: z.literal('place'), place: z.string().trim().max(200) })
export type FilePlace = z.infer<typeof FilePlace>

/** A reviewer's note at a passage. The id is made where it is written, so that sending twice makes one. */
export const PassageComment = z.object({
  id: z.uuid(),
  at: z.union([TextPassage, FilePlace]),
  text: z.string().max(5000),
})
export type PassageComment = z.infer<typeof PassageComment>

/** A passage comment to read, numbered in the order of the text. */
export const PassageNote = z.object({ number: z.int(), at: z.union([TextPassage, FilePlace]), text: z.string() })
export type PassageNote = z.infer<typeof PassageNote>

type Span = Readonly<{ start: number; end: number }>

/** Where the passage stands in `text` now: at its offsets, else at the nearest place with the same words; null when they are gone. */
export function findPassage(text: string, { start, end, quote }: Omit<TextPassage, 'kind'>): Span | null {
  if (text.slice(start, end) === quote) return { start, end }
  let nearest: number | null = null
  for (let at = text.indexOf(quote); at !== -1; at = text.indexOf(quote, at + 1)) {
    if (nearest === null || Math.abs(at - start) < Math.abs(nearest - start)) nearest = at
  }
  return nearest === null ? null : { start: nearest, end: nearest + quote.length }
}

/** A stretch as a passage, without the white space at its ends; null where nothing else is in it. */
export function passageAt(text: string, { start, end }: Span): TextPassage | null {
  const from = Math.max(0, Math.min(start, end))
  const raw = text.slice(from, Math.max(start, end))
  const quote = raw.trim()
  if (!quote || quote.length > 20_000) return null
  const begins = from + raw.indexOf(quote)
  return { kind: 'text', start: begins, end: begins + quote.length, quote }
}

/** The paragraphs of a text: its lines with something in them, with their offsets. */
export const paragraphsOf = (text: string): Span[] =>
  [...text.matchAll(/[^\n]*\S[^\n]*/g)].map(({ index, 0: line }) => ({ start: index, end: index + line.length }))

/** The sentences of one paragraph as passages of the whole text. */
export function sentencesOf(text: string, paragraph: Span): TextPassage[] {
  const segments = new Intl.Segmenter(undefined, { granularity: 'sentence' }).segment(
    text.slice(paragraph.start, paragraph.end),
  )
  return [...segments].flatMap(({ index, segment }) => {
    const start = paragraph.start + index
    return passageAt(text, { start, end: start + segment.length }) ?? []
  })
}

/** One stretch of a paragraph: `marks` are the numbers of the passages over it, `ends` of those that end with it. */
export type PassageRun = Span & Readonly<{ marks: readonly number[]; ends: readonly number[] }>
export type ParagraphLaid = Span & Readonly<{ runs: readonly PassageRun[] }>

/** Cuts a text into paragraphs and these into runs, so that passages that overlap are all shown. Passages not found are left out. */
export function layOutPassages(
  text: string,
  passages: readonly (Readonly<{ number: number }> & Omit<TextPassage, 'kind'>)[],
): ParagraphLaid[] {
  const found = passages.flatMap((passage) => {
    const span = findPassage(text, passage)
    return span ? [{ number: passage.number, ...span }] : []
  })
  return paragraphsOf(text).map((paragraph) => {
    const here = found.filter(({ start, end }) => start < paragraph.end && end > paragraph.start)
    const cuts = [paragraph.start, paragraph.end]
    for (const { start, end } of here) cuts.push(Math.max(start, paragraph.start), Math.min(end, paragraph.end))
    const places = [...new Set(cuts)].toSorted((a, b) => a - b)
    const lastOf = (span: Span): number => Math.min(span.end, lineEnd(text, span))
    const runs = places.slice(0, -1).map((start, index): PassageRun => {
      const end = places[index + 1]!
      const over = here.filter((passage) => passage.start < end && passage.end > start)
      return {
        start,
        end,
        marks: over.map(({ number }) => number),
        ends: over.filter((passage) => lastOf(passage) === end).map(({ number }) => number),
      }
    })
    return { ...paragraph, runs }
  })
}

/** Where the last line with words in a passage ends: its number is shown there, once. */
function lineEnd(text: string, { start, end }: Span): number {
  return start + text.slice(start, end).trimEnd().length
}

/** Notes in the order of the text, then those at places of the file, numbered from 1. Notes without words are left out. */
export function numberNotes(comments: readonly PassageComment[]): (PassageNote & { id: string })[] {
  const place = ({ at }: PassageComment) => (at.kind === 'text' ? at.start : Number.POSITIVE_INFINITY)
  return comments
    .filter(({ text }) => text.trim() !== '')
    .toSorted((a, b) => (place(a) === place(b) ? 0 : place(a) - place(b)))
    .map(({ id, at, text }, index) => ({ id, number: index + 1, at, text }))
}
