type Platform = Readonly<{ issuer: string; authorizationEndpoint: string }>

/**
 * Whether an address that a message names lies on the platform that signed it: at its issuer, at its authorization
 * endpoint, or at a site where its messages have said that its services or pages are. Schools on Instructure's Canvas
 * share issuer and endpoint, but each answers under a name of its own, which may be any.
 */
export function isOnPlatform(
  address: string,
  { issuer, authorizationEndpoint }: Platform,
  seen: readonly string[] = [],
): boolean {
  const origin = originOf(address)
  if (origin === undefined) return false
  if (origin === originOf(issuer) || origin === originOf(authorizationEndpoint)) return true
  if (seen.includes(origin)) return true
  return isHostedCanvas(issuer) && /^https:\/\/[a-z0-9.-]+\.instructure\.com$/.test(origin)
}

/** Instructure's own Canvas, by the issuer that all its schools share. */
export const isHostedCanvas = (issuer: string): boolean =>
  /^https:\/\/canvas(\.(beta|test))?\.instructure\.com$/.test(originOf(issuer) ?? '')

/** Letters that mean nothing in a header: a host may have a semicolon, and origins go into security headers. */
const PLAIN = /^https:\/\/[a-z0-9.-]+(:\d+)?$/

/** Sites that addresses of a message lie on: https only, each once. An address with a name or password in it names none. */
export function sitesOf(addresses: readonly (string | null | undefined)[]): readonly string[] {
  const origins = addresses.flatMap((address) => {
    const site = address ? URL.parse(address) : null
    const isPlain = site?.protocol === 'https:' && !site.username && !site.password && PLAIN.test(site.origin)
    return isPlain ? [site.origin] : []
  })
  return [...new Set(origins)]
}

const originOf = (address: string): string | undefined => URL.parse(address)?.origin
