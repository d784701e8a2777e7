import type { PoolClient } from 'pg'

/** What a statement begins with that is worth preparing: run at every request, always with the same text. */
const MARK = '/* prepare */'
/** Marked texts are few and fixed; should one ever not be, the server must not be made to keep them all. */
const MOST = 200

const names = new Map<string, string>()

/**
 * Lets Postgres parse and plan a marked statement once for each connection instead of each time: for the statements of a
 * launch that was most of their cost. Other statements pass as they are. (A pooler in front has to know prepared
 * statements: PgBouncer does since 1.21.)
 */
export function prepareMarked(client: PoolClient): void {
  const query = client.query.bind(client) as (...given: readonly unknown[]) => unknown
  const prepared = (text: unknown, values?: unknown, ...rest: readonly unknown[]): unknown => {
    const name = typeof text === 'string' && text.startsWith(MARK) ? nameOf(text) : undefined
    return name === undefined ? query(text, values, ...rest) : query({ name, text, values }, ...rest)
  }
  client.query = prepared as typeof client.query
}

function nameOf(text: string): string | undefined {
  const known = names.get(text)
  if (known !== undefined || names.size >= MOST) return known
  const name = `prepared_${names.size}`
  names.set(text, name)
  return name
}
