import { useDeferredValue, useId, useState } from 'react'
import { createRubricRoute, listRubricsRoute, rubricTemplatesRoute, type RubricSummary } from '@copractice/core/review'
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
  useRoute,
  useSend,
  useTell,
  useTimes,
} from '@copractice/ui'
import { useSeen } from '../directory/session-provider.tsx'
import { ImportRubric } from './import-rubric.tsx'
import { useSetupRefusals, useSetupWords } from './say-setup.ts'
import './review.css'

/** The network's rubrics: found, begun from a template or a file, and put away. */
export function RubricsPage() {
  const say = useSetupWords()
  const { cohort } = useSeen()
  return (
    <div className="parts in-order">
      <div className="page-head">
        <div>
          <p className="small">
            <AppLink href="/reviews">{say('library.back')}</AppLink>
          </p>
          <PageTitle {...(cohort && { within: cohort.name })}>{say('library.title')}</PageTitle>
          <p className="lede">{say('library.lede')}</p>
        </div>
      </div>
      <Library />
      <Begin />
    </div>
  )
}

function Library() {
  const say = useSetupWords()
  const refusals = useSetupRefusals()
  const id = useId()
  const [typed, setTyped] = useState('')
  const [isArchived, setIsArchived] = useState(false)
  const search = useDeferredValue(typed)
  const asked = { query: { limit: 20, search, archived: isArchived ? ('yes' as const) : ('no' as const) } }
  const pages = usePages(listRubricsRoute, asked, { keepPrevious: true })
  const rubrics = pages.data?.pages.flatMap(({ items }) => items) ?? []
  return (
    <Section title={say('library.list')}>
      <div className="row between">
        <div className="field grow">
          <label htmlFor={id}>{say('library.search')}</label>
          <input
            id={id}
            className="input"
            type="search"
            maxLength={100}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
        </div>
        <label className="choice">
          <input type="checkbox" checked={isArchived} onChange={(event) => setIsArchived(event.target.checked)} />
          <span>{say('library.archived')}</span>
        </label>
      </div>
      {pages.isPending && <LoadingLines what={say('library.list')} />}
      {pages.error && (
        <ProblemNotice problem={pages.error.problem} sayRefusal={refusals} onRetry={() => void pages.refetch()} />
      )}
      <p className="vh" role="status">
        {pages.isSuccess && say('library.found', { count: rubrics.length })}
      </p>
      {pages.isSuccess && rubrics.length === 0 && (
        <EmptyState title={say(typed || isArchived ? 'library.noneFound' : 'library.none')} icon="document">
          {typed || isArchived ? undefined : say('library.noneText')}
        </EmptyState>
      )}
      <ul className="list">
        {rubrics.map((rubric) => (
          <Line key={rubric.rubricId} rubric={rubric} />
        ))}
      </ul>
      <ShowMore of={pages} />
    </Section>
  )
}

function Line({ rubric }: { rubric: RubricSummary }) {
  const say = useSetupWords()
  const times = useTimes()
  const { rubricId, title, number, criteria, points, rounds, changedAt } = rubric
  return (
    <li>
      <h3>
        <AppLink href={`/reviews/rubrics/${rubricId}`}>{title}</AppLink>
      </h3>
      <p className="small">{criteria.join(' · ')}</p>
      <p className="small muted">
        {say('library.facts', { number, points, when: times.date(changedAt) })}{' '}
        {say('library.rounds', { count: rounds })}
      </p>
    </li>
  )
}

function Begin() {
  const say = useSetupWords()
  const refusals = useSetupRefusals()
  const tell = useTell()
  const goTo = useGoTo()
  const id = useId()
  const [key, setKey] = useState('')
  const templates = useRoute(rubricTemplatesRoute, {})
  const template = templates.data?.items.find((one) => one.key === key)
  const open = ({ rubricId, title }: { rubricId: string; title: string }) => {
    tell({ text: say('picker.kept', { title }) })
    goTo(`/reviews/rubrics/${rubricId}`)
  }
  const create = useSend(createRubricRoute, { refreshes: [listRubricsRoute], onDone: open })
  return (
    <Section title={say('library.begin')}>
      <div className="stack">
        <div className="row">
          <div className="field grow">
            <label htmlFor={id}>{say('library.template')}</label>
            <select id={id} className="input" value={key} onChange={(event) => setKey(event.target.value)}>
              <option value="">{say('picker.choose')}</option>
              {templates.data?.items.map((one) => (
                <option key={one.key} value={one.key}>
                  {one.title}
                </option>
              ))}
            </select>
          </div>
          <ActionButton
            weight="secondary"
            isBusy={create.isPending}
            isDisabled={!template}
            onClick={() =>
              template && create.mutate({ body: { title: template.title, note: '', rubric: template.rubric } })
            }
          >
            {say('library.beginIt')}
          </ActionButton>
        </div>
        {create.error && <ProblemNotice problem={create.error.problem} sayRefusal={refusals} />}
        <ImportRubric onDone={open} />
      </div>
    </Section>
  )
}
