import { diffLines, diffWordsWithSpace, type Change } from 'diff'

/** Words or lines to take out and put in. Looking for more than these takes longer with their square: seconds, then minutes. */
const CHANGES_AT_MOST = 1500

/**
 * What went and what came between two texts, in order: by words; where too many differ to be found while somebody waits, by lines;
 * where that is too many too, all of the one and all of the other.
 */
export function compareTexts(before: string, after: string): Change[] {
  const options = { maxEditLength: CHANGES_AT_MOST }
  return (
    diffWordsWithSpace(before, after, options) ??
    diffLines(before, after, options) ?? [
      { value: before, count: 1, removed: true, added: false },
      { value: after, count: 1, removed: false, added: true },
    ]
  )
}
