/** What one wants to see of a long list of people: those whose name holds any of the words between commas, a page at a time. */
export type Windowed<T> = Readonly<{ items: readonly T[]; page: number; pages: number; found: number }>

/** Whether a name is searched for. Nothing searched for finds everybody. */
export function isSearched(name: string, search: string): boolean {
  const words = search
    .toLowerCase()
    .split(',')
    .map((word) => word.trim())
    .filter(Boolean)
  return words.length === 0 || words.some((word) => name.toLowerCase().includes(word))
}

/** One page of what was found, in the order given; a page beyond the last is the last. */
export function windowOf<T>(found: readonly T[], atOnce: number, page: number): Windowed<T> {
  const pages = Math.max(1, Math.ceil(found.length / atOnce))
  const at = Math.min(Math.max(1, page), pages)
  return { items: found.slice((at - 1) * atOnce, at * atOnce), page: at, pages, found: found.length }
}
