import { expect, it } from 'vitest'
import type { CohortId } from '../kernel/ids.ts'
import { decideBinding } from './decide-binding.ts'

const willow = { id: 'willow' as CohortId, status: 'open' as const }
const oak = { id: 'oak' as CohortId, status: 'open' as const }
const boundToOak = { id: oak.id, name: 'Oak cohort' }

it('binds an unbound link, and the same choice again changes nothing', () => {
  expect(decideBinding({ bound: null, chosen: willow })).toMatchObject({ value: { cohortId: 'willow' } })
  expect(decideBinding({ bound: boundToOak, chosen: oak })).toMatchObject({ value: { cohortId: 'oak' } })
})

it('refuses another cohort for a bound link, a closed one, and one that is not offered', () => {
  expect(decideBinding({ bound: boundToOak, chosen: willow })).toMatchObject({
    refusal: { code: 'course_link.bound_elsewhere', facts: { name: 'Oak cohort' } },
  })
  expect(decideBinding({ bound: null, chosen: { ...willow, status: 'closed' } })).toMatchObject({
    refusal: { code: 'cohort.closed' },
  })
  expect(decideBinding({ bound: null, chosen: undefined })).toMatchObject({ refusal: { code: 'cohort.unknown' } })
})
