import express, { Router, type Request, type RequestHandler, type Response } from 'express'
import { fileURLToPath } from 'node:url'
import { saveChoice } from '../deep-linking.ts'
import { placeLink, publishLink } from '../links.ts'
import type { SimulatedCourse, SimulatedPerson } from '../options.ts'
import { findCourse, findLink, findPerson, mayTeach, type Platform } from '../platform.ts'
import { registrationUrl } from '../registration.ts'
import { toolByClientId } from '../tools.ts'
import { registerPage, toolsPage } from './admin.ts'
import { addPage, homePage, peoplePage, storagePage, toolPage, type Said } from './course.ts'
import { gradesPage, SWITCH } from './grades.ts'
import { html } from './html.ts'
import { mailPage, messagePage } from './mail.ts'
import { sendNotice, sendPage } from './respond.ts'
import { currentPerson, rememberPerson } from './session.ts'
import { coursePath, linkPath, shell } from './shell.ts'

const ASSETS = fileURLToPath(new URL('assets', import.meta.url))
type Place = { course: SimulatedCourse; person: SimulatedPerson }

const queryText = (req: Request, name: string): string | undefined => {
  const value = req.query[name]
  return typeof value === 'string' ? value : undefined
}
const formText = (req: Request, name: string): string => {
  const value: unknown =
    typeof req.body === 'object' && req.body !== null
      ? Object.entries(req.body).find(([key]) => key === name)?.[1]
      : undefined
  return typeof value === 'string' ? value : ''
}

/** Forms of these pages are taken from these pages only. */
function ownFormsOnly(platform: Platform): RequestHandler {
  return (req, res, next) => {
    const { origin } = req.headers
    if (req.method === 'GET' || origin === undefined || origin === new URL(platform.url).origin) return next()
    sendNotice(platform, res, 403, 'This form came from another site', 'Use the form on this site.')
  }
}

/** Everything people look at. */
export function pageRoutes(platform: Platform, form: RequestHandler): Router {
  const router = Router()
  router.use('/assets', express.static(ASSETS, { index: false, maxAge: 0 }))
  router.use(ownFormsOnly(platform), form)
  siteRoutes(platform, router)
  courseRoutes(platform, router)
  adminRoutes(platform, router)
  mailRoutes(platform, router)
  return router
}

function siteRoutes(platform: Platform, router: Router): void {
  router.get('/', (_req, res) => {
    const [first, ...others] = platform.courses
    if (first !== undefined && others.length === 0) return res.redirect(303, coursePath(first))
    const main = html`<h1>Courses at ${platform.name}</h1>
      <ul class="links plain">
        ${platform.courses.map(
          (course) =>
            html`<li>
              <div>
                <a href="${coursePath(course)}"><strong>${course.title}</strong></a>
                <p class="small">${course.label}, ${course.term}</p>
              </div>
            </li>`,
        )}
      </ul>`
    sendPage(platform, res, shell(platform, { title: 'Dashboard', path: '/', place: undefined, main }))
  })
  router.get('/campus', (req, res) => {
    const sibling = platform.siblings[Number.parseInt(queryText(req, 'to') ?? '', 10)]
    res.redirect(303, sibling?.url ?? '/')
  })
  router.post('/as', (req, res) => {
    const course = findCourse(platform, formText(req, 'course'))
    const person = course && findPerson(course, formText(req, 'person'))
    if (person !== undefined) rememberPerson(platform, res, person)
    const back = URL.canParse(formText(req, 'back'), platform.url)
      ? new URL(formText(req, 'back'), platform.url)
      : undefined
    const own = back !== undefined && back.origin === new URL(platform.url).origin
    res.redirect(303, own ? back.pathname.replace(/^\/+/, '/') + back.search : '/')
  })
  if (platform.dialect.storageTarget !== undefined)
    router.get('/post-message-forwarding', (_req, res) => sendPage(platform, res, storagePage(platform)))
}

