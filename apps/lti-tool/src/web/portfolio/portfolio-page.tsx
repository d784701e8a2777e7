import { useId, useState } from 'react'
import {
  createPortfolioItemRoute,
  listPortfolioRoute,
  PortfolioKind,
  type PortfolioItem,
} from '@copractice/core/portfolio'
import {
  ActionButton,
  AppLink,
  EmptyState,
  LoadingLines,
  PageTitle,
  ProblemNotice,
  Section,
  ShowMore,
  useGoTo,
  usePages,
  useSend,
  useTimes,
} from '@copractice/ui'
import { useSeen } from '../directory/session-provider.tsx'
import { useRefusals, useWords } from './say.ts'
import './portfolio.css'

/** One's own items, the one last written first, and beginning another. */
export function PortfolioPage() {
  const say = useWords()
  const refusals = useRefusals()
  const { cohort } = useSeen()
  const pages = usePages(listPortfolioRoute, { query: { limit: 50 } })
  const items = pages.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <div className="parts">
      <div className="page-head">
        <div>
          <PageTitle {...(cohort && { within: cohort.name })}>{say('title')}</PageTitle>
          <p className="lede">{say('lede')}</p>
        </div>
      </div>
      <Section title={say('list')}>
        {pages.isPending && <LoadingLines what={say('loading')} />}
        {pages.error && (
          <ProblemNotice problem={pages.error.problem} sayRefusal={refusals} onRetry={() => void pages.refetch()} />
        )}
        {pages.isSuccess && items.length === 0 && (
          <EmptyState title={say('none')} icon="document">
            {say('noneText')}
          </EmptyState>
        )}
        <ul className="list">
          {items.map((item) => (
            <Item key={item.itemId} item={item} />
          ))}
        </ul>
        <ShowMore of={pages} />
      </Section>
      <Begin />
    </div>
  )
}

function Item({ item }: { item: PortfolioItem }) {
  const say = useWords()
  const times = useTimes()
  const { itemId, title, kind, number, words, savedAt, handedIn } = item
  const facts = {
    number,
    words: say('words', { count: words }),
    when: times.dateTime(savedAt),
    kind: say(`kind.${kind}`),
  }
  return (
    <li>
      <h3>
        <AppLink href={`/portfolio/${itemId}`}>{title}</AppLink>
      </h3>
      <p className="small muted">
        {say('line', facts)} {handedIn > 0 && say('handedIn', { count: handedIn })}
      </p>
    </li>
  )
}

function Begin() {
  const say = useWords()
  const refusals = useRefusals()
  const goTo = useGoTo()
  const id = useId()
  const [title, setTitle] = useState('')
  const [kind, setKind] = useState<PortfolioKind>('essay')
  const create = useSend(createPortfolioItemRoute, {
    refreshes: [listPortfolioRoute],
    onDone: ({ itemId }) => goTo(`/portfolio/${itemId}`),
  })
  return (
    <Section title={say('begin')}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          if (title.trim()) create.mutate({ body: { title, kind } })
        }}
      >
        <div className="two">
          <div className="field">
            <label htmlFor={`${id}-t`}>{say('name')}</label>
            <input
              id={`${id}-t`}
              className="input"
              maxLength={200}
              required
              value={title}
              onChange={(event) => setTitle(event.target.value)}
            />
          </div>
          <div className="field">
            <label htmlFor={`${id}-k`}>{say('kind')}</label>
            <select
              id={`${id}-k`}
              className="input"
              value={kind}
              onChange={(event) => setKind(PortfolioKind.parse(event.target.value))}
            >
              {PortfolioKind.options.map((one) => (
                <option key={one} value={one}>
                  {say(`kind.${one}`)}
                </option>
              ))}
            </select>
          </div>
        </div>
        {create.error && <ProblemNotice problem={create.error.problem} sayRefusal={refusals} />}
        <p>
          <ActionButton type="submit" isBusy={create.isPending} isDisabled={!title.trim()}>
            {say('beginIt')}
          </ActionButton>
        </p>
      </form>
    </Section>
  )
}
