import type { CohortListed } from '@copractice/core/cohort'
import { useReaderZone, useTimes } from '@copractice/ui'
import { useTranslation } from 'react-i18next'
import { heldAndToCome, monthsOf, xOf, type Season } from './season.ts'
import { useWords } from './say.ts'

const DAY = 86_400_000

/** The months over the lines, and where today is. */
export function SeasonHead({ season, now }: { season: Season; now: Date }) {
  const say = useWords()
  const zone = useReaderZone()
  const { i18n } = useTranslation()
  const name = new Intl.DateTimeFormat(i18n.language, { month: 'short', timeZone: zone })
  const today = xOf(season, now)
  return (
    <svg className="season" viewBox="0 0 280 38" aria-hidden="true">
      {monthsOf(season, zone).map((month) => (
        <text key={month.getTime()} x={xOf(season, month) + 3} y="32">
          {name.format(month)}
        </text>
      ))}
      <text className="strong" x={Math.min(Math.max(today, 24), 256)} y="12" textAnchor="middle">
        {say('season.today')}
      </text>
    </svg>
  )
}

/** Meetings held and to come of one cohort; its twin in words is the label. */
export function SeasonLine({ cohort, season, now }: { cohort: CohortListed; season: Season; now: Date }) {
  const say = useWords()
  const times = useTimes()
  const zone = useReaderZone()
  const { meetings, submissionDeadline, deadlineBufferDays } = cohort
  const { held, toCome } = heldAndToCome(meetings, now)
  const xs = meetings.map(({ startsAt }) => xOf(season, startsAt))
  const deadline = submissionDeadline && xOf(season, submissionDeadline)
  const buffer = submissionDeadline && xOf(season, submissionDeadline.getTime() - deadlineBufferDays * DAY)
  const today = xOf(season, now)
  const twin = [
    say('season.held', { count: held.length }),
    say('season.toCome', { count: toCome.length }),
    submissionDeadline ? say('season.deadline', { date: times.date(submissionDeadline) }) : '',
  ]
  const label = twin.filter(Boolean).join(', ')
  return (
    <svg className="season season-line" viewBox="0 0 280 40" role="img" aria-label={label}>
      {monthsOf(season, zone).map((month) => {
        const x = xOf(season, month)
        return <line key={month.getTime()} className="season-grid" x1={x} x2={x} y1="-8" y2="48" />
      })}
      {deadline !== null && buffer !== null && (
        <>
          <rect x={buffer} y="-8" width={deadline - buffer} height="56" className="season-buffer" />
          <line x1={deadline} x2={deadline} y1="-8" y2="48" className="season-deadline" />
        </>
      )}
      <line x1={today} x2={today} y1="-8" y2="48" className="season-today" />
      {xs.length > 1 && <line className="season-axis" x1={xs[0]} x2={xs.at(-1)} y1="20" y2="20" />}
      {xs.map((x, at) => (
        <circle
          key={meetings[at]!.startsAt.getTime()}
          className={at < held.length ? 'season-held' : at === held.length ? 'season-next' : 'season-to-come'}
          cx={x}
          cy="20"
          r={at === held.length ? 6 : 5}
        />
      ))}
    </svg>
  )
}
