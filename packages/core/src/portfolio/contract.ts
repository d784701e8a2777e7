import * as z from 'zod'
import { PortfolioDraftId, PortfolioItemId } from '../kernel/ids.ts'
import { Instant, page, PageQuery, route, Ordinal } from '../kernel/route.ts'

/** What an item is for: the parts that applications for the community engagement credentials ask for, and anything else. */
export const PortfolioKind = z.enum([
  'self_assessment',
  'cv',
  'video',
  'work_samples',
  'essay',
  'action_plan',
  'reference_letter',
  'institutional_context',
  'artifact_essay',
  'other',
])
export type PortfolioKind = z.infer<typeof PortfolioKind>

const title = z.string().trim().min(1).max(200)
const params = z.object({ itemId: PortfolioItemId })
const Body = z.string().max(200_000)
const Link = z.httpUrl().max(2000).nullable()

/** One's own item by its newest draft. `words` of it; `handedIn`: drafts that were handed in somewhere. */
export const PortfolioItem = z.object({
  itemId: PortfolioItemId,
  title: z.string(),
  kind: PortfolioKind,
  draftId: PortfolioDraftId,
  number: z.number().int(),
  words: z.number().int(),
  savedAt: Instant,
  handedIn: z.number().int(),
})
export type PortfolioItem = z.infer<typeof PortfolioItem>

/** A kept draft never changes. The newest one is being written unless it is kept; then writing begins the next. */
export const PortfolioDraft = z.object({
  draftId: PortfolioDraftId,
  number: z.number().int(),
  body: z.string(),
  link: z.string().nullable(),
  note: z.string(),
  /** The number it was brought back from. */
  restoredFrom: z.number().int().nullable(),
  startedAt: Instant,
  savedAt: Instant,
  keptAt: Instant.nullable(),
  /** Titles of the rounds it was handed in to. */
  handedInTo: z.array(z.string()),
})
export type PortfolioDraft = z.infer<typeof PortfolioDraft>

/** Newest draft first; at most the 100 latest. */
export const PortfolioItemDetail = z.object({
  itemId: PortfolioItemId,
  title: z.string(),
  kind: PortfolioKind,
  drafts: z.array(PortfolioDraft).min(1),
})
export type PortfolioItemDetail = z.infer<typeof PortfolioItemDetail>

/** One's own items, the one last written first. Nobody else sees them. */
export const listPortfolioRoute = route({
  method: 'GET',
  path: '/api/portfolio',
  query: PageQuery,
  response: page(PortfolioItem),
})

export const createPortfolioItemRoute = route({
  method: 'POST',
  path: '/api/portfolio',
  body: z.object({ title, kind: PortfolioKind }),
  response: PortfolioItemDetail,
  refusals: ['portfolio.full'],
})

export const showPortfolioItemRoute = route({
  method: 'GET',
  path: '/api/portfolio/:itemId',
  params,
  response: PortfolioItemDetail,
  refusals: ['portfolio.not_found'],
})

export const changePortfolioItemRoute = route({
  method: 'PATCH',
  path: '/api/portfolio/:itemId',
  params,
  body: z.object({ title: title.optional(), kind: PortfolioKind.optional() }),
  response: PortfolioItemDetail,
  refusals: ['portfolio.not_found'],
})

/** Facts of `portfolio.draft_conflict`: the version already saved. */
export const PortfolioDraftConflict = z.object({
  saved: z.object({ body: z.string(), link: z.string().nullable(), savedAt: z.iso.datetime() }),
})

/** Autosave. `basedOn` is the `savedAt` last seen; another version in between is a conflict. */
export const savePortfolioDraftRoute = route({
  method: 'PUT',
  path: '/api/portfolio/:itemId/draft',
  params,
  body: z.object({ body: Body, link: Link, basedOn: Instant }),
  response: z.object({ savedAt: Instant, number: z.number().int(), isNew: z.boolean() }),
  refusals: ['portfolio.not_found', 'portfolio.draft_conflict', 'portfolio.full'],
})

/** Keeps the newest draft as it is, with a word on what it is; writing goes on in the next. */
export const keepPortfolioDraftRoute = route({
  method: 'POST',
  path: '/api/portfolio/:itemId/keep',
  params,
  body: z.object({ note: z.string().trim().max(200).default('') }),
  response: PortfolioItemDetail,
  refusals: ['portfolio.not_found', 'portfolio.empty'],
})

/** Brings an older draft back as the newest; the one it takes the place of is kept. */
export const restorePortfolioDraftRoute = route({
  method: 'POST',
  path: '/api/portfolio/:itemId/restore',
  params,
  body: z.object({ number: Ordinal }),
  response: PortfolioItemDetail,
  refusals: ['portfolio.not_found', 'portfolio.full'],
})

/** Takes an item out of the portfolio. What was handed in stays with its round. */
export const removePortfolioItemRoute = route({
  method: 'DELETE',
  path: '/api/portfolio/:itemId',
  params,
  response: z.object({ removed: z.literal(true) }),
  refusals: ['portfolio.not_found'],
})
