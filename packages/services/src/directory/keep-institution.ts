import type { Actor, InstitutionDetails } from '@copractice/core/directory'
import { ok, refuse, type InstitutionId } from '@copractice/core/kernel'
import type { Db } from '@copractice/store/database'
import { findInstitution, insertInstitution, updateInstitution } from '@copractice/store/directory'
import { administers, administersRegion, audit, notFound, scopeOf } from './administrator.ts'

const nameTaken = (name: string) => refuse('directory.institution_name_taken', { name })

/** A coordinator adds to a region of theirs; only a network admin adds one outside every region. */
export function addInstitution(db: Db, actor: Actor, details: InstitutionDetails, now: Date) {
  return db.transaction().execute(async (trx) => {
    const { regionId, name } = details
    const may = regionId ? await administersRegion(trx, actor, regionId) : administers(actor, { kind: 'network' })
    if (!may) return notFound()
    const id = await insertInstitution(trx, actor.networkId, details, now)
    if (!id) return nameTaken(name)
    const facts = { name, regionId, institutionId: id }
    await audit(trx, actor, { action: 'institution.added', subject: `institution:${id}`, facts }, now)
    return ok({ id })
  })
}

type Edit = Readonly<{ institutionId: InstitutionId; details: InstitutionDetails }>

/** Needs both: the institution as it is and the region it goes to. */
export function editInstitution(db: Db, actor: Actor, { institutionId, details }: Edit, now: Date) {
  return db.transaction().execute(async (trx) => {
    const found = await findInstitution(trx, scopeOf(actor), institutionId, now)
    const place = found && { kind: 'institution' as const, institutionId, regionId: found.region?.id ?? null }
    if (!place || !administers(actor, place)) return notFound()
    const { regionId, name } = details
    const may = regionId ? await administersRegion(trx, actor, regionId) : administers(actor, { kind: 'network' })
    if (!may) return notFound()
    if (!(await updateInstitution(trx, actor.networkId, institutionId, details, now))) return nameTaken(name)
    const { memberSince, memberUntil } = found
    const membership = { since: details.memberSince, until: details.memberUntil ?? null }
    const before = { name: found.name, kind: found.kind, memberSince, memberUntil }
    const facts = { name, regionId, institutionId, kind: details.kind, membership, before }
    await audit(trx, actor, { action: 'institution.edited', subject: `institution:${institutionId}`, facts }, now)
    return ok(undefined)
  })
}
