import * as z from 'zod'
import { InstitutionId } from '../kernel/ids.ts'
import { Instant, route } from '../kernel/route.ts'
import { EmailAddress } from './contract.ts'

/** What may stand between an institution's answer and a signed-in browser. Each has its words, a reference and a log line. */
export type SignInTrouble =
  | 'sign_in.too_old'
  | 'sign_in.other_browser'
  | 'sign_in.provider_refused'
  | 'sign_in.provider_unreachable'
  | 'sign_in.not_proved'
  | 'sign_in.answer_too_old'
  | 'sign_in.not_begun_here'
  | 'sign_in.address_missing'
  | 'sign_in.address_unverified'
  | 'sign_in.domain_foreign'
  | 'sign_in.subject_missing'
  | 'sign_in.subject_changed'
  | 'sign_in.subject_taken'
  | 'sign_in.switched_off'
  | 'sign_in.too_many'
  | 'directory.no_grant'

export const SIGN_IN_CHECK_STEPS = ['discovery', 'keys', 'endpoint', 'certificates', 'clock', 'domains', 'use'] as const
export const SignInCheckStep = z.object({
  step: z.enum(SIGN_IN_CHECK_STEPS),
  state: z.enum(['ok', 'warn', 'fail']),
  /** Which sentence says what was found; with `about` in it. */
  code: z.string(),
  about: z.string(),
})
export type SignInCheckStep = z.infer<typeof SignInCheckStep>

const Certificate = z.object({
  /** Subject as the certificate words it. */
  name: z.string(),
  /** SHA-256, pairs with colons. */
  fingerprint: z.string(),
  from: Instant,
  until: Instant,
})

const Settings = z.object({
  kind: z.enum(['oidc', 'saml']),
  /** OIDC: issuer. SAML: entity id. */
  issuer: z.string(),
  clientId: z.string().nullable(),
  ssoUrl: z.string().nullable(),
  certificates: z.array(Certificate),
  isOn: z.boolean(),
  /** Mailed links and passkeys of its domains open nothing of this network, but for network admins. */
  isOnly: z.boolean(),
  lastSignInAt: Instant.nullable(),
  lastError: z
    .object({ code: z.string(), at: Instant, reference: z.string(), detail: z.string().nullable() })
    .nullable(),
})

export const InstitutionSignInShown = z.object({
  access: z.enum(['read', 'settings', 'all']),
  /** What the identity provider has to be told. */
  ours: z.object({ redirectUri: z.string(), acsUrl: z.string(), entityId: z.string(), metadataUrl: z.string() }),
  settings: Settings.nullable(),
  /** Stands for who speaks (kind, issuer, client id, sign-in address, certificates): whoever confirms a domain says whom they looked at. */
  speaker: z.string(),
  domains: z.array(z.object({ domain: z.string(), confirmedAt: Instant.nullable() })),
})
export type InstitutionSignInShown = z.infer<typeof InstitutionSignInShown>

const Url = z.url({ protocol: /^https?$/ }).max(500)
const Text = z.string().trim().min(1)

export const InstitutionSignInDetails = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('oidc'),
    issuer: Url,
    clientId: Text.max(255),
    /** Left out: as it is. It is sealed and never told again. */
    clientSecret: Text.max(1000).optional(),
  }),
  /** As an identity provider publishes it: one EntityDescriptor. */
  z.strictObject({ kind: z.literal('saml'), metadata: Text.max(200_000) }),
  z.strictObject({
    kind: z.literal('saml_by_hand'),
    entityId: Text.max(500),
    ssoUrl: Url,
    /** One or several, PEM. */
    certificates: Text.max(50_000),
  }),
])
export type InstitutionSignInDetails = z.infer<typeof InstitutionSignInDetails>

const One = z.object({ institutionId: InstitutionId })
const OneDomain = One.extend({ domain: z.string().min(1).max(260) })
const path = '/api/institutions/:institutionId/sign-in' as const

