import { expect, it } from 'vitest'
import { InstitutionId, RegionId } from '../kernel/ids.ts'
import { readInstitutions, readPeople } from './read-directory-rows.ts'

const valleys = RegionId.parse('0b7f1a52-6a0e-4c1a-9a55-0f3a2c9d1e11')
const riverside = InstitutionId.parse('2b7f1a52-6a0e-4c1a-9a55-0f3a2c9d1e11')
const hillside = InstitutionId.parse('3b7f1a52-6a0e-4c1a-9a55-0f3a2c9d1e11')
const of = { regions: [{ id: valleys, name: 'The Valleys' }], mayLeaveOutRegion: false, timeZone: 'UTC' }
const known = [
  { name: 'Riverside State', mayChange: true },
  { name: 'Far College', mayChange: false },
]
const told = (problems: readonly { row: number; column: string; problem: string }[]) =>
  problems.map(({ row, column, problem }) => `${row} ${column} ${problem}`)

it('reads institutions by name, whatever the letters, and leaves out what a cell does not say', () => {
  const rows = [
    { name: ' riverside  STATE', kind: 'Campus' },
    {},
    { name: 'County of Alder', kind: 'local government', region: 'the valleys', units: 'Mayor; Parks;' },
    { name: 'Compact of the State', kind: 'State Office', region: 'The Valleys' },
    { name: 'Compact of the East', kind: 'office', region: 'The Valleys' },
    { name: 'Kitchens', kind: 'Partner organisation', region: 'The Valleys' },
  ]
  const { institutions, problems } = readInstitutions(rows, { ...of, known })
  expect(problems).toEqual([])
  expect(institutions).toMatchObject([
    { name: 'Riverside State', isNew: false, regionId: undefined, units: undefined },
    { name: 'County of Alder', kind: 'local_government', regionId: valleys, units: ['Mayor', 'Parks'], isNew: true },
    { kind: 'office' },
    { kind: 'office' },
    { kind: 'partner' },
  ])
})

it('names every problem of every row of institutions', () => {
  const rows = [
    { name: '', kind: 'castle', region: 'Atlantis', time_zone: 'Mars/Base' },
    { name: 'A', kind: 'campus', member_since: '2026-02-30', member_until: '2026-13-01' },
    { name: 'a', kind: 'campus', region: 'The Valleys', member_since: '2026-02-01', member_until: '2026-01-01' },
    { name: 'Far College', kind: 'campus', member_until: '2026-01-01' },
    { name: 'x'.repeat(201), kind: 'partner', region: 'The Valleys' },
  ]
  const { institutions, problems } = readInstitutions(rows, { ...of, known })
  expect(institutions).toEqual([])
  expect(told(problems)).toEqual([
    '2 name missing',
    '2 kind kind_unknown',
    '2 region region_unknown',
    '2 time_zone zone_unknown',
    '3 region region_needed',
    '3 member_since not_a_date',
    '3 member_until not_a_date',
    '4 name name_twice',
    '4 member_until ends_before',
    '5 name not_yours',
    '5 member_until ends_before',
    '6 name too_long',
  ])
})

it('reads people with several affiliations and names every problem', () => {
  const institutions = [
    { id: riverside, name: 'Riverside State', mayChange: true },
    { id: hillside, name: 'Hillside', mayChange: true },
    { id: hillside, name: 'Far College', mayChange: false },
  ]
  const ana = { name: 'Ana', email: 'Ana@x.example', institution: 'riverside state', affiliation: 'community partner' }
  const read = readPeople([ana, { ...ana, institution: 'Hillside', affiliation: 'Faculty' }], { institutions })
  expect(read).toEqual({
    people: [
      { name: 'Ana', email: 'ana@x.example', institutionId: riverside, affiliation: 'community_partner' },
      { name: 'Ana', email: 'ana@x.example', institutionId: hillside, affiliation: 'faculty' },
    ],
    problems: [],
  })
  const wrong = [
    { name: '', email: 'nobody', institution: 'Nowhere', affiliation: 'wizard' },
    ana,
    { ...ana, name: 'Anna' },
    { ...ana, email: 'other@x.example', institution: 'Far College' },
  ]
  expect(told(readPeople(wrong, { institutions }).problems)).toEqual([
    '2 name missing',
    '2 email not_an_address',
    '2 institution institution_unknown',
    '2 affiliation affiliation_unknown',
    '4 institution tie_twice',
    '4 name name_differs',
    '5 institution not_yours',
  ])
})
