import { listFramingAddresses } from '@copractice/store/connection'
import type { Db } from '@copractice/store/database'

const KEPT_FOR_MS = 15_000

/**
 * Which origins may show our pages in a frame: those of every connected LMS, also of one that waits to be confirmed (its
 * first visitors should see why). Asked at every page, so the answer is kept for a few seconds.
 */
export function frameAncestors(db: Db, clock: () => Date = () => new Date()): () => Promise<readonly string[]> {
  let kept: { until: number; origins: Promise<readonly string[]> } | undefined
  return () => {
    const now = clock().getTime()
    if (!kept || now >= kept.until) {
      const origins = readOrigins(db)
      kept = { until: now + KEPT_FOR_MS, origins }
      origins.catch(() => (kept = undefined))
    }
    return kept.origins
  }
}

async function readOrigins(db: Db): Promise<readonly string[]> {
  const addresses = await listFramingAddresses(db)
  // A host may have a semicolon in it, which would end the header's list.
  const origins = addresses
    .flatMap((address) => (URL.canParse(address) ? [new URL(address).origin] : []))
    .filter((origin) => /^https?:\/\/[a-z0-9.:[\]-]+$/.test(origin))
  // Schools on Instructure's Canvas share an issuer, but each shows its courses under its own name.
  const isHostedCanvas = origins.some((origin) => /^https:\/\/canvas(\.(beta|test))?\.instructure\.com$/.test(origin))
  return [...new Set([...origins, ...(isHostedCanvas ? ['https://*.instructure.com'] : [])])]
}
