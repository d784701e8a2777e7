import type { Request } from 'express'
import { Refused } from './refused.ts'

/** The parameters of a login or launch, each at most once. What else a platform sends is left alone. */
export type Form<Name extends string> = Readonly<Partial<Record<Name, string>>>

/**
 * Takes the named parameters out of a query or a parsed body. Throws `Refused` when one of them came twice, or when a
 * body is no form at all. Empty text counts as absent.
 */
export function readForm<const Name extends string>(given: unknown, names: readonly Name[]): Form<Name> {
  if (typeof given !== 'object' || given === null) throw new Refused('launch.request_unreadable')
  const found: Partial<Record<Name, string>> = {}
  for (const name of names) {
    const value: unknown = Object.hasOwn(given, name) ? (given as Record<string, unknown>)[name] : undefined
    if (value === undefined || value === '') continue
    if (typeof value !== 'string') throw new Refused('launch.parameter_repeated', { parameter: name })
    // Text that a database cannot hold, or that was no UTF-8 when it was sent, names nothing we know.
    if (value.includes('\0') || !value.isWellFormed())
      throw new Refused('launch.request_unreadable', { parameter: name })
    found[name] = value
  }
  return found
}

/** Whether the browser says that it shows the answer inside another page. Undefined when it does not say. */
export function isFramed(req: Request): boolean | undefined {
  const destination = req.get('sec-fetch-dest')
  return destination === undefined ? undefined : destination !== 'document' && destination !== 'empty'
}
