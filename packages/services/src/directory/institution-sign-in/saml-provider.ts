import { randomBytes } from 'node:crypto'
import { SAML, ValidateInResponseTo } from '@node-saml/node-saml'
import { CLOCK_SKEW_MS, faultOfAssertion, type AssertionRead, type SamlPerson } from '@copractice/core/directory'
import { ProviderFault, shownWord } from './provider-fault.ts'
import type { SamlSettings } from './read-metadata.ts'
import { attributeOf, childrenOf, everyBelow, readXml, textOf, type Xml } from './read-xml.ts'

const PROTOCOL = 'urn:oasis:names:tc:SAML:2.0:protocol'
const ASSERTION = 'urn:oasis:names:tc:SAML:2.0:assertion'
const XMLDSIG = 'http://www.w3.org/2000/09/xmldsig#'
const SUCCESS = 'urn:oasis:names:tc:SAML:2.0:status:Success'
const MAX_CHARACTERS = 200_000

export type SamlResponse = Readonly<{ text: string; root: Xml; requestId: string }>
type Ours = Readonly<{ entityId: string; acsUrl: string; clock: () => Date }>

/**
 * SAML 2.0 Web Browser SSO: a request by HTTP-Redirect, an answer by HTTP-POST with one signed assertion. node-saml makes
 * the request and proves the signature; what the assertion then says is read from the signed text alone and judged in core.
 */
