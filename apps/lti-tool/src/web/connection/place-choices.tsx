import { useDeferredValue, useState } from 'react'
import { TextInput } from '@instructure/ui/v11_7'
import { listPlaceable, type Placeable, type PlaceableKind } from '@copractice/core/connection'
import type { PlacingId } from '@copractice/core/kernel'
import { EmptyState, Icon, LoadingLines, ProblemNotice, ShowMore, usePages, useTimes } from '@copractice/ui'
import { useRefusals, useWords } from './say.ts'

/** What there is of one kind, to search and to choose from: boxes where several may be taken, else one of them. */
export function PlaceChoices(props: {
  placingId: PlacingId
  kind: PlaceableKind
  takesSeveral: boolean
  takesColumns: boolean
  isChosen: (one: Placeable) => boolean
  onToggle: (one: Placeable) => void
}) {
  const { placingId, kind, takesSeveral, takesColumns, isChosen, onToggle } = props
  const say = useWords()
  const refusals = useRefusals()
  const [text, setText] = useState('')
  const search = useDeferredValue(text.trim())
  const query = { kind, limit: 20, ...(search ? { search } : {}) }
  const pages = usePages(listPlaceable, { params: { placingId }, query })
  const items = pages.data?.pages.flatMap((page) => page.items)
  return (
    <div className="stack">
      <TextInput
        renderLabel={say('place.search')}
        type="search"
        value={text}
        renderBeforeInput={<Icon name="search" small />}
        onChange={(_event, value) => setText(value)}
      />
      {pages.error && (
        <ProblemNotice problem={pages.error.problem} sayRefusal={refusals} onRetry={() => void pages.refetch()} />
      )}
      {!items && !pages.error && <LoadingLines what={say('place.listLoading')} />}
      {items?.length === 0 && (
        <EmptyState title={search ? say('place.noneFound', { text: search }) : say(`place.none.${kind}`)}>
          {search ? undefined : say(`place.noneText.${kind}`)}
        </EmptyState>
      )}
      {items && items.length > 0 && (
        <fieldset className="place-list">
          <legend>{say(`place.list.${kind}`)}</legend>
          {items.map((one) => (
            <label key={one.id} className="place-option">
              <input
                type={takesSeveral ? 'checkbox' : 'radio'}
                name="placed"
                checked={isChosen(one)}
                onChange={() => onToggle(one)}
              />
              <span>
                <strong>{one.title}</strong> <Facts one={one} takesColumns={takesColumns} />
              </span>
            </label>
          ))}
        </fieldset>
      )}
      {pages.hasNextPage && (
        <p className="more">
          <ShowMore of={pages}>{say('place.more')}</ShowMore>
        </p>
      )}
    </div>
  )
}

function Facts({ one, takesColumns }: { one: Placeable; takesColumns: boolean }) {
  const say = useWords()
  const times = useTimes()
  const line = (words: string) => <span className="small muted">{words}</span>
  switch (one.kind) {
    case 'space':
    case 'practice':
      return line(one.theme)
    case 'meeting':
      return line(say('place.meetingFacts', { cohort: one.cohort.name, when: times.dateTime(one.startsAt) }))
    case 'convening':
      return line(say('place.conveningFacts', { region: one.region, when: times.dateTime(one.startsAt) }))
    case 'round': {
      const facts = { cohort: one.cohort.name, when: times.dateTime(one.submitUntil) }
      return (
        <>
          {line(one.phase === 'draft' ? say('place.roundDraft', facts) : say('place.roundFacts', facts))}
          {takesColumns && line(say('place.roundColumn', { maximum: one.workMaximum }))}
        </>
      )
    }
  }
}
