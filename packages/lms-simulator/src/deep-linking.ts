import { randomUUID } from 'node:crypto'
import type { Request, Response } from 'express'
import { decodeJwt } from 'jose'
import { z } from 'zod'
import type { Choosing } from './launch/launch-desk.ts'
import { placeLink, type LinkColumn, type NewLink } from './links.ts'
import type { SimulatedCourse } from './options.ts'
import { findCourse, keepInLog, type Platform } from './platform.ts'
import { chosenPage, savePage } from './pages/choose.ts'
import { sendNotice, sendPage } from './pages/respond.ts'
import { isFirstUse, verifyToolJwt } from './services/verify-tool-jwt.ts'
import { submissionReviewSchema } from './state.ts'
import { toolByClientId } from './tools.ts'

const LTI = 'https://purl.imsglobal.org/spec/lti/claim'
const DL = 'https://purl.imsglobal.org/spec/lti-dl/claim'

const item = z.looseObject({
  type: z.literal('ltiResourceLink'),
  title: z.string().optional(),
  text: z.string().optional(),
  url: z.url().optional(),
  custom: z.record(z.string(), z.string()).optional(),
  available: z.looseObject({ startDateTime: z.string().optional(), endDateTime: z.string().optional() }).optional(),
  submission: z.looseObject({ endDateTime: z.string().optional() }).optional(),
  lineItem: z
    .looseObject({
      scoreMaximum: z.number().positive(),
      label: z.string().optional(),
      resourceId: z.string().optional(),
      tag: z.string().optional(),
      submissionReview: submissionReviewSchema.optional(),
    })
    .optional(),
})
type Item = z.infer<typeof item>
type Placing = { link: NewLink; column: LinkColumn | undefined }

/** Choices that wait for a teacher's Save, as Moodle has it. */
const waiting = new WeakMap<Platform, Map<string, { courseId: string; placings: Placing[] }>>()

/** Moodle keeps custom parameters one to a line: a newline in a value begins another parameter. */
function splitAtNewlines(custom: Record<string, string>): Record<string, string> {
  const lines = Object.entries(custom).flatMap(([name, value]) => `${name}=${value}`.split('\n'))
  return Object.fromEntries(
    lines
      .filter((line) => line.includes('='))
      .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  )
}

function placingOf(platform: Platform, chosen: Item, wanted: Choosing['wanted'], toolName: string): Placing {
  const { lineItem, available, submission } = chosen
  const canvas = platform.profile === 'canvas'
  const kind = lineItem !== undefined || wanted === 'assignment' ? 'assignment' : 'navigation'
  const title = (canvas ? lineItem?.label : undefined) ?? chosen.title ?? 'Untitled'
  const custom = canvas ? chosen.custom : chosen.custom && splitAtNewlines(chosen.custom)
  const link: NewLink = {
    title,
    kind,
    tool: toolName,
    ...(chosen.text === undefined ? {} : { text: chosen.text }),
    ...(chosen.url === undefined ? {} : { url: chosen.url }),
    ...(custom === undefined ? {} : { custom }),
    ...(lineItem === undefined ? {} : { scoreMaximum: lineItem.scoreMaximum }),
    ...(canvas && kind === 'assignment' ? { unpublished: true } : {}),
    ...(canvas && available?.startDateTime !== undefined ? { unlockAt: available.startDateTime } : {}),
    ...(canvas && available?.endDateTime !== undefined ? { lockAt: available.endDateTime } : {}),
    ...(canvas && submission?.endDateTime !== undefined ? { dueAt: submission.endDateTime } : {}),
  }
  if (lineItem === undefined) return { link, column: undefined }
  const { resourceId, tag, submissionReview } = lineItem
  const column: LinkColumn = {
    ...(resourceId === undefined ? {} : { resourceId }),
    ...(tag === undefined ? {} : { tag }),
    ...(submissionReview === undefined || canvas ? {} : { submissionReview }),
  }
  return { link, column }
}

type Outcome = { placings: Placing[]; course: SimulatedCourse; note: string | undefined } | { reason: string }

