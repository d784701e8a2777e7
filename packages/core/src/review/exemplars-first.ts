import type { ExemplarId } from '../kernel/ids.ts'
import { ok, refuse, type Refusal, type Result } from '../kernel/result.ts'
import type { Phase } from './contract.ts'

export type ExemplarsFirst = Refusal<
  'review.exemplars_first',
  Readonly<{ exemplars: readonly Readonly<{ exemplarId: ExemplarId; title: string }>[] }>
>
type Asked = Readonly<{
  exemplarId: ExemplarId
  title: string
  askedFirst: boolean
  /** It has words or files: one that has neither yet is asked of nobody. */
  isReady: boolean
  /** This reviewer has sent their marking of it. */
  isFiled: boolean
}>

/**
 * May somebody open, save or send one of their reviews? Not before they sent their marking of every exemplar that is asked
 * first. A review begun stays open to whoever began it, when an exemplar comes later; once the round is closed nothing is
 * asked any more.
 */
export function exemplarsFirst(
  { phase }: Readonly<{ phase: Phase }>,
  review: Readonly<{ savedAt: Date | null; filedAt: Date | null }>,
  asked: readonly Asked[],
): Result<true, ExemplarsFirst> {
  if (phase !== 'review' || review.savedAt || review.filedAt) return ok(true)
  const waiting = asked.filter(({ askedFirst, isReady, isFiled }) => askedFirst && isReady && !isFiled)
  return waiting.length > 0
    ? refuse('review.exemplars_first', { exemplars: waiting.map(({ exemplarId, title }) => ({ exemplarId, title })) })
    : ok(true)
}
