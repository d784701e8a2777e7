import type { SimulatedCourse, SimulatedLink, SimulatedPerson } from '../options.ts'
import { linksOf, mayTeach, type Platform } from '../platform.ts'
import { toolOfLink, toolOrigins } from '../tools.ts'
import { html, type Html } from './html.ts'
import { coursePath, linkPath, ROLE_NAMES, shell } from './shell.ts'

type Place = { course: SimulatedCourse; person: SimulatedPerson }

function linkEntry(place: Place, link: SimulatedLink): Html {
  const { course, person } = place
  const kind = link.kind === 'assignment' ? `Assignment, ${link.scoreMaximum ?? 100} points` : 'Link'
  return html`<li>
    <div>
      <a href="${linkPath(course, link.id)}"><strong>${link.title}</strong></a>
      <p class="small">
        ${kind}${link.dueAt !== undefined && `, due ${link.dueAt}`}${link.unpublished === true && ', not published'}
      </p>
      ${link.text !== undefined && html`<p>${link.text}</p>`}
    </div>
    ${
      link.unpublished === true &&
      mayTeach(person) &&
      html`<form method="post" action="${linkPath(course, link.id)}/publish">
        <button class="btn">Publish<span class="vh"> ${link.title}</span></button>
      </form>`
    }
  </li>`
}

/** What a tool said on the way back (`lti_msg`, `lti_errormsg`). */
export type Said = { message?: string; error?: string }

/** A course's front page: its links, and for teachers the way to add one. */
export function homePage(platform: Platform, place: Place, said: Said): Html {
  const { course, person } = place
  const links = linksOf(platform, course).filter((link) => link.unpublished !== true || mayTeach(person))
  const tool = platform.state.tools.find((each) => each.active)
  return shell(platform, {
    title: platform.profile === 'canvas' ? 'Home' : 'Course',
    path: coursePath(course),
    place,
    main: html`${said.error !== undefined && html`<p class="said" role="alert">${said.error}</p>`}
      ${said.message !== undefined && html`<p class="said" role="status">${said.message}</p>`}
      <div class="head">
        <h1>${course.title}</h1>
        ${
          tool !== undefined &&
          mayTeach(person) &&
          html`<a class="btn" href="${coursePath(course, '/add')}">Add a link to ${tool.name}</a>`
        }
      </div>
      ${
        links.length === 0
          ? html`<p>This course has no links yet. A teacher adds them here.</p>`
          : html`<ul class="links plain">
              ${links.map((link) => linkEntry(place, link))}
            </ul>`
      }`,
  })
}

/** The tool inside the course. Canvas listens to its messages and keeps its storage; Moodle does neither. */
export function toolPage(platform: Platform, place: Place, link: SimulatedLink, src: string, title = link.title): Html {
  const { course } = place
  const tool = toolOfLink(platform, link)
  const { storageTarget } = platform.dialect
  return shell(platform, {
    title,
    path: linkPath(course, link.id),
    place,
    ...(storageTarget === undefined
      ? {}
      : {
          messages: {
            toolOrigins: toolOrigins(platform.state.tools),
            answers: ['lti.capabilities', 'lti.put_data', 'lti.get_data', 'lti.frameResize', 'lti.scrollToTop'],
            storeFrame: storageTarget,
          },
        }),
    main: html`<div class="head">
        <h1>${title}</h1>
        ${src.startsWith('/launch?') && html`<a class="small" href="${src}&target=window" target="_blank">Open in a new tab</a>`}
      </div>
      ${
        tool === undefined || !tool.active
          ? html`<p>
              No tool is turned on here yet. An administrator turns it on under <a href="/admin/tools">tools</a>.
            </p>`
          : html`${
                storageTarget !== undefined &&
                html`<iframe
                  name="${storageTarget}"
                  src="/post-message-forwarding"
                  title="Storage for tools"
                  hidden
                ></iframe>`
              }<iframe
                class="frame"
                data-tool
                title="${tool.name}: ${title}"
                src="${src}"
                allow="clipboard-write; fullscreen"
              ></iframe>`
      }`,
  })
}

