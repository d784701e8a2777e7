import type { PlatformId } from '@copractice/core/kernel'
import {
  findLaunchingPlatform,
  findLaunchingPlatforms,
  platformChanges,
  type LaunchingPlatform,
} from '@copractice/store/connection'
import type { Db } from '@copractice/store/database'

/** Active connections, remembered for a moment: a class that begins at once asks for the same one. */
export type KnownPlatforms = Readonly<{
  /** All that answer to issuer and client id, at most two. At most a second old where the login told its client id. */
  ofLogin: (issuer: string, clientId: string | null) => Promise<readonly LaunchingPlatform[]>
  /** However old: for whoever has what follows from it confirmed by the database. */
  remembered: (platformId: PlatformId) => LaunchingPlatform | undefined
  /** As it is now. */
  read: (platformId: PlatformId) => Promise<LaunchingPlatform | undefined>
}>

/** A login by a connection that was switched off this long ago still leads to the LMS; its launch is refused. */
const FRESH_FOR_MS = 1000
const MOST = 2000

type Kept = Readonly<{ platform: LaunchingPlatform; until: number; changes: number }>

/** Remembers only what the database has, so that strangers cannot fill it, and nothing that a launch would be refused for. */
export function knownPlatforms(db: Db): KnownPlatforms {
  const byClient = new Map<string, Kept>()
  const byId = new Map<PlatformId, LaunchingPlatform>()

  const keep = (platform: LaunchingPlatform, changes: number): void => {
    const client = clientOf(platform.issuer, platform.clientId)
    if (platform.status !== 'active') {
      byClient.delete(client)
      byId.delete(platform.platformId)
      return
    }
    if (byId.size >= MOST) {
      byId.clear()
      byClient.clear()
    }
    byClient.set(client, { platform, until: performance.now() + FRESH_FOR_MS, changes })
    byId.set(platform.platformId, platform)
  }

  return {
    ofLogin: async (issuer, clientId) => {
      const kept = clientId === null ? undefined : byClient.get(clientOf(issuer, clientId))
      const changes = platformChanges()
      if (kept && performance.now() < kept.until && kept.changes === changes) return [kept.platform]
      const found = await findLaunchingPlatforms(db, { issuer, clientId })
      for (const platform of found) keep(platform, changes)
      return found
    },
    remembered: (platformId) => byId.get(platformId),
    read: async (platformId) => {
      const changes = platformChanges()
      const found = await findLaunchingPlatform(db, platformId)
      if (found) keep(found, changes)
      else byId.delete(platformId)
      return found
    },
  }
}

const clientOf = (issuer: string, clientId: string): string => JSON.stringify([issuer, clientId])
