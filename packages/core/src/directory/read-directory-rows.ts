import { AFFILIATIONS, type Affiliation } from './affiliation.ts'
import { EmailAddress } from './contract.ts'
import { kindSaid } from './institution-kind.ts'
import { TimeZone } from './time-zone.ts'
import type { InstitutionId, RegionId } from '../kernel/ids.ts'
import { Day } from '../kernel/route.ts'

/** Columns of a list of institutions; name and kind are needed. Units in a cell are separated by semicolons. */
export const INSTITUTION_COLUMNS = [
  'name',
  'kind',
  'region',
  'time_zone',
  'member_since',
  'member_until',
  'units',
] as const
/** Columns of a list of people, all needed. Somebody with several affiliations has a row for each. */
export const PEOPLE_COLUMNS = ['name', 'email', 'institution', 'affiliation'] as const
type Column = (typeof INSTITUTION_COLUMNS)[number] | (typeof PEOPLE_COLUMNS)[number]

export const DIRECTORY_PROBLEMS = [
  'missing',
  'too_long',
  'kind_unknown',
  'region_unknown',
  'region_needed',
  'zone_unknown',
  'not_a_date',
  'ends_before',
  'name_twice',
  'not_yours',
  'not_an_address',
  'institution_unknown',
  'affiliation_unknown',
  'tie_twice',
  'name_differs',
] as const

/** What is wrong in one cell. `row` counts as a spreadsheet does: the heading is row 1. */
export type DirectoryProblem = Readonly<{
  row: number
  column: Column
  problem: (typeof DIRECTORY_PROBLEMS)[number]
  value: string
}>

type Rows = readonly Readonly<Partial<Record<string, string>>>[]
const fold = (text: string) => text.normalize('NFKC').trim().toLowerCase().replaceAll(/\s+/g, ' ')
const isNobody = (row: Rows[number]) =>
  Object.values(row)
    .flat()
    .every((cell) => !cell?.trim())
const isDay = (text: string) => Day.safeParse(text).success

/** Gives each row that says something to `read`, and keeps what it returns where the row has no problem. */
function readEach<T>(
  rows: Rows,
  read: (
    text: (column: Column) => string,
    complain: (column: Column, problem: DirectoryProblem['problem']) => void,
  ) => T | undefined,
) {
  const problems: DirectoryProblem[] = []
  const good: T[] = []
  for (const [at, row] of rows.entries()) {
    if (isNobody(row)) continue
    const before = problems.length
    const text = (column: Column) => (row[column] ?? '').trim()
    const complain = (column: Column, problem: DirectoryProblem['problem']) =>
      problems.push({ row: at + 2, column, problem, value: text(column).slice(0, 100) })
    const found = read(text, complain)
    if (found !== undefined && problems.length === before) good.push(found)
  }
  return { read: good, problems }
}

type InstitutionsGiven = Readonly<{
  /** Regions the reader administers; institutions go only there. */
  regions: readonly Readonly<{ id: RegionId; name: string }>[]
  /** A network admin may leave the region out. */
  mayLeaveOutRegion: boolean
  timeZone: string
  /** Institutions of the network, and whether the reader may change them. */
  known: readonly Readonly<{ name: string; mayChange: boolean }>[]
}>

/**
 * Reads a list of institutions. Every problem of every row is told; a row with one is not among those read. An empty
 * cell of a known institution leaves what stands.
 */
export function readInstitutions(rows: Rows, given: InstitutionsGiven) {
  const regionOf = new Map(given.regions.map(({ id, name }) => [fold(name), id]))
  const known = new Map(given.known.map((one) => [fold(one.name), one]))
  const seen = new Set<string>()
  const { read, problems } = readEach(rows, (text, complain) => {
    for (const column of ['name', 'kind'] as const) if (!text(column)) complain(column, 'missing')
    if (text('name').length > 200) complain('name', 'too_long')
    const name = fold(text('name'))
    if (name && seen.has(name)) complain('name', 'name_twice')
    seen.add(name)
    const before = known.get(name)
    if (before && !before.mayChange) complain('name', 'not_yours')
    const kind = kindSaid(text('kind'))
    if (text('kind') && !kind) complain('kind', 'kind_unknown')
    const regionId = regionOf.get(fold(text('region')))
    if (text('region') && !regionId) complain('region', 'region_unknown')
    if (!text('region') && !before && !given.mayLeaveOutRegion) complain('region', 'region_needed')
    if (text('time_zone') && !TimeZone.safeParse(text('time_zone')).success) complain('time_zone', 'zone_unknown')
    const [since, until] = [text('member_since'), text('member_until')]
    if (since && !isDay(since)) complain('member_since', 'not_a_date')
    if (until && !isDay(until)) complain('member_until', 'not_a_date')
    else if (until && (!since || until < since)) complain('member_until', 'ends_before')
    const units = text('units')
      .split(';')
      .map((unit) => unit.trim())
    if (units.some((unit) => unit.length > 200) || units.length > 100) complain('units', 'too_long')
    if (!kind) return undefined
    return {
      name: before?.name ?? text('name'),
      kind,
      regionId,
      timeZone: text('time_zone') || undefined,
      memberSince: since || undefined,
      memberUntil: until || undefined,
      units: text('units') ? [...new Set(units.filter(Boolean))] : undefined,
      isNew: !before,
    }
  })
  return { institutions: read, problems }
}
export type ReadInstitution = ReturnType<typeof readInstitutions>['institutions'][number]

export type ReadPerson = Readonly<{
  name: string
  email: string
  institutionId: InstitutionId
  affiliation: Affiliation
}>
type PeopleGiven = Readonly<{
  institutions: readonly Readonly<{ id: InstitutionId; name: string; mayChange: boolean }>[]
}>

/** Reads a list of people with their affiliations, a row for each tie. Who they are is their address and nothing else. */
export function readPeople(rows: Rows, given: PeopleGiven) {
  const institutionOf = new Map(given.institutions.map((one) => [fold(one.name), one]))
  const nameOf = new Map<string, string>()
  const ties = new Set<string>()
  const { read, problems } = readEach<ReadPerson>(rows, (text, complain) => {
    for (const column of PEOPLE_COLUMNS) if (!text(column)) complain(column, 'missing')
    if (text('name').length > 120) complain('name', 'too_long')
    const email = EmailAddress.safeParse(text('email'))
    if (text('email') && !email.success) complain('email', 'not_an_address')
    const institution = institutionOf.get(fold(text('institution')))
    if (text('institution') && !institution) complain('institution', 'institution_unknown')
    if (institution && !institution.mayChange) complain('institution', 'not_yours')
    const affiliation = AFFILIATIONS.find((kind) => kind === fold(text('affiliation')).replaceAll(/[ -]/g, '_'))
    if (text('affiliation') && !affiliation) complain('affiliation', 'affiliation_unknown')
    if (!email.success || !institution || !affiliation) return undefined
    const tie = `${email.data} ${institution.id}`
    if (ties.has(tie)) complain('institution', 'tie_twice')
    ties.add(tie)
    const before = nameOf.get(email.data)
    if (before !== undefined && before !== text('name')) complain('name', 'name_differs')
    if (before === undefined) nameOf.set(email.data, text('name'))
    return { name: text('name'), email: email.data, institutionId: institution.id, affiliation }
  })
  return { people: read, problems }
}
