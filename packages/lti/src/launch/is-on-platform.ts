type Platform = Readonly<{ issuer: string; authorizationEndpoint: string }>

/**
 * Whether an address that a message names lies on the platform that signed it: at its issuer or at its authorization
 * endpoint. Schools on Instructure's Canvas share both, but each answers under a name of its own.
 */
export function isOnPlatform(address: string, { issuer, authorizationEndpoint }: Platform): boolean {
  const origin = originOf(address)
  if (origin === undefined) return false
  if (origin === originOf(issuer) || origin === originOf(authorizationEndpoint)) return true
  const isHostedCanvas = /^https:\/\/canvas(\.(beta|test))?\.instructure\.com$/.test(originOf(issuer) ?? '')
  return isHostedCanvas && /^https:\/\/[a-z0-9.-]+\.instructure\.com$/.test(origin)
}

const originOf = (address: string): string | undefined => (URL.canParse(address) ? new URL(address).origin : undefined)
