import * as z from 'zod'
import type { ServicePlatform } from '@copractice/store/connection'
import type { Answer } from '../net/outgoing.ts'
import type { KeptOutcome, ResultOutcome } from './port.ts'
import { LARGE, TIMEOUT_MS, under, type Call } from './scores.ts'
import { troubleOf, unreadable } from './trouble.ts'

const MEDIA_RESULTS = 'application/vnd.ims.lis.v2.resultcontainer+json'
/** Canvas gives at most so many. */
const PAGE_SIZE = 100
const MOST_PAGES = 500
/**
 * Between them lies every grade's share of its maximum, but nothing. So what is above was converted once too often, and
 * what is below was not converted: either is off by LARGE, which is as far as it is from one to the other.
 */
const [LEAST_SHARE, MOST_SHARE] = [2 ** -16, 16]

const Results = z.array(
  z.object({
    userId: z.coerce.string(),
    resultScore: z.number().nullish().catch(null),
    resultMaximum: z.number().positive().nullish().catch(null),
    comment: z.string().nullish().catch(null),
  }),
)

/** What the gradebook shows for one learner (3.3). Asks without `limit`, which breaks Moodle. */
export async function readResult(
  call: Call,
  { profile }: ServicePlatform,
  { lineItemUrl, userId }: Readonly<{ lineItemUrl: string; userId: string }>,
  now: Date,
): Promise<ResultOutcome> {
  const url = new URL(under(lineItemUrl, 'results'))
  url.searchParams.set('user_id', userId)
  const headers = { accept: MEDIA_RESULTS }
  const answer = await call('result', { method: 'GET', url: url.href, headers, timeoutMs: TIMEOUT_MS })
  if (answer.status !== 200) return troubleOf(answer, now)
  const parsed = readResults(answer.text)
  if (!parsed) return unreadable()
  const found = parsed.find((result) => result.userId === userId)
  return found ? toldBy(profile, found) : { kind: 'read', score: null, maximum: null, comment: null }
}

function toldBy(profile: ServicePlatform['profile'], found: z.infer<typeof Results>[number]): ResultOutcome {
  const score = found.resultScore ?? null
  const maximum = found.resultMaximum ?? 1
  const comment = found.comment ?? null
  if (profile !== 'canvas' || score === null || maximum < LARGE) return { kind: 'read', score, maximum, comment }
  const share = score / maximum
  if (share > MOST_SHARE) return { kind: 'kept' }
  // What Canvas itself has changed, for lateness, it notes in points of the assignment and does not convert.
  return { kind: 'read', score, maximum: share > 0 && share < LEAST_SHARE ? maximum / LARGE : maximum, comment }
}

/** Whose cells of a column hold a person's grade that a score of ours gave way to: of all that have a result, page by page. */
export async function listKept(
  call: Call,
  { profile }: ServicePlatform,
  lineItemUrl: string,
  now: Date,
): Promise<KeptOutcome> {
  const userIds: string[] = []
  // Elsewhere a score says itself that it gives way.
  if (profile !== 'canvas') return { kind: 'read', userIds }
  const first = new URL(under(lineItemUrl, 'results'))
  first.searchParams.set('limit', String(PAGE_SIZE))
  const headers = { accept: MEDIA_RESULTS }
  let url: string | null = first.href
  for (let pages = 0; url !== null && pages < MOST_PAGES; pages++) {
    const answer: Answer = await call('result', { method: 'GET', url, headers, timeoutMs: TIMEOUT_MS })
    if (answer.status !== 200) return troubleOf(answer, now)
    const results = readResults(answer.text)
    if (!results) return unreadable()
    for (const result of results) if (toldBy(profile, result).kind === 'kept') userIds.push(result.userId)
    const next: string | undefined = /<([^>]+)>\s*;\s*rel="next"/.exec(answer.header('link') ?? '')?.[1]
    // A page elsewhere would be sent our access token.
    url = next !== undefined && URL.canParse(next) && new URL(next).origin === first.origin ? next : null
  }
  return { kind: 'read', userIds }
}

function readResults(text: string) {
  try {
    return Results.parse(JSON.parse(text))
  } catch {
    return undefined
  }
}
