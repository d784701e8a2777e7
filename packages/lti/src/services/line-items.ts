import type { ProviderClass } from 'ltijs'
import * as z from 'zod'
import { submissionReviewOf } from '@copractice/core/connection'
import type { ServicePlatform } from '@copractice/store/connection'
import { isText } from '../launch/claims.ts'
import type { LineItem, LineItemFilter, NewLineItem } from './port.ts'
import { ServiceFailure, unreadable } from './trouble.ts'

const Item = z
  .object({
    id: z
      .url({ protocol: /^https?$/ })
      .max(2000)
      .refine(isText),
    label: z.string().catch(''),
    scoreMaximum: z.coerce.number(),
    tag: z.string().nullish().catch(null),
    resourceId: z.coerce.string().nullish().catch(null),
  })
  .transform(({ id, label, scoreMaximum, tag, resourceId }): LineItem => ({
    url: id,
    label,
    scoreMaximum,
    tag: tag ?? null,
    resourceId: resourceId ?? null,
  }))

const MOST_PAGES = 50

const asLaunched = ({ issuer, clientId }: ServicePlatform, lineItemsUrl: string) => ({
  iss: issuer,
  clientId,
  platformContext: { endpoint: { lineitems: lineItemsUrl } },
})

/** All columns that match, over all pages. Filters again, because platforms may ignore a filter. */
export async function listLineItems(
  engine: ProviderClass,
  platform: ServicePlatform,
  lineItemsUrl: string,
  filter: LineItemFilter,
): Promise<readonly LineItem[]> {
  const launched = asLaunched(platform, lineItemsUrl)
  const found: LineItem[] = []
  let next: string | undefined
  for (let page = 0; page < MOST_PAGES; page++) {
    const answer = await engine.Grade.getLineItems(launched, next ? { url: next } : { ...filter })
    const items = z.array(Item).safeParse(answer.lineItems)
    if (!items.success) throw new ServiceFailure(unreadable())
    found.push(...items.data)
    next = answer.next
    // A next page elsewhere would be sent our access token.
    if (!next || !URL.canParse(next) || new URL(next).origin !== new URL(lineItemsUrl).origin) break
  }
  return found.filter(
    ({ tag, resourceId }) =>
      (filter.tag === undefined || filter.tag === tag) &&
      (filter.resourceId === undefined || filter.resourceId === resourceId),
  )
}

/**
 * Makes a column of its own: with a resourceLinkId, Moodle would take the link's own column away. A column for work says
 * how the work opens from it; Canvas does not know that part and leaves it aside.
 */
export async function createLineItem(
  engine: ProviderClass,
  platform: ServicePlatform,
  lineItemsUrl: string,
  item: NewLineItem & Readonly<{ launchUrl: string }>,
): Promise<LineItem> {
  const { label, tag, resourceId, scoreMaximum, launchUrl } = item
  const answer = await engine.Grade.createLineItem(asLaunched(platform, lineItemsUrl), {
    label,
    tag,
    resourceId,
    scoreMaximum,
    ...(tag === 'work' ? { submissionReview: submissionReviewOf(resourceId, launchUrl) } : {}),
  })
  const made = Item.safeParse(answer)
  if (!made.success) throw new ServiceFailure(unreadable())
  return made.data
}
