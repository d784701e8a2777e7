import * as z from 'zod'
import { Instant, route } from '../kernel/route.ts'

/** Bytes as WebAuthn's JSON has them. */
const Base64Url = z
  .string()
  .regex(/^[\w-]*$/)
  .max(20_000)
const Transports = z.array(z.string().max(20)).max(10)
const Known = z.object({ id: Base64Url, type: z.literal('public-key') })
const UserVerification = z.enum(['required', 'preferred', 'discouraged'])

/** PublicKeyCredentialCreationOptionsJSON, as far as it is used here (WebAuthn Level 3, 5.1.9). */
export const PasskeyToMake = z.object({
  challenge: Base64Url,
  rp: z.object({ id: z.string(), name: z.string() }),
  user: z.object({ id: Base64Url, name: z.string(), displayName: z.string() }),
  pubKeyCredParams: z.array(z.object({ type: z.literal('public-key'), alg: z.int() })),
  timeout: z.int(),
  excludeCredentials: z.array(Known),
  authenticatorSelection: z.object({
    residentKey: z.enum(['required', 'preferred', 'discouraged']),
    requireResidentKey: z.boolean(),
    userVerification: UserVerification,
  }),
  attestation: z.literal('none'),
})
export type PasskeyToMake = z.infer<typeof PasskeyToMake>

/** PublicKeyCredentialRequestOptionsJSON without credentials: the browser offers those it has for this site. */
export const PasskeyToShow = z.object({
  challenge: Base64Url,
  rpId: z.string(),
  timeout: z.int(),
  userVerification: UserVerification,
})
export type PasskeyToShow = z.infer<typeof PasskeyToShow>

const answer = <T extends z.ZodType>(response: T) =>
  z.object({
    id: Base64Url.max(1400),
    rawId: Base64Url.max(1400),
    type: z.literal('public-key'),
    response,
    clientExtensionResults: z.record(z.string(), z.unknown()),
  })

/** RegistrationResponseJSON: what the browser answers when a passkey was made. */
export const PasskeyMade = answer(
  z.object({ clientDataJSON: Base64Url, attestationObject: Base64Url, transports: Transports.optional() }),
)
export type PasskeyMade = z.infer<typeof PasskeyMade>

/** AuthenticationResponseJSON: what the browser answers when a passkey was shown. */
export const PasskeyShown = answer(
  z.object({
    clientDataJSON: Base64Url,
    authenticatorData: Base64Url,
    signature: Base64Url,
    userHandle: Base64Url.optional(),
  }),
)
export type PasskeyShown = z.infer<typeof PasskeyShown>

export const PasskeyName = z.string().trim().min(1).max(60)
const PasskeyId = z.string().regex(/^\w{1,64}$/)

export const PasskeySeen = z.object({
  id: PasskeyId,
  name: z.string(),
  addedAt: Instant,
  /** Null: nobody signed in with it yet. */
  lastUsedAt: Instant.nullable(),
  /** Kept by a password manager, which has it on other devices too. */
  isSynced: z.boolean(),
})
export type PasskeySeen = z.infer<typeof PasskeySeen>

/**
 * The passkeys of the address that is signed in, the first added first; an address has at most 20. Whoever came through
 * their institution has none to do with: `passkey.through_institution`, here and below.
 */
export const listPasskeys = route({
  method: 'GET',
  path: '/api/passkeys',
  response: z.object({ items: z.array(PasskeySeen) }),
  refusals: ['passkey.through_institution'],
})

/**
 * What the browser needs to make one. Binds a challenge to this browser, for five minutes and one answer.
 * `passkey.sign_in_again`: the sign-in is older than an hour; a browser left open must not become a key for good.
 */
export const beginPasskey = route({
  method: 'POST',
  path: '/api/passkeys/begin',
  response: PasskeyToMake,
  refusals: ['passkey.too_many', 'passkey.sign_in_again', 'sign_in.too_many'],
})

/** `passkey.too_late`: no challenge of this browser waits, because it was used or is too old. */
export const addPasskey = route({
  method: 'POST',
  path: '/api/passkeys',
  body: z.strictObject({ name: PasskeyName, made: PasskeyMade }),
  response: z.undefined(),
  refusals: ['passkey.too_many', 'passkey.sign_in_again', 'passkey.too_late', 'passkey.not_proved', 'sign_in.too_many'],
})

const one = z.object({ passkeyId: PasskeyId })
export const renamePasskey = route({
  method: 'PATCH',
  path: '/api/passkeys/:passkeyId',
  params: one,
  body: z.strictObject({ name: PasskeyName }),
  response: z.undefined(),
  refusals: ['passkey.not_found'],
})

/** The passkey signs in no more, and every other browser of the address is signed out. */
export const removePasskey = route({
  method: 'DELETE',
  path: '/api/passkeys/:passkeyId',
  params: one,
  response: z.undefined(),
  refusals: ['passkey.not_found'],
})

export const beginPasskeySignIn = route({
  method: 'POST',
  path: '/api/sign-in/passkey/begin',
  response: PasskeyToShow,
  refusals: ['sign_in.too_many'],
})

/**
 * Sets the cookie session, as a mailed link does. `passkey.unknown`: nobody's, or removed. `passkey.not_proved`: the
 * answer is of another site, of another challenge, signed by another key, or counts backwards, as a copy would.
 */
export const signInWithPasskey = route({
  method: 'POST',
  path: '/api/sign-in/passkey',
  body: z.strictObject({ shown: PasskeyShown }),
  response: z.undefined(),
  refusals: ['passkey.unknown', 'passkey.not_proved', 'passkey.too_late', 'directory.no_grant', 'sign_in.too_many'],
})
