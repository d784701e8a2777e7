import { createHash } from 'node:crypto'

/**
 * Another id for one reader to know a thing by: the same at every look, and nothing that a second reader of the same thing
 * has on their screen or in an address. A UUID by its form.
 */
export function aliasOf<Id extends string>(reader: string, id: Id): Id {
  const hex = createHash('sha256').update(`${reader} ${id}`).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}` as Id
}
