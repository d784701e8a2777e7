import { AFFILIATIONS, type Affiliation } from '../directory/affiliation.ts'
import { EmailAddress } from '../directory/contract.ts'
import type { InstitutionId } from '../kernel/ids.ts'
import type { Wishes } from './wishes.ts'

/** Columns of a list of registrants. The first four are needed; a list in a cell is separated by semicolons. */
export const REGISTRANT_COLUMNS = [
  'name',
  'email',
  'institution',
  'affiliation',
  'can_chair',
  'interests',
  'languages',
  'slots',
  'with',
  'not_with',
] as const
export type RegistrantColumn = (typeof REGISTRANT_COLUMNS)[number]
const NEEDED: readonly RegistrantColumn[] = ['name', 'email', 'institution', 'affiliation']

export const ROW_PROBLEMS = [
  'missing',
  'too_long',
  'not_an_address',
  'address_twice',
  'institution_unknown',
  'affiliation_unknown',
  'yes_or_no',
  'not_a_slot',
  'nobody_by_that_address',
] as const

/** What is wrong in one cell. `row` counts as a spreadsheet does: the heading is row 1. */
export type RowProblem = Readonly<{
  row: number
  column: RegistrantColumn
  problem: (typeof ROW_PROBLEMS)[number]
  value: string
}>

export type ReadRegistrant = Readonly<{
  row: number
  name: string
  email: string
  institutionId: InstitutionId
  affiliation: Affiliation
  wishes: Wishes
}>

type Given = Readonly<{
  institutions: readonly Readonly<{ id: InstitutionId; name: string }>[]
  /** Addresses, in lower case, of those who hold a registration already: wishes may name them. */
  registered: ReadonlySet<string>
}>

export const isBlank = (row: Readonly<Partial<Record<string, string>>>): boolean =>
  Object.values(row)
    .flat()
    .every((cell) => !cell?.trim())

/** The columns that are needed and not there. */
export const missingColumns = (headings: readonly string[]): RegistrantColumn[] =>
  NEEDED.filter((column) => !headings.includes(column))

const fold = (text: string) => text.normalize('NFKC').trim().toLowerCase().replaceAll(/\s+/g, ' ')
const listOf = (text: string) => [
  ...new Set(
    text
      .split(';')
      .map((part) => part.trim())
      .filter(Boolean),
  ),
]
const YES_OR_NO: Readonly<Record<string, boolean>> = {
  yes: true,
  y: true,
  true: true,
  1: true,
  no: false,
  n: false,
  false: false,
  0: false,
  '': false,
}
/** A weekly time such as `mon-15`: a day and the hour it begins. */
const SLOT = /^(mon|tue|wed|thu|fri|sat|sun)-([01]\d|2[0-3])$/

/**
 * Reads a list row by row. A row with any problem is not among the registrants, and every problem of every row is told:
 * nothing is guessed, corrected or dropped. Blank rows count, as in a spreadsheet, and are nobody.
 */
export function readRegistrants(
  rows: readonly Readonly<Partial<Record<string, string>>>[],
  { institutions, registered }: Given,
): Readonly<{ registrants: ReadRegistrant[]; problems: RowProblem[] }> {
  const institutionOf = new Map(institutions.map(({ id, name }) => [fold(name), id]))
  const addresses = rows.map((row) => fold(row['email'] ?? ''))
  const known = new Set([...addresses, ...registered])
  const problems: RowProblem[] = []
  const registrants: ReadRegistrant[] = []
  const seen = new Set<string>()

  for (const [at, row] of rows.entries()) {
    if (isBlank(row)) continue
    const before = problems.length
    const text = (column: RegistrantColumn) => (row[column] ?? '').trim()
    const complain = (column: RegistrantColumn, problem: RowProblem['problem'], value = text(column)) =>
      problems.push({ row: at + 2, column, problem, value: value.slice(0, 100) })

    for (const column of NEEDED) if (!text(column)) complain(column, 'missing')
    for (const column of REGISTRANT_COLUMNS)
      if (text(column).length > (column === 'name' ? 200 : 2000)) complain(column, 'too_long')

    const email = addresses[at]!
    if (email && !EmailAddress.safeParse(email).success) complain('email', 'not_an_address')
    else if (seen.has(email)) complain('email', 'address_twice')
    if (email) seen.add(email)

    const institutionId = institutionOf.get(fold(text('institution')))
    if (text('institution') && !institutionId) complain('institution', 'institution_unknown')
    const affiliation = AFFILIATIONS.find((kind) => kind === fold(text('affiliation')).replaceAll(/[ -]/g, '_'))
    if (text('affiliation') && !affiliation) complain('affiliation', 'affiliation_unknown')
    const answer = fold(text('can_chair'))
    const canChair = Object.hasOwn(YES_OR_NO, answer) ? YES_OR_NO[answer] : undefined
    if (canChair === undefined) complain('can_chair', 'yes_or_no')
    const slots = listOf(text('slots').toLowerCase())
    for (const slot of slots) if (!SLOT.test(slot)) complain('slots', 'not_a_slot', slot)
    const others = (column: 'with' | 'not_with') => {
      const named = listOf(text(column).toLowerCase())
      for (const one of named) if (one === email || !known.has(one)) complain(column, 'nobody_by_that_address', one)
      return named
    }
    const wishes = {
      canChair: canChair ?? false,
      interests: listOf(text('interests')),
      languages: listOf(text('languages').toLowerCase()),
      slots,
      with: others('with'),
      notWith: others('not_with'),
    }
    if (problems.length === before && institutionId && affiliation)
      registrants.push({ row: at + 2, name: text('name'), email, institutionId, affiliation, wishes })
  }
  return { registrants, problems }
}
