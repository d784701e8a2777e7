import type { SimulatedCourse, SimulatedPerson } from '../options.ts'
import { linksOf, mayTeach, type Platform } from '../platform.ts'
import { html, type Html } from './html.ts'
import { icon } from './icon.ts'

export const ROLE_NAMES: Record<SimulatedPerson['role'], string> = {
  learner: 'learner',
  instructor: 'instructor',
  ta: 'teaching assistant',
  designer: 'designer',
  admin: 'administrator',
  observer: 'observer',
  test_student: 'test student',
}

/** Where a page stands: in a course as somebody, or outside all courses. */
export type Place = { course: SimulatedCourse; person: SimulatedPerson } | undefined
export type Page = {
  title: string
  /** Path of this page, to mark it in the navigation and to come back to. */
  path: string
  place: Place
  main: Html
  /** Attributes of the body that pages/assets/platform-messages.js reads; the script is loaded when given. */
  messages?: { toolOrigins: string[]; answers: string[]; storeFrame?: string; closeTo?: string }
}

export const coursePath = (course: SimulatedCourse, rest = ''): string =>
  `/courses/${encodeURIComponent(course.id)}${rest}`
export const linkPath = (course: SimulatedCourse, linkId: string): string =>
  coursePath(course, `/links/${encodeURIComponent(linkId)}`)

function demoBar(platform: Platform, { place, path }: Page): Html {
  const own = `${platform.name}, in ${platform.dialect.label}’s manner`
  return html`<div class="demo" role="region" aria-label="Demo controls">
    <span class="small"
      ><strong>Simulated LMS for trying Copractice.</strong> Everything is made up; nothing leaves this machine.</span
    >
    <span class="who">
      ${
        platform.siblings.length > 0 &&
        html`<form action="/campus">
          <label
            >Campus
            <select name="to">
              <option value="">${own}</option>
              ${platform.siblings.map(({ label }, index) => html`<option value="${index}">${label}</option>`)}
            </select></label
          ><button class="btn go">Go<span class="vh"> to this campus</span></button>
        </form>`
      }
      ${
        place !== undefined &&
        html`<form method="post" action="/as">
          <input type="hidden" name="course" value="${place.course.id}" /><input
            type="hidden"
            name="back"
            value="${path}"
          />
          <label
            >You are
            <select name="person">
              ${place.course.people.map(
                (person) =>
                  html`<option value="${person.id}" ${person === place.person && html`selected`}>
                    ${person.name}, ${ROLE_NAMES[person.role]}
                  </option>`,
              )}
            </select></label
          ><button class="btn go">Go<span class="vh"> on as this person</span></button>
        </form>`
      }
    </span>
  </div>`
}

type Entry = { href: string; label: string; picture: Parameters<typeof icon>[0]; current: boolean }

function siteEntries(platform: Platform, { path, place }: Page): Entry[] {
  const admin = platform.profile === 'canvas' ? 'Admin' : 'Site administration'
  const course = place?.course ?? platform.courses[0]
  return [
    { href: '/', label: 'Dashboard', picture: 'home', current: path === '/' },
    ...(course === undefined
      ? []
      : [
          {
            href: coursePath(course),
            label: platform.profile === 'canvas' ? 'Courses' : 'My courses',
            picture: 'book' as const,
            current: place !== undefined,
          },
        ]),
    ...(platform.mail === undefined
      ? []
      : [{ href: '/mail', label: 'Mail', picture: 'inbox' as const, current: path.startsWith('/mail') }]),
    { href: '/admin/tools', label: admin, picture: 'tools', current: path.startsWith('/admin') },
  ]
}

const initials = (name: string): string =>
  name
    .split(/\s+/)
    .map((word) => word[0] ?? '')
    .slice(0, 2)
    .join('')

function siteNavigation(platform: Platform, page: Page): Html {
  return html`<nav class="g" aria-label="LMS">
    <p class="crest" aria-hidden="true">${platform.profile === 'canvas' ? initials(platform.name) : platform.name}</p>
    <ul class="plain">
      ${siteEntries(platform, page).map(
        ({ href, label, picture, current }) =>
          html`<li>
            <a href="${href}" ${current && html`aria-current="true"`}>${icon(picture)}<span>${label}</span></a>
          </li>`,
      )}
    </ul>
  </nav>`
}

function courseNavigation(platform: Platform, { place, path }: Page): Html | undefined {
  if (place === undefined) return undefined
  const { course, person } = place
  const canvas = platform.profile === 'canvas'
  const links = linksOf(platform, course).filter((link) => link.unpublished !== true || mayTeach(person))
  const entries = [
    { href: coursePath(course), label: canvas ? 'Home' : 'Course' },
    ...links.map((link) => ({ href: linkPath(course, link.id), label: link.title })),
    { href: coursePath(course, '/grades'), label: 'Grades' },
    { href: coursePath(course, '/people'), label: canvas ? 'People' : 'Participants' },
  ]
  return html`<nav class="c" aria-label="Course">
    <p class="term">${course.term}</p>
    <ul class="plain">
      ${entries.map(
        ({ href, label }) =>
          html`<li><a href="${href}" ${href === path && html`aria-current="page"`}>${label}</a></li>`,
      )}
    </ul>
  </nav>`
}

/** A whole page of the LMS, in the manner of its profile. */
export function shell(platform: Platform, page: Page): Html {
  const { title, place, main, messages } = page
  return html`<html lang="en" data-profile="${platform.profile}">
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <title>${title}${place !== undefined && `: ${place.course.label}`}, ${platform.name}</title>
      <link rel="icon" href="data:," />
      <link rel="stylesheet" href="/assets/lms.css" />
      ${messages !== undefined && html`<script src="/assets/platform-messages.js" type="module"></script>`}
    </head>
    <body
      ${
        messages !== undefined &&
        html`data-tool-origins="${JSON.stringify(messages.toolOrigins)}"
        data-answers="${JSON.stringify(messages.answers)}"
        ${messages.storeFrame !== undefined && html`data-store-frame="${messages.storeFrame}"`}
        ${messages.closeTo !== undefined && html`data-close-to="${messages.closeTo}"`}`
      }
    >
      <a class="skip" href="#main">Skip to the main part</a>
      ${demoBar(platform, page)}
      <div class="lms ${place === undefined ? 'wide' : ''}">
        ${siteNavigation(platform, page)}${courseNavigation(platform, page)}
        <main class="m" id="main" tabindex="-1">
          ${
            place !== undefined &&
            html`<p class="crumbs">
              <a href="${coursePath(place.course)}">${place.course.label}</a> <span aria-hidden="true">›</span>
              <span>${title}</span>
            </p>`
          }
          ${main}
        </main>
      </div>
    </body>
  </html>`
}
