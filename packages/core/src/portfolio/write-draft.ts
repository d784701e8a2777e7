import { ok, refuse, type Refusal, type Result } from '../kernel/result.ts'

export const ITEMS_AT_MOST = 100
export const DRAFTS_AT_MOST = 500
/** Writing that begins again after this long begins a draft of its own, so that yesterday's can be had back. */
const SITTING_MS = 30 * 60_000

export type DraftState = Readonly<{
  number: number
  body: string
  link: string | null
  savedAt: Date
  keptAt: Date | null
}>
type Written = Readonly<{ body: string; link: string | null }>
export type PortfolioFull = Refusal<'portfolio.full', Readonly<{ most: number }>>
export type SaveDraftRefusal =
  | PortfolioFull
  | Refusal<'portfolio.draft_conflict', Readonly<{ saved: Written & Readonly<{ savedAt: Date }> }>>

export const saysTheSame = (one: Written, other: Written): boolean => one.body === other.body && one.link === other.link

/**
 * Where writing goes: into the newest draft, or, when that one is kept or was last written in another sitting, into a new
 * one with the next number. A save that says nothing new changes nothing. A version in between is a conflict that shows it.
 */
export function saveDraft(
  latest: DraftState,
  given: Written & Readonly<{ basedOn: Date }>,
  now: Date,
): Result<{ into: 'nowhere' | 'latest' | 'next' }, SaveDraftRefusal> {
  const { body, link, savedAt, keptAt, number } = latest
  if (saysTheSame(latest, given)) return ok({ into: 'nowhere' })
  if (given.basedOn.getTime() !== savedAt.getTime())
    return refuse('portfolio.draft_conflict', { saved: { body, link, savedAt } })
  const isBlank = body.trim() === '' && link === null
  if (!keptAt && (isBlank || now.getTime() - savedAt.getTime() < SITTING_MS)) return ok({ into: 'latest' })
  return number >= DRAFTS_AT_MOST ? refuse('portfolio.full', { most: DRAFTS_AT_MOST }) : ok({ into: 'next' })
}
