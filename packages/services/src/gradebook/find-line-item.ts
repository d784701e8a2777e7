import type { LtiGradebook, ServiceTrouble } from '@copractice/lti'
import type { Db } from '@copractice/store/database'
import { claimLineItem, saveLineItemUrl, type ClaimedScore } from '@copractice/store/gradebook'

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
  const claim = await claimLineItem(db, item, {
    now,
    until: new Date(now.getTime() + SECONDS_TO_MAKE_ONE * 1000),
  })
  if (claim === 'taken') return { kind: 'taken' }
  if (claim !== 'ours') return { kind: 'found', url: claim.url }

  const { label, maximum: scoreMaximum } = lineItem
  const platform = { networkId, platformId }
  const made = await gradebook
    .createLineItem(platform, lineItemsUrl, { label, tag: column, resourceId: roundId, scoreMaximum })
    .catch(async (error: unknown) => {
      await saveLineItemUrl(db, item, null)
      throw error
    })
  await saveLineItemUrl(db, item, made.kind === 'ready' ? made.lineItem.url : null)
  return made.kind === 'ready' ? { kind: 'found', url: made.lineItem.url } : made
}

/** The LMS has no such column any more: a score sent again looks for it anew. */
export const forgetLineItem = (db: Db, { networkId, lineItem }: ClaimedScore): Promise<void> =>
  saveLineItemUrl(db, { networkId, lineItemId: lineItem.id }, null)
