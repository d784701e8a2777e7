import { readCertificate } from './certificate.ts'
import { attributeOf, childrenOf, everyBelow, readXml, textOf } from './read-xml.ts'

const METADATA = 'urn:oasis:names:tc:SAML:2.0:metadata'
const XMLDSIG = 'http://www.w3.org/2000/09/xmldsig#'
const REDIRECT = 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect'

export type SamlSettings = Readonly<{ entityId: string; ssoUrl: string; certificates: readonly string[] }>

/**
 * What an identity provider's metadata say: entity id, address for HTTP-Redirect, signing certificates (several while they
 * change). Undefined when it is not one provider's, or one of the three is missing. Nobody's signature is asked for: an
 * administrator vouches for where they have it from.
 */
export function readMetadata(text: string): SamlSettings | undefined {
  const root = readXml(text.replace(/^\uFEFF/, ''))
  if (!root || root.namespaceURI !== METADATA || root.localName !== 'EntityDescriptor') return undefined
  const [provider, ...more] = childrenOf(root, METADATA, 'IDPSSODescriptor')
  if (!provider || more.length) return undefined
  const services = childrenOf(provider, METADATA, 'SingleSignOnService')
  const ssoUrl = attributeOf(
    services.find((one) => attributeOf(one, 'Binding') === REDIRECT),
    'Location',
  )
  const keys = childrenOf(provider, METADATA, 'KeyDescriptor').filter((one) => attributeOf(one, 'use') !== 'encryption')
  const read = keys
    .flatMap((key) => everyBelow(key, XMLDSIG, 'X509Certificate'))
    .map((one) => readCertificate(textOf(one) ?? ''))
  const certificates = [...new Set(read.flatMap((one) => one ?? []))]
  const entityId = attributeOf(root, 'entityID')
  if (!entityId || !ssoUrl || !certificates.length || read.includes(undefined)) return undefined
  return { entityId, ssoUrl, certificates }
}
