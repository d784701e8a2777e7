import { html } from './html.ts'
import { KEPT, WHEN } from './refusal-page.ts'
import type { Page } from './shell.ts'

export type ShownFault = Readonly<{ reference: string; at: Date }> & Pick<Page, 'isFramed'>

/** What somebody reads who came while something of ours was broken, mostly the database away for a moment. It can do nothing, so anybody frames it. */
export function faultPage({ reference, at, isFramed }: ShownFault): Page {
  const title = 'We could not open this just now'
  return {
    title,
    framedBy: 'any',
    isFramed,
    body: html`<h1>${title}</h1>
      <p class="lede">
        Something of ours did not work for a moment. Neither you nor your LMS caused it. Please wait half a minute, then
        choose the link in your course again.
      </p>
      ${KEPT}
      <section class="again" aria-labelledby="again">
        <h2 id="again">If it happens again</h2>
        <p>Send these to the people who look after your LMS. Who operates Copractice finds the reference in its log.</p>
        <dl>
          <dt>What happened</dt>
          <dd><code>fault</code></dd>
          <dt>Reference</dt>
          <dd class="ref">${reference}</dd>
          <dt>When</dt>
          <dd><time datetime="${at.toISOString()}">${WHEN.format(at)} UTC</time></dd>
        </dl>
      </section>`,
  }
}
