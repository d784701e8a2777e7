import { describe, expect, it } from 'vitest'
import { CHECK_STEPS } from './check-contract.ts'
import { judgeCheck, SCOPE_STEPS, worstOf, type CheckFindings, type Probe } from './judge-check.ts'

const noon = new Date('2026-11-22T12:00:00Z')
const later = (seconds: number) => new Date(noon.getTime() + seconds * 1000)
const granted = Object.fromEntries(SCOPE_STEPS.map((step) => [step, { ok: true }])) as NonNullable<
  CheckFindings['scopes']
>
const well: CheckFindings = {
  status: 'active',
  deployments: { active: 1, parked: 0, disabled: 0 },
  lmsKeys: { ok: true, keys: 2 },
  ourKeys: { ok: true, isOurs: true },
  scopes: granted,
  roster: { ok: true, people: 12 },
  columns: { ok: true, columns: 2 },
  clock: { theirs: later(3), ours: noon },
  lastLaunchAt: noon,
  lastError: { code: 'launch.state_unknown', at: later(-60) },
}
const stepOf = (change: Partial<CheckFindings>, name: string) => {
  const { state, code } = judgeCheck({ ...well, ...change }).find(({ step }) => step === name)!
  return [state, code]
}
const no = (why: Extract<Probe, { ok: false }>['why']) => ({ ok: false, why, detail: 'because' }) as const

it('names every step once, in order, and finds nothing where all is well', () => {
  const steps = judgeCheck(well)
  expect(steps.map(({ step }) => step)).toEqual(CHECK_STEPS)
  expect(steps.filter(({ state, code }) => state !== 'ok' || code !== null)).toEqual([])
  expect(worstOf(steps)).toBe('ok')
})

it.each([
  [29, 'ok', null],
  [30, 'warn', 'check.clock_off'],
  [60, 'warn', 'check.clock_off'],
  [61, 'fail', 'check.clock_too_far'],
])('judges clocks %d seconds apart, either way', (seconds, state, code) => {
  for (const way of [1, -1])
    expect(stepOf({ clock: { theirs: later(way * seconds), ours: noon } }, 'clock')).toEqual([state, code])
})

describe('names what is missing', () => {
  it('scope by scope; the one that nothing of ours needs is a warning', () => {
    const scopes = { ...granted, scope_score: no('scope_missing'), scope_lineitem_readonly: no('scope_missing') }
    expect(stepOf({ scopes }, 'scope_score')).toEqual(['fail', 'check.scope_missing'])
    expect(stepOf({ scopes }, 'scope_lineitem_readonly')).toEqual(['warn', 'check.scope_missing'])
    expect(stepOf({ scopes }, 'scope_roster')).toEqual(['ok', null])
  })
  it.each([
    ['lmsKeys', 'lms_keys', no('unreachable'), 'fail', 'check.lms_keys_unreachable'],
    ['lmsKeys', 'lms_keys', no('unreadable'), 'fail', 'check.lms_keys_unusable'],
    ['lmsKeys', 'lms_keys', no('address_refused'), 'fail', 'check.lms_address_refused'],
    ['ourKeys', 'our_keys', no('unreachable'), 'fail', 'check.our_keys_unreachable'],
    ['ourKeys', 'our_keys', no('address_refused'), 'warn', 'check.our_address_inner'],
    ['ourKeys', 'our_keys', { ok: true, isOurs: false }, 'fail', 'check.our_keys_other'],
    ['roster', 'roster', no('refused'), 'fail', 'check.roster_refused'],
    ['roster', 'roster', 'notOffered', 'warn', 'check.roster_not_offered'],
    ['columns', 'columns', no('unreachable'), 'fail', 'check.columns_unreachable'],
    ['columns', 'columns', null, 'skipped', 'check.no_course_yet'],
    ['clock', 'clock', null, 'skipped', 'check.clock_unknown'],
    ['status', 'confirmed', 'parked', 'warn', 'check.connection_parked'],
    ['scopes', 'scope_score', null, 'skipped', 'check.connection_off'],
    ['status', 'roster', 'disabled', 'skipped', 'check.connection_off'],
    ['deployments', 'deployments', { active: 1, parked: 1, disabled: 0 }, 'warn', 'check.deployment_parked'],
    ['deployments', 'deployments', { active: 0, parked: 0, disabled: 2 }, 'fail', 'check.deployment_off'],
    ['deployments', 'deployments', { active: 0, parked: 0, disabled: 0 }, 'warn', 'check.deployment_none'],
    ['lastLaunchAt', 'last_launch', later(-120), 'warn', 'check.last_launch_refused'],
  ] as const)('%s as %s', (finding, step, value, state, code) => {
    expect(stepOf({ [finding]: value }, step)).toEqual([state, code])
  })
  it('a launch that never was', () => {
    expect(stepOf({ lastLaunchAt: null, lastError: null }, 'last_launch')).toEqual(['skipped', 'check.no_launch_yet'])
  })
})
