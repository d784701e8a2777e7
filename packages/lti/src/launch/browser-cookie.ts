import { createHash, randomBytes } from 'node:crypto'

/**
 * The secret that says "the same browser", from login to launch. Partitioned, so that browsers that drop third-party
 * cookies keep it for our frame inside this one LMS; HttpOnly; a session is never kept in it.
 */
export type BrowserCookie = Readonly<{
  /** Every secret the browser sent; it may hold one for our frame and one of our own window. */
  read: (header: string | undefined) => readonly string[]
  /** The value of a Set-Cookie header. */
  write: (secret: string) => string
}>

const ONE_DAY_SECONDS = 86_400
const SECRET = /^[\w-]{43}$/

export function browserCookie(publicUrl: string): BrowserCookie {
  // The prefix makes browsers refuse the name to any other host and path; they allow it on https only.
  const name = new URL(publicUrl).protocol === 'https:' ? '__Host-lti-browser' : 'lti-browser'
  return {
    read: (header = '') =>
      header
        .split(';')
        .map((pair) => pair.trim())
        .filter((pair) => pair.startsWith(`${name}=`))
        .map((pair) => pair.slice(name.length + 1))
        .filter((secret) => SECRET.test(secret))
        .slice(0, 4),
    write: (secret) =>
      `${name}=${secret}; Max-Age=${ONE_DAY_SECONDS}; Path=/; Secure; HttpOnly; SameSite=None; Partitioned`,
  }
}

export const newSecret = () => randomBytes(32).toString('base64url')
export const isSecret = (text: string | undefined): text is string => text !== undefined && SECRET.test(text)
export const hashSecret = (secret: string): Uint8Array => createHash('sha256').update(secret).digest()
