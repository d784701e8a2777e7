import { html } from './html.ts'
import type { Page } from './shell.ts'

/** For a browser that keeps nothing for us inside another site's page: the same login, in a window of its own. */
export function newWindowPage(login: string, framedBy: Page['framedBy']): Page {
  return {
    title: 'Open in a new window',
    framedBy,
    isFramed: true,
    script: `
const link = document.getElementById('open'), opened = document.getElementById('opened')
link.addEventListener('click', () => { link.hidden = true; opened.hidden = false; opened.focus() })
`,
    body: html`<h1>Copractice opens in a window of its own</h1>
      <p class="lede">
        Your browser keeps nothing for pages that are shown inside other pages, so we could not tell your visit from
        someone else’s here. In its own window it can.
      </p>
      <p class="acts">
        <a class="btn" id="open" href="${login}" target="_blank" rel="noopener">Open in a new window</a>
      </p>
      <p class="lede" id="opened" tabindex="-1" hidden>
        It is open in another window. You can come back to your course here any time.
      </p>`,
  }
}
