import type { PlatformId } from '@copractice/core/kernel'
import { listFramingPlatforms, type FramingPlatform } from '@copractice/store/connection'
import { acrossNetworks, type Db } from '@copractice/store/database'

const KEPT_FOR_MS = 15_000
/** Proxies read an answer's headers into a buffer of 4 KB as a rule; all our other headers need less than half of it. */
const LONGEST = 2000

/**
 * Which origins may show a page of ours in a frame. With a platform: its own and no other, for an answer that is known to
 * be to it, whatever its status, so that people read why. Without: those of every connected LMS, also of one that waits to
 * be confirmed, for the web app's page, which holds nothing until a launch gives it a session. Never more than a header
 * can hold: the LMSs that people came from last are named first.
 */
export type FrameAncestors = (platform?: Readonly<{ platformId: PlatformId }>) => Promise<readonly string[]>

type Known = Readonly<{ all: readonly string[]; of: ReadonlyMap<PlatformId, readonly string[]> }>

/** Asked at every page, so the answer is kept for a few seconds. */
export function frameAncestors(db: Db, clock: () => Date = () => new Date()): FrameAncestors {
  let kept: { until: number; known: Promise<Known> } | undefined
  /** While the database is away, what it said last: a page that says so is read in the LMS's frame too. */
  let last: Known | undefined
  const read = (isAnew = false): Promise<Known> => {
    const now = clock().getTime()
    if (isAnew || !kept || now >= kept.until) {
      const known = readOrigins(db).then(
        (read) => (last = read),
        (error: unknown) => {
          kept = undefined
          if (last) return last
          throw error
        },
      )
      kept = { until: now + KEPT_FOR_MS, known }
    }
    return kept.known
  }
  return async (platform) => {
    if (!platform) return (await read()).all
    const { platformId } = platform
    return (await read()).of.get(platformId) ?? (await read(true)).of.get(platformId) ?? []
  }
}

async function readOrigins(db: Db): Promise<Known> {
  // Kept for every request, so it holds the LMSs of every network.
  const platforms = await acrossNetworks(() => listFramingPlatforms(db))
  const of = new Map(platforms.map((platform) => [platform.platformId, fitSources(sourcesOf(platform))] as const))
  const connected = platforms.filter(({ status }) => status !== 'disabled')
  return { all: fitSources(connected.flatMap(({ platformId }) => of.get(platformId) ?? [])), of }
}

function sourcesOf({ addresses }: FramingPlatform): readonly string[] {
  // A host may have a semicolon in it, which would end the header's list.
  const origins = addresses
    .flatMap((address) => (URL.canParse(address) ? [new URL(address).origin] : []))
    .filter((origin) => /^https?:\/\/[a-z0-9.:[\]-]+$/.test(origin))
  // Schools on Instructure's Canvas share an issuer, but each shows its courses under its own name.
  const isHostedCanvas = origins.some((origin) => /^https:\/\/canvas(\.(beta|test))?\.instructure\.com$/.test(origin))
  return [...(isHostedCanvas ? ['https://*.instructure.com'] : []), ...origins]
}

/** Each once, from the beginning on, as many as a header holds. */
export function fitSources(sources: readonly string[]): readonly string[] {
  const fitting: string[] = []
  let length = 0
  for (const source of new Set(sources)) {
    length += source.length + 1
    if (length > LONGEST) break
    fitting.push(source)
  }
  return fitting
}
