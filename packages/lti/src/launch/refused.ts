import type { LaunchRefusal, RegistrationRefusal } from '@copractice/core/connection'
import type { NetworkId, PlatformId } from '@copractice/core/kernel'

export type RefusalFacts = Readonly<Record<string, string | number | boolean | null>>

export type RefusalCode = LaunchRefusal | RegistrationRefusal

/** An expected "no" on the way through a launch or a registration. Carries what an administrator may be told; never a name or a token. */
export class Refused extends Error {
  readonly code: RefusalCode
  readonly facts: RefusalFacts
  /** Whose launch it was, once that is known. */
  readonly platform: Readonly<{ networkId: NetworkId; platformId: PlatformId; issuer: string }> | null
  /** With which invite of ours an LMS tried to register itself, while it held. */
  readonly invite: Readonly<{ networkId: NetworkId; id: string }> | null

  constructor(
    code: RefusalCode,
    facts: RefusalFacts = {},
    platform: Refused['platform'] = null,
    invite: Refused['invite'] = null,
  ) {
    super(code)
    this.code = code
    this.facts = facts
    this.platform = platform
    this.invite = invite
  }
}
