import type { Request } from 'express'
import { answerPlacing } from '@copractice/core/connection'
import { endSession, renewSession } from '@copractice/core/directory'
import { NotAllowed, Unauthenticated } from '@copractice/http'
import { loadSession } from '@copractice/services/directory'
import { enterNetwork, type Db } from '@copractice/store/database'
import type { OpenSpaceSession } from '@copractice/store/directory'

/** What somebody may do whom no LMS named: hold on to the visit, end it, and answer what the LMS sent them to choose. */
const VISITORS_MAY: readonly string[] = [renewSession, endSession, answerPlacing].map(({ path }) => path)

/**
 * For `routesFor`: the session behind `Authorization: Bearer`, or 401 `session.ended`. The request then sees its network
 * alone. Whoever came without a name looks and keeps nothing: 403 `session.anonymous`.
 */
export function sessionContext(db: Db, clock: () => Date): (req: Request) => Promise<OpenSpaceSession> {
  return async (req) => {
    const token = bearerOf(req)
    const session = token ? await loadSession(db, token, clock()) : undefined
    if (!session) throw new Unauthenticated()
    if (session.actor.isAnonymous && req.method !== 'GET' && !VISITORS_MAY.includes(String(req.route?.path)))
      throw new NotAllowed('session.anonymous')
    enterNetwork(session.actor.networkId)
    return session
  }
}

/** Tokens are 43 characters; anything longer is not worth hashing. */
const bearerOf = (req: Request): string | undefined =>
  /^Bearer ([\w-]{20,100})$/i.exec(req.headers.authorization ?? '')?.[1]