export function samlProvider({ entityId, acsUrl, clock }: Ours) {
  const engine = (settings: SamlSettings, requestId: string) =>
    new SAML({
      issuer: entityId,
      callbackUrl: acsUrl,
      audience: entityId,
      entryPoint: settings.ssoUrl,
      idpCert: [...settings.certificates],
      idpIssuer: settings.entityId,
      identifierFormat: null,
      disableRequestedAuthnContext: true,
      wantAssertionsSigned: true,
      wantAuthnResponseSigned: false,
      acceptedClockSkewMs: CLOCK_SKEW_MS,
      generateUniqueId: () => requestId,
      validateInResponseTo: ValidateInResponseTo.always,
      // Which request is answered is decided before, from our table: here it is the only one there is.
      cacheProvider: {
        saveAsync: async (_key, value) => ({ value, createdAt: Date.now() }),
        getAsync: async (key) => (key === requestId ? new Date().toISOString() : null),
        removeAsync: async (key) => key,
      },
    })

  return {
    /** Where the browser goes, and the id its answer has to name. */
    begin: async (settings: SamlSettings): Promise<{ url: string; requestId: string }> => {
      const requestId = `_${randomBytes(21).toString('hex')}`
      return { url: await engine(settings, requestId).getAuthorizeUrlAsync('', undefined, {}), requestId }
    },

    /** Which request of ours a post names, at a glance and before it is worth reading; null: none. */
    requestNamed: (posted: unknown): string | null => {
      if (typeof posted !== 'string' || posted.length > MAX_CHARACTERS) return null
      const text = Buffer.from(posted, 'base64').toString('utf8')
      return /\sInResponseTo\s*=\s*["'](_[0-9a-f]{42})["']/.exec(text)?.[1] ?? null
    },

    /** What was posted, as far as it names the request it answers. Nothing of it is proved yet. Throws `ProviderFault`. */
    read: (posted: unknown): SamlResponse => {
      if (typeof posted !== 'string' || posted.length > MAX_CHARACTERS)
        throw new ProviderFault('sign_in.not_proved', 'unreadable')
      const text = Buffer.from(posted, 'base64').toString('utf8')
      const root = readXml(text)
      if (root?.namespaceURI !== PROTOCOL || root.localName !== 'Response')
        throw new ProviderFault('sign_in.not_proved', 'unreadable')
      const requestId = attributeOf(root, 'InResponseTo')
      if (!requestId) throw new ProviderFault('sign_in.not_begun_here')
      return { text, root, requestId }
    },

    prove: async (settings: SamlSettings, { text, root, requestId }: SamlResponse): Promise<SamlPerson> => {
      refuseShape(root, acsUrl)
      const proved = await engine(settings, requestId)
        .validatePostResponseAsync({ SAMLResponse: Buffer.from(text).toString('base64') })
        .catch((error: unknown) => {
          const isTime = error instanceof Error && /expired|not yet valid|subject confirmation/i.test(error.message)
          throw new ProviderFault(
            isTime ? 'sign_in.answer_too_old' : 'sign_in.not_proved',
            isTime ? 'time' : 'signature',
            {
              cause: error,
            },
          )
        })
      const assertion = readXml(proved.profile?.getAssertionXml?.() ?? '')
      if (assertion?.namespaceURI !== ASSERTION || assertion.localName !== 'Assertion')
        throw new ProviderFault('sign_in.not_proved', 'assertion')
      const fault = faultOfAssertion(assertionRead(assertion, root), {
        issuer: settings.entityId,
        audience: entityId,
        recipient: acsUrl,
        requestId,
        nowMs: clock().getTime(),
      })
      if (fault) throw new ProviderFault(fault === 'time' ? 'sign_in.answer_too_old' : 'sign_in.not_proved', fault)
      return personOf(assertion)
    },

    /** What an identity provider reads to know us (SAML metadata 2.0). */
    metadata: (): string =>
      new SAML({
        issuer: entityId,
        callbackUrl: acsUrl,
        audience: entityId,
        idpCert: 'unused',
        identifierFormat: null,
        wantAssertionsSigned: true,
      }).generateServiceProviderMetadata(null, null),
  }
}

/** One assertion, where it belongs: with more of them, or one elsewhere, what is signed need not be what is read. */
function refuseShape(root: Xml, acsUrl: string): void {
  const status = attributeOf(everyBelow(root, PROTOCOL, 'StatusCode')[0], 'Value')
  if (status !== SUCCESS) {
    const codes = everyBelow(root, PROTOCOL, 'StatusCode').map((one) => attributeOf(one, 'Value')?.split(':').at(-1))
    throw new ProviderFault('sign_in.provider_refused', shownWord(codes.at(-1)))
  }
  if (everyBelow(root, '*', 'EncryptedAssertion').length) throw new ProviderFault('sign_in.not_proved', 'encrypted')
  const destination = attributeOf(root, 'Destination')
  if (destination && destination !== acsUrl) throw new ProviderFault('sign_in.not_proved', 'destination')
  const all = everyBelow(root, '*', 'Assertion')
  if (all.length !== 1 || childrenOf(root, ASSERTION, 'Assertion').length !== 1)
    throw new ProviderFault('sign_in.not_proved', 'assertions')
}

const instant = (text: string | null) => (text === null ? null : Date.parse(text))

/** `root`: the whole answer, for the algorithms that its signatures were made with. */
function assertionRead(assertion: Xml, root: Xml): AssertionRead {
  const [conditions] = childrenOf(assertion, ASSERTION, 'Conditions')
  const [subject] = childrenOf(assertion, ASSERTION, 'Subject')
  const restrictions = conditions ? childrenOf(conditions, ASSERTION, 'AudienceRestriction') : []
  const audiences = (one: Xml) => childrenOf(one, ASSERTION, 'Audience').flatMap((audience) => textOf(audience) ?? [])
  const signed = ['SignatureMethod', 'DigestMethod'].flatMap((name) => everyBelow(root, XMLDSIG, name))
  return {
    version: attributeOf(assertion, 'Version'),
    issuer: textOf(childrenOf(assertion, ASSERTION, 'Issuer')[0]),
    audiences: restrictions.map(audiences),
    notBefore: instant(attributeOf(conditions, 'NotBefore')),
    notOnOrAfter: instant(attributeOf(conditions, 'NotOnOrAfter')),
    confirmations: (subject ? childrenOf(subject, ASSERTION, 'SubjectConfirmation') : []).map((one) => {
      const [data] = childrenOf(one, ASSERTION, 'SubjectConfirmationData')
      return {
        method: attributeOf(one, 'Method'),
        recipient: attributeOf(data, 'Recipient'),
        inResponseTo: attributeOf(data, 'InResponseTo'),
        notBefore: instant(attributeOf(data, 'NotBefore')),
        notOnOrAfter: instant(attributeOf(data, 'NotOnOrAfter')),
      }
    }),
    hasAuthnStatement: childrenOf(assertion, ASSERTION, 'AuthnStatement').length > 0,
    algorithms: signed.map((one) => attributeOf(one, 'Algorithm') ?? ''),
  }
}

function personOf(assertion: Xml): SamlPerson {
  const [subject] = childrenOf(assertion, ASSERTION, 'Subject')
  const nameId = subject && childrenOf(subject, ASSERTION, 'NameID')[0]
  // Names are the provider's: without a prototype, none of them is one of ours.
  const attributes = Object.create(null) as Record<string, string[]>
  for (const one of everyBelow(assertion, ASSERTION, 'Attribute')) {
    const values = childrenOf(one, ASSERTION, 'AttributeValue').flatMap((value) => textOf(value) ?? [])
    const name = attributeOf(one, 'Name')
    if (name) attributes[name] = [...(attributes[name] ?? []), ...values]
  }
  return { nameId: textOf(nameId), nameIdFormat: attributeOf(nameId, 'Format'), attributes }
}
