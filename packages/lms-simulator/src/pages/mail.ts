import type { Mail } from '../options.ts'
import type { Platform } from '../platform.ts'
import { html, type Html } from './html.ts'
import { shell } from './shell.ts'
import { fullTime } from './tell-time.ts'

/** Every message, newest first. */
export function mailPage(platform: Platform, mails: Mail[]): Html {
  return shell(platform, {
    title: 'Mail',
    path: '/mail',
    place: undefined,
    main: html`<h1>Mail the demo sent</h1>
      <p class="small">Nothing left this machine. Newest first.</p>
      ${
        mails.length === 0
          ? html`<p class="gap">No mail yet. Sign-in links and notices land here.</p>`
          : html`<ul class="links plain">
              ${mails.map(
                (mail) =>
                  html`<li>
                    <div>
                      <a href="/mail/${mail.id}"><strong>${mail.subject}</strong></a>
                      <p class="small">To ${mail.to}, ${fullTime(mail.at)}</p>
                    </div>
                  </li>`,
              )}
            </ul>`
      }`,
  })
}

/** The message as a document of its own, whose links open outside the frame. */
function documentOf(mail: Mail): string {
  const base = '<base target="_top">'
  const body = mail.html ?? ''
  if (/<head[\s>]/i.test(body)) return body.replace(/<head(\s[^>]*)?>/i, (head) => head + base)
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Message</title>${base}</head><body>${body}</body></html>`
}

/** Addresses in plain text, as links. */
function linked(text: string): Html[] {
  return text
    .split(/(https?:\/\/[^\s<>"']*[^\s<>"'.,;:!?)])/)
    .map((part, index) => (index % 2 === 1 ? html`<a href="${part}">${part}</a>` : html`${part}`))
}

/** One message: as plain text with its links, and as it was designed where it came as HTML. */
export function messagePage(platform: Platform, mail: Mail): Html {
  return shell(platform, {
    title: mail.subject,
    path: `/mail/${mail.id}`,
    place: undefined,
    main: html`<p class="crumbs">
        <a href="/mail">Mail</a> <span aria-hidden="true">›</span> <span>${mail.subject}</span>
      </p>
      <h1>${mail.subject}</h1>
      <p class="small">To ${mail.to}, ${fullTime(mail.at)}</p>
      ${
        mail.html !== undefined &&
        html`<iframe
          class="letter"
          title="Message: ${mail.subject}"
          sandbox="allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation"
          srcdoc="${documentOf(mail)}"
        ></iframe>`
      }
      <section class="gap" aria-labelledby="h-text">
        <h2 id="h-text">${mail.html === undefined ? 'Message' : 'The same in plain text'}</h2>
        <p class="comment">${linked(mail.text)}</p>
      </section>`,
  })
}
