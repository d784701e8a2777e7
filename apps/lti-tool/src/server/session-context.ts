import type { Request } from 'express'
import { Unauthenticated } from '@copractice/http'
import { loadSession } from '@copractice/services/directory'
import { enterNetwork, type Db } from '@copractice/store/database'
import type { OpenSpaceSession } from '@copractice/store/directory'

/** For `routesFor`: the session behind `Authorization: Bearer`, or 401 `session.ended`. The request then sees its network alone. */
export function sessionContext(db: Db, clock: () => Date): (req: Request) => Promise<OpenSpaceSession> {
  return async (req) => {
    const token = bearerOf(req)
    const session = token ? await loadSession(db, token, clock()) : undefined
    if (!session) throw new Unauthenticated()
    enterNetwork(session.actor.networkId)
    return session
  }
}

/** Tokens are 43 characters; anything longer is not worth hashing. */
const bearerOf = (req: Request): string | undefined =>
  /^Bearer ([\w-]{20,100})$/i.exec(req.headers.authorization ?? '')?.[1]
