import { createHmac, createSecretKey, hash, hkdfSync, randomBytes, timingSafeEqual, type KeyObject } from 'node:crypto'
import type { PlatformId } from '@copractice/core/kernel'

/** What a login leaves behind for its launch. */
export type BeginningLogin = Readonly<{
  platformId: PlatformId
  /** The secret that the one browser holds. */
  secret: string
  targetLinkUri: string
  /** Null: the LMS did not say. */
  deploymentId: string | null
  storageTarget: string | null
  expiresAt: Date
}>

/** A login as its state tells it, begun here and not over. */
export type BegunLogin = Readonly<{
  /** What is spent when its launch is let in. */
  id: Uint8Array
  platformId: PlatformId
  expiresAt: Date
  nonce: string
  storageTarget: string | null
  isOfBrowser: (secret: string) => boolean
  isTarget: (targetLinkUri: string) => boolean
  /** Also true when the login named none. */
  isDeployment: (deploymentId: string) => boolean
}>

export type LoginStates = Readonly<{
  issue: (login: BeginningLogin) => { state: string; nonce: string }
  /** Undefined for what is no state of ours, was changed, or has ended. */
  read: (state: string, now: Date) => BegunLogin | undefined
}>

/** Where what begins, in bytes; the last is the name of the LMS's storage frame, as long as it is. */
const AT = { id: 0, ends: 16, platform: 20, browser: 36, target: 52, deployment: 64, frame: 76 } as const
const SEAL = 16
const MOST_CHARACTERS = 2000
const NO_DEPLOYMENT = Buffer.alloc(AT.frame - AT.deployment)

/**
 * The state that travels to the LMS and back carries the login itself, so that a login writes nothing and any process can
 * take its launch; which logins were used up is kept in the database by the launch that is let in. The seal is one half of
 * an HMAC under a key derived from the configuration's secret (the first secret seals, all of them are accepted), the
 * nonce is the other half: neither can be made or guessed without the key, and a nonce belongs to one state. Browser,
 * target and deployment stand in it as hashes salted by the login's random id: enough to compare, too little to read or to
 * tell that two logins are of one browser.
 */
export function loginStates(secrets: readonly [string, ...string[]]): LoginStates {
  const keys = secrets.map(deriveKey)
  const macOf = (head: Uint8Array, key: KeyObject) => createHmac('sha256', key).update(head).digest()

  return {
    issue: ({ platformId, secret, targetLinkUri, deploymentId, storageTarget, expiresAt }) => {
      const frame = Buffer.from(storageTarget ?? '', 'utf8')
      const head = Buffer.alloc(AT.frame + frame.length)
      const id = randomBytes(AT.ends - AT.id)
      head.set(id, AT.id)
      head.writeUInt32BE(Math.floor(expiresAt.getTime() / 1000), AT.ends)
      head.write(platformId.replaceAll('-', ''), AT.platform, 'hex')
      head.set(digest(id, 'browser', secret).subarray(0, AT.target - AT.browser), AT.browser)
      head.set(digest(id, 'target', targetLinkUri).subarray(0, AT.deployment - AT.target), AT.target)
      if (deploymentId !== null)
        head.set(digest(id, 'deployment', deploymentId).subarray(0, AT.frame - AT.deployment), AT.deployment)
      head.set(frame, AT.frame)
      const mac = macOf(head, keys[0]!)
      const state = Buffer.concat([head, mac.subarray(0, SEAL)]).toString('base64url')
      return { state, nonce: nonceOf(mac) }
    },

    read: (state, now) => {
      if (state.length > MOST_CHARACTERS || !/^[\w-]+$/.test(state)) return undefined
      const bytes = Buffer.from(state, 'base64url')
      // More than one text stands for the same bytes; a state is used in the one spelling it was issued in.
      if (bytes.length < AT.frame + SEAL || bytes.toString('base64url') !== state) return undefined
      const [head, seal] = [bytes.subarray(0, -SEAL), bytes.subarray(-SEAL)]
      const mac = keys.map((key) => macOf(head, key)).find((mac) => timingSafeEqual(mac.subarray(0, SEAL), seal))
      const expiresAt = new Date(head.readUInt32BE(AT.ends) * 1000)
      if (!mac || expiresAt <= now) return undefined
      const id = head.subarray(AT.id, AT.ends)
      const holds = (from: number, to: number, what: Hashed, value: string) =>
        digest(id, what, value)
          .subarray(0, to - from)
          .equals(head.subarray(from, to))
      const namesNone = head.subarray(AT.deployment, AT.frame).equals(NO_DEPLOYMENT)
      return {
        id,
        platformId: uuid(head.subarray(AT.platform, AT.browser)) as PlatformId,
        expiresAt,
        nonce: nonceOf(mac),
        storageTarget: head.subarray(AT.frame).toString('utf8') || null,
        isOfBrowser: (secret) => holds(AT.browser, AT.target, 'browser', secret),
        isTarget: (target) => holds(AT.target, AT.deployment, 'target', target),
        isDeployment: (deployment) => namesNone || holds(AT.deployment, AT.frame, 'deployment', deployment),
      }
    },
  }
}

const deriveKey = (secret: string): KeyObject =>
  createSecretKey(Buffer.from(hkdfSync('sha256', secret, 'copractice', 'login state v1', 32)))

const nonceOf = (mac: Buffer): string => mac.subarray(SEAL).toString('base64url')

type Hashed = 'browser' | 'target' | 'deployment'
const digest = (id: Uint8Array, what: Hashed, value: string): Buffer =>
  hash('sha256', Buffer.concat([id, Buffer.from(`${what}:${value}`, 'utf8')]), 'buffer')

function uuid(bytes: Buffer): string {
  const hex = bytes.toString('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}
