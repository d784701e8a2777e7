import type { LtiGradebook, ServiceTrouble } from '@copractice/lti'
import type { Db } from '@copractice/store/database'
import { claimLineItem, forgetLineItemUrl, saveLineItemUrl, type ClaimedScore } from '@copractice/store/gradebook'

type Deps = Readonly<{ db: Db; gradebook: LtiGradebook; clock: () => Date }>
type Found =
  | Readonly<{ kind: 'found'; url: string }>
  | Readonly<{ kind: 'no_gradebook' }>
  /** Another worker is making it right now. */
  | Readonly<{ kind: 'taken' }>
  | ServiceTrouble

const SECONDS_TO_MAKE_ONE = 60

/**
 * The URL of the column a score goes to. It is made in the LMS with the first score, found again by tag and resource id
 * (so a crash in between makes no second one), and by one worker only.
 */
export async function findLineItem({ db, gradebook, clock }: Deps, score: ClaimedScore): Promise<Found> {
  const { networkId, platformId, lineItemsUrl, lineItem, roundId, column } = score
  if (lineItem.url) return { kind: 'found', url: lineItem.url }
  if (!lineItemsUrl) return { kind: 'no_gradebook' }

  const item = { networkId, lineItemId: lineItem.id }
  const now = clock()
  const claimedUntil = new Date(now.getTime() + SECONDS_TO_MAKE_ONE * 1000)
  const claim = await claimLineItem(db, item, { now, until: claimedUntil })
  if (claim === 'taken') return { kind: 'taken' }
  if (claim !== 'ours') return { kind: 'found', url: claim.url }

  const { label, maximum: scoreMaximum } = lineItem
  const platform = { networkId, platformId }
  const made = await gradebook
    .createLineItem(platform, lineItemsUrl, { label, tag: column, resourceId: roundId, scoreMaximum })
    .catch(async (error: unknown) => {
      await saveLineItemUrl(db, item, { url: null, claimedUntil })
      throw error
    })
  const isReady = made.kind === 'ready'
  const isOurs = await saveLineItemUrl(db, item, { url: isReady ? made.lineItem.url : null, claimedUntil })
  if (!isReady) return made
  // Another worker took over while the LMS was slow: the column that it finds or makes is the column.
  return isOurs ? { kind: 'found', url: made.lineItem.url } : { kind: 'taken' }
}

/** The LMS has no such column any more: a score sent again looks for it anew. */
export const forgetLineItem = (db: Db, { networkId, lineItem }: ClaimedScore, url: string): Promise<void> =>
  forgetLineItemUrl(db, { networkId, lineItemId: lineItem.id }, url)
