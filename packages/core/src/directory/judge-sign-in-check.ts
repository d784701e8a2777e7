import type { SignInCheckStep } from './institution-sign-in-contract.ts'

type Reached<T> = (Readonly<{ ok: true }> & Readonly<T>) | Readonly<{ ok: false; why: string }>

/** What a self-test of an institution's sign-in found. */
export type SignInFindings = Readonly<{
  now: Date
  provider:
    | Readonly<{
        kind: 'oidc'
        /** `issuer`: as the provider itself words it. */
        discovery: Reached<{ issuer: string }>
        /** How many keys can check a signature that we take. Null: not asked. */
        keys: Reached<{ usable: number }> | null
      }>
    | Readonly<{
        kind: 'saml'
        endpoint: Reached<object>
        certificates: readonly Readonly<{ from: Date; until: Date }>[]
      }>
  issuer: string
  /** Their time by the answer's date; null when they told none. */
  theirTime: Date | null
  domains: readonly Readonly<{ domain: string; confirmedAt: Date | null }>[]
  isOn: boolean
}>

type Judged = Omit<SignInCheckStep, 'step'>
const well = (code: string, about = ''): Judged => ({ state: 'ok', code, about })
const warn = (code: string, about = ''): Judged => ({ state: 'warn', code, about })
const fail = (code: string, about = ''): Judged => ({ state: 'fail', code, about })

const DAY_MS = 86_400_000
const WARNS_DAYS_BEFORE = 30
const CLOCK_WARNS_FROM_S = 30

/** What each step means: `fail` keeps people out now, `warn` will or may. `code` names its sentence, `about` fills it. */
export function judgeSignInCheck(found: SignInFindings): SignInCheckStep[] {
  const { provider } = found
  const ofProvider: SignInCheckStep[] =
    provider.kind === 'oidc'
      ? [
          { step: 'discovery', ...judgeDiscovery(provider.discovery, found.issuer) },
          { step: 'keys', ...judgeKeys(provider.keys) },
        ]
      : [
          {
            step: 'endpoint',
            ...(provider.endpoint.ok ? well('endpoint') : warn('endpoint_out', provider.endpoint.why)),
          },
          { step: 'certificates', ...judgeCertificates(provider.certificates, found.now) },
        ]
  return [
    ...ofProvider,
    ...(hasAnswered(provider) ? [{ step: 'clock' as const, ...judgeClock(found) }] : []),
    { step: 'domains', ...judgeDomains(found.domains) },
    { step: 'use', ...(found.isOn ? well('on') : warn('off')) },
  ]
}

/** Who did not answer told no time either. */
const hasAnswered = (provider: SignInFindings['provider']): boolean =>
  provider.kind === 'oidc' ? provider.discovery.ok : provider.endpoint.ok

function judgeDiscovery(discovery: Reached<{ issuer: string }>, issuer: string): Judged {
  if (!discovery.ok) return fail('discovery_out', discovery.why)
  return discovery.issuer === issuer ? well('discovery') : fail('issuer_differs', discovery.issuer)
}

function judgeKeys(keys: Reached<{ usable: number }> | null): Judged {
  if (!keys) return fail('keys_not_asked')
  if (!keys.ok) return fail('keys_out', keys.why)
  return keys.usable > 0 ? well('keys', String(keys.usable)) : fail('keys_none')
}

function judgeCertificates(all: readonly Readonly<{ from: Date; until: Date }>[], now: Date): Judged {
  const holding = all.filter(({ from, until }) => from <= now && now < until)
  if (!holding.length) return fail('certificates_over')
  const latest = (some: typeof all) => Math.max(...some.map(({ until }) => until.getTime()))
  // One that begins before these end takes over from them.
  const end = latest(all.filter(({ from }) => from.getTime() <= latest(holding)))
  const days = Math.floor((end - now.getTime()) / DAY_MS)
  return days < WARNS_DAYS_BEFORE ? warn('certificates_end', String(days)) : well('certificates', String(days))
}

function judgeClock({ now, theirTime }: SignInFindings): Judged {
  if (!theirTime) return warn('clock_unknown')
  const apart = Math.round(Math.abs(now.getTime() - theirTime.getTime()) / 1000)
  if (apart > 60) return fail('clock_apart', String(apart))
  return apart >= CLOCK_WARNS_FROM_S ? warn('clock_drifts', String(apart)) : well('clock', String(apart))
}

function judgeDomains(domains: SignInFindings['domains']): Judged {
  const waiting = domains.filter(({ confirmedAt }) => !confirmedAt).map(({ domain }) => domain)
  if (waiting.length === domains.length)
    return fail(domains.length ? 'domains_wait' : 'domains_none', waiting.join(', '))
  return waiting.length ? warn('domains_wait', waiting.join(', ')) : well('domains', String(domains.length))
}
