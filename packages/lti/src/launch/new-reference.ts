import { randomBytes } from 'node:crypto'

/** Crockford's alphabet: nothing that is misheard on the phone. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** What a refused visit is called, such as `7KQ4-MX29`. */
export function newReference(): string {
  const signs = [...randomBytes(8)].map((byte) => ALPHABET[byte % 32]).join('')
  return `${signs.slice(0, 4)}-${signs.slice(4)}`
}
