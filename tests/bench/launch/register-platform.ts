import type { Db } from '@copractice/store/database'
import type { Settings } from './wire.ts'

/** The one platform of a bench, with a network and an institution to belong to. */
export async function registerBenchPlatform(db: Db, platform: Settings['platform']): Promise<void> {
  const network = await db
    .insertInto('network')
    .values({ name: 'Bench', slug: 'bench', time_zone: 'UTC' })
    .returning('id')
    .executeTakeFirstOrThrow()
  const institution = await db
    .insertInto('institution')
    .values({
      network_id: network.id,
      region_id: null,
      name: 'Riverside State',
      kind: 'campus',
      letter: 'R',
      colour: 1,
      time_zone: 'UTC',
      member_since: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  const registered = await db
    .insertInto('lti_platform')
    .values({
      network_id: network.id,
      institution_id: institution.id,
      profile: 'canvas',
      issuer: platform.issuer,
      client_id: platform.clientId,
      authorization_endpoint: platform.authorization,
      token_endpoint: platform.authorization,
      jwks_uri: platform.jwksUri,
      confirmed_addresses: [platform.authorization, platform.jwksUri],
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await db
    .insertInto('lti_deployment')
    .values({ network_id: network.id, platform_id: registered.id, deployment_id: platform.deploymentId })
    .execute()
}
