import { useDeferredValue, useEffect, useState } from 'react'
import { Checkbox, TextInput } from '@instructure/ui/v11_7'
import { rosterRoute, rosterSyncRoute, type RosterPerson, type RosterState } from '@copractice/core/gradebook'
import {
  type Column,
  DataTable,
  EmptyState,
  Icon,
  Loaded,
  LoadingLines,
  ProblemNotice,
  Section,
  ShowMore,
  usePages,
  useRoute,
  useTimes,
} from '@copractice/ui'
import { useSeen } from '../directory/session-provider.tsx'
import { RosterSyncLine } from './roster-sync-line.tsx'
import { SectionFilter } from './section-filter.tsx'
import { useRefusals, useWords } from './say.ts'
import './gradebook.css'

const LIVE_MS = 2_000
const CALM_MS = 60_000
const isLive = (state: RosterState | undefined): boolean =>
  state?.sync.status === 'running' || (state?.sync.status === 'waiting' && state.sync.problem === null)

/** The people of the course as its LMS lists them, for those who teach it: how the reading stands, then everyone. */
export function RosterPart() {
  const say = useWords()
  const refusals = useRefusals()
  const { course } = useSeen()
  const state = useRoute(rosterSyncRoute, {}, { everyMs: CALM_MS })
  const live = isLive(state.data)
  // A second observer of the same answer, with a quicker pace, for as long as the roster is read.
  useRoute(rosterSyncRoute, {}, { everyMs: live ? LIVE_MS : false })
  return (
    <Section
      title={say('roster.title')}
      id="roster"
      aside={
        state.data && (
          <span className="small muted">
            {say('roster.counts', { count: state.data.here, members: state.data.members })}
          </span>
        )
      }
    >
      <p className="lede">{say('roster.lede', { course: course?.title ?? say('course.untitled') })}</p>
      <Loaded from={state} what={say('roster.loading')} lines={4} sayRefusal={refusals}>
        {(found) => (
          <div className="stack">
            <RosterSyncLine state={found} />
            {found.here + found.left > 0 && <RosterList state={found} isLive={live} />}
          </div>
        )}
      </Loaded>
    </Section>
  )
}

/** Everyone by name, with a search, a section or group, and those who left. Grows as it is read. */
function RosterList({ state, isLive: live }: { state: RosterState; isLive: boolean }) {
  const say = useWords()
  const refusals = useRefusals()
  const [text, setText] = useState('')
  const [section, setSection] = useState<string | null>(null)
  const [hasLeft, setHasLeft] = useState(false)
  const search = useDeferredValue(text.trim())
  const query = {
    limit: 50,
    left: hasLeft ? ('true' as const) : ('false' as const),
    ...(search && { search }),
    ...(section && { section }),
  }
  const people = usePages(rosterRoute, { query }, { everyMs: live ? LIVE_MS : CALM_MS })
  const { refetch } = people
  // The last page came with the end of the reading.
  useEffect(() => {
    if (!live) void refetch()
  }, [live, refetch])
  const shown = people.data?.pages.flatMap(({ items }) => items) ?? []
  return (
    <>
      <div className="roster-choose">
        <TextInput
          renderLabel={say('roster.search')}
          type="search"
          value={text}
          renderBeforeInput={<Icon name="search" small />}
          onChange={(_event, value) => setText(value)}
        />
        <SectionFilter sections={state.sections} value={section} onChange={setSection} />
        {state.left > 0 && (
          <Checkbox
            label={say('roster.showLeft', { count: state.left })}
            checked={hasLeft}
            onChange={() => setHasLeft(!hasLeft)}
          />
        )}
      </div>
      {people.error ? (
        <ProblemNotice problem={people.error.problem} sayRefusal={refusals} onRetry={() => void refetch()} />
      ) : people.isPending ? (
        <LoadingLines what={say('roster.loading')} lines={6} />
      ) : shown.length === 0 ? (
        <EmptyState title={search ? say('roster.noneFound', { text: search }) : say('roster.nobody')} icon="people" />
      ) : (
        <People people={shown} withSections={state.sections.length > 0} />
      )}
      <ShowMore of={people} />
    </>
  )
}

function People({ people, withSections }: { people: readonly RosterPerson[]; withSections: boolean }) {
  const say = useWords()
  const times = useTimes()
  const columns: Column<RosterPerson>[] = [
    {
      id: 'person',
      head: say('roster.person'),
      isHead: true,
      cell: ({ name }) => name ?? say('delivery.noName'),
    },
    { id: 'role', head: say('roster.role'), cell: ({ role }) => say(`role.${role}`) },
    ...(withSections
      ? [
          {
            id: 'sections',
            head: say('roster.sections'),
            cell: ({ sections }: RosterPerson) => sections.join(', ') || say('roster.noSections'),
          },
        ]
      : []),
    {
      id: 'came',
      head: say('roster.came'),
      cell: ({ lastCameAt }) => (lastCameAt ? times.moment(lastCameAt) : say('roster.never')),
    },
    { id: 'cohort', head: say('roster.cohort'), cell: ({ inCohort }) => say(`inCohort.${inCohort}`) },
  ]
  return <DataTable caption={say('roster.title')} columns={columns} rows={people} rowKey={({ personId }) => personId} />
}
