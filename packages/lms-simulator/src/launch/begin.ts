import type { Request, Response } from 'express'
import { ownerOf } from '../gradebook.ts'
import type { SimulatedCourse, SimulatedPerson } from '../options.ts'
import { findCourse, findLink, findPerson, mayTeach, type Platform } from '../platform.ts'
import type { Launch } from '../profiles/dialect.ts'
import { targetOf, toolOfLink } from '../tools.ts'
import { selfPostingForm, sendNotice, sendPage } from '../pages/respond.ts'
import { currentPerson, rememberPerson } from '../pages/session.ts'

type Refusal = { status: number; reason: string }
type Asked = Record<'course' | 'link' | 'choose' | 'review' | 'for' | 'target', string>

/** What a launch address asks for; anything else in it is ignored. */
function readQuery(req: Request): Asked {
  const text = (name: string) => (typeof req.query[name] === 'string' ? req.query[name] : '')
  const [course, link, choose, review] = [text('course'), text('link'), text('choose'), text('review')]
  return { course, link, choose, review, for: text('for'), target: text('target') }
}

/** `GET /launch?course=..&link=..&person=..`: starts a launch for that person, or for whoever is signed in. */
export function beginLaunch(platform: Platform, req: Request, res: Response): void {
  const asked = readQuery(req)
  const course = findCourse(platform, asked.course)
  if (course === undefined)
    return sendNotice(platform, res, 404, 'There is no such course', 'Go back to the courses and choose one.')
  const named = typeof req.query.person === 'string' ? findPerson(course, req.query.person) : undefined
  if (typeof req.query.person === 'string' && named === undefined)
    return sendNotice(platform, res, 404, 'That person is not in this course', 'Choose somebody from its people.')
  const person = named ?? currentPerson(platform, req, course)
  rememberPerson(platform, res, person)
  const launch = prepare(platform, course, person, asked)
  if ('reason' in launch) return sendNotice(platform, res, launch.status, 'This cannot be opened', launch.reason)
  sendLogin(platform, res, launch)
}

function prepare(platform: Platform, course: SimulatedCourse, person: SimulatedPerson, asked: Asked): Launch | Refusal {
  if (asked.choose !== '')
    return prepareChoice(platform, course, person, asked.choose === 'assignment' ? 'assignment' : 'navigation')
  if (asked.review !== '') return prepareReview(platform, course, person, asked)
  const link = findLink(platform, course, asked.link)
  if (link === undefined) return { status: 404, reason: 'The course has no such link.' }
  if (link.unpublished === true && !mayTeach(person)) return { status: 403, reason: 'This is not published yet.' }
  return launchOfLink(platform, course, person, link, asked.target === 'window' ? 'window' : 'iframe')
}

/** An ordinary launch of a link by a person. */
export function launchOfLink(
  platform: Platform,
  course: SimulatedCourse,
  person: SimulatedPerson,
  link: NonNullable<Launch['link']>,
  target: Launch['target'] = 'iframe',
): Launch | Refusal {
  const tool = toolOfLink(platform, link)
  if (tool === undefined || !tool.active)
    return { status: 403, reason: 'The tool behind this link is not turned on here.' }
  return { kind: 'link', tool, course, person, link, target, targetLinkUri: targetOf(tool, link) }
}

function prepareChoice(
  platform: Platform,
  course: SimulatedCourse,
  person: SimulatedPerson,
  wanted: 'navigation' | 'assignment',
): Launch | Refusal {
  const tool = platform.state.tools.find((each) => each.active && each.deepLinkingUrl !== undefined)
  if (tool?.deepLinkingUrl === undefined) return { status: 404, reason: 'No tool here offers content to choose from.' }
  if (!mayTeach(person)) return { status: 403, reason: 'Teachers choose content.' }
  const id = platform.desk.beginChoosing({ courseId: course.id, personId: person.id, clientId: tool.clientId, wanted })
  const returnUrl = new URL(
    platform.profile === 'canvas'
      ? `/courses/${encodeURIComponent(course.id)}/deep_linking_response`
      : '/mod/lti/contentitem_return.php',
    platform.url,
  )
  if (platform.profile === 'moodle') {
    returnUrl.searchParams.set('course', platform.dialect.contextId(platform, course))
    returnUrl.searchParams.set('id', String(tool.number))
  }
  returnUrl.searchParams.set(platform.profile === 'canvas' ? 'data' : 'sesskey', id)
  const deepLinking = { returnUrl: returnUrl.href, wanted }
  return {
    kind: 'deep_linking',
    tool,
    course,
    person,
    link: undefined,
    target: 'iframe',
    targetLinkUri: tool.deepLinkingUrl,
    deepLinking,
  }
}

/** Moodle's Grade analysis sends a submission review; Canvas's SpeedGrader launches the submission as a resource link. */
function prepareReview(
  platform: Platform,
  course: SimulatedCourse,
  person: SimulatedPerson,
  asked: Asked,
): Launch | Refusal {
  const column = platform.state.columns.find((each) => each.id === asked.review && each.courseId === course.id)
  const forPerson = findPerson(course, asked.for)
  const tool = column && ownerOf(platform, course, column)
  if (column === undefined || forPerson === undefined || tool === undefined || !tool.active)
    return { status: 404, reason: 'There is nothing to look at.' }
  if (!mayTeach(person) && person.id !== forPerson.id) return { status: 403, reason: 'This is somebody else’s work.' }
  const link = findLink(platform, course, column.linkId)
  if (platform.profile === 'moodle') {
    const targetLinkUri = column.submissionReview?.url ?? targetOf(tool, link)
    return { kind: 'submission_review', tool, course, person, link, target: 'iframe', targetLinkUri, column, forPerson }
  }
  const cell = platform.state.cells.find((each) => each.columnId === column.id && each.personId === forPerson.id)
  const content = cell?.attempts.findLast((attempt) => attempt.type === 'basic_lti_launch')?.content
  const url = content !== undefined && URL.canParse(content) ? content : targetOf(tool, link)
  // A column without a link of its own is launched as if its assignment were one.
  const as = link ?? { id: `column-${column.id}`, title: column.label, kind: 'assignment' as const }
  return { kind: 'link', tool, course, person, link: as, target: 'iframe', targetLinkUri: url }
}

function sendLogin(platform: Platform, res: Response, launch: Launch): void {
  const { dialect } = platform
  const fields = {
    iss: platform.issuer,
    login_hint: launch.person.id,
    target_link_uri: launch.targetLinkUri,
    client_id: launch.tool.clientId,
    lti_deployment_id: launch.tool.deploymentId,
    lti_message_hint: platform.desk.begin(launch),
    ...(dialect.storageTarget === undefined ? {} : { lti_storage_target: dialect.storageTarget }),
    ...(platform.profile === 'canvas' ? { canvas_region: 'simulated', canvas_environment: 'prod' } : {}),
  }
  if (dialect.startsLoginBy === 'form') return sendPage(platform, res, selfPostingForm(launch.tool.loginUrl, fields))
  const url = new URL(launch.tool.loginUrl)
  for (const [name, value] of Object.entries(fields)) url.searchParams.set(name, value)
  res.set('Cache-Control', 'no-store').redirect(302, url.href)
}
