import { mayAdminister, type Actor } from '@copractice/core/directory'
import { ok, type PersonId } from '@copractice/core/kernel'
import type { Db } from '@copractice/store/database'
import { findPerson, institutionsToTieTo, listRoles } from '@copractice/store/directory'
import { notFound, scopeOf } from './administrator.ts'

const ROLES_SHOWN = 100

/** One person as the admin app shows them, with what the actor may change. Three queries. */
export async function showPerson(db: Db, actor: Actor, personId: PersonId) {
  const scope = scopeOf(actor)
  const person = await findPerson(db, scope, personId)
  if (!person) return notFound()
  const [roles, institutions] = await Promise.all([
    listRoles(db, scope, actor, { personId, limit: ROLES_SHOWN }),
    institutionsToTieTo(db, scope),
  ])
  const tied = new Set(person.affiliations.map(({ institution }) => institution.id))
  const isHeadOf = mayAdminister(actor, { kind: 'network' })
  return ok({
    ...person,
    affiliations: person.affiliations.map(({ institution, regionId, kind }) => ({
      institution,
      kind,
      mayChange: mayAdminister(actor, { kind: 'people', institutionId: institution.id, regionId }),
    })),
    mayTieTo: institutions.filter(
      ({ id, regionId }) => !tied.has(id) && mayAdminister(actor, { kind: 'people', institutionId: id, regionId }),
    ),
    roles: roles.items,
    mayExport: isHeadOf,
    mayRemove: isHeadOf && personId !== actor.personId,
  })
}