function courseRoutes(platform: Platform, router: Router): void {
  const within = (
    handle: (req: Request, res: Response, place: Place) => void,
    teachersOnly = false,
  ): RequestHandler => {
    return (req, res) => {
      const course = findCourse(platform, req.params.course ?? queryText(req, 'course'))
      if (course === undefined)
        return sendNotice(platform, res, 404, 'There is no such course', 'Go back to the courses and choose one.')
      const person = currentPerson(platform, req, course)
      if (teachersOnly && !mayTeach(person))
        return sendNotice(platform, res, 403, 'Teachers only', 'Choose a teacher in the bar at the top of the course.')
      handle(req, res, { course, person })
    }
  }
  const home = within((req, res, place) => sendPage(platform, res, homePage(platform, place, readSaid(req))))
  router.get('/courses/:course', home)
  if (platform.profile === 'moodle') router.get('/mod/lti/return.php', home)
  router.get(
    '/courses/:course/people',
    within((_req, res, place) => sendPage(platform, res, peoplePage(platform, place))),
  )
  router.get(
    '/courses/:course/grades',
    within((_req, res, place) => sendPage(platform, res, gradesPage(platform, place))),
  )
  router.get(
    '/courses/:course/links/:link',
    within((req, res, place) => showLink(platform, req, res, place)),
  )
  router.get(
    '/courses/:course/review',
    within((req, res, place) => showReview(platform, req, res, place)),
  )
  router.post(
    '/courses/:course/fault',
    within((req, res, { course }) => {
      const chosen = SWITCH[formText(req, 'fault')]
      if (chosen !== undefined) platform.faults.set(chosen.fault)
      res.redirect(303, coursePath(course, '/grades'))
    }, true),
  )
  router.get(
    '/courses/:course/add',
    within((req, res, place) => {
      const choose = queryText(req, 'choose')
      sendPage(
        platform,
        res,
        addPage(platform, place, choose === 'navigation' || choose === 'assignment' ? choose : undefined),
      )
    }, true),
  )
  router.post(
    '/courses/:course/add',
    within((req, res, { course }) => {
      const title = formText(req, 'title').trim()
      if (title === '') return sendNotice(platform, res, 422, 'The link needs a title', 'Go back and give it one.')
      const kind = formText(req, 'kind') === 'assignment' ? 'assignment' : 'navigation'
      const points = Number(formText(req, 'points'))
      const link = placeLink(platform, course, {
        title,
        kind,
        ...(kind === 'assignment' && points > 0 ? { scoreMaximum: points } : {}),
      })
      res.redirect(303, linkPath(course, link.id))
    }, true),
  )
  router.post(
    '/courses/:course/save-choice',
    within((req, res, { course }) => {
      if (!saveChoice(platform, course, formText(req, 'key')))
        return sendNotice(platform, res, 404, 'There is nothing to save', 'It was saved before. Go back to the course.')
      res.redirect(303, coursePath(course))
    }, true),
  )
  router.post(
    '/courses/:course/links/:link/publish',
    within((req, res, { course }) => {
      publishLink(platform, course, String(req.params.link))
      res.redirect(303, coursePath(course))
    }, true),
  )
}

function readSaid(req: Request): Said {
  const message = queryText(req, 'lti_msg')
  const error = queryText(req, 'lti_errormsg')
  return { ...(message === undefined ? {} : { message }), ...(error === undefined ? {} : { error }) }
}

function showLink(platform: Platform, req: Request, res: Response, place: Place): void {
  const { course, person } = place
  const link = findLink(platform, course, req.params.link)
  if (link === undefined || (link.unpublished === true && !mayTeach(person)))
    return sendNotice(platform, res, 404, 'There is no such link', 'Go back to the course.')
  const query = new URLSearchParams({ course: course.id, link: link.id })
  // Moodle gives tools the whole page on phones.
  if (platform.profile === 'moodle' && /Mobi/.test(req.headers['user-agent'] ?? ''))
    return res.redirect(303, `/launch?${query.toString()}&target=window`)
  sendPage(platform, res, toolPage(platform, place, link, `/launch?${query.toString()}`))
}

function showReview(platform: Platform, req: Request, res: Response, place: Place): void {
  const { course } = place
  const column = platform.state.columns.find(
    (each) => each.id === queryText(req, 'column') && each.courseId === course.id,
  )
  const person = findPerson(course, queryText(req, 'for'))
  if (column === undefined || person === undefined)
    return sendNotice(platform, res, 404, 'There is nothing to look at', 'Go back to the gradebook.')
  const query = new URLSearchParams({ course: course.id, review: column.id, for: person.id })
  const link = findLink(platform, course, column.linkId) ?? { id: '', title: column.label, kind: 'assignment' as const }
  sendPage(
    platform,
    res,
    toolPage(platform, place, link, `/launch?${query.toString()}`, `${column.label}: ${person.name}`),
  )
}

function adminRoutes(platform: Platform, router: Router): void {
  router.get('/admin/tools', (_req, res) => sendPage(platform, res, toolsPage(platform)))
  router.post('/admin/tools/activate', (req, res) => {
    const tool = toolByClientId(platform, formText(req, 'client'))
    if (tool !== undefined) {
      tool.active = true
      platform.save()
    }
    res.redirect(303, '/admin/tools')
  })
  router.post('/admin/tools/register', (req, res) => {
    const typed = formText(req, 'url')
    if (!URL.canParse(typed) || !/^https?:$/.test(new URL(typed).protocol))
      return sendNotice(platform, res, 422, 'That is not an address', 'Give one that begins with https:// or http://.')
    const url = registrationUrl(platform, typed)
    sendPage(platform, res, registerPage(platform, url), { frames: [new URL(url).origin] })
  })
}

function mailRoutes(platform: Platform, router: Router): void {
  const { mail } = platform
  if (mail === undefined) return
  router.get('/mail', (_req, res) => sendPage(platform, res, mailPage(platform, mail.list())))
  router.get('/mail/:id', (req, res) => {
    const message = mail.get(req.params.id)
    if (message === undefined) return sendNotice(platform, res, 404, 'There is no such message', 'Go back to the mail.')
    sendPage(platform, res, messagePage(platform, message), { styles: " 'unsafe-inline'" })
  })
}