/** The frame that keeps tools' storage, on the authorization endpoint's origin. */
export function storagePage(platform: Platform): Html {
  return html`<html lang="en">
    <head>
      <meta charset="utf-8" />
      <title>Storage for tools</title>
      <script src="/assets/platform-messages.js" type="module"></script>
    </head>
    <body
      data-tool-origins="${JSON.stringify(toolOrigins(platform.state.tools))}"
      data-answers="${JSON.stringify(['lti.capabilities', 'lti.put_data', 'lti.get_data'])}"
    ></body>
  </html>`
}

/** Who is in the course. */
export function peoplePage(platform: Platform, place: Place): Html {
  const { course } = place
  const title = platform.profile === 'canvas' ? 'People' : 'Participants'
  const people = course.people.toSorted((a, b) => a.name.localeCompare(b.name))
  return shell(platform, {
    title,
    path: coursePath(course, '/people'),
    place,
    main: html`<h1>${title}</h1>
      <div class="scroll" role="region" tabindex="0" aria-label="${title}, wide table">
        <table class="people">
          <thead>
            <tr>
              <th scope="col">Name</th>
              <th scope="col">Role</th>
              <th scope="col">Pronouns</th>
            </tr>
          </thead>
          <tbody>
            ${people.map(
              (person) =>
                html`<tr>
                  <th scope="row">${person.name}</th>
                  <td>${ROLE_NAMES[person.role]}</td>
                  <td>${person.pronouns ?? '–'}</td>
                </tr>`,
            )}
          </tbody>
        </table>
      </div>`,
  })
}

/** A teacher adds a link by hand, or chooses content in the tool. */
export function addPage(platform: Platform, place: Place, choose: 'navigation' | 'assignment' | undefined): Html {
  const { course } = place
  const tool = platform.state.tools.find((each) => each.active)
  const chooser = platform.state.tools.find((each) => each.active && each.deepLinkingUrl !== undefined)
  const title = `Add a link to ${tool?.name ?? 'a tool'}`
  const path = coursePath(course, '/add')
  return shell(platform, {
    title,
    path,
    place,
    main: html`<h1>${title}</h1>
      ${
        tool === undefined
          ? html`<p>
              No tool is turned on here yet. An administrator turns it on under <a href="/admin/tools">tools</a>.
            </p>`
          : html`<form class="card" method="post" action="${path}">
              <div class="field">
                <label for="title">Title</label>
                <input id="title" name="title" required maxlength="120" autocomplete="off" />
              </div>
              <fieldset>
                <legend>What it is</legend>
                <label class="pick"
                  ><input type="radio" name="kind" value="navigation" checked /> A link in the course</label
                >
                <label class="pick"
                  ><input type="radio" name="kind" value="assignment" /> An assignment with a gradebook column</label
                >
              </fieldset>
              <div class="field">
                <label for="points">Points, for an assignment</label>
                <input id="points" name="points" type="number" min="1" max="1000" value="20" />
              </div>
              <button class="btn strong">Add the link</button>
            </form>`
      }
      ${
        chooser !== undefined &&
        html`<section class="gap" aria-labelledby="h-choose">
          <h2 id="h-choose">Or choose in ${chooser.name}</h2>
          <p class="row">
            <a class="btn" href="${path}?choose=navigation#h-choose">Choose a link</a>
            <a class="btn" href="${path}?choose=assignment#h-choose">Choose an assignment</a>
          </p>
          ${
            choose !== undefined &&
            html`<iframe
              class="frame"
              data-tool
              title="${chooser.name}: choose content"
              src="/launch?course=${encodeURIComponent(course.id)}&choose=${choose}"
            ></iframe>`
          }
        </section>`
      }`,
  })
}
