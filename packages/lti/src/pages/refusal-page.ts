import type { RefusalCode } from '../launch/refused.ts'
import { html } from './html.ts'
import type { Page } from './shell.ts'
import { REFUSAL_WORDS } from './refusal-words.ts'

/** Made once: to make one takes longer than the rest of the page, and holds memory that is none of the heap's. */
export const WHEN = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeStyle: 'short', timeZone: 'UTC' })

export type ShownRefusal = Readonly<{
  code: RefusalCode
  reference: string
  at: Date
  /** Whether it named a connection of ours, or came with an invite that held; only then does an administrator find it. */
  isOurs: boolean
}> &
  Pick<Page, 'framedBy' | 'isFramed'>

/** What a refused launch looks like: what happened, that nothing is lost, and what to tell whom if it happens again. */
export function refusalPage({ code, reference, at, isOurs, framedBy, isFramed }: ShownRefusal): Page {
  const words = REFUSAL_WORDS[code]
  const when = `${WHEN.format(at)} UTC`
  return {
    title: words.title,
    framedBy,
    isFramed,
    script: SCRIPT,
    body: html`<h1>${words.title}</h1>
      <p class="lede">${words.lede}</p>
      ${code.startsWith('launch.') ? KEPT : null}
      <section class="again" aria-labelledby="again">
        <h2 id="again">If it happens again</h2>
        <p>Send these to the people who look after your LMS, or read them out on the phone.</p>
        <dl>
          <dt>What happened</dt>
          <dd><code>${code}</code></dd>
          <dt>Reference</dt>
          <dd class="ref">${reference}</dd>
          <dt>When</dt>
          <dd><time id="when" datetime="${at.toISOString()}">${when}</time></dd>
        </dl>
        <button class="btn quiet" type="button" id="copy" data-text="${code}, ${reference}, ${when}">
          Copy all three</button
        ><span role="status" id="say"></span>
        <details>
          <summary>For LMS administrators</summary>
          <ul>
            ${words.administrators.map((line) => html`<li>${line}</li>`)}
            <li>
              ${isOurs ? 'Your network’s coordinator' : lookedUpByOperator(code)} can look the reference up for 90 days.
              It holds no names.
            </li>
          </ul>
        </details>
      </section>`,
  }
}

/** What named no connection, and came with no invite, is of no institution, so no administrator of one finds it. */
function lookedUpByOperator(code: RefusalCode): string {
  const why = code.startsWith('registration.')
    ? 'No invite of ours holds at this address'
    : 'This visit named no connection of ours'
  return `${why}: who operates Copractice, and nobody else,`
}

/** What nobody who could not come in need fear. */
export const KEPT = html`<p class="kept">
  <svg viewBox="0 0 20 20" aria-hidden="true"><path d="M4 10.5l4 4 8-9" /></svg>
  <span
    ><strong>Nothing is lost.</strong> What you saved is kept, your seat is yours, and nothing in your course or your
    grades has changed.</span
  >
</p>`

const SCRIPT = `
const when = document.getElementById('when'), copy = document.getElementById('copy'), say = document.getElementById('say')
when.textContent = new Date(when.dateTime).toLocaleString('en', { dateStyle: 'full', timeStyle: 'long' })
copy.addEventListener('click', async () => {
  try {
    await navigator.clipboard.writeText(copy.dataset.text)
    say.textContent = 'Copied.'
  } catch {
    say.textContent = 'Your browser did not allow copying. Please select the text instead.'
  }
})
document.querySelector('details').addEventListener('toggle', tellHeight)
function tellHeight() {
  if (window.parent !== window)
    window.parent.postMessage({ subject: 'lti.frameResize', height: document.documentElement.scrollHeight }, '*')
}
tellHeight()
`
