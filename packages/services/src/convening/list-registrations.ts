import type { RegistrationListed } from '@copractice/core/convening'
import type { Actor } from '@copractice/core/directory'
import { ok, type ConveningId } from '@copractice/core/kernel'
import { findConveningToKeep, listRegistrations as listOf } from '@copractice/store/convening'
import type { Db } from '@copractice/store/database'
import { notFound, scopeOf } from '../directory/administrator.ts'

type Asked = Readonly<{
  conveningId: ConveningId
  search?: string | undefined
  status?: RegistrationListed['status'] | undefined
  after?: string | undefined
  limit: number
}>

export async function listRegistrations(db: Db, actor: Actor, { conveningId, ...asked }: Asked) {
  if (!(await findConveningToKeep(db, scopeOf(actor), conveningId))) return notFound()
  return ok(await listOf(db, { networkId: actor.networkId, conveningId }, asked))
}
