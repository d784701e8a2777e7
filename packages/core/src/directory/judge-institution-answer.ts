import { ok, refuse, type Refusal, type Result } from '../kernel/result.ts'
import { domainOfAddress } from './sign-in-domain.ts'

type Bare<Code extends string> = Refusal<Code, Record<string, never>>

/** An address that an institution vouched for, and what it calls whoever has it, the steadiest first. */
export type Vouched = Readonly<{ email: string; subjects: readonly [string, ...string[]] }>

export type AnswerRefusal =
  | Bare<'sign_in.address_missing' | 'sign_in.address_unverified' | 'sign_in.subject_missing'>
  | Refusal<'sign_in.domain_foreign', { domain: string }>

const GOOGLE = 'https://accounts.google.com'
const ADDRESS = /^[^\s@]+@[^\s@]+$/

export type OidcClaims = Readonly<{
  iss: string
  sub: string
  email?: unknown
  email_verified?: unknown
  hd?: unknown
}>

/**
 * Whether claims that were proved to be the issuer's sign an address in. The address has to be of a domain that the
 * institution may speak for; an issuer that says it did not verify it is not believed. One that says nothing is, as an
 * institution's own provider answers for its own addresses. Google is everybody's provider: there only an account of the
 * institution's own organisation counts (`hd`).
 */
export function judgeClaims(claims: OidcClaims, domains: readonly string[]): Result<Vouched, AnswerRefusal> {
  const { iss, sub, email, email_verified: isVerified, hd } = claims
  if (typeof email !== 'string' || !ADDRESS.test(email.trim())) return refuse('sign_in.address_missing', {})
  const address = email.trim().toLowerCase()
  const said = isVerified === undefined || isVerified === true || isVerified === 'true'
  if (!said || (iss === GOOGLE && isVerified === undefined)) return refuse('sign_in.address_unverified', {})
  const domain = domainOfAddress(address)
  if (!domains.includes(domain)) return refuse('sign_in.domain_foreign', { domain })
  if (iss === GOOGLE && (typeof hd !== 'string' || !domains.includes(hd.toLowerCase())))
    return refuse('sign_in.domain_foreign', { domain: typeof hd === 'string' ? hd.toLowerCase() : 'gmail.com' })
  return ok({ email: address, subjects: [sub] })
}

export type SamlPerson = Readonly<{
  nameId: string | null
  nameIdFormat: string | null
  attributes: Readonly<Record<string, readonly string[]>>
}>

/** Where providers put the address: the LDAP `mail` of eduPerson, plain names, the one of Microsoft. */
const MAIL = [
  'urn:oid:0.9.2342.19200300.100.1.3',
  'mail',
  'email',
  'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress',
]
/** What never changes its bearer: subject identifiers of SAML, the object id of Entra ID. */
const STEADY = [
  'urn:oasis:names:tc:SAML:attribute:pairwise-id',
  'urn:oasis:names:tc:SAML:attribute:subject-id',
  'http://schemas.microsoft.com/identity/claims/objectidentifier',
]
const TRANSIENT = 'urn:oasis:names:tc:SAML:2.0:nameid-format:transient'
const MAIL_NAME_ID = 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress'

/** The same for a proved assertion. A transient NameID is another each time: without a steady attribute it names nobody. */
export function judgeSamlPerson(person: SamlPerson, domains: readonly string[]): Result<Vouched, AnswerRefusal> {
  const { nameId, nameIdFormat, attributes } = person
  const told = MAIL.flatMap((name) => attributes[name] ?? [])
  const all = [...told, ...(nameId && nameIdFormat === MAIL_NAME_ID ? [nameId] : [])]
  const addresses = all.map((text) => text.trim().toLowerCase()).filter((text) => ADDRESS.test(text))
  if (!addresses.length) return refuse('sign_in.address_missing', {})
  const email = addresses.find((one) => domains.includes(domainOfAddress(one)))
  if (!email) return refuse('sign_in.domain_foreign', { domain: domainOfAddress(addresses[0]!) })
  const steady = STEADY.flatMap((name) => attributes[name]?.slice(0, 1) ?? [])
  const [first, ...rest] = [...steady, ...(nameId && nameIdFormat !== TRANSIENT ? [nameId] : [])]
  return first ? ok({ email, subjects: [first, ...rest] }) : refuse('sign_in.subject_missing', {})
}

/**
 * Whether whoever comes is whom this issuer vouched for before at this address. `remembered`: its subjects for the people
 * of the address. A re-used address is not let in to what was somebody else's.
 */
export function judgeSubject(remembered: readonly string[], { subjects }: Vouched): 'new' | 'same' | 'changed' {
  if (!remembered.length) return 'new'
  return subjects.some((one) => remembered.includes(one)) ? 'same' : 'changed'
}
