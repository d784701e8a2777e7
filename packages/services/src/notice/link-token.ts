import { createHmac, timingSafeEqual } from 'node:crypto'
import * as kernel from '@copractice/core/kernel'

/** What a mailed link is good for; a link for one thing opens no other. */
export type LinkPurpose = 'ask' | 'pairing'

const macOf = (secret: string, purpose: LinkPurpose, who: string) =>
  createHmac('sha256', secret).update(`${purpose} ${who}`).digest('base64url')

/** What follows the `#` of a mailed link: the row it is about, and proof that a mail of ours carried it. */
export function linkToken(
  secret: string,
  purpose: LinkPurpose,
  { networkId, id }: Readonly<{ networkId: kernel.NetworkId; id: string }>,
): string {
  const who = `${networkId}.${id}`
  return `${who}.${macOf(secret, purpose, who)}`
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** The row behind a token of ours; undefined for every other. */
export function readLinkToken(secret: string, purpose: LinkPurpose, token: string) {
  const [network = '', id = '', mac = ''] = token.split('.')
  const networkId = kernel.NetworkId.safeParse(network)
  if (!networkId.success || !UUID.test(id)) return undefined
  const [given, expected] = [Buffer.from(mac), Buffer.from(macOf(secret, purpose, `${network}.${id}`))]
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined
  return { networkId: networkId.data, id }
}
