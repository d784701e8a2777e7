import type { Response, Router } from 'express'
import type { Lti } from '@copractice/lti'
import { admitLaunch, fitSources, sitesNamedBy, type FrameAncestors } from '@copractice/services/connection'
import type { Db } from '@copractice/store/database'
import { letPagePost } from './placing-routes.ts'

export type ConnectionDeps = Readonly<{
  db: Db
  lti: Lti
  clock: () => Date
  frameAncestors: FrameAncestors
  /** The built web app's index.html. */
  readIndexHtml: () => Promise<string>
}>

/**
 * `/lti/*`. A launch that is let in is answered with the web app itself, the session's token embedded as a block that is
 * never run, so that it stands in no address, log or Referer. The app takes the address from `startAt`.
 */
export function connectionRouter({ db, lti, clock, frameAncestors, readIndexHtml }: ConnectionDeps): Router {
  return lti.routes({
    frameAncestors,
    admit: (launch, ticket) => admitLaunch(db, launch, ticket, clock()),
    onLaunch: async (admission, launch, res) => {
      const page = await readIndexHtml()
      const placingId = /^\/place\/(.+)$/.exec(admission.startAt)?.[1]
      if (placingId) await letPagePost(res, { db, clock }, placingId)
      letFrame(res, fitSources([...sitesNamedBy(launch), ...(await frameAncestors(launch))]))
      const session: EmbeddedSession = {
        token: admission.token,
        expiresAt: admission.expiresAt.toISOString(),
        startAt: admission.startAt,
        lms: {
          locale: launch.locale,
          returnUrl: launch.returnUrl,
          highContrast: launch.custom['high_contrast'] === 'true',
        },
      }
      // Nobody keeps this page, so nobody needs the tag that `send` would work out for it.
      res.set({ 'cache-control': 'no-store', 'content-type': 'text/html; charset=utf-8' })
      res.end(embedSession(page, session))
    },
  })
}

/**
 * The answer to a launch holds a session, so nobody frames it but the LMS that it is for: its known origins and the sites
 * that this very launch named, which nobody may have come from before.
 */
function letFrame(res: Response, ancestors: readonly string[]): void {
  const policy = String(res.getHeader('content-security-policy'))
  if (!policy.includes('frame-ancestors ')) throw new Error('The page has no frame-ancestors to narrow')
  const listed = ancestors.join(' ') || "'none'"
  // The first launch of an installation may come before the server knows of any LMS.
  if (ancestors.length) for (const header of ['x-frame-options', 'cross-origin-opener-policy']) res.removeHeader(header)
  res.setHeader(
    'content-security-policy',
    policy.replace(/frame-ancestors [^;]*/, () => `frame-ancestors ${listed}`),
  )
}

/** What the web app finds in `#session`. */
export type EmbeddedSession = Readonly<{
  token: string
  /** ISO 8601. */
  expiresAt: string
  /** Path of the app page to open. */
  startAt: string
  /** How the page around ours looks and where it is: language (BCP 47), way back, and whether its reader wants high contrast. */
  lms: Readonly<{ locale: string | null; returnUrl: string | null; highContrast: boolean }>
}>

export function embedSession(page: string, session: EmbeddedSession): string {
  const block = `<script type="application/json" id="session">${JSON.stringify(session).replaceAll('<', '\\u003c')}</script>`
  // A function, because a `$` in the text would otherwise mean something to replace.
  return page.replace('</head>', () => `${block}</head>`)
}
