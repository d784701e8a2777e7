import type { RequestHandler } from 'express'
import type { Logger } from 'pino'
import { insertLaunchRefusal } from '@copractice/store/connection'
import type { Db } from '@copractice/store/database'
import { visitLimit } from '../net/visit-limit.ts'
import { refusalPage } from '../pages/refusal-page.ts'
import { REFUSAL_WORDS } from '../pages/refusal-words.ts'
import { sendPage } from '../pages/shell.ts'
import { isFramed } from './form.ts'
import { newReference } from './new-reference.ts'
import type { Refused } from './refused.ts'

type Deps = Readonly<{ db: Db; clock: () => Date; log: Logger; requestsPerMinute: number }>

/** What a class sends when it begins: each counts for itself. The rest, which keeps rows or calls out, is sent by few. */
const OF_A_CLASS: Readonly<Record<string, string>> = {
  '/login': 'login',
  '/launch': 'launch',
  '/jwks.json': 'read',
  '/canvas-config.json': 'read',
  '/icon.svg': 'read',
}
const SHARE_OF_OTHERS = 50
const CODE = 'launch.too_many'

/**
 * So many visits from one address in a minute and no more, before anything of them is read. Whoever comes after is told in
 * plain words when to come again. Of one address and minute one refusal is kept and logged, and all of them show its
 * reference: a flood must not fill the table that explains it.
 */
export function limitVisits(deps: Deps): RequestHandler {
  const { clock, requestsPerMinute } = deps
  const count = visitLimit(clock)
  const ofOthers = Math.ceil(requestsPerMinute / SHARE_OF_OTHERS)
  return async (req, res, next) => {
    const kind = OF_A_CLASS[req.path] ?? 'other'
    const counted = count(req.ip ?? '', kind, kind === 'other' ? ofOthers : requestsPerMinute)
    if (!counted.isOver) return next()
    const { minute, retryAfterSeconds } = counted
    const reference = minute.reference ?? (await keep(deps, tooMany(kind), (minute.reference = newReference())))
    res.set('retry-after', String(retryAfterSeconds))
    const shown = {
      code: CODE,
      reference,
      at: clock(),
      isOurs: false,
      framedBy: 'any' as const,
      isFramed: isFramed(req) ?? false,
    } as const
    sendPage(res, REFUSAL_WORDS[CODE].status, refusalPage(shown))
  }
}

/**
 * Keeps a refusal and answers its reference. Beyond as many from one address in a minute as a fiftieth of its visits,
 * one more is kept, which is nobody's, and its reference is that of all the rest.
 */
export function limitRefusals(
  deps: Deps,
): (address: string, refused: Kept) => Promise<Readonly<{ reference: string; isKept: boolean }>> {
  const { clock, requestsPerMinute } = deps
  const count = visitLimit(clock)
  return async (address, refused) => {
    const counted = count(address, 'refusal', Math.ceil(requestsPerMinute / SHARE_OF_OTHERS))
    if (!counted.isOver) return { reference: await keep(deps, refused), isKept: true }
    const { minute } = counted
    const reference = minute.reference ?? (await keep(deps, tooMany('refusal'), (minute.reference = newReference())))
    return { reference, isKept: false }
  }
}

type Kept = Pick<Refused, 'code' | 'facts' | 'platform' | 'invite'>
const tooMany = (kind: string): Kept => ({ code: CODE, facts: { kind }, platform: null, invite: null })

async function keep(
  { db, clock, log }: Deps,
  { code, facts, platform, invite }: Kept,
  reference = newReference(),
): Promise<string> {
  log[code === CODE ? 'warn' : 'info']({ code, reference, facts, platformId: platform?.platformId }, 'launch refused')
  try {
    await insertLaunchRefusal(db, { reference, platform, invite, code, facts, at: clock() })
  } catch (failure) {
    log.error({ err: failure, reference }, 'a launch refusal could not be kept')
  }
  return reference
}
