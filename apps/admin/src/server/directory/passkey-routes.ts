import type { Request, Router } from 'express'
import {
  addPasskey,
  beginPasskey,
  beginPasskeySignIn,
  listPasskeys,
  removePasskey,
  renamePasskey,
  signInWithPasskey,
} from '@copractice/core/directory'
import { ok } from '@copractice/core/kernel'
import { callerOf, NotAllowed, routesFor } from '@copractice/http'
import type { PasskeyOwner, Passkeys } from '@copractice/services/directory'
import type { Administrators, SignedIn } from './administrator-of.ts'

type Deps = Readonly<{ passkeys: Passkeys; administrators: Administrators; clock: () => Date }>

/** One's own passkeys, and signing in with one. */
export function passkeyRoutes({ passkeys, administrators, clock }: Deps): readonly Router[] {
  const asking = (req: Request) => ({ address: callerOf(req), now: clock() })

  // A passkey opens every network of its address; what an institution vouched for opens that institution's alone.
  const known = routesFor(async (req) => {
    const signedIn = await administrators.signedIn(req)
    if (signedIn.by) throw new NotAllowed('passkey.through_institution')
    return signedIn
  })
  const ownerOf = ({ email, everywhere }: SignedIn, req: Request): PasskeyOwner => ({
    email,
    people: everywhere.map(({ actor: { networkId, personId } }) => ({ networkId, personId })),
    cookie: req.headers.cookie ?? '',
  })

  known.serve(listPasskeys, { 'passkey.through_institution': 403 }, async ({ context }) =>
    ok({ items: await passkeys.list(context.email) }),
  )

  const begin = { 'passkey.too_many': 409, 'passkey.sign_in_again': 403, 'sign_in.too_many': 429 } as const
  known.serve(beginPasskey, begin, async ({ context, req, res }) => {
    const begun = await passkeys.begin(ownerOf(context, req), asking(req))
    if (!begun.ok) return begun
    res.append('set-cookie', begun.value.setCookies)
    return ok(begun.value.options)
  })
  const add = { ...begin, 'passkey.too_late': 410, 'passkey.not_proved': 403 } as const
  known.serve(addPasskey, add, async ({ context, body, req }) => {
    const added = await passkeys.add(ownerOf(context, req), body, asking(req))
    return added.ok ? ok(undefined) : added
  })
  known.serve(renamePasskey, { 'passkey.not_found': 404 }, async ({ context, params, body, req }) => {
    const renamed = await passkeys.rename(ownerOf(context, req), { id: params.passkeyId, ...body }, clock())
    return renamed.ok ? ok(undefined) : renamed
  })
  known.serve(removePasskey, { 'passkey.not_found': 404 }, async ({ context, params, req }) => {
    const removed = await passkeys.remove(ownerOf(context, req), params.passkeyId, clock())
    return removed.ok ? ok(undefined) : removed
  })

  const anybody = routesFor(async () => null)
  anybody.serve(beginPasskeySignIn, { 'sign_in.too_many': 429 }, async ({ req, res }) => {
    const begun = await passkeys.beginSignIn(asking(req))
    if (!begun.ok) return begun
    res.append('set-cookie', begun.value.setCookies)
    return ok(begun.value.options)
  })
  const signIn = {
    'passkey.unknown': 404,
    'passkey.not_proved': 403,
    'passkey.too_late': 410,
    'directory.no_grant': 403,
    'sign_in.too_many': 429,
  } as const
  anybody.serve(signInWithPasskey, signIn, async ({ body, req, res }) => {
    const signedIn = await passkeys.signIn(req.headers.cookie, body.shown, asking(req))
    if (!signedIn.ok) return signedIn
    res.append('set-cookie', signedIn.value.setCookies)
    return ok(undefined)
  })
  return [anybody.router, known.router]
}
