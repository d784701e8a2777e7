import type { CohortListed } from '@copractice/core/cohort'
import { AppLink, useNow, useTimes, type Column } from '@copractice/ui'
import { AdminTable } from '../directory/admin-table.tsx'
import { SeatMini } from './seat-mini.tsx'
import { SeasonHead, SeasonLine } from './season-line.tsx'
import { heldAndToCome, seasonOf } from './season.ts'
import { useWords } from './say.ts'
import './cohort.css'

/** Cohorts of all campuses on one shared season: seats, who they come from, meetings, where they are live. */
export function CohortTable({ rows }: { rows: readonly CohortListed[] }) {
  const say = useWords()
  const now = useNow(60_000)
  const season = seasonOf(rows, now)
  const columns: Column<CohortListed>[] = [
    {
      id: 'name',
      head: say('cohort'),
      isHead: true,
      cell: (cohort) => (
        <span className="cohort-who">
          <SeatMini {...cohort} />
          <span>
            <AppLink href={`/cohorts/${cohort.id}`}>{cohort.name}</AppLink>
            <br />
            <span className="small muted">{cohort.theme}</span>
          </span>
        </span>
      ),
    },
    { id: 'seats', head: say('seats'), isNumber: true, cell: (cohort) => <SeatsTaken {...cohort} /> },
    {
      id: 'from',
      head: say('from'),
      cell: ({ institutions }) =>
        institutions.length ? (
          <span className="seats">
            {institutions.map(({ id, name, letter, colour }) => (
              <span key={id} className={`seat seat-sm c${colour}`} role="img" aria-label={name} title={name}>
                {letter}
              </span>
            ))}
          </span>
        ) : (
          <span className="muted">{say('nobody')}</span>
        ),
    },
    ...(season
      ? [
          {
            id: 'season',
            head: say('season'),
            cell: (cohort: CohortListed) => <SeasonLine cohort={cohort} season={season} now={now} />,
          },
        ]
      : []),
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
  const axis = season && { id: 'season', drawing: <SeasonHead season={season} now={now} /> }
  return (
    <>
      {season && <Legend />}
      <div className="cohort-table">
        <AdminTable
          caption={say('title')}
          columns={columns}
          rows={rows}
          rowKey={({ id }) => id}
          {...(axis && { headDrawing: axis })}
        />
      </div>
    </>
  )
}

export function SeatsTaken({ seats }: Pick<CohortListed, 'seats'>) {
  const say = useWords()
  return (
    <>
      {seats.taken}
      <span className="muted">/{seats.capacity}</span>
      {seats.waitlisted > 0 && (
        <>
          <br />
          <span className="small muted">{say('waitlisted', { count: seats.waitlisted })}</span>
        </>
      )}
    </>
  )
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

export function Legend() {
  const say = useWords()
  return (
    <p className="legend small muted">
      <span>
        <svg viewBox="0 0 16 16" aria-hidden="true">
          <circle cx="8" cy="8" r="5" className="season-held" />
        </svg>
        {say('legend.held')}
      </span>
      <span>
        <svg viewBox="0 0 16 16" aria-hidden="true">
          <circle cx="8" cy="8" r="5" className="season-to-come" />
        </svg>
        {say('legend.toCome')}
      </span>
      <span>
        <svg viewBox="0 0 16 16" aria-hidden="true">
          <rect x="1" width="12" height="16" className="season-buffer" />
          <path d="M14 0v16" className="season-deadline" />
        </svg>
        {say('legend.deadline')}
      </span>
    </p>
  )
}
