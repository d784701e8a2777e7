import { unconfirmedAddresses } from '@copractice/core/connection'
import type { LaunchingPlatform, ServicePlatform } from '@copractice/store/connection'
import { ServiceFailure } from '../services/trouble.ts'
import { Refused } from './refused.ts'

/** Throws where people would be sent to, or keys fetched from, an address that is not its issuer's and that nobody stands for. */
export function refuseUnconfirmed(platform: LaunchingPlatform): void {
  const elsewhere = unconfirmed.get(platform) ?? unconfirmedOf(platform)
  unconfirmed.set(platform, elsewhere)
  if (elsewhere.length) throw new Refused('launch.addresses_unconfirmed', { addresses: elsewhere.join(', ') }, platform)
}

/** A connection that is remembered is looked through once, not at every login and launch. */
const unconfirmed = new WeakMap<LaunchingPlatform, readonly string[]>()

const unconfirmedOf = ({ issuer, authorizationEndpoint, jwksUri, confirmedAddresses }: LaunchingPlatform) =>
  unconfirmedAddresses({ issuer, authorizationEndpoint, jwksUri }, confirmedAddresses.split(' '))

/** The same for access tokens, which are signed for by us. */
export function refuseTokensElsewhere(platform: ServicePlatform): void {
  const { issuer, tokenEndpoint, tokenAudience, confirmedAddresses } = platform
  if (unconfirmedAddresses({ issuer, tokenEndpoint, tokenAudience }, confirmedAddresses).length)
    throw new ServiceFailure({
      kind: 'refused',
      code: 'lms.address_elsewhere',
      reason: 'The LMS gives access at another host than its own, and nobody has confirmed that host.',
    })
}