async function read(platform: Platform, choosing: Choosing | undefined, jwt: unknown): Promise<Outcome> {
  const course = findCourse(platform, choosing?.courseId)
  const tool = toolByClientId(platform, choosing?.clientId)
  if (choosing === undefined || course === undefined || tool === undefined)
    return { reason: 'data: this choice is not known, or was made before' }
  if (typeof jwt !== 'string') return { reason: 'the form holds no JWT' }
  const verified = await verifyToolJwt(platform, tool, jwt, platform.issuer)
  if (!verified.ok) return { reason: verified.reason }
  const { claims } = verified
  if (claims[`${LTI}/message_type`] !== 'LtiDeepLinkingResponse')
    return { reason: 'message_type is not LtiDeepLinkingResponse' }
  if (claims[`${LTI}/version`] !== '1.3.0') return { reason: 'version is not 1.3.0' }
  if (claims[`${LTI}/deployment_id`] !== tool.deploymentId) return { reason: 'deployment_id is another' }
  // Neither LMS sends data, so there is none to give back.
  if (claims[`${DL}/data`] !== undefined) return { reason: 'data was not sent and cannot come back' }
  const items = z.array(item).safeParse(claims[`${DL}/content_items`] ?? [])
  if (!items.success)
    return {
      reason: `content_items: ${items.error.issues[0]?.path.join('/') ?? ''} ${items.error.issues[0]?.message ?? ''}`,
    }
  if (platform.profile === 'canvas' && choosing.wanted === 'assignment' && items.data.length > 1)
    return { reason: 'only one item was asked for' }
  if (!isFirstUse(platform, tool, 'nonce', claims.nonce)) return { reason: 'nonce is missing or was used before' }
  const said = [claims[`${DL}/errormsg`], claims[`${DL}/msg`]].find((each) => typeof each === 'string')
  return {
    placings: items.data.map((each) => placingOf(platform, each, choosing.wanted, tool.name)),
    course,
    note: said,
  }
}

/** Where a tool posts what a teacher chose: verified, then placed at once (Canvas) or after Save (Moodle). */
export async function takeChoice(platform: Platform, req: Request, res: Response): Promise<void> {
  const sent = req.query[platform.profile === 'canvas' ? 'data' : 'sesskey']
  const id = typeof sent === 'string' ? sent : ''
  const jwt: unknown = typeof req.body === 'object' && req.body !== null && 'JWT' in req.body ? req.body.JWT : undefined
  const outcome = await read(platform, platform.desk.peekChoosing(id), jwt)
  keepInLog(platform, {
    at: platform.now().toISOString(),
    service: 'deep_linking',
    method: 'POST',
    path: req.path,
    status: 'reason' in outcome ? 400 : 200,
    message: 'Content chosen for the course',
    answer: 'reason' in outcome ? `refused (400): ${outcome.reason}` : `accepted, ${outcome.placings.length} chosen`,
    ...('course' in outcome ? { courseId: outcome.course.id } : {}),
    ...(typeof jwt === 'string' ? { body: peek(jwt) } : {}),
  })
  if ('reason' in outcome)
    return sendNotice(
      platform,
      res,
      400,
      'The choice could not be taken',
      'Go back to the course and choose again.',
      outcome.reason,
    )
  platform.desk.takeChoosing(id)
  const { course, placings, note } = outcome
  const titles = placings.map(({ link }) => link.title)
  if (platform.profile === 'canvas' || placings.length === 0) {
    for (const { link, column } of placings) placeLink(platform, course, link, column)
    return sendPage(platform, res, chosenPage(course, titles, note))
  }
  const key = randomUUID()
  const shelf = waiting.get(platform) ?? new Map<string, { courseId: string; placings: Placing[] }>()
  waiting.set(platform, shelf.set(key, { courseId: course.id, placings }))
  sendPage(platform, res, savePage(course, titles, key, note))
}

function peek(jwt: string): unknown {
  try {
    return decodeJwt(jwt)
  } catch {
    return undefined
  }
}

/** Moodle's Save button: places what was chosen, once. */
export function saveChoice(platform: Platform, course: SimulatedCourse, key: string): boolean {
  const found = waiting.get(platform)?.get(key)
  if (found === undefined || found.courseId !== course.id) return false
  waiting.get(platform)?.delete(key)
  for (const { link, column } of found.placings) placeLink(platform, course, link, column)
  return true
}
