import { useDeferredValue, useState } from 'react'
import { TextInput } from '@instructure/ui/v11_7'
import { bindCourseLink, listCohortChoices, type CohortChoice } from '@copractice/core/cohort'
import { getSession } from '@copractice/core/directory'
import {
  ActionButton,
  ConfirmModal,
  EmptyState,
  Icon,
  Loaded,
  PageTitle,
  ProblemNotice,
  useRoute,
  useSend,
  useTell,
  useTimes,
} from '@copractice/ui'
import { CopiedLink } from '../connection/copied-link.tsx'
import { useSeen } from '../directory/session-provider.tsx'
import { useRefusals, useWords } from './say.ts'
import './cohort.css'

/** The first opening of a course link: the instructor says which cohort it opens. Everyone else waits, and is told so. */
export function ChooseCohortPage() {
  const say = useWords()
  const mayChoose = useSeen().can.chooseCohort
  return (
    <>
      <div className="page-head">
        <div>
          <PageTitle within="Copractice">{say(mayChoose ? 'choose.title' : 'choose.waitTitle')}</PageTitle>
          <p className="lede">{say(mayChoose ? 'choose.lede' : 'choose.wait')}</p>
        </div>
      </div>
      {mayChoose && (
        <>
          <CopiedLink />
          <Choices />
        </>
      )}
    </>
  )
}

function Choices() {
  const say = useWords()
  const refusals = useRefusals()
  const tell = useTell()
  const [text, setText] = useState('')
  const search = useDeferredValue(text.trim())
  const [asked, setAsked] = useState<CohortChoice | null>(null)
  const choices = useRoute(listCohortChoices, { query: search ? { search } : {} }, { keepPrevious: true })
  const bind = useSend(bindCourseLink, {
    refreshes: [getSession],
    onDone: ({ name }) => tell({ text: say('choose.done', { name }) }),
  })
  return (
    <section aria-label={say('choose.list')} className="stack">
      <TextInput
        renderLabel={say('choose.search')}
        type="search"
        value={text}
        renderBeforeInput={<Icon name="search" small />}
        onChange={(_event, value) => setText(value)}
      />
      {bind.error && <ProblemNotice problem={bind.error.problem} sayRefusal={refusals} />}
      <Loaded from={choices} what={say('choose.loading')} sayRefusal={refusals}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState title={search ? say('choose.noneFound', { text: search }) : say('choose.none')} icon="people">
              {search ? undefined : say('choose.noneText')}
            </EmptyState>
          ) : (
            <ul className="list choices">
              {items.map((choice) => (
                <Choice key={choice.id} choice={choice} onChoose={() => setAsked(choice)} />
              ))}
            </ul>
          )
        }
      </Loaded>
      <ConfirmModal
        isOpen={asked !== null}
        title={say('choose.ask', { name: asked?.name ?? '' })}
        confirm={say('choose.open')}
        isBusy={bind.isPending}
        onClose={() => setAsked(null)}
        onConfirm={() => asked && bind.mutate({ body: { cohortId: asked.id } }, { onSettled: () => setAsked(null) })}
      >
        <p>
          {say('choose.askText', {
            name: asked?.name ?? '',
            taken: asked?.seats.taken ?? 0,
            capacity: asked?.seats.capacity ?? 0,
          })}
        </p>
      </ConfirmModal>
    </section>
  )
}

function Choice({ choice, onChoose }: { choice: CohortChoice; onChoose: () => void }) {
  const say = useWords()
  const times = useTimes()
  const { name, theme, region, seats, seatedFromCampus, nextMeetingAt } = choice
  const facts = say('choose.facts', {
    region,
    taken: seats.taken,
    capacity: seats.capacity,
    campus: seatedFromCampus,
  })
  return (
    <li className="row between">
      <div>
        <h2>{name}</h2>
        <p>{theme}</p>
        <p className="small muted">
          {facts} {nextMeetingAt ? say('choose.next', { when: times.date(nextMeetingAt) }) : say('choose.noNext')}
        </p>
      </div>
      <ActionButton weight="secondary" onClick={onChoose}>
        {say('choose.open')}
        <span className="vh"> ({name})</span>
      </ActionButton>
    </li>
  )
}
