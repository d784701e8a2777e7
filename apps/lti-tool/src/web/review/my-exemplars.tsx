import type { ReactNode } from 'react'
import { myExemplarsRoute, type RoundDetail } from '@copractice/core/review'
import { ButtonLink, LoadingLines, Section, StatusPill, useRoute } from '@copractice/ui'
import { useWords } from './say.ts'
import { useTeamWords } from './say-teams.ts'

/** The works everybody marks, above one's own reviews; those asked for first keep the reviews back until they are sent. */
export function MyExemplars({ round: { roundId, phase }, children }: { round: RoundDetail; children: ReactNode }) {
  const say = useTeamWords()
  const words = useWords()
  const mine = useRoute(myExemplarsRoute, { params: { roundId } })
  if (mine.isPending) return <LoadingLines what={words('toReview.title')} />
  const all = mine.data?.exemplars ?? []
  if (all.length === 0 || phase === 'draft') return children
  const isWaiting = phase === 'review' && all.some(({ askedFirst, filedAt }) => askedFirst && filedAt === null)
  return (
    <>
      <Section title={say(isWaiting ? 'mine.title' : 'mine.titleLater')}>
        <p className="muted">{say('mine.text')}</p>
        <ul className="list">
          {all.map(({ exemplarId, title, savedAt, filedAt }) => (
            <li key={exemplarId} className="row between">
              <span>
                <strong>{title}</strong> {filedAt && <StatusPill tone="ok">{words('pairs.state.filed')}</StatusPill>}
              </span>
              {(filedAt || phase !== 'closed') && (
                <ButtonLink
                  href={`/reviews/exemplars/${exemplarId}`}
                  weight={filedAt || !isWaiting ? 'quiet' : 'primary'}
                >
                  {say(filedAt ? 'mine.look' : savedAt ? 'mine.goOn' : 'mine.open')}
                </ButtonLink>
              )}
            </li>
          ))}
        </ul>
        {isWaiting && <p>{say('mine.then')}</p>}
      </Section>
      {!isWaiting && children}
    </>
  )
}
