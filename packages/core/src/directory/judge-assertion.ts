/** The parts of a proved assertion that say for whom, from whom and until when it is. Instants in ms; NaN is unreadable. */
export type AssertionRead = Readonly<{
  version: string | null
  issuer: string | null
  audiences: readonly (readonly string[])[]
  notBefore: number | null
  notOnOrAfter: number | null
  confirmations: readonly Readonly<{
    method: string | null
    recipient: string | null
    inResponseTo: string | null
    notBefore: number | null
    notOnOrAfter: number | null
  }>[]
  hasAuthnStatement: boolean
  /** Of every signature in the document, and of every digest. */
  algorithms: readonly string[]
}>

type Expected = Readonly<{ issuer: string; audience: string; recipient: string; requestId: string; nowMs: number }>

/** How far two clocks may be apart. */
export const CLOCK_SKEW_MS = 60_000

/** No SHA-1, no shared secrets. */
const ALGORITHMS = new Set([
  'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
  'http://www.w3.org/2001/04/xmldsig-more#rsa-sha384',
  'http://www.w3.org/2001/04/xmldsig-more#rsa-sha512',
  'http://www.w3.org/2001/04/xmlenc#sha256',
  'http://www.w3.org/2001/04/xmldsig-more#sha384',
  'http://www.w3.org/2001/04/xmlenc#sha512',
])
const BEARER = 'urn:oasis:names:tc:SAML:2.0:cm:bearer'

/**
 * What is wrong with an assertion whose signature was proved, in one word, or null (SAML 2.0 profiles, 4.1.4.3): issuer,
 * audience, one bearer confirmation for this very request and address, and times 60 seconds either way.
 */
export function faultOfAssertion(read: AssertionRead, expected: Expected): string | null {
  const { nowMs } = expected
  const isOver = (until: number | null) => until === null || !(nowMs < until + CLOCK_SKEW_MS)
  const isEarly = (from: number | null) => from !== null && !(nowMs >= from - CLOCK_SKEW_MS)
  if (read.version !== '2.0') return 'version'
  if (read.algorithms.length < 2 || read.algorithms.some((one) => !ALGORITHMS.has(one))) return 'algorithm'
  if (read.issuer !== expected.issuer) return 'issuer'
  if (!read.audiences.length || read.audiences.some((one) => !one.includes(expected.audience))) return 'audience'
  if (isOver(read.notOnOrAfter) || isEarly(read.notBefore)) return 'time'
  if (!read.hasAuthnStatement) return 'statement'
  const [confirmation, ...more] = read.confirmations.filter(({ method }) => method === BEARER)
  if (!confirmation || more.length) return 'confirmation'
  if (confirmation.recipient !== expected.recipient) return 'recipient'
  if (confirmation.inResponseTo !== expected.requestId) return 'request'
  return isOver(confirmation.notOnOrAfter) || isEarly(confirmation.notBefore) ? 'time' : null
}
