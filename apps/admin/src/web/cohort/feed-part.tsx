import { useState } from 'react'
import { endFeed, makeFeed, showFeed } from '@copractice/core/meeting'
import { ActionButton, Card, Loaded, Notice, ProblemNotice, useRoute, useSend, useTell, useTimes } from '@copractice/ui'
import { CopyValue } from '../connection/copy-value.tsx'
import { useSeasonWords } from './say-season.ts'

/** The reader's own address of the season for their calendar programme: made, renewed, ended. Shown once. */
export function FeedPart() {
  const words = useSeasonWords()
  const times = useTimes()
  const tell = useTell()
  const [url, setUrl] = useState<string | null>(null)
  const feed = useRoute(showFeed, {})
  const make = useSend(makeFeed, { refreshes: [showFeed], onDone: (made) => setUrl(made.url) })
  const end = useSend(endFeed, {
    refreshes: [showFeed],
    onDone: () => {
      setUrl(null)
      tell({ text: words('feed.ended') })
    },
  })
  const problem = (make.error ?? end.error)?.problem
  return (
    <Card title={words('feed')}>
      <div className="stack">
        <p className="muted">{words('feed.text')}</p>
        {url && (
          <Notice tone="info" live>
            <p>{words('feed.shown')}</p>
            <CopyValue label={words('feed.address')} value={url} />
          </Notice>
        )}
        {problem && <ProblemNotice problem={problem} />}
        <Loaded from={feed} what={words('feed')} lines={1}>
          {(found) => (
            <>
              {found && (
                <p className="small">
                  {words('feed.made', { date: times.date(found.madeAt) })}{' '}
                  {found.lastReadAt
                    ? words('feed.read', { when: times.moment(found.lastReadAt) })
                    : words('feed.unread')}
                </p>
              )}
              <div className="row">
                <ActionButton
                  weight="secondary"
                  icon="calendar"
                  isBusy={make.isPending}
                  onClick={() => make.mutate({})}
                >
                  {words(found ? 'feed.renew' : 'feed.make')}
                </ActionButton>
                {found && (
                  <ActionButton weight="bad" isBusy={end.isPending} onClick={() => end.mutate({})}>
                    {words('feed.end')}
                  </ActionButton>
                )}
              </div>
            </>
          )}
        </Loaded>
      </div>
    </Card>
  )
}
