import type { LaunchPolicy } from '@copractice/core/connection'
import type { NetworkId, PlatformId } from '@copractice/core/kernel'
import type { Db, Trx } from '../database.ts'
import { platformChanged } from './platform-repo.ts'

type At = Readonly<{ networkId: NetworkId; platformId: PlatformId }>

/** Sets what is given of a platform's policy; answers all of it. */
export async function updateLaunchPolicy(
  trx: Trx,
  { networkId, platformId }: At,
  { unknownDeployments, anonymousLaunches }: { readonly [name in keyof LaunchPolicy]?: LaunchPolicy[name] | undefined },
): Promise<LaunchPolicy> {
  platformChanged()
  return trx
    .updateTable('lti_platform')
    .set({ id: platformId, unknown_deployments: unknownDeployments, anonymous_launches: anonymousLaunches })
    .where('network_id', '=', networkId)
    .where('id', '=', platformId)
    .returning(['unknown_deployments as unknownDeployments', 'anonymous_launches as anonymousLaunches'])
    .executeTakeFirstOrThrow()
}

/** From now on these are the addresses outside the issuer's host that somebody stands for. */
export async function saveConfirmedAddresses(
  db: Db | Trx,
  { networkId, platformId }: At,
  addresses: readonly string[],
): Promise<void> {
  platformChanged()
  await db
    .updateTable('lti_platform')
    .set({ confirmed_addresses: [...addresses] })
    .where('network_id', '=', networkId)
    .where('id', '=', platformId)
    .execute()
}
