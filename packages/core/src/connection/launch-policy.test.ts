import { expect, it } from 'vitest'
import { decideDeployment, MOST_PARKED, mayVisit } from './launch-policy.ts'

it.each([
  ['refuse', 0, 0, 'adopt'],
  ['park', 0, 0, 'adopt'],
  ['refuse', 1, 0, 'refuse'],
  ['park', 1, 0, 'park'],
  ['park', 30, MOST_PARKED - 1, 'park'],
  ['park', 30, MOST_PARKED, 'refuse'],
] as const)(
  'by the policy %s, with %i known and %i of them waiting, a deployment is met with: %s',
  (policy, known, parked, outcome) => {
    expect(decideDeployment({ policy, known, parked })).toBe(outcome)
  },
)

it.each([
  ['refuse', 'LtiResourceLinkRequest', false],
  ['visit', 'LtiResourceLinkRequest', true],
  ['visit', 'LtiSubmissionReviewRequest', false],
] as const)('by the policy %s, an anonymous %s may visit: %s', (policy, messageType, may) => {
  expect(mayVisit({ policy, messageType })).toBe(may)
})
