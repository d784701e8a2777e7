import type { CohortGlanced } from '@copractice/core/cohort'
import { AppLink, StatusPill, useTimes, type Column, type Tone } from '@copractice/ui'
import { CampusLetters, SeasonTable } from './season-table.tsx'
import { useSeasonWords } from './say-season.ts'
import { useWords } from './say.ts'
import './season.css'

const hours = (minutes: number): number => Math.round(minutes / 6) / 10

/** Cohorts of all campuses with all that is watched: one row each, on one shared season. */
export function GlanceTable({ rows }: { rows: readonly CohortGlanced[] }) {
  const say = useWords()
  const words = useSeasonWords()
  const times = useTimes()
  const columns: Column<CohortGlanced>[] = [
    {
      id: 'next',
      head: say('next'),
      cell: ({ nextMeetingAt, silentSince, lastHeardAt }) => (
        <>
          {nextMeetingAt ? times.day(nextMeetingAt) : <span className="muted">{say('next.none')}</span>}
          <br />
          {silentSince ? (
            <strong className="flaw">{words('heard.silent', { when: times.date(silentSince) })}</strong>
          ) : (
            <span className="small muted">{`${words('heard')}: ${times.moment(lastHeardAt)}`}</span>
          )}
        </>
      ),
    },
    {
      id: 'hours',
      head: words('hours'),
      cell: ({ minutes: { held, planned, promised } }) => (
        <span className="live">
          {words('hours.of', { held: hours(held), planned: hours(planned) })}
          {promised !== null && (
            <>
              <br />
              <span className="small muted">{words('hours.promised', { promised: hours(promised) })}</span>
            </>
          )}
        </span>
      ),
    },
    { id: 'ready', head: words('readiness'), cell: (cohort) => <Readiness cohort={cohort} /> },
    { id: 'lms', head: words('lms'), cell: (cohort) => <Campuses cohort={cohort} /> },
  ]
  const closed = ({ status }: CohortGlanced) =>
    status === 'closed' && <span className="small muted">{` · ${words('closed')}`}</span>
  return <SeasonTable rows={rows} about={closed} after={columns} />
}

const TONES = { no_deadline: 'plain', on_course: 'ok', behind: 'warn', past: 'plain' } as const satisfies Record<
  string,
  Tone | 'plain'
>

/** Whether it will be done in time, why not, and what else is to be looked into. */
export function Readiness({ cohort }: { cohort: CohortGlanced }) {
  const words = useSeasonWords()
  const times = useTimes()
  const { state, isLate, latest, meetings, minutes } = cohort.readiness
  const why =
    state === 'behind'
      ? [
          isLate && latest ? words('why.late', { latest: times.date(latest, cohort.timeZone) }) : '',
          meetings ? words('why.meetings', { count: meetings }) : '',
          minutes ? words('why.minutes', { hours: hours(minutes) }) : '',
        ].filter(Boolean)
      : []
  const others = cohort.concerns.filter((one) => one === 'without_chair' || one === 'too_small')
  return (
    <>
      <StatusPill tone={TONES[state]}>{words(`readiness.${state}`)}</StatusPill>
      {why.length > 0 && <span className="small block">{why.join(' ')}</span>}
      {others.map((concern) => (
        <strong key={concern} className="flaw block">
          {words(`concern.${concern}`)}
        </strong>
      ))}
    </>
  )
}

/** Who its people come from, and which of the campuses has it in no course yet. */
function Campuses({ cohort: { institutions, campuses } }: { cohort: CohortGlanced }) {
  const words = useSeasonWords()
  if (!institutions.length) return <span className="muted">{words('lms.nowhere')}</span>
  const states = (['none', 'connected'] as const).map(
    (lms) => [lms, campuses.filter((one) => one.lms === lms)] as const,
  )
  return (
    <>
      <CampusLetters institutions={institutions} />
      {states.map(
        ([lms, those]) =>
          those.length > 0 && (
            <span key={lms} className={lms === 'none' ? 'flaw block' : 'small muted block'}>
              {those.map(({ id, name, letter }, at) => (
                <span key={id}>
                  {at > 0 && ', '}
                  <AppLink href={`/institutions/${id}`} label={name}>
                    {letter}
                  </AppLink>
                </span>
              ))}{' '}
              {words(`lms.${lms}`)}
            </span>
          ),
      )}
      {campuses.length > 0 && campuses.every(({ lms }) => lms === 'placed') && (
        <span className="small muted block">{words('lms.allPlaced')}</span>
      )}
    </>
  )
}
