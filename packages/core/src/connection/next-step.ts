/** What is known of a connection, as far as the next thing to do goes. */
export type ConnectionProgress = Readonly<{
  status: 'parked' | 'active' | 'disabled'
  profile: 'canvas' | 'moodle' | 'other'
  deployments: readonly Readonly<{ status: 'parked' | 'active' | 'disabled' }>[]
  lastLaunchAt: Date | null
  lastErrorAt: Date | null
  lastErrorCode: string | null
  courseLinks: number
  /** Outside the issuer's host, and stood for by nobody. */
  unconfirmedAddresses: readonly string[]
  /** Of the latest self-test; null when there was none. */
  check: 'ok' | 'warn' | 'fail' | null
}>

export const NEXT_STEPS = [
  'confirm',
  'switch_on',
  'confirm_addresses',
  'confirm_deployment',
  'add_deployment',
  'look_at_refusal',
  'mend',
  'check',
  'launch',
  'bind',
  'nothing',
] as const
export type NextStep = (typeof NEXT_STEPS)[number]

/** The one thing to do next, the most pressing first: what keeps people out, then what was never tried. */
export function nextStep(of: ConnectionProgress): NextStep {
  if (of.status === 'parked') return 'confirm'
  if (of.status === 'disabled') return 'switch_on'
  if (of.unconfirmedAddresses.length) return 'confirm_addresses'
  if (of.deployments.some(({ status }) => status === 'parked')) return 'confirm_deployment'
  const isRefusing = of.lastErrorAt !== null && (of.lastLaunchAt === null || of.lastErrorAt > of.lastLaunchAt)
  if (isRefusing) return of.lastErrorCode === 'launch.deployment_unknown' ? 'add_deployment' : 'look_at_refusal'
  if (of.check === 'fail') return 'mend'
  if (of.lastLaunchAt === null) return of.check === null ? 'check' : 'launch'
  return of.courseLinks === 0 ? 'bind' : 'nothing'
}
