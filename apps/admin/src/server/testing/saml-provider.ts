import { inflateRawSync } from 'node:zlib'
import { SignedXml } from 'xml-crypto'
import { selfSigned, type SelfSigned } from './self-signed.ts'

const C14N = 'http://www.w3.org/2001/10/xml-exc-c14n#'
const ENVELOPED = 'http://www.w3.org/2000/09/xmldsig#enveloped-signature'
const SHA256 = 'http://www.w3.org/2001/04/xmlenc#sha256'
const RSA_SHA256 = 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256'
const DAY_MS = 86_400_000

/** What an assertion says; a test changes one thing at a time. Times in seconds from now. */
export type Says = Readonly<{
  email?: string | null
  nameId?: string
  format?: 'persistent' | 'transient'
  issuer?: string
  audience?: string
  recipient?: string
  inResponseTo?: string | null
  confirmed?: string | null
  notBefore?: number
  notOnOrAfter?: number
  status?: string
}>
type Signing = Readonly<{
  by?: SelfSigned
  what?: 'Assertion' | 'Response' | 'none'
  digest?: string
  algorithm?: string
}>

/** A SAML identity provider that signs whatever it is told to, with keys of its own. */
export function samlProvider(name: string) {
  const now = Date.now()
  const own = selfSigned(name, new Date(now - DAY_MS), new Date(now + 400 * DAY_MS))
  const entityId = `https://${name}.example/idp`
  const ssoUrl = `https://${name}.example/sso`

  const metadata = (certificates: readonly string[] = [own.certificate], before = '') => `<?xml version="1.0"?>${before}
<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="${entityId}">
<md:IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">${certificates
    .map(
      (one) => `<md:KeyDescriptor use="signing"><ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:X509Data>
<ds:X509Certificate>${one.replaceAll(/(.{64})/g, '$1\n')}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>`,
    )
    .join('')}
<md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="${ssoUrl}/post"/>
<md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="${ssoUrl}"/>
</md:IDPSSODescriptor></md:EntityDescriptor>`

  const response = (url: string, says: Says = {}): string => {
    const asked = request(url)
    const at = (seconds: number) => new Date(Date.now() + seconds * 1000).toISOString()
    const { format = 'persistent', notBefore = -5, notOnOrAfter = 240 } = says
    const inResponseTo = says.inResponseTo === undefined ? asked.id : says.inResponseTo
    const confirmed = says.confirmed === undefined ? inResponseTo : says.confirmed
    const answers = (id: string | null) => (id === null ? '' : ` InResponseTo="${id}"`)
    const email = says.email === undefined ? 'a@riverside.example' : says.email
    const success = 'urn:oasis:names:tc:SAML:2.0:status:Success'
    return `<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="_r${crypto.randomUUID()}" Version="2.0" IssueInstant="${at(0)}" Destination="${asked.acs}"${answers(inResponseTo)}><saml:Issuer>${entityId}</saml:Issuer><samlp:Status><samlp:StatusCode Value="${says.status ?? success}"/></samlp:Status><saml:Assertion ID="_a${crypto.randomUUID()}" Version="2.0" IssueInstant="${at(0)}"><saml:Issuer>${says.issuer ?? entityId}</saml:Issuer><saml:Subject><saml:NameID Format="urn:oasis:names:tc:SAML:2.0:nameid-format:${format}">${says.nameId ?? 'subject-1'}</saml:NameID><saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><saml:SubjectConfirmationData NotOnOrAfter="${at(notOnOrAfter)}" Recipient="${says.recipient ?? asked.acs}"${answers(confirmed)}/></saml:SubjectConfirmation></saml:Subject><saml:Conditions NotBefore="${at(notBefore)}" NotOnOrAfter="${at(notOnOrAfter)}"><saml:AudienceRestriction><saml:Audience>${says.audience ?? asked.issuer}</saml:Audience></saml:AudienceRestriction></saml:Conditions><saml:AuthnStatement AuthnInstant="${at(0)}"><saml:AuthnContext><saml:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:unspecified</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement>${
      email === null
        ? ''
        : `<saml:AttributeStatement><saml:Attribute Name="urn:oid:0.9.2342.19200300.100.1.3"><saml:AttributeValue>${email}</saml:AttributeValue></saml:Attribute></saml:AttributeStatement>`
    }</saml:Assertion></samlp:Response>`
  }

  const sign = (
    xml: string,
    { by = own, what = 'Assertion', digest = SHA256, algorithm = RSA_SHA256 }: Signing = {},
  ) => {
    if (what === 'none') return xml
    const signer = new SignedXml({ privateKey: by.key.export({ type: 'pkcs8', format: 'pem' }) })
    signer.signatureAlgorithm = algorithm
    signer.canonicalizationAlgorithm = C14N
    const xpath = `//*[local-name(.)='${what}']`
    signer.addReference({ xpath, digestAlgorithm: digest, transforms: [ENVELOPED, C14N] })
    signer.computeSignature(xml, { location: { reference: `${xpath}/*[local-name(.)='Issuer']`, action: 'after' } })
    return signer.getSignedXml()
  }
  return { own, entityId, ssoUrl, metadata, response, sign }
}

/** The AuthnRequest in a redirect's address. */
export function request(url: string) {
  const given = new URL(url).searchParams.get('SAMLRequest')!
  const xml = inflateRawSync(Buffer.from(given, 'base64')).toString('utf8')
  const found = (pattern: RegExp) => pattern.exec(xml)![1]!
  return {
    xml,
    id: found(/ ID="([^"]+)"/),
    acs: found(/AssertionConsumerServiceURL="([^"]+)"/),
    issuer: found(/<saml:Issuer[^>]*>([^<]+)</),
  }
}
