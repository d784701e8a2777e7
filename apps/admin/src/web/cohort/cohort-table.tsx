import type { CohortListed } from '@copractice/core/cohort'
import { useNow, useTimes, type Column } from '@copractice/ui'
import { CampusLetters, SeasonTable } from './season-table.tsx'
import { heldAndToCome } from './season.ts'
import { useWords } from './say.ts'

/** Cohorts of all campuses: seats, who they come from, meetings, where they are live. */
export function CohortTable({ rows }: { rows: readonly CohortListed[] }) {
  const say = useWords()
  const now = useNow(60_000)
  const from: Column<CohortListed> = {
    id: 'from',
    head: say('from'),
    cell: ({ institutions }) =>
      institutions.length ? (
        <CampusLetters institutions={institutions} />
      ) : (
        <span className="muted">{say('nobody')}</span>
      ),
  }
  const after: Column<CohortListed>[] = [
    {
      id: 'live',
      head: say('live'),
      cell: ({ courses }) => (
        <span className={courses ? 'live' : 'live muted'}>
          {courses ? say('live.courses', { count: courses }) : say('live.none')}
        </span>
      ),
    },
    { id: 'next', head: say('next'), cell: (cohort) => <Next cohort={cohort} now={now} /> },
  ]
  return <SeasonTable rows={rows} before={[from]} after={after} />
}

function Next({ cohort, now }: { cohort: CohortListed; now: Date }) {
  const say = useWords()
  const times = useTimes()
  const { toCome } = heldAndToCome(cohort.meetings, now)
  const flaw = cohort.seats.chairs === 0 ? say('noChair') : undefined
  return (
    <>
      {toCome[0] ? times.day(toCome[0].startsAt) : <span className="muted">{say('next.none')}</span>}
      {flaw && (
        <>
          <br />
          <strong className="flaw">{flaw}</strong>
        </>
      )}
    </>
  )
}
