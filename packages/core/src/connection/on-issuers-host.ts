type PlatformAddress = 'authorizationEndpoint' | 'tokenEndpoint' | 'tokenAudience' | 'jwksUri'
/** Null or left out: there is none to look at. */
type PlatformAddresses = Readonly<{ issuer: string }> & Readonly<{ [name in PlatformAddress]?: string | null }>

const ADDRESSES: readonly PlatformAddress[] = ['authorizationEndpoint', 'tokenEndpoint', 'tokenAudience', 'jwksUri']

/**
 * The addresses of a platform that are not its issuer's: each has to be on the issuer's own host and port; Instructure's
 * Canvas, whose issuer all schools share, may also answer at its hosts of the same environment. Otherwise whoever
 * registers an LMS could have our key sign for somebody else's.
 */
export function addressesElsewhere(given: PlatformAddresses): readonly PlatformAddress[] {
  const issuer = hostOf(given.issuer)
  return ADDRESSES.filter((name) => {
    const address = given[name]
    return address != null && (issuer === null || !isHostOf(issuer, hostOf(address)))
  })
}

/**
 * Those addresses that are neither on the issuer's host nor stood for by an administrator. Nobody is sent there, and no
 * keys and no tokens are fetched from there.
 */
export const unconfirmedAddresses = (given: PlatformAddresses, confirmed: readonly string[]): readonly string[] => [
  ...new Set(
    addressesElsewhere(given).flatMap((name) => {
      const address = given[name]
      return address == null || confirmed.includes(address) ? [] : [address]
    }),
  ),
]

/**
 * Whether two token endpoints know the same clients: on one host, or both of one environment of Instructure's Canvas. Two
 * tenants with one client id there would be one client.
 */
export function knowSameClients(one: string, other: string): boolean {
  const [first, second] = [hostOf(one), hostOf(other)]
  if (first === null || second === null) return false
  return first === second || (hostedAt(first) !== null && hostedAt(first) === hostedAt(second))
}

/** With its port; a dot at the end names the same host. */
function hostOf(address: string): string | null {
  if (!URL.canParse(address)) return null
  const { hostname, port } = new URL(address)
  const name = hostname.replace(/\.$/, '')
  return name === '' ? null : port === '' ? name : `${name}:${port}`
}

const isHostOf = (issuer: string, host: string | null): boolean =>
  host !== null &&
  (host === issuer ||
    (/^canvas(\.beta|\.test)?\.instructure\.com$/.test(issuer) && hostedAt(host) === hostedAt(issuer)))

/** Which environment of Instructure's Canvas a host answers for: `live`, `.beta`, `.test`; null when it is not theirs. */
function hostedAt(host: string): string | null {
  const found = /^(?:sso(\.beta|\.test)?\.canvaslms\.com|[a-z0-9-]+(\.beta|\.test)?\.instructure\.com)$/.exec(host)
  return found && (found[1] ?? found[2] ?? 'live')
}
