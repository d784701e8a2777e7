import type { SimulatedCourse } from '../options.ts'
import { html, type Html } from './html.ts'

function frame(title: string, body: Html): Html {
  return html`<html lang="en">
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <title>${title}</title>
      <link rel="stylesheet" href="/assets/lms.css" />
    </head>
    <body>
      <main class="notice">
        <h1>${title}</h1>
        ${body}
      </main>
    </body>
  </html>`
}

const list = (titles: string[]): Html =>
  html`<ul>
    ${titles.map((title) => html`<li>${title}</li>`)}
  </ul>`

/** Canvas: the chosen links are in the course. */
export function chosenPage(course: SimulatedCourse, titles: string[], note: string | undefined): Html {
  return frame(
    titles.length === 0 ? 'Nothing was chosen' : 'Placed in the course',
    html`${list(titles)}${note !== undefined && html`<p>${note}</p>`}
      <p><a class="btn" target="_top" href="/courses/${encodeURIComponent(course.id)}">Back to the course</a></p>`,
  )
}

/** Moodle: the chosen links wait for Save. */
export function savePage(course: SimulatedCourse, titles: string[], key: string, note: string | undefined): Html {
  return frame(
    'Chosen, not saved yet',
    html`${list(titles)}${note !== undefined && html`<p>${note}</p>`}
      <form method="post" target="_top" action="/courses/${encodeURIComponent(course.id)}/save-choice">
        <input type="hidden" name="key" value="${key}" />
        <button class="btn">Save and return to course</button>
      </form>`,
  )
}
