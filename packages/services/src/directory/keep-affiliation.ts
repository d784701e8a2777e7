import { mayAdminister, type Actor, type Affiliation } from '@copractice/core/directory'
import { ok, type InstitutionId, type PersonId } from '@copractice/core/kernel'
import type { Db, Trx } from '@copractice/store/database'
import { deleteAffiliation, findInstitution, findPerson, saveAffiliation } from '@copractice/store/directory'
import { audit, notFound, scopeOf } from './administrator.ts'

type Tie = Readonly<{ personId: PersonId; institutionId: InstitutionId }>

/** The person and the institution, both in reach, where the actor may say who belongs to it. */
async function findTie(trx: Trx, actor: Actor, { personId, institutionId }: Tie, now: Date) {
  const scope = scopeOf(actor)
  const institution = await findInstitution(trx, scope, institutionId, now)
  const person = await findPerson(trx, scope, personId)
  if (!institution || !person) return undefined
  const regionId = institution.region?.id ?? null
  if (!mayAdminister(actor, { kind: 'people', institutionId, regionId })) return undefined
  const facts = { name: institution.name, institutionId, regionId, person: person.name ?? person.email ?? '' }
  return { facts, before: person.affiliations.find((one) => one.institution.id === institutionId)?.kind ?? null }
}

/** Ties somebody to an institution, or says what they are there now. Their other ties stay. */
export function setAffiliation(db: Db, actor: Actor, tie: Tie & Readonly<{ kind: Affiliation }>, now: Date) {
  return db.transaction().execute(async (trx) => {
    const found = await findTie(trx, actor, tie, now)
    if (!found) return notFound()
    if (found.before === tie.kind) return ok(undefined)
    await saveAffiliation(trx, { ...tie, networkId: actor.networkId }, tie.kind)
    const facts = { ...found.facts, kind: tie.kind, before: found.before }
    await audit(trx, actor, { action: 'affiliation.set', subject: `person:${tie.personId}`, facts }, now)
    return ok(undefined)
  })
}

/** Ends a tie. Seats held for the institution stay as they are: they are the person's own. */
export function removeAffiliation(db: Db, actor: Actor, tie: Tie, now: Date) {
  return db.transaction().execute(async (trx) => {
    const found = await findTie(trx, actor, tie, now)
    if (!found || !(await deleteAffiliation(trx, { ...tie, networkId: actor.networkId }))) return notFound()
    const facts = { ...found.facts, before: found.before }
    await audit(trx, actor, { action: 'affiliation.removed', subject: `person:${tie.personId}`, facts }, now)
    return ok(undefined)
  })
}
