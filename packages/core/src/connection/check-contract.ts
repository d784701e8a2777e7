import * as z from 'zod'
import { InstitutionId, PlatformId } from '../kernel/ids.ts'
import { Instant, route } from '../kernel/route.ts'

/** What a self-test looks at, in the order in which it is shown. `scope_*`: an access token for that one service. */
export const CHECK_STEPS = [
  'confirmed',
  'deployments',
  'lms_keys',
  'our_keys',
  'scope_lineitem',
  'scope_lineitem_readonly',
  'scope_result_readonly',
  'scope_score',
  'scope_roster',
  'roster',
  'columns',
  'clock',
  'last_launch',
] as const
export type CheckStepName = (typeof CHECK_STEPS)[number]

/** Everything a step can find. Stable: docs/troubleshooting.md lists each with what to do. */
export const CHECK_CODES = [
  'check.connection_parked',
  'check.connection_off',
  'check.deployment_parked',
  'check.deployment_none',
  'check.deployment_off',
  'check.lms_address_refused',
  'check.lms_address_elsewhere',
  'check.lms_keys_unreachable',
  'check.lms_keys_unusable',
  'check.our_address_inner',
  'check.our_keys_unreachable',
  'check.our_keys_other',
  'check.scope_missing',
  'check.token_refused',
  'check.token_unreachable',
  'check.token_unreadable',
  'check.no_course_yet',
  'check.roster_not_offered',
  'check.roster_refused',
  'check.roster_unreachable',
  'check.columns_not_offered',
  'check.columns_refused',
  'check.columns_unreachable',
  'check.clock_unknown',
  'check.clock_off',
  'check.clock_too_far',
  'check.no_launch_yet',
  'check.last_launch_refused',
] as const
export type CheckCode = (typeof CHECK_CODES)[number]

/** `skipped`: it could not be looked at yet. `code` is null where all is well; `facts` fill the sentences. */
export const CheckStep = z.object({
  step: z.enum(CHECK_STEPS),
  state: z.enum(['ok', 'warn', 'fail', 'skipped']),
  code: z.enum(CHECK_CODES).nullable(),
  facts: z.record(z.string(), z.union([z.string(), z.number()])),
})
export type CheckStep = z.infer<typeof CheckStep>

/** Steps as they were kept; those that a later version no longer knows are left out rather than shown wrongly. */
export function readCheckSteps(kept: unknown): CheckStep[] {
  return Array.isArray(kept) ? kept.flatMap((step) => CheckStep.safeParse(step).data ?? []) : []
}

/** The latest self-test of a connection. `finishedAt` null: it is under way. */
export const ConnectionCheck = z.object({
  startedAt: Instant,
  finishedAt: Instant.nullable(),
  steps: z.array(CheckStep),
})
export type ConnectionCheck = z.infer<typeof ConnectionCheck>

/** Runs the self-test now; it takes at most half a minute. One at a time for each connection. */
export const checkConnection = route({
  method: 'POST',
  path: '/api/institutions/:institutionId/connections/:platformId/check',
  params: z.object({ institutionId: InstitutionId, platformId: PlatformId }),
  response: ConnectionCheck,
  refusals: ['directory.not_found', 'connection.check_running'],
})
