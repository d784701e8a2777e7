import type { ReactNode } from 'react'
import type { CohortListed } from '@copractice/core/cohort'
import { AppLink, useNow, type Column } from '@copractice/ui'
import { AdminTable } from '../directory/admin-table.tsx'
import { SeasonHead, SeasonLine } from './season-line.tsx'
import { seasonOf } from './season.ts'
import { SeatMini } from './seat-mini.tsx'
import { useWords } from './say.ts'
import './cohort.css'

type Row = Pick<CohortListed, 'id' | 'name' | 'theme' | 'institutions' | 'meetings'> &
  Parameters<typeof SeatMini>[0] &
  Parameters<typeof SeasonLine>[0]['cohort'] &
  Pick<CohortListed, 'seats'>

/**
 * Cohorts of all campuses on one shared season: what each is called, its seats and its meetings. `before` and `after` stand
 * on the two sides of the season; `about` follows the name.
 */
export function SeasonTable<R extends Row>(props: {
  rows: readonly R[]
  about?: (row: R) => ReactNode
  before?: readonly Column<R>[]
  after: readonly Column<R>[]
}) {
  const say = useWords()
  const now = useNow(60_000)
  const { rows, about, before = [], after } = props
  const season = seasonOf(rows, now)
  const columns: Column<R>[] = [
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
            {about?.(cohort)}
          </span>
        </span>
      ),
    },
    { id: 'seats', head: say('seats'), isNumber: true, cell: (cohort) => <SeatsTaken {...cohort} /> },
    ...before,
    ...(season
      ? [
          {
            id: 'season',
            head: say('season'),
            cell: (cohort: R) => <SeasonLine cohort={cohort} season={season} now={now} />,
          },
        ]
      : []),
    ...after,
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

function SeatsTaken({ seats }: Pick<CohortListed, 'seats'>) {
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

/** Who a cohort's people come from, as letters. */
export function CampusLetters({ institutions }: Pick<CohortListed, 'institutions'>) {
  return (
    <span className="seats">
      {institutions.map(({ id, name, letter, colour }) => (
        <span key={id} className={`seat seat-sm c${colour}`} role="img" aria-label={name} title={name}>
          {letter}
        </span>
      ))}
    </span>
  )
}

function Legend() {
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
