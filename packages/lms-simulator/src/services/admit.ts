import type { SimulatedCourse } from '../options.ts'
import type { Answer } from '../profiles/dialect.ts'
import type { Column, Tool } from '../state.ts'
import { ownerOf } from '../gradebook.ts'
import { toolByClientId } from '../tools.ts'
import { bearerOf, type Call } from './serve.ts'

export type Admitted = { tool: Tool; course: SimulatedCourse }

/** Lets a request in: a living token with one of the scopes, a turned-on tool, a course; else the refusal. */
export function admit(call: Call, scopes: string[]): Admitted | Answer {
  const { platform, req, params, url } = call
  const token = bearerOf(req)
  const found = platform.state.accessTokens.find((each) => each.token === token)
  const tool = toolByClientId(platform, found?.clientId)
  if (found === undefined || found.expires <= platform.now().getTime() || tool === undefined || !tool.active)
    return { status: 401, body: { error: 'invalid_token' }, reason: 'the access token is missing, unknown or over' }
  if (!scopes.some((scope) => found.scopes.includes(scope)))
    return { status: 401, body: { error: 'insufficient_scope' }, reason: 'the access token lacks the scope' }
  const refusal = platform.dialect.refuseRequest(tool, url)
  if (refusal !== undefined) return { body: { error: refusal.reason }, ...refusal }
  const course = platform.dialect.findServiceCourse(platform, params.course ?? '')
  return course === undefined
    ? { status: 404, body: { error: 'no such course' }, reason: 'no such course' }
    : { tool, course }
}

export const isAnswer = (value: object): value is Answer => 'status' in value

/** The column the request names, if it is this course's and this tool's. */
export function findColumn({ platform, params }: Call, { course, tool }: Admitted): Column | undefined {
  const column = platform.state.columns.find((each) => each.id === params.item && each.courseId === course.id)
  return column !== undefined && ownerOf(platform, course, column) === tool ? column : undefined
}

/** 400 where this LMS takes media types to the letter and this one is another. A missing Accept passes. */
export function refuseMedia(
  { platform, req }: Call,
  header: 'accept' | 'content-type',
  expected: string,
): Answer | undefined {
  const sent = req.headers[header]
  if (platform.dialect.exactMedia)
    return sent === expected || (header === 'accept' && sent === undefined)
      ? undefined
      : { status: 400, body: { error: 'media type' }, reason: `${header} is ${sent ?? 'missing'}, not ${expected}` }
  if (header === 'accept' || /^application\/(json|vnd\.ims\.[\w.]+\+json)\s*(;|$)/.test(sent ?? '')) return undefined
  return { status: 400, body: { error: 'media type' }, reason: 'the body is not JSON by its content type' }
}
