/** Who could be known by a text: its authors' names and addresses, and their campus where that gives them away. */
export type Known = Readonly<{ names: readonly string[]; emails: readonly string[]; campuses: readonly string[] }>
export type Trace = Readonly<{ kind: 'name' | 'email' | 'campus'; found: string }>

const NAME_PART_AT_LEAST = 3

/**
 * What of `known` stands in a text, each once, names and their parts of three letters or more as whole words. Capitals and
 * accents make no difference, except that a part of a name counts only where it begins with a capital.
 */
export function findTraces(text: string, { names, emails, campuses }: Known): Trace[] {
  const plain = plainOf(text)
  // A name inside an address is the address's.
  const words = text.replaceAll(/\S+@\S+/gu, ' ')
  const named = plainOf(words)
  const traces: Trace[] = []
  for (const email of distinct(emails))
    if (stands(plain, plainOf(email), isAddressPart)) traces.push({ kind: 'email', found: email })
  for (const name of distinct(names)) {
    if (stands(named, plainOf(name), isWordPart)) traces.push({ kind: 'name', found: name })
    else for (const part of partsOf(name)) if (standsAsName(words, part)) traces.push({ kind: 'name', found: part })
  }
  for (const campus of distinct(campuses))
    if (stands(plain, plainOf(campus), isWordPart)) traces.push({ kind: 'campus', found: campus })
  return traces.filter((trace, index) => traces.findIndex(({ found }) => found === trace.found) === index)
}

const distinct = (words: readonly string[]): string[] => [...new Set(words.map((word) => word.trim()))].filter(Boolean)
const plainOf = (text: string): string =>
  text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase().replaceAll(/\s+/gu, ' ')
const partsOf = (name: string): string[] =>
  name.split(/[\s,]+/u).filter((part) => Array.from(part).length >= NAME_PART_AT_LEAST && /^\p{Lu}/u.test(part))

const isWordPart = (character: string | undefined): boolean =>
  character !== undefined && /[\p{L}\p{N}]/u.test(character)
const isAddressPart = (character: string | undefined): boolean =>
  character !== undefined && /[\p{L}\p{N}._%+-]/u.test(character)
/** Scripts that put no space between words have no edges to look for. */
const hasEdges = (word: string): boolean =>
  !/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u.test(word)

function stands(text: string, word: string, isPart: (character: string | undefined) => boolean): boolean {
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + 1)) {
    const end = at + word.length
    // A sentence may end with an address.
    const after = text[end] === '.' && !isWordPart(text[end + 1]) ? undefined : text[end]
    if (!hasEdges(word) || (!isPart(text[at - 1]) && !isPart(after))) return true
  }
  return false
}

/** As a whole word with a capital, so that "may" is not May. */
function standsAsName(text: string, part: string): boolean {
  const wanted = plainOf(part)
  return (text.match(/\p{Lu}[\p{L}\p{M}’'-]*/gu) ?? []).some((word) => {
    const plain = plainOf(word)
    return plain === wanted || plain === `${wanted}'s` || plain === `${wanted}’s`
  })
}
