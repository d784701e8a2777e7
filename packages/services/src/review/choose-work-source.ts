import type { Actor } from '@copractice/core/directory'
import { ok, refuse, type PortfolioDraftId, type Refusal, type Result, type RoundId } from '@copractice/core/kernel'
import {
  editWork,
  takesKind,
  type AlreadyHandedIn,
  type HandingRefusal,
  type KindNotTaken,
  type MyWork,
  type WorkLink,
} from '@copractice/core/review'
import type { Db } from '@copractice/store/database'
import { findOwnDraft, keepDraft } from '@copractice/store/portfolio'
import { changeWork } from './save-work.ts'

type Choosing = HandingRefusal | AlreadyHandedIn | KindNotTaken
type PortfolioRefusal = Refusal<'portfolio.not_found' | 'portfolio.empty', Readonly<Record<string, never>>>

/** The link of the actor's work; null takes it out. */
export function setLink(
  db: Db,
  actor: Actor,
  { roundId, link }: Readonly<{ roundId: RoundId; link: WorkLink | null }>,
  now: Date,
): Promise<Result<MyWork, Choosing>> {
  return changeWork<Choosing>(db, actor, roundId, now, async ({ round, viewer, state }) => {
    const decision = editWork(round, viewer, state)
    if (!decision.ok) return decision
    const taken = link ? takesKind(round, link.kind) : ok(true)
    if (!taken.ok) return taken
    return ok({ link, portfolioDraftId: null })
  })
}

/** The draft is kept, so that it never changes, and the work becomes a copy of its text and link. */
export function choosePortfolioDraft(
  db: Db,
  actor: Actor,
  { roundId, draftId }: Readonly<{ roundId: RoundId; draftId: PortfolioDraftId }>,
  now: Date,
): Promise<Result<MyWork, Choosing | PortfolioRefusal>> {
  return changeWork<Choosing | PortfolioRefusal>(db, actor, roundId, now, async ({ round, viewer, state }, trx) => {
    const decision = editWork(round, viewer, state)
    if (!decision.ok) return decision
    const taken = takesKind(round, 'portfolio')
    if (!taken.ok) return taken
    const draft = await findOwnDraft(trx, actor, draftId)
    if (!draft) return refuse('portfolio.not_found', {})
    if (draft.body.trim() === '' && draft.link === null) return refuse('portfolio.empty', {})
    await keepDraft(trx, actor.networkId, draftId, now)
    const link = draft.link === null ? null : { url: draft.link, kind: 'link' as const }
    return ok({ body: draft.body, link, portfolioDraftId: draftId })
  })
}
