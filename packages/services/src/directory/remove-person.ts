import { mayAdminister, type Actor } from '@copractice/core/directory'
import { ok, refuse, type PersonId } from '@copractice/core/kernel'
import { acrossNetworks, type Db } from '@copractice/store/database'
import {
  exportRows,
  findMergeable,
  findPerson,
  forgetAddresses,
  lockNetworkAdmins,
  removeRows,
} from '@copractice/store/directory'
import { audit, notFound, scopeOf } from './administrator.ts'

/** Everything kept about somebody, for them to have. Work, reviews and scores are counted and left out. */
export function exportPerson(db: Db, actor: Actor, personId: PersonId, now: Date) {
  return db.transaction().execute(async (trx) => {
    const person = mayAdminister(actor, { kind: 'network' }) && (await findPerson(trx, scopeOf(actor), personId))
    if (!person) return notFound()
    const rows = await exportRows(trx, { networkId: actor.networkId, personId })
    const facts = { person: person.name ?? person.email ?? '' }
    await audit(trx, actor, { action: 'person.exported', subject: `person:${personId}`, facts }, now)
    return ok({ exportedAt: now, ...rows })
  })
}

type Removing = Readonly<{ personId: PersonId; reason: string }>

/** Removes who somebody was. The entry in the audit log names no one; a network keeps one network admin. */
export async function removePerson(db: Db, actor: Actor, { personId, reason }: Removing, now: Date) {
  if (!mayAdminister(actor, { kind: 'network' })) return notFound()
  if (personId === actor.personId) return refuse('directory.not_yourself', {})
  const { networkId } = actor
  const removed = await db.transaction().execute(async (trx) => {
    if (!(await findMergeable(trx, networkId, [personId], true))) return notFound()
    const admins = await lockNetworkAdmins(trx, networkId)
    if (admins.length === 1 && admins[0] === personId) return refuse('directory.last_network_admin', {})
    const emails = await removeRows(trx, { networkId, personId }, now)
    await audit(trx, actor, { action: 'person.removed', subject: `person:${personId}`, facts: { reason } }, now)
    return ok(emails)
  })
  if (!removed.ok) return removed
  // An address belongs to the installation and may sign in elsewhere; only then does it stay.
  await acrossNetworks(() => forgetAddresses(db, removed.value))
  return ok(undefined)
}
