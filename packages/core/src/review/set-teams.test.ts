import { expect, it } from 'vitest'
import type { PersonId } from '../kernel/ids.ts'
import { setTeams, type TeamHeld } from './set-teams.ts'

const [ana, ben, cy, dee, eve] = ['ana', 'ben', 'cy', 'dee', 'eve'] as PersonId[] as [
  PersonId,
  PersonId,
  PersonId,
  PersonId,
  PersonId,
]
const held = (name: string, members: PersonId[], hasWork = false): TeamHeld => ({
  teamId: `t-${name}`,
  name,
  members,
  hasWork,
})
const situation = (change: Partial<Parameters<typeof setTeams>[0]> = {}) => ({
  phase: 'submit' as const,
  held: [held('Oak', [ana, ben]), held('Elm', [dee, eve])],
  own: new Set([ana, ben, cy]),
  withOwnWork: new Set<PersonId>(),
  ...change,
})

it('makes the new ones, removes the others of its own, and leaves those that are the same and other instructors’', () => {
  expect(setTeams(situation(), [{ name: 'Oak', members: [ben, ana] }])).toEqual({
    ok: true,
    value: { remove: [], make: [] },
  })
  const three = { name: 'Oak', members: [ana, ben, cy] }
  expect(setTeams(situation(), [three])).toEqual({ ok: true, value: { remove: ['t-Oak'], make: [three] } })
  expect(setTeams(situation(), [])).toEqual({ ok: true, value: { remove: ['t-Oak'], make: [] } })
  const renamed = { name: 'Ash', members: [ana, ben] }
  expect(setTeams(situation(), [renamed])).toEqual({ ok: true, value: { remove: ['t-Oak'], make: [renamed] } })
})

it.each([
  ['team.too_small', [{ name: 'Ash', members: [ana] }], { name: 'Ash' }],
  ['team.name_taken', [{ name: 'Elm', members: [ana, ben] }], { name: 'Elm' }],
  [
    'team.name_taken',
    [
      { name: 'Ash', members: [ana, ben] },
      { name: 'Ash', members: [ana, cy] },
    ],
    { name: 'Ash' },
  ],
  ['team.not_own_learner', [{ name: 'Ash', members: [ana, dee] }], { personId: dee }],
  [
    'team.person_twice',
    [
      { name: 'Ash', members: [ana, ben] },
      { name: 'Fir', members: [cy, ana] },
    ],
    { personId: ana },
  ],
])('refuses with %s', (code, wanted, facts) => {
  expect(setTeams(situation(), wanted)).toEqual({ ok: false, refusal: { code, facts } })
})

it('refuses to take somebody whom another instructor’s team has', () => {
  const shared = situation({ held: [held('Elm', [dee, cy])] })
  expect(setTeams(shared, [{ name: 'Ash', members: [ana, cy] }])).toMatchObject({
    refusal: { code: 'team.person_twice' },
  })
})

it('leaves teams whose work is begun, and people who began alone', () => {
  const begun = situation({ held: [held('Oak', [ana, ben], true)] })
  expect(setTeams(begun, [])).toEqual({ ok: false, refusal: { code: 'team.has_work', facts: { name: 'Oak' } } })
  expect(setTeams(begun, [{ name: 'Oak', members: [ana, ben] }])).toMatchObject({ ok: true })
  const alone = situation({ held: [], withOwnWork: new Set([ben]) })
  expect(setTeams(alone, [{ name: 'Oak', members: [ana, ben] }])).toEqual({
    ok: false,
    refusal: { code: 'team.member_has_work', facts: { personId: ben } },
  })
})

it('is for the time before the reviews are dealt', () => {
  expect(setTeams(situation({ phase: 'draft' }), [])).toMatchObject({ ok: true })
  for (const phase of ['review', 'closed'] as const)
    expect(setTeams(situation({ phase }), [])).toMatchObject({
      refusal: { code: 'review.wrong_phase', facts: { phase } },
    })
})
