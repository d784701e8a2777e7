import type { ProviderClass } from 'ltijs'
import { findServicePlatform, type ServicePlatform } from '@copractice/store/connection'
import type { Db } from '@copractice/store/database'
import { failureOf, ltijsEngine } from '../ltijs/ltijs-engine.ts'
import { ltijsDatabase } from '../ltijs/ltijs-database.ts'
import { OutgoingFailure, type Answer, type Outgoing, type OutgoingRequest } from '../net/outgoing.ts'
import type { AccessTokens } from './access-tokens.ts'
import { createLineItem, listLineItems } from './line-items.ts'
import {
  RosterUnavailable,
  type LineItem,
  type LineItemOutcome,
  type LtiGradebook,
  type LtiRoster,
  type PlatformRef,
  type ServiceTrouble,
} from './port.ts'
import { listMembers, readRosterPage } from './roster.ts'
import { listKept, readResult } from './results.ts'
import { postScore } from './scores.ts'
import { ServiceFailure, troubleOf, troubleOfFailure, unreadable } from './trouble.ts'

/** A connection that is switched off is not called any more after this long: a gradebook full of scores asks once for many. */
const PLATFORM_KEPT_MS = 1000

type Deps = Readonly<{ db: Db; tokens: AccessTokens; outgoing: Outgoing; publicUrl: string; clock: () => Date }>

const AGS = 'https://purl.imsglobal.org/spec/lti-ags/scope/'
const NRPS = 'https://purl.imsglobal.org/spec/lti-nrps/scope/'
const SCOPES = {
  score: [`${AGS}score`],
  result: [`${AGS}result.readonly`],
  columns: [`${AGS}lineitem`],
  roster: [`${NRPS}contextmembership.readonly`],
} as const
type Need = keyof typeof SCOPES

