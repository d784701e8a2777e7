import { ok, refuse } from '@copractice/core/kernel'
import type { Db } from '@copractice/store/database'
import { findPublicCommunity, listPublicCommunities } from '@copractice/store/proposal'
import { publicNetwork } from './start-publicly.ts'

type Asked = Readonly<{
  network?: string | undefined
  search?: string | undefined
  after?: string | undefined
  limit: number
}>

/** The approved communities of one network. Where several networks show something, one has to be named first. */
export async function listCommunities(db: Db, { network: slug, ...asked }: Asked, now: Date) {
  const { network, networks } = await publicNetwork(db, slug, now)
  const page = network ? await listPublicCommunities(db, network.id, asked, now) : { items: [], next: null }
  return ok({ ...page, network, networks })
}

export async function showCommunity(db: Db, slug: string, now: Date) {
  const found = await findPublicCommunity(db, slug, now)
  return found ? ok(found) : refuse('community.not_found', {})
}
