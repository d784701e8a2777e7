import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto'

/** Locks secrets before they are stored, and opens them again. `purpose` is bound in: a sealed key opens as nothing else. */
export type Sealer = Readonly<{
  seal: (text: string, purpose: string) => string
  /** Throws `SealBroken` when the secret is another one or the text was changed. */
  open: (sealed: string, purpose: string) => string
}>

export class SealBroken extends Error {}

/**
 * AES-256-GCM under a key derived from a secret of the configuration. What is sealed names its key, so that a new secret
 * can take over while older ones still open what they sealed: the first secret seals, all of them open.
 */
export function createSealer(secrets: readonly [string, ...string[]]): Sealer {
  const keys = secrets.map(deriveKey)
  const current = keys[0]!
  return {
    seal: (text, purpose) => {
      const iv = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', current.key, iv).setAAD(Buffer.from(purpose))
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()])
      return ['v1', current.id, iv.toString('base64url'), body.toString('base64url')].join('.')
    },
    open: (sealed, purpose) => {
      const [version, id, iv, body] = sealed.split('.')
      const found = keys.find((key) => key.id === id)
      if (version !== 'v1' || !found || !iv || !body)
        throw new SealBroken('A stored secret was sealed with a secret that the configuration no longer names.')
      const bytes = Buffer.from(body, 'base64url')
      const decipher = createDecipheriv('aes-256-gcm', found.key, Buffer.from(iv, 'base64url'), { authTagLength: 16 })
      decipher.setAAD(Buffer.from(purpose)).setAuthTag(bytes.subarray(-16))
      try {
        return Buffer.concat([decipher.update(bytes.subarray(0, -16)), decipher.final()]).toString('utf8')
      } catch {
        throw new SealBroken('A stored secret cannot be opened: it was changed, or stands in another place.')
      }
    },
  }
}

const MINIMUM_LENGTH = 32

function deriveKey(secret: string): { id: string; key: Buffer } {
  if (secret.length < MINIMUM_LENGTH) throw new Error(`The secret must have at least ${MINIMUM_LENGTH} characters.`)
  const key = Buffer.from(hkdfSync('sha256', secret, 'copractice', 'seal v1', 32))
  return { key, id: createHash('sha256').update(key).digest('hex').slice(0, 8) }
}
