const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Where a page ended: the sort key and the id of its last row, as text for the caller to hand back. */
const cursorAfter = (key: string, id: string): string => Buffer.from(`${id}${key}`).toString('base64url')

/** Undefined for none and for one we did not write: the list then begins anew. */
export function readCursor(after: string | undefined): Readonly<{ key: string; id: string }> | undefined {
  if (!after) return undefined
  const text = Buffer.from(after, 'base64url').toString()
  const id = text.slice(0, 36)
  return UUID.test(id) ? { id, key: text.slice(36) } : undefined
}

export type Page<Item> = { items: Item[]; next: string | null }

/** One row more was asked for than is shown: its presence says that there is a next page. */
export function pageOf<Row extends { id: string; sortKey: string }, Item>(
  rows: readonly Row[],
  limit: number,
  itemOf: (row: Row) => Item,
): Page<Item> {
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return { items: shown.map(itemOf), next: rows.length > limit && last ? cursorAfter(last.sortKey, last.id) : null }
}