export const showInstitutionSignIn = route({
  method: 'GET',
  path,
  params: One,
  response: InstitutionSignInShown,
  refusals: ['directory.not_found'],
})

/**
 * `withdrawn`: how many confirmed domains wait again, because somebody else speaks now. `endsOnly`: it was the only way in, and is
 * not until somebody has come in by this provider.
 */
export const saveInstitutionSignIn = route({
  method: 'PUT',
  path,
  params: One,
  body: InstitutionSignInDetails,
  response: z.object({ withdrawn: z.int(), endsOnly: z.boolean() }),
  refusals: [
    'directory.not_found',
    'sign_in.address_refused',
    'sign_in.issuer_for_everybody',
    'sign_in.secret_needed',
    'sign_in.metadata_unreadable',
    'sign_in.certificate_unreadable',
  ],
})

/** `sign_in.nobody_yet`: nobody came in this way yet, so that it must not be the only one. */
export const switchInstitutionSignIn = route({
  method: 'PUT',
  path: `${path}/switch`,
  params: One,
  body: z.strictObject({ isOn: z.boolean(), isOnly: z.boolean() }),
  response: z.undefined(),
  refusals: ['directory.not_found', 'sign_in.no_domain', 'sign_in.nobody_yet'],
})

export const removeInstitutionSignIn = route({
  method: 'DELETE',
  path,
  params: One,
  response: z.undefined(),
  refusals: ['directory.not_found'],
})

/** Waits for a network admin; one that they add themselves is confirmed. `speaker` as it was shown. */
export const addSignInDomain = route({
  method: 'POST',
  path: `${path}/domains`,
  params: One,
  body: z.strictObject({ domain: Text.max(260), speaker: z.string().max(100) }),
  response: z.undefined(),
  refusals: [
    'directory.not_found',
    'sign_in.domain_unusable',
    'sign_in.domain_public',
    'sign_in.domain_elsewhere',
    'sign_in.speaker_changed',
  ],
})

export const confirmSignInDomain = route({
  method: 'PUT',
  path: `${path}/domains/:domain/confirmed`,
  params: OneDomain,
  body: z.strictObject({ speaker: z.string().max(100) }),
  response: z.undefined(),
  refusals: ['directory.not_found', 'sign_in.domain_elsewhere', 'sign_in.speaker_changed'],
})

export const removeSignInDomain = route({
  method: 'DELETE',
  path: `${path}/domains/:domain`,
  params: OneDomain,
  response: z.undefined(),
  refusals: ['directory.not_found'],
})

export const checkInstitutionSignIn = route({
  method: 'POST',
  path: `${path}/check`,
  params: One,
  response: z.object({ steps: z.array(SignInCheckStep) }),
  refusals: ['directory.not_found'],
})

/** Whoever comes next with this address is remembered anew. */
export const forgetInstitutionSubject = route({
  method: 'POST',
  path: `${path}/forget`,
  params: One,
  body: z.strictObject({ email: EmailAddress }),
  response: z.undefined(),
  refusals: ['directory.not_found', 'sign_in.nothing_remembered'],
})

/** Depends on the domain alone: it tells of nobody whether they exist. */
export const offerInstitutionSignIn = route({
  method: 'POST',
  path: '/api/sign-in/institution/offer',
  body: z.strictObject({ email: EmailAddress }),
  response: z.object({ offer: z.object({ institution: z.string(), isOnly: z.boolean() }).nullable() }),
})

/** Binds a login to this browser for ten minutes; `url` is where it goes on. Facts of a refusal: `{ reference }`. */
export const beginInstitutionSignIn = route({
  method: 'POST',
  path: '/api/sign-in/institution/begin',
  body: z.strictObject({
    email: EmailAddress,
    /** A path of this app to go on to; anything else leads to the front page. */
    to: z.string().max(300).optional(),
  }),
  response: z.object({ url: z.string() }),
  refusals: ['sign_in.too_many', 'sign_in.switched_off', 'sign_in.provider_unreachable', 'sign_in.not_proved'],
})
