import type { CheckCode, CheckStep, CheckStepName } from './check-contract.ts'

/** A call that a self-test made. `why` says what became of it where it did not go well. */
export type Probe<T = object> =
  | (Readonly<{ ok: true }> & Readonly<T>)
  | Readonly<{
      ok: false
      why: 'address_refused' | 'address_elsewhere' | 'unreachable' | 'unreadable' | 'refused' | 'scope_missing'
      /** Words or codes of the answer, for a sentence: a status, an OAuth error. */
      detail: string
    }>

/** The scopes that are asked for one by one, by the step that tells of each. */
export const CHECKED_SCOPES = {
  scope_lineitem: 'https://purl.imsglobal.org/spec/lti-ags/scope/lineitem',
  scope_lineitem_readonly: 'https://purl.imsglobal.org/spec/lti-ags/scope/lineitem.readonly',
  scope_result_readonly: 'https://purl.imsglobal.org/spec/lti-ags/scope/result.readonly',
  scope_score: 'https://purl.imsglobal.org/spec/lti-ags/scope/score',
  scope_roster: 'https://purl.imsglobal.org/spec/lti-nrps/scope/contextmembership.readonly',
} as const satisfies Partial<Record<CheckStepName, string>>
export type ScopeStep = keyof typeof CHECKED_SCOPES
export const SCOPE_STEPS = Object.keys(CHECKED_SCOPES) as readonly ScopeStep[]

/** What a self-test found out. Course services are null where no course is known; `notOffered` where launches name none. */
export type CheckFindings = Readonly<{
  status: 'parked' | 'active' | 'disabled'
  deployments: Readonly<{ active: number; parked: number; disabled: number }>
  lmsKeys: Probe<{ keys: number }>
  ourKeys: Probe<{ isOurs: boolean }>
  /** Null where nothing was asked for: our key signs for connections that are on. */
  scopes: Readonly<Record<ScopeStep, Probe>> | null
  roster: Probe<{ people: number }> | 'notOffered' | null
  columns: Probe<{ columns: number }> | 'notOffered' | null
  /** The LMS's time and ours at one moment; null when the LMS told none. */
  clock: Readonly<{ theirs: Date; ours: Date }> | null
  lastLaunchAt: Date | null
  lastError: Readonly<{ code: string; at: Date }> | null
}>

/** From here on people should look; validation goes on. Seconds. */
export const CLOCK_WARNS_FROM = 30
/** What the validation of launches forgives (LTI Security Framework 5.1.3: a few minutes at most; ours is stricter). Seconds. */
export const CLOCK_FAILS_BEYOND = 60

type Judged = Omit<CheckStep, 'step'>
const ok = (facts: CheckStep['facts'] = {}): Judged => ({ state: 'ok', code: null, facts })
const found = (state: 'warn' | 'fail' | 'skipped', code: CheckCode, facts: CheckStep['facts'] = {}): Judged => ({
  state,
  code,
  facts,
})

/** What each step of the self-test means: `fail` stops people or grades now, `warn` will or may. */
export function judgeCheck(findings: CheckFindings): CheckStep[] {
  const { lastLaunchAt, lastError } = findings
  const scopes = Object.fromEntries(SCOPE_STEPS.map((step) => [step, judgeScope(findings, step)])) as Record<
    ScopeStep,
    Judged
  >
  const judged: Record<CheckStepName, Judged> = {
    confirmed: judgeStatus(findings),
    deployments: judgeDeployments(findings),
    lms_keys: judgeLmsKeys(findings),
    our_keys: judgeOurKeys(findings),
    ...scopes,
    roster: judgeService(findings, 'roster'),
    columns: judgeService(findings, 'columns'),
    clock: judgeClock(findings),
    last_launch: judgeLastLaunch(lastLaunchAt, lastError),
  }
  return Object.entries(judged).map(([step, result]) => ({ step: step as CheckStepName, ...result }))
}

/** The worst of the steps; what was skipped says nothing. */
export const worstOf = (steps: readonly CheckStep[]): 'ok' | 'warn' | 'fail' =>
  (['fail', 'warn'] as const).find((state) => steps.some((step) => step.state === state)) ?? 'ok'

function judgeStatus({ status }: CheckFindings): Judged {
  if (status === 'active') return ok()
  return found('warn', status === 'parked' ? 'check.connection_parked' : 'check.connection_off')
}

