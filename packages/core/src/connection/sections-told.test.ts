import { expect, it } from 'vitest'
import { sectionsTold } from './sections-told.ts'

it.each([
  ['names, before ids', { section_names: '["Evening","Day"]', section_ids: '7,9' }, ['Day', 'Evening']],
  ['ids where no names are told', { section_ids: '9, 7,9' }, ['7', '9']],
  ['ids where the names cannot be read', { section_names: '[oops', section_ids: '7' }, ['7']],
  ['Moodle’s groups', { group_ids: '12,15' }, ['12', '15']],
  ['no group at all', { group_ids: '' }, []],
  ['no section at all', { section_names: '[]' }, []],
  [
    'characters that no database keeps',
    { section_names: String.raw`["A\u0000B", "\u0000", "C\ud83d"]` },
    ['A B', 'C\ufffd'],
  ],
  ['odd entries left out', { section_names: '["A", 1, null, " "]' }, ['A']],
])('sections told: %s', (_what, custom, sections) => {
  expect(sectionsTold(custom as Record<string, string>)).toEqual(sections)
})

it.each([
  ['nothing', {}],
  ['a variable the LMS does not know', { section_ids: '$Canvas.course.sectionIds', group_ids: '$Moodle.x' }],
  ['something that is no list', { section_names: '{"a":1}' }],
])('sections not told: %s', (_what, custom) => {
  expect(sectionsTold(custom as Record<string, string>)).toBeNull()
})

it('keeps at most 50 of them, each of at most 200 characters', () => {
  const many = Array.from({ length: 80 }, (_, index) => `${index}`.padEnd(300, 'x'))
  const told = sectionsTold({ section_names: JSON.stringify(many) })!
  expect(told).toHaveLength(50)
  expect(told.every((text) => text.length === 200)).toBe(true)
})
