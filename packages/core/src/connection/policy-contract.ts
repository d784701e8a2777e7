import * as z from 'zod'
import { InstitutionId, PlatformId } from '../kernel/ids.ts'
import { route } from '../kernel/route.ts'
import { ANONYMOUS_LAUNCHES, UNKNOWN_DEPLOYMENTS } from './launch-policy.ts'

const One = z.object({ institutionId: InstitutionId, platformId: PlatformId })

/** What is decided for one LMS where the specifications leave it open. */
export const LaunchPolicy = z.object({
  unknownDeployments: z.enum(UNKNOWN_DEPLOYMENTS),
  anonymousLaunches: z.enum(ANONYMOUS_LAUNCHES),
})
export type LaunchPolicy = z.infer<typeof LaunchPolicy>

/** Decides it anew; what is left out stays as it was. Launches go by it from then on. */
export const setLaunchPolicy = route({
  method: 'PUT',
  path: '/api/institutions/:institutionId/connections/:platformId/policy',
  params: One,
  body: z.strictObject(LaunchPolicy.partial().shape),
  response: LaunchPolicy,
  refusals: ['directory.not_found'],
})

/**
 * Somebody stands for addresses of this LMS that are not on its issuer's host: those given, each as it is registered.
 * `connection.addresses_changed`: the connection has others by now.
 */
export const confirmAddresses = route({
  method: 'PUT',
  path: '/api/institutions/:institutionId/connections/:platformId/addresses',
  params: One,
  body: z.strictObject({ addresses: z.array(z.string().max(2000)).min(1).max(10) }),
  response: z.undefined(),
  refusals: ['directory.not_found', 'connection.addresses_changed'],
})