/** Calls to platforms' services. A 401 is answered once with a fresh token; all else is told as a `ServiceTrouble`. */
export function createServices(deps: Deps): { gradebook: LtiGradebook; roster: LtiRoster } {
  const { db, tokens, outgoing, publicUrl, clock } = deps
  const launchUrl = `${publicUrl}/lti/launch`
  let loaded: ProviderClass | undefined
  const engine = () => (loaded ??= ltijsEngine(ltijsDatabase(db, tokens), outgoing))
  const making = new Map<string, Promise<LineItemOutcome>>()

  /** Our own calls. */
  const callOf =
    (platform: ServicePlatform) =>
    async (need: Need, request: OutgoingRequest): Promise<Answer> => {
      for (let attempt = 1; ; attempt++) {
        const token = await tokens.get(platform, SCOPES[need])
        const headers = { ...request.headers, authorization: `Bearer ${token}` }
        const answer = await outgoing.send({ ...request, headers })
        if (answer.status !== 401 || attempt === 2) return answer
        await tokens.drop(platform, SCOPES[need], token)
      }
    }

  /** Calls through ltijs, which takes its token from `tokens` too. */
  const through = async <T>(
    platform: ServicePlatform,
    need: Need,
    run: (engine: ProviderClass) => Promise<T>,
  ): Promise<T> => {
    for (let attempt = 1; ; attempt++) {
      try {
        return await run(engine())
      } catch (error) {
        // A page where JSON was to come: an LMS that is being looked after, or something in front of it.
        if (error instanceof SyntaxError) throw new ServiceFailure(unreadable())
        const failure = failureOf(error)
        if (!failure) throw error
        if (failure instanceof OutgoingFailure) throw new ServiceFailure(troubleOfFailure(failure))
        if (failure.status !== 401 || attempt === 2) throw new ServiceFailure(troubleOf(failure, clock()))
        await tokens.drop(platform, SCOPES[need], await tokens.get(platform, SCOPES[need]))
      }
    }
  }

  const kept = new Map<string, { until: number; platform: ReturnType<typeof findServicePlatform> }>()
  const lately = ({ networkId, platformId }: PlatformRef): ReturnType<typeof findServicePlatform> => {
    const name = `${networkId} ${platformId}`
    const known = kept.get(name)
    // Time as it passes, whatever the clock says.
    if (known && performance.now() < known.until) return known.platform
    const platform = findServicePlatform(db, networkId, platformId)
    kept.set(name, { until: performance.now() + PLATFORM_KEPT_MS, platform })
    platform.catch(() => kept.delete(name))
    return platform
  }

  const open = async (
    ref: PlatformRef,
    found = findServicePlatform(db, ref.networkId, ref.platformId),
  ): Promise<ServicePlatform> => {
    const platform = await found
    if (platform?.status === 'active') return platform
    throw new ServiceFailure({
      kind: 'refused',
      code: 'lms.connection_off',
      reason: 'The connection to this LMS is switched off or not confirmed yet.',
    })
  }

  const findOrMake: LtiGradebook['createLineItem'] = (ref, lineItemsUrl, item) =>
    answer(async () => {
      const platform = await open(ref)
      const { tag, resourceId } = item
      const known = await through(platform, 'columns', (ltijs) =>
        listLineItems(ltijs, platform, lineItemsUrl, { tag, resourceId }),
      )
      const ready = (lineItem: LineItem, isNew: boolean) => ({ kind: 'ready', lineItem, isNew }) as const
      if (known[0]) return ready(known[0], false)
      return ready(
        await through(platform, 'columns', (ltijs) =>
          createLineItem(ltijs, platform, lineItemsUrl, { ...item, launchUrl }),
        ),
        true,
      )
    })

  return {
    gradebook: {
      listLineItems: (ref, lineItemsUrl, filter = {}) =>
        answer(async () => {
          const platform = await open(ref)
          const lineItems = await through(platform, 'columns', (ltijs) =>
            listLineItems(ltijs, platform, lineItemsUrl, filter),
          )
          return { kind: 'read', lineItems } as const
        }),
      createLineItem: (ref, lineItemsUrl, item) => {
        // Two at once in this process would both find nothing and make two.
        const name = [ref.platformId, lineItemsUrl, item.tag, item.resourceId].join(' ')
        const made = making.get(name) ?? findOrMake(ref, lineItemsUrl, item).finally(() => making.delete(name))
        making.set(name, made)
        return made
      },
      postScore: (ref, lineItemUrl, score) =>
        answer(async () => {
          const platform = await open(ref, lately(ref))
          return postScore(callOf(platform), platform, lineItemUrl, score, { now: clock(), launchUrl })
        }),
      readResult: (ref, lineItemUrl, userId) =>
        answer(async () => {
          const platform = await open(ref, lately(ref))
          return readResult(callOf(platform), platform, { lineItemUrl, userId }, clock())
        }),
      listKept: (ref, lineItemUrl) =>
        answer(async () => {
          const platform = await open(ref, lately(ref))
          return listKept(callOf(platform), platform, lineItemUrl, clock())
        }),
    },
    roster: {
      readPage: async (ref, membershipsUrl, from) => {
        try {
          const platform = await open(ref)
          return await readRosterPage((run) => through(platform, 'roster', run), platform, membershipsUrl, from)
        } catch (error) {
          throw unavailable(error)
        }
      },
      listMembers: async function* (ref, membershipsUrl) {
        try {
          const platform = await open(ref)
          yield* listMembers((run) => through(platform, 'roster', run), platform, membershipsUrl)
        } catch (error) {
          throw unavailable(error)
        }
      },
    },
  }
}

/** A roster is read as a stream, so its troubles are thrown. */
function unavailable(error: unknown): unknown {
  if (error instanceof ServiceFailure) return new RosterUnavailable(error.trouble)
  return error instanceof OutgoingFailure ? new RosterUnavailable(troubleOfFailure(error)) : error
}

/** Troubles are answers of the port, not exceptions. */
async function answer<T>(run: () => Promise<T>): Promise<T | ServiceTrouble> {
  try {
    return await run()
  } catch (error) {
    if (error instanceof ServiceFailure) return error.trouble
    if (error instanceof OutgoingFailure) return troubleOfFailure(error)
    throw error
  }
}
