import type { Request, Response } from 'express'
import type { Platform } from '../platform.ts'
import { toolOrigins } from '../tools.ts'
import { html, type Html } from './html.ts'

/** Sends a page that may frame and post to the registered tools and nowhere else. */
export function sendPage(
  platform: Platform,
  res: Response,
  page: Html,
  choice: { status?: number; frames?: string[]; styles?: string } = {},
): void {
  const tools = [...toolOrigins(platform.state.tools), ...(choice.frames ?? [])]
  const policy = [
    "default-src 'none'",
    `style-src 'self'${choice.styles ?? ''}`,
    "script-src 'self'",
    "img-src 'self' data:",
    "base-uri 'none'",
    ['frame-src', "'self'", ...tools].join(' '),
    ['form-action', "'self'", ...tools, ...platform.siblings.map(({ url }) => new URL(url).origin)].join(' '),
    ['frame-ancestors', "'self'", ...tools].join(' '),
  ]
  res
    .status(choice.status ?? 200)
    .set({
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': policy.join('; '),
      'Cache-Control': 'no-store',
      'X-Content-Type-Options': 'nosniff',
      // Anything stricter would make browsers post launches with `Origin: null`.
      'Referrer-Policy': 'strict-origin-when-cross-origin',
    })
    .send(`<!doctype html>\n${page.html}`)
}

/** A form that posts itself on arrival, with a button for browsers that run no scripts. */
export function selfPostingForm(action: string, fields: Record<string, string>): Html {
  return html`<html lang="en">
    <head>
      <meta charset="utf-8" />
      <title>One moment</title>
      <script src="/assets/post-itself.js" defer></script>
    </head>
    <body>
      <main>
        <h1>One moment</h1>
        <form method="post" action="${action}" data-posts-itself>
          ${Object.entries(fields).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`)}
          <button>Go on</button>
        </form>
      </main>
    </body>
  </html>`
}

/** A short page of its own, for refusals in frames and windows. */
export function sendNotice(
  platform: Platform,
  res: Response,
  status: number,
  title: string,
  text: string,
  code?: string,
): void {
  sendPage(
    platform,
    res,
    html`<html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        <link rel="stylesheet" href="/assets/lms.css" />
      </head>
      <body>
        <main class="notice">
          <h1>${title}</h1>
          <p>${text}</p>
          ${code !== undefined && html`<p class="small"><code>${code}</code></p>`}
        </main>
      </body>
    </html>`,
    { status },
  )
}

/** The value of a cookie the browser sent. */
export function readCookie(req: Request, name: string): string | undefined {
  const found = (req.headers.cookie ?? '')
    .split(';')
    .map((part) => part.trim())
    .find((part) => part.startsWith(`${name}=`))
  return found === undefined ? undefined : decodeURIComponent(found.slice(name.length + 1))
}
