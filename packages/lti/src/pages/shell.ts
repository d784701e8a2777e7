import { randomBytes } from 'node:crypto'
import type { Response } from 'express'
import { html, Markup } from './html.ts'
import { STYLE } from './style.ts'

export type Page = Readonly<{
  title: string
  body: Markup
  /** Runs in the page; may read what `jsonBlock` put into the body. */
  script?: string
  /** Origins that may frame it; `any` for a page that shows a refusal and can do nothing. */
  framedBy: readonly string[] | 'any'
  isFramed: boolean
}>

/** Sends one of the few pages outside the web app: everything in one answer, nothing loaded, nothing kept. */
export function sendPage(res: Response, status: number, page: Page): void {
  const nonce = randomBytes(16).toString('base64url')
  const ancestors = page.framedBy === 'any' ? '*' : page.framedBy.join(' ') || "'none'"
  res.removeHeader('x-frame-options')
  res.removeHeader('cross-origin-opener-policy')
  res
    .status(status)
    .set({
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'content-security-policy': [
        "default-src 'none'",
        `script-src 'nonce-${nonce}'`,
        `style-src 'nonce-${nonce}'`,
        "form-action 'self'",
        "base-uri 'none'",
        'img-src data:',
        `frame-ancestors ${ancestors}`,
      ].join('; '),
    })
    .type('html')
    .send(documentOf(page, nonce))
}

function documentOf({ title, body, script, isFramed }: Page, nonce: string): string {
  const whole = html`<!doctype html>
    <html lang="en" class="${isFramed ? 'framed' : ''}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}. Copractice</title>
        <link rel="icon" href="data:," />
        <style nonce="${nonce}">
          ${new Markup(STYLE)}
        </style>
      </head>
      <body>
        <header>${MARK}<strong>Copractice</strong></header>
        <main>
          <div>${body}</div>
          ${RING}
        </main>
        ${
          script === undefined
            ? null
            : html`<script nonce="${nonce}">
                ${new Markup(script)}
              </script>`
        }
      </body>
    </html>`
  return whole.text
}

/** The house's one drawing: a round table with an open seat. */
function table(seats: number, radius: number, seat: number): Markup[] {
  return Array.from({ length: seats }, (_, index) => {
    const angle = (index / seats) * 2 * Math.PI - Math.PI / 2
    const at = (turn: (angle: number) => number) => (50 + radius * turn(angle)).toFixed(1)
    return html`<circle
      class="${index === 0 ? 'open' : 'seat'}"
      cx="${at(Math.cos)}"
      cy="${at(Math.sin)}"
      r="${seat}"
    />`
  })
}
const MARK = html`<svg viewBox="0 0 100 100" aria-hidden="true">${table(8, 34, 10)}</svg>`
const RING = html`<svg viewBox="0 0 100 100" aria-hidden="true">
  <circle class="table" cx="50" cy="50" r="30" />
  ${table(13, 41, 6)}
</svg>`
