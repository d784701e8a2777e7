import type { PGlite, Transaction as EmbeddedTransaction } from '@electric-sql/pglite'
import pg, { type Connection, type PoolClient } from 'pg'
import { NETWORK_SETTING, SCOPED_ROLE } from './lock-networks.ts'
import { networkInScope } from './network-scope.ts'

/** Both for this transaction alone, so that a connection goes back to the pool, or to a pooler, as it came. */
const BIND = `select set_config('role', '${SCOPED_ROLE}', true), set_config('${NETWORK_SETTING}', $1, true)`
const bindNow = (networkId: string) => `set local role ${SCOPED_ROLE}; set local ${NETWORK_SETTING} = '${networkId}'`

const BEGINS = /^(begin|start transaction)\b/
const ENDS = /^(commit|rollback)$/

/**
 * Makes a connection send what is asked within a network's scope as the bound role. A transaction is bound by the message
 * that begins it, a single statement by the message that brings it: neither waits for the server once more than before.
 * Outside a scope nothing changes.
 */
export function bindStatements(client: PoolClient): void {
  const query = client.query.bind(client) as (...given: readonly unknown[]) => unknown
  let isInTransaction = false
  const bound = (text: unknown, values?: unknown, ...rest: readonly unknown[]): unknown => {
    if (typeof text !== 'string' || rest.length) return query(text, values, ...rest)
    if (ENDS.test(text)) isInTransaction = false
    const networkId = networkInScope()
    const begins = BEGINS.test(text)
    if (networkId === undefined || isInTransaction) {
      if (begins) isInTransaction = true
      return query(text, values)
    }
    if (!begins) return single(query, networkId, text, values as unknown[] | undefined)
    isInTransaction = true
    return (query(`${text}; ${bindNow(networkId)}`) as Promise<readonly unknown[]>).then(
      ([first]) => first,
      async (error: unknown) => {
        // It may have begun without being bound. The pool must not hand that on: undone, or else the connection ends.
        isInTransaction = false
        try {
          await query('rollback')
        } catch {
          await (client as PoolClient & Pick<pg.Client, 'end'>).end().catch(() => {})
        }
        throw error
      },
    )
  }
  client.query = bound as typeof client.query
}

function single(query: (submitted: unknown) => unknown, networkId: string, text: string, values: unknown[] = []) {
  return new Promise((resolve, reject) => {
    const submitted = new BoundQuery(networkId, text, values)
    submitted.callback = (error, result) => (error ? reject(error) : resolve(result))
    query(submitted)
  })
}

/** What pg's own Query does and its types do not tell. */
type Messages = {
  parse: (sent: { text: string; name?: string }) => void
  bind: (sent: { values: readonly unknown[] }) => void
  execute: (sent: Record<string, never>) => void
}
type QueryInside = {
  new (config: { text: string; values: unknown[]; queryMode: 'extended' }): {
    callback: (error: Error | null, result?: unknown) => void
    prepare(connection: Connection): void
    handleDataRow(message: unknown): void
    handleCommandComplete(message: unknown, connection: Connection): void
  }
}

/**
 * Two statements in one message: the setting, then the query. Postgres takes what comes before one Sync as one
 * transaction, so the setting holds for the query and ends with it. The answer to the first is passed over.
 */
class BoundQuery extends (pg.Query as unknown as QueryInside) {
  readonly #networkId: string
  #isBound = false

  constructor(networkId: string, text: string, values: unknown[]) {
    super({ text, values: [...values], queryMode: 'extended' })
    this.#networkId = networkId
  }

  override prepare(connection: Connection): void {
    const messages = connection as unknown as Messages
    messages.parse({ text: BIND })
    messages.bind({ values: [this.#networkId] })
    messages.execute({})
    super.prepare(connection)
  }

  override handleDataRow(message: unknown): void {
    if (this.#isBound) super.handleDataRow(message)
  }

  override handleCommandComplete(message: unknown, connection: Connection): void {
    if (this.#isBound) super.handleCommandComplete(message, connection)
    this.#isBound = true
  }
}

/** The same for the embedded engine, which is in this process: here one statement more costs next to nothing. */
export function bindEmbedded(pglite: PGlite): PGlite {
  const transaction = <T>(run: (tx: EmbeddedTransaction) => Promise<T>) => {
    const networkId = networkInScope()
    return pglite.transaction(async (tx) => {
      if (networkId !== undefined) await tx.query(BIND, [networkId])
      return run(tx)
    })
  }
  const query: PGlite['query'] = (text, values, options) =>
    networkInScope() === undefined
      ? pglite.query(text, values, options)
      : transaction((tx) => tx.query(text, values, options))
  return new Proxy(pglite, {
    get: (target, key) => {
      if (key === 'query') return query
      if (key === 'transaction') return transaction
      const value: unknown = Reflect.get(target, key)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
}
