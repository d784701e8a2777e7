import {
  listPortfolioRoute,
  restorePortfolioDraftRoute,
  showPortfolioItemRoute,
  type PortfolioDraft,
  type PortfolioItemDetail,
} from '@copractice/core/portfolio'
import { countWords } from '@copractice/core/review'
import { ActionButton, Icon, ProblemNotice, Section, StatusPill, useSend, useTell, useTimes } from '@copractice/ui'
import { useRefusals, useWords } from './say.ts'

type Restoring = Readonly<{
  item: PortfolioItemDetail
  before: () => Promise<boolean>
  onRestored: (item: PortfolioItemDetail) => void
}>

/** Every draft, newest first: read it, or go on from it. */
export function DraftHistory(props: Restoring) {
  const say = useWords()
  return (
    <Section title={say('drafts')}>
      <ol className="list">
        {props.item.drafts.map((draft, place) => (
          <Draft key={draft.number} {...props} draft={draft} isLatest={place === 0} />
        ))}
      </ol>
    </Section>
  )
}

function Draft(props: Restoring & Readonly<{ draft: PortfolioDraft; isLatest: boolean }>) {
  const { item, draft, isLatest, before, onRestored } = props
  const say = useWords()
  const refusals = useRefusals()
  const times = useTimes()
  const tell = useTell()
  const { number, body, link, note, restoredFrom, savedAt, keptAt, handedInTo } = draft
  const restore = useSend(restorePortfolioDraftRoute, {
    refreshes: [showPortfolioItemRoute, listPortfolioRoute],
    onDone: (restored) => {
      onRestored(restored)
      tell({ text: say('restored', { number }) })
    },
  })
  const onRestore = async () => {
    if (await before()) restore.mutate({ params: { itemId: item.itemId }, body: { number } })
  }
  return (
    <li>
      <p className="row between">
        <strong>{say(isLatest && !keptAt ? 'draftNow' : 'draft', { number })}</strong>
        {keptAt && <StatusPill tone="plain">{say('isKept')}</StatusPill>}
      </p>
      {note && <p className="voice small">{note}</p>}
      <p className="small muted">
        {say('draftLine', { words: say('words', { count: countWords(body) }), when: times.dateTime(savedAt) })}{' '}
        {restoredFrom && say('from', { number: restoredFrom })}{' '}
        {handedInTo.map((round) => say('handedInTo', { round })).join(' ')}
      </p>
      {!isLatest && (
        <details className="fold-out small">
          <summary>
            <Icon name="chevron" small />
            {say('read', { number })}
          </summary>
          <p className="voice draft-text">{body || say('empty')}</p>
          {link && <p className="wrap-any">{link}</p>}
          <ActionButton weight="secondary" size="small" isBusy={restore.isPending} onClick={() => void onRestore()}>
            {say('restore', { number })}
          </ActionButton>
          {restore.error && <ProblemNotice problem={restore.error.problem} sayRefusal={refusals} />}
        </details>
      )}
    </li>
  )
}
