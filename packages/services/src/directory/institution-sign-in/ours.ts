import type { InstitutionId, NetworkId } from '@copractice/core/kernel'
import type { Outgoing, Sealer } from '@copractice/lti'
import type { Db } from '@copractice/store/database'
import type { PersonByEmail } from '@copractice/store/directory'
import type { EmailSignIn } from '../email-sign-in.ts'
import type { ProvedBy } from '../sign-in-options.ts'

export type InstitutionSignInDeps = Readonly<{
  db: Db
  sealer: Sealer
  outgoing: Outgoing
  /** Origin of the app. */
  adminUrl: string
  /** Counts attempts under it. */
  secret: string
  signIn: Pick<EmailSignIn, 'enter'>
  peopleThrough: (email: string, by: ProvedBy) => Promise<readonly PersonByEmail[]>
  /** One line for each refusal, without anybody's address. */
  warn: (
    line: Readonly<{ reference: string; code: string; institutionId: string | null; cause: string | null }>,
  ) => void
  clock: () => Date
}>

/**
 * Where an OpenID provider sends the browser back to: for each institution another. By it a code that one institution's
 * provider gave is told from an answer to another institution's login, and never redeemed with that one (RFC 9700, 4.4).
 */
export const redirectUriOf = (adminUrl: string, institutionId: InstitutionId): string =>
  `${adminUrl}/sign-in/institution/oidc/${institutionId}`

/** What a SAML identity provider has to be told of us. The same for every institution: its answer names who made it. */
export const oursOf = (adminUrl: string) => ({
  acsUrl: `${adminUrl}/sign-in/institution/saml`,
  entityId: `${adminUrl}/sign-in/institution/saml/metadata.xml`,
  metadataUrl: `${adminUrl}/sign-in/institution/saml/metadata.xml`,
})

type Place = Readonly<{ networkId: NetworkId; institutionId: InstitutionId }>
/** Where a client secret stands; sealed for one place, it opens at no other. */
export const secretPlace = ({ networkId, institutionId }: Place): string =>
  `institution_sign_in ${networkId} ${institutionId}`
