import { useCallback, useRef, useState } from 'react'
import { useParams } from '@tanstack/react-router'
import { PortfolioItemId } from '@copractice/core/kernel'
import {
  listPortfolioRoute,
  removePortfolioItemRoute,
  showPortfolioItemRoute,
  type PortfolioItemDetail,
} from '@copractice/core/portfolio'
import {
  ActionButton,
  AppLink,
  ConfirmModal,
  Loaded,
  PageTitle,
  ProblemNotice,
  useRoute,
  useSend,
  useTell,
  useGoTo,
} from '@copractice/ui'
import { NotFoundHere } from '../directory/not-found-page.tsx'
import { useSeen } from '../directory/session-provider.tsx'
import { DraftHistory } from './draft-history.tsx'
import { DraftWriting } from './draft-writing.tsx'
import { useRefusals, useWords } from './say.ts'
import './portfolio.css'

/** One item: its newest draft to write in, and every draft before it. */
export function PortfolioItemPage() {
  const say = useWords()
  const refusals = useRefusals()
  const id = PortfolioItemId.safeParse(useParams({ strict: false }).itemId)
  const itemId = id.data ?? ('' as PortfolioItemId)
  const item = useRoute(showPortfolioItemRoute, { params: { itemId } }, { enabled: id.success })
  if (!id.success) return <NotFoundHere />
  return (
    <Loaded from={item} what={say('loading')} lines={8} sayRefusal={refusals}>
      {(item) => <Item item={item} />}
    </Loaded>
  )
}

function Item({ item }: { item: PortfolioItemDetail }) {
  const say = useWords()
  const { cohort } = useSeen()
  const { title, kind, drafts } = item
  // A draft brought back takes the place of the one on screen, as it came in the answer; one that grew does not.
  const [start, setStart] = useState({ item, times: 0 })
  const flush = useRef<() => Promise<boolean>>(async () => true)
  const onReady = useCallback((ready: () => Promise<boolean>) => {
    flush.current = ready
  }, [])
  return (
    <>
      <div className="page-head">
        <div>
          <p className="small">
            <AppLink href="/portfolio">{say('back')}</AppLink>
          </p>
          <PageTitle {...(cohort && { within: cohort.name })}>{title}</PageTitle>
          <p className="small muted">{say('itemFacts', { kind: say(`kind.${kind}`), number: drafts[0]!.number })}</p>
        </div>
        <div className="row head-actions">
          <Remove item={item} />
        </div>
      </div>
      <div className="drafts">
        <DraftWriting key={start.times} item={start.item} onReady={onReady} />
        <DraftHistory
          item={item}
          before={() => flush.current()}
          onRestored={(item) => setStart(({ times }) => ({ item, times: times + 1 }))}
        />
      </div>
    </>
  )
}

function Remove({ item: { itemId, title } }: { item: PortfolioItemDetail }) {
  const say = useWords()
  const refusals = useRefusals()
  const tell = useTell()
  const goTo = useGoTo()
  const [isAsking, setIsAsking] = useState(false)
  const remove = useSend(removePortfolioItemRoute, {
    refreshes: [listPortfolioRoute],
    onDone: () => {
      tell({ text: say('removed', { title }) })
      goTo('/portfolio')
    },
  })
  return (
    <>
      <ActionButton weight="quiet" onClick={() => setIsAsking(true)}>
        {say('remove')}
      </ActionButton>
      <ConfirmModal
        isOpen={isAsking}
        title={say('removeAsk', { title })}
        confirm={say('remove')}
        isBusy={remove.isPending}
        onClose={() => setIsAsking(false)}
        onConfirm={() => remove.mutate({ params: { itemId } })}
      >
        <p>{say('removeText')}</p>
        {remove.error && <ProblemNotice problem={remove.error.problem} sayRefusal={refusals} />}
      </ConfirmModal>
    </>
  )
}
