import { mayCheckLink, type LinkStatus } from '@copractice/core/connection'
import { connectionState, type SpaceSession } from '@copractice/core/directory'
import { ok, refuse, type Refusal, type Result } from '@copractice/core/kernel'
import { findLinkStatus } from '@copractice/store/connection'
import type { Db } from '@copractice/store/database'

/** How the link a session came through is set up, for who may check that. */
export async function showLinkStatus(
  db: Db,
  session: SpaceSession,
): Promise<Result<LinkStatus, Refusal<'link.not_yours', Record<string, never>>>> {
  const may = mayCheckLink(session)
  if (!may.ok) return may
  const found = await findLinkStatus(db, session.actor.networkId, may.value)
  if (!found) return refuse('link.not_yours', {})
  const { facts, ...status } = found
  return ok({ ...status, connection: connectionState([facts], false) })
}
