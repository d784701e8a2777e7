const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Where a page ended: the sort key and the id of its last row, as text for the caller to hand back. */
const cursorAfter = (key: string, id: string): string => Buffer.from(`${id}${key}`).toString('base64url')

type Cursor = Readonly<{ key: string; id: string }>

/** Undefined for none and for one we did not write: the list then begins anew. */
export function readCursor(after: string | undefined): Cursor | undefined {
  if (!after) return undefined
  const text = Buffer.from(after, 'base64url').toString()
  const id = text.slice(0, 36)
  // No text of ours holds NUL, and PostgreSQL takes none in a question either.
  return UUID.test(id) && !text.includes('\0') ? { id, key: text.slice(36) } : undefined
}

/** As PostgreSQL writes a timestamptz: `2026-11-22 10:00:00.123456+00`. */
const INSTANT =
  /^(\d{4})-(0[1-9]|1[0-2])-(\d\d) (?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,6})?[+-](?:0\d|1[0-5])(?::[0-5]\d){0,2}$/

/** As `readCursor`, of a list by time. The cursor of another list is one we did not write. */
export function readInstantCursor(after: string | undefined): Cursor | undefined {
  const cursor = readCursor(after)
  return cursor && isInstant(cursor.key) ? cursor : undefined
}

function isInstant(key: string): boolean {
  // A list by a time that may be open ends with those that have none.
  if (key === 'infinity') return true
  const [year = 0, month = 0, day = 0] = INSTANT.exec(key)?.slice(1).map(Number) ?? []
  return year > 0 && new Date(Date.UTC(year, month - 1, day)).getUTCDate() === day
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
