import { judgeSignInCheck, type Actor, type SignInFindings } from '@copractice/core/directory'
import { ok, type InstitutionId } from '@copractice/core/kernel'
import { OutgoingFailure } from '@copractice/lti'
import * as store from '@copractice/store/directory'
import { notFound } from '../administrator.ts'
import { describeCertificate } from './certificate.ts'
import { findTheirs, type KeepDeps } from './change-institution-sign-in.ts'
import { oidcProvider } from './oidc-provider.ts'
import { ProviderFault } from './provider-fault.ts'

type Provider = Pick<SignInFindings, 'provider' | 'theirTime'>

/** Tries what can be tried without anybody signing in. Keeps nothing; calls addresses of the settings alone. */
export async function checkInstitutionSignIn(
  deps: KeepDeps,
  actor: Actor,
  { institutionId }: Readonly<{ institutionId: InstitutionId }>,
) {
  const theirs = await findTheirs(deps.db, actor, { institutionId }, deps.clock())
  if (!theirs || theirs.access === 'read') return notFound()
  const kept = await store.findInstitutionSignIn(deps.db, theirs.place)
  if (!kept) return notFound()
  const domains = await store.listSignInDomains(deps.db, theirs.place)
  const found = kept.kind === 'oidc' ? await lookAtOidc(deps, kept.issuer) : await lookAtSaml(deps, kept)
  const { issuer, isOn } = kept
  return ok({ steps: judgeSignInCheck({ ...found, issuer, isOn, domains, now: deps.clock() }) })
}

const why = (error: unknown): string => {
  if (error instanceof ProviderFault) return error.detail ?? error.code
  if (error instanceof OutgoingFailure) return error.message
  throw error
}

async function lookAtOidc({ outgoing, clock }: KeepDeps, issuer: string): Promise<Provider> {
  const provider = oidcProvider({ outgoing, clock })
  try {
    const { issuer: named, theirTime, jwksUri } = await provider.look(issuer)
    const discovery = { ok: true as const, issuer: named }
    const keys = jwksUri
      ? await provider.keys(jwksUri).then(
          (usable) => ({ ok: true as const, usable }),
          (error: unknown) => ({ ok: false as const, why: why(error) }),
        )
      : null
    return { provider: { kind: 'oidc', discovery, keys }, theirTime }
  } catch (error) {
    return { provider: { kind: 'oidc', discovery: { ok: false, why: why(error) }, keys: null }, theirTime: null }
  }
}

/** Any answer of the sign-in page will do: without a request it has nothing better to say than that it is there. */
async function lookAtSaml({ outgoing }: KeepDeps, kept: store.InstitutionSignIn): Promise<Provider> {
  const certificates = kept.certificates.map(describeCertificate)
  try {
    const answer = await outgoing.send({ method: 'GET', url: kept.ssoUrl!, timeoutMs: 8000, maxBytes: 1_000_000 })
    const date = Date.parse(answer.header('date') ?? '')
    const theirTime = Number.isNaN(date) ? null : new Date(date)
    return { provider: { kind: 'saml', endpoint: { ok: true }, certificates }, theirTime }
  } catch (error) {
    return { provider: { kind: 'saml', endpoint: { ok: false, why: why(error) }, certificates }, theirTime: null }
  }
}