/** A connection confirmed without any deployment takes the first that launches. */
function judgeDeployments({ deployments: { active, parked, disabled } }: CheckFindings): Judged {
  if (parked) return found('warn', 'check.deployment_parked', { count: parked })
  if (active) return ok({ count: active })
  return disabled ? found('fail', 'check.deployment_off') : found('warn', 'check.deployment_none')
}

function judgeLmsKeys({ lmsKeys: probe }: CheckFindings): Judged {
  if (probe.ok) return ok({ count: probe.keys })
  const { why, detail } = probe
  if (why === 'address_refused') return found('fail', 'check.lms_address_refused', { detail })
  if (why === 'address_elsewhere') return found('fail', 'check.lms_address_elsewhere', { detail })
  const code = why === 'unreachable' ? 'check.lms_keys_unreachable' : 'check.lms_keys_unusable'
  return found('fail', code, { detail })
}

/** An inner address is no fault by itself: the LMS may be on the same network as we are. */
function judgeOurKeys({ ourKeys: probe }: CheckFindings): Judged {
  if (probe.ok) return probe.isOurs ? ok() : found('fail', 'check.our_keys_other')
  const { why, detail } = probe
  if (why === 'address_refused') return found('warn', 'check.our_address_inner', { detail })
  return why === 'unreadable'
    ? found('fail', 'check.our_keys_other', { detail })
    : found('fail', 'check.our_keys_unreachable', { detail })
}

function judgeScope({ scopes }: CheckFindings, step: ScopeStep): Judged {
  if (!scopes) return found('skipped', 'check.connection_off')
  const probe = scopes[step]
  if (probe.ok) return ok()
  const facts = { scope: CHECKED_SCOPES[step], detail: probe.detail }
  switch (probe.why) {
    case 'address_refused':
      return found('fail', 'check.lms_address_refused', facts)
    case 'address_elsewhere':
      return found('fail', 'check.lms_address_elsewhere', facts)
    case 'scope_missing':
      // Reading columns is part of the scope that makes them: without this one, nothing of ours stops.
      return found(step === 'scope_lineitem_readonly' ? 'warn' : 'fail', 'check.scope_missing', facts)
    case 'refused':
      return found('fail', 'check.token_refused', facts)
    case 'unreachable':
      return found('fail', 'check.token_unreachable', facts)
    case 'unreadable':
      return found('fail', 'check.token_unreadable', facts)
  }
}

function judgeService(findings: CheckFindings, step: 'roster' | 'columns'): Judged {
  if (findings.status !== 'active') return found('skipped', 'check.connection_off')
  const probe = findings[step]
  if (probe === null) return found('skipped', 'check.no_course_yet')
  if (probe === 'notOffered') return found('warn', `check.${step}_not_offered`)
  if (probe.ok) return ok({ count: 'people' in probe ? probe.people : probe.columns })
  const { why, detail } = probe
  if (why === 'address_refused') return found('fail', 'check.lms_address_refused', { detail })
  if (why === 'address_elsewhere') return found('fail', 'check.lms_address_elsewhere', { detail })
  return found('fail', why === 'unreachable' ? `check.${step}_unreachable` : `check.${step}_refused`, { detail })
}

function judgeClock({ clock }: CheckFindings): Judged {
  if (!clock) return found('skipped', 'check.clock_unknown')
  const { theirs, ours } = clock
  const seconds = Math.round(Math.abs(theirs.getTime() - ours.getTime()) / 1000)
  const facts = { seconds, theirs: timeOfDay(theirs), ours: timeOfDay(ours) }
  if (seconds < CLOCK_WARNS_FROM) return ok(facts)
  return seconds > CLOCK_FAILS_BEYOND
    ? found('fail', 'check.clock_too_far', facts)
    : found('warn', 'check.clock_off', facts)
}

/** A refusal that a later launch has answered is over. */
function judgeLastLaunch(lastLaunchAt: Date | null, lastError: CheckFindings['lastError']): Judged {
  if (lastError && (!lastLaunchAt || lastError.at > lastLaunchAt))
    return found('warn', 'check.last_launch_refused', { refusal: lastError.code, at: lastError.at.toISOString() })
  return lastLaunchAt ? ok({ at: lastLaunchAt.toISOString() }) : found('skipped', 'check.no_launch_yet')
}

const timeOfDay = (at: Date) => at.toISOString().slice(11, 19)
