import type { NetworkId, PlatformId } from '@copractice/core/kernel'
import type { Db, Trx } from '../database.ts'

export type AccessTokenKey = Readonly<{ networkId: NetworkId; platformId: PlatformId; scopes: string }>
export type AccessTokenRow = Readonly<{ tokenSealed: string; grantedScopes: string; expiresAt: Date }>

/** The sealed access token to one platform for one set of scopes, while it lasts. */
export async function findAccessToken(
  db: Db | Trx,
  { networkId, platformId, scopes }: AccessTokenKey,
  now: Date,
): Promise<AccessTokenRow | undefined> {
  return db
    .selectFrom('lti_access_token')
    .select(['token_sealed as tokenSealed', 'granted_scopes as grantedScopes', 'expires_at as expiresAt'])
    .where('network_id', '=', networkId)
    .where('platform_id', '=', platformId)
    .where('scopes', '=', scopes)
    .where('expires_at', '>', now)
    .executeTakeFirst()
}

export async function saveAccessToken(db: Db | Trx, key: AccessTokenKey, token: AccessTokenRow): Promise<void> {
  const state = { token_sealed: token.tokenSealed, granted_scopes: token.grantedScopes, expires_at: token.expiresAt }
  await db
    .insertInto('lti_access_token')
    .values({ network_id: key.networkId, platform_id: key.platformId, scopes: key.scopes, ...state })
    .onConflict((conflict) => conflict.columns(['network_id', 'platform_id', 'scopes']).doUpdateSet(state))
    .execute()
}

/** Forgets a token that the platform no longer takes, unless another process has put a newer one there. */
export async function deleteAccessToken(db: Db | Trx, key: AccessTokenKey, tokenSealed: string): Promise<void> {
  await db
    .deleteFrom('lti_access_token')
    .where('network_id', '=', key.networkId)
    .where('platform_id', '=', key.platformId)
    .where('scopes', '=', key.scopes)
    .where('token_sealed', '=', tokenSealed)
    .execute()
}

/** Forgets tokens that have ended. Across networks: it is housekeeping of the whole installation. */
export async function deleteExpiredAccessTokens(db: Db | Trx, now: Date): Promise<void> {
  await db.deleteFrom('lti_access_token').where('expires_at', '<', now).execute()
}
