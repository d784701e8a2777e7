import type { DatabasePlugin } from 'ltijs'
import type { Db } from '@copractice/store/database'
import { findPlatformByClient, findPlatformById, type ServicePlatform } from '@copractice/store/connection'
import type { PlatformId } from '@copractice/core/kernel'
import type { AccessTokens } from '../services/access-tokens.ts'

/** ltijs asked for something that we do not let it do: a fault of ours, never of a platform. */
export class NotForLtijs extends Error {}

/**
 * ltijs's view of our tables. It reads platforms, their status and access tokens; it writes nothing, because what it would
 * write (keys per platform, nonces, state, sessions) is kept by our own code. A platform's `kid` is its id here.
 */
export function ltijsDatabase(db: Db, tokens: AccessTokens): DatabasePlugin {
  const find = async (query: Readonly<Record<string, unknown>>): Promise<ServicePlatform | undefined> => {
    const { platformUrl, clientId, kid, id } = query
    if (typeof platformUrl === 'string' && typeof clientId === 'string')
      return findPlatformByClient(db, platformUrl, clientId)
    const platformId = kid ?? id
    return typeof platformId === 'string' ? findPlatformById(db, platformId as PlatformId) : undefined
  }
  const refuse = (collection: unknown) => {
    throw new NotForLtijs(`ltijs has no part in ${String(collection)}`)
  }
  return {
    setup: async () => true,
    Close: async () => true,
    Get: async (_key, collection, query = {}) => {
      if (!['platform', 'platformStatus', 'accesstoken'].includes(collection)) return refuse(collection)
      const platform = await find(query)
      if (!platform) return false
      if (collection === 'platform') return [asLtijsPlatform(platform)]
      if (collection === 'platformStatus') return [{ id: platform.platformId, active: platform.status === 'active' }]
      const { scopes } = query
      if (typeof scopes !== 'string') return false
      const token = await tokens.get(platform, scopesFor(scopes))
      // Always at hand and always fresh: renewing it is not ltijs's part either.
      return [{ createdAt: Date.now(), token: { access_token: token, token_type: 'Bearer', expires_in: 3600 } }]
    },
    Insert: async (collection) => refuse(collection),
    Replace: async (_key, collection) => refuse(collection),
    Modify: async (_key, collection) => refuse(collection),
    Delete: async (collection) => refuse(collection),
  }
}

function asLtijsPlatform(platform: ServicePlatform) {
  return {
    platformName: platform.platformId,
    platformUrl: platform.issuer,
    clientId: platform.clientId,
    authEndpoint: platform.authorizationEndpoint,
    accesstokenEndpoint: platform.tokenEndpoint,
    authorizationServer: platform.tokenAudience,
    kid: platform.platformId,
    authConfig: { method: 'JWK_SET', key: platform.jwksUri },
  }
}

const AGS = 'https://purl.imsglobal.org/spec/lti-ags/scope/'
/** ltijs asks for `lineitem.readonly` and `lineitem` apart; one token for `lineitem` serves both. */
const scopesFor = (asked: string): readonly string[] =>
  asked.split(' ').map((scope) => (scope === `${AGS}lineitem.readonly` ? `${AGS}lineitem` : scope))
