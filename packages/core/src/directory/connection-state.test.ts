import { expect, it } from 'vitest'
import { connectionState, type ConnectionFacts } from './connection-state.ts'

const monday = new Date('2026-11-16T09:00:00Z')
const tuesday = new Date('2026-11-17T09:00:00Z')
const connection = (facts: Partial<ConnectionFacts> = {}): ConnectionFacts => ({
  status: 'active',
  lastLaunchAt: null,
  lastErrorAt: null,
  ...facts,
})

it.each([
  ['nothing was begun', [], false, 'none'],
  ['an invite is out', [], true, 'invited'],
  ['nobody came in yet', [connection()], false, 'waiting'],
  ['somebody came in', [connection({ lastLaunchAt: monday })], false, 'connected'],
  ['the latest launch was refused', [connection({ lastLaunchAt: monday, lastErrorAt: tuesday })], false, 'refusing'],
  [
    'a later launch answered a refusal',
    [connection({ lastLaunchAt: tuesday, lastErrorAt: monday })],
    false,
    'connected',
  ],
  [
    'one works and another waits',
    [connection({ lastLaunchAt: monday }), connection({ status: 'parked' })],
    false,
    'parked',
  ],
  ['all are switched off', [connection({ status: 'disabled', lastErrorAt: monday })], false, 'disabled'],
  ['switched off, invited anew', [connection({ status: 'disabled' })], true, 'invited'],
] as const)('when %s', (_when, connections, isInvited, expected) => {
  expect(connectionState(connections, isInvited)).toBe(expected)
})
