/** Words as a reader would count them, in scripts with and without spaces between words. */
export function countWords(text: string): number {
  const segments = new Intl.Segmenter(undefined, { granularity: 'word' }).segment(text)
  let words = 0
  for (const segment of segments) if (segment.isWordLike) words += 1
  return words
}
