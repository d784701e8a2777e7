import express, { Router, type ErrorRequestHandler, type Request, type Response } from 'express'
import { beginInstitutionSignIn, offerInstitutionSignIn } from '@copractice/core/directory'
import { ok } from '@copractice/core/kernel'
import { callerOf, routesFor } from '@copractice/http'
import type { ThroughInstitution } from '@copractice/services/directory'

type Deps = Readonly<{ through: ThroughInstitution; adminUrl: string }>

const TEN_MINUTES_S = 600
const SECRET = /^[\w-]{43}$/

/**
 * Signing in through an institution: the offer for a domain, the way to its provider, and the addresses to which the
 * provider sends the browser back. Those are pages, not calls: what goes wrong leads to a page that says so.
 */
export function throughInstitutionRoutes({ through, adminUrl }: Deps): readonly Router[] {
  const isSecure = adminUrl.startsWith('https:')
  // The prefix makes browsers refuse the name to any other host; they allow it on https only.
  const cookie = `${isSecure ? '__Host-' : ''}copractice-admin.institution`
  const from = (req: Request) => ({
    address: callerOf(req),
    secrets: (req.headers.cookie ?? '')
      .split(';')
      .map((pair) => pair.trim())
      .filter((pair) => pair.startsWith(`${cookie}=`))
      .map((pair) => pair.slice(cookie.length + 1))
      .filter((secret) => SECRET.test(secret))
      .slice(0, 4),
  })

  const anybody = routesFor(async () => null)
  anybody.serve(offerInstitutionSignIn, {}, async ({ body }) => ok({ offer: await through.offer(body.email) }))
  const begin = {
    'sign_in.too_many': 429,
    'sign_in.switched_off': 409,
    'sign_in.provider_unreachable': 502,
    'sign_in.not_proved': 502,
  } as const
  anybody.serve(beginInstitutionSignIn, begin, async ({ body, req, res }) => {
    const begun = await through.begin(body, from(req))
    if (!begun.ok) return begun
    const { url, secret } = begun.value
    // Lax: it comes along when the provider sends the browser back by a link, and with no request of another site's page.
    const attributes = `Max-Age=${TEN_MINUTES_S}; Path=/; HttpOnly; SameSite=Lax${isSecure ? '; Secure' : ''}`
    res.append('set-cookie', `${cookie}=${secret}; ${attributes}`)
    return ok({ url })
  })

  const pages = Router()
  pages.use('/sign-in/institution', (_req, res, next) => {
    res.set('cache-control', 'no-store')
    next()
  })
  pages.get('/sign-in/institution/oidc/:institutionId', async (req, res) => {
    const query = new URL(req.originalUrl, adminUrl).searchParams
    goOn(res, await through.answerOidc(req.params.institutionId, query, from(req)))
  })
  const form = express.urlencoded({ extended: false, limit: '300kb', parameterLimit: 20 })
  pages.post('/sign-in/institution/saml', form, async (req, res) => {
    const posted = (req.body as Record<string, unknown> | undefined)?.['SAMLResponse']
    const answered = await through.answerSaml(posted, from(req))
    if (!answered.ok) return goOn(res, answered)
    res.redirect(303, `/sign-in/institution/saml/finish?answer=${answered.value.handoff}`)
  })
  pages.get('/sign-in/institution/saml/finish', async (req, res) => {
    const { answer } = req.query
    goOn(res, await through.finishSaml(typeof answer === 'string' ? answer : '', from(req)))
  })
  pages.get('/sign-in/institution/saml/metadata.xml', (_req, res) => {
    res.set('cache-control', 'public, max-age=300').type('application/samlmetadata+xml').send(through.metadata())
  })
  pages.use('/sign-in/institution', unreadable)
  return [anybody.router, pages]
}

type Arrived = Awaited<ReturnType<ThroughInstitution['answerOidc']>>
type Refused = Extract<Arrived, { ok: false }>

function goOn(res: Response, arrived: Arrived | Refused): void {
  if (arrived.ok) {
    res.append('set-cookie', arrived.value.setCookies)
    return res.redirect(303, arrived.value.to)
  }
  const { code, facts } = arrived.refusal
  const told = new URLSearchParams({ code, reference: facts.reference })
  res.redirect(303, `/sign-in/refused?${told.toString()}`)
}

/** A form that is too large or none at all. */
const unreadable: ErrorRequestHandler = (error: unknown, _req, res, next) => {
  const status = (error as { status?: unknown } | null)?.status
  if (typeof status !== 'number' || status >= 500 || res.headersSent) return next(error)
  res.redirect(303, '/sign-in/refused?code=sign_in.not_proved')
}
