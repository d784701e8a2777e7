import {
  adminReach,
  DIRECTORY_PROBLEMS_TOLD,
  grantsToChange,
  mayAdminister,
  PEOPLE_COLUMNS,
  readInstitutions,
  readPeople,
  type Actor,
  type ReadInstitution,
  type ReadPerson,
} from '@copractice/core/directory'
import { ok, refuse } from '@copractice/core/kernel'
import type { Db, Trx } from '@copractice/store/database'
import {
  findWriter,
  institutionsByName,
  listRegions,
  lockImports,
  peopleByAddress,
  saveInstitutions,
  savePeople,
} from '@copractice/store/directory'
import { audit, scopeOf } from './administrator.ts'
import { readCsv } from './read-csv.ts'

type Import = Readonly<{ csv: string; commit: boolean }>
type Known = Awaited<ReturnType<typeof institutionsByName>>[number]

/** What stands with the institution once the list has its say. */
function detailsOf(read: ReadInstitution, known: Known | undefined, timeZone: string) {
  const memberSince = read.memberSince ?? known?.memberSince ?? null
  // A new beginning without an end is not the old end's.
  const until = read.memberSince && read.memberSince !== known?.memberSince ? null : (known?.memberUntil ?? null)
  return {
    name: read.name,
    kind: read.kind,
    regionId: read.regionId ?? known?.regionId ?? null,
    timeZone: read.timeZone ?? known?.timeZone ?? timeZone,
    memberSince,
    memberUntil: memberSince ? (read.memberUntil ?? until) : null,
    units: (read.units ?? known?.units ?? []).toSorted(),
  }
}

/** What a list of institutions would do, or doing it: all of it or nothing. */
export function importInstitutions(db: Db, actor: Actor, { csv, commit }: Import, now: Date) {
  return db.transaction().execute(async (trx) => {
    const parsed = readCsv(csv, ['name', 'kind'])
    if (!parsed.ok) return parsed
    await lockImports(trx, actor.networkId)
    const known = await institutionsByName(trx, actor.networkId)
    const regions = await listRegions(trx, actor.networkId, scopeOf(actor).reach.regions)
    const { timeZone } = await findWriter(trx, actor)
    const { institutions, problems } = readInstitutions(parsed.value.data, {
      regions,
      timeZone,
      mayLeaveOutRegion: mayAdminister(actor, { kind: 'network' }),
      known: known.map(({ id, name, regionId }) => ({
        name,
        mayChange: mayAdminister(actor, { kind: 'institution', institutionId: id, regionId }),
      })),
    })
    if (commit && problems.length) return refuse('import.has_problems', { problems: problems.length })
    const byName = new Map(known.map((one) => [one.name, one]))
    const planned = institutions.map((read) => {
      const before = byName.get(read.name)
      const details = detailsOf(read, before, timeZone)
      const was = before && JSON.stringify(detailsOf({ ...before, ...UNSAID, isNew: false }, before, timeZone))
      return { before, details, isSame: was === JSON.stringify(details) }
    })
    const added = planned.filter(({ before }) => !before).length
    const unchanged = planned.filter(({ isSame }) => isSame).length
    const changed = planned.length - added - unchanged
    if (commit && added + changed > 0) {
      const moved = planned.filter(({ isSame }) => !isSame)
      const listed = moved.map(({ before, details }) => ({ id: before?.id ?? null, details }))
      await saveInstitutions(trx, actor.networkId, listed, now)
      await auditImport(trx, actor, { what: 'institutions', added, changed }, now)
    }
    return ok({ ...toldOf(parsed.value.rows, problems), added, changed, unchanged, committed: commit })
  })
}

const UNSAID = {
  regionId: undefined,
  timeZone: undefined,
  memberSince: undefined,
  memberUntil: undefined,
  units: undefined,
}

const toldOf = <Problem>(rows: number, problems: readonly Problem[]) => ({
  rows,
  problemCount: problems.length,
  problems: problems.slice(0, DIRECTORY_PROBLEMS_TOLD),
})

/** A coordinator's own regions read what happened there; a list may concern several, so it is the whole network's. */
const auditImport = (trx: Trx, actor: Actor, facts: Readonly<Record<string, unknown>>, now: Date) =>
  audit(trx, actor, { action: 'directory.imported', subject: `network:${actor.networkId}`, facts }, now)

/** Rows for people out of the importer's reach: network administrators read that they wait, and the importer does not. */
async function auditHeld(
  trx: Trx,
  actor: Actor,
  held: readonly ReadPerson[],
  institutions: readonly Known[],
  now: Date,
) {
  if (!held.length) return
  const at = new Set<string>(held.map(({ institutionId }) => institutionId))
  const names = institutions.flatMap(({ id, name }) => (at.has(id) ? [name] : [])).toSorted()
  // No regionId and no institutionId: with either, the importer would read the entry.
  const facts = { count: held.length, institutions: names.join(', ') }
  await audit(trx, actor, { action: 'people.import_held', subject: `network:${actor.networkId}`, facts }, now)
}

/**
 * What a list of people and their affiliations would do, or doing it. Their names and other ties stay as they are. Who is
 * known to the network but not in the importer's reach counts as new, and nothing becomes theirs: a tie would open their
 * page to the importer. Network administrators reach everybody, and import such rows.
 */
export function importPeople(db: Db, actor: Actor, { csv, commit }: Import, now: Date) {
  return db.transaction().execute(async (trx) => {
    const parsed = readCsv(csv, PEOPLE_COLUMNS)
    if (!parsed.ok) return parsed
    await lockImports(trx, actor.networkId)
    const institutions = await institutionsByName(trx, actor.networkId)
    const { people, problems } = readPeople(parsed.value.data, {
      institutions: institutions.map(({ id, name, regionId }) => ({
        id,
        name,
        mayChange: mayAdminister(actor, { kind: 'people', institutionId: id, regionId }),
      })),
    })
    if (commit && problems.length) return refuse('import.has_problems', { problems: problems.length })
    const emails = [...new Set(people.map(({ email }) => email))]
    const reach = adminReach({ grants: grantsToChange(actor.grants) }) ?? { regions: [], institutions: [] }
    const everybody = await peopleByAddress(trx, { networkId: actor.networkId, reach }, emails)
    const known = new Map([...everybody].filter(([, { isInReach }]) => isInReach || reach.regions === 'all'))
    const isHeld = ({ email }: ReadPerson) => everybody.has(email) && !known.has(email)
    const moved = people.filter(
      ({ email, institutionId, affiliation }) => known.get(email)?.ties.get(institutionId) !== affiliation,
    )
    const added = emails.filter((email) => !known.has(email)).length
    const changed = moved.length
    if (commit && changed) {
      const taken = moved.filter((one) => !isHeld(one))
      const made = emails.filter((email) => !everybody.has(email)).length
      await savePeople(trx, actor.networkId, taken, known)
      if (taken.length) await auditImport(trx, actor, { what: 'people', added: made, changed: taken.length }, now)
      await auditHeld(trx, actor, moved.filter(isHeld), institutions, now)
    }
    const unchanged = people.length - changed
    return ok({ ...toldOf(parsed.value.rows, problems), added, changed, unchanged, committed: commit })
  })
}
