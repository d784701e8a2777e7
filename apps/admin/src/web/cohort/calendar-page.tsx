import { useState } from 'react'
import type { InstitutionId, RegionId } from '@copractice/core/kernel'
import { showSeason, type SeasonEntry } from '@copractice/core/meeting'
import {
  ActionButton,
  AppLink,
  Card,
  EmptyState,
  Loaded,
  Notice,
  ProblemNotice,
  TimeText,
  useNow,
  useReaderZone,
  useRoute,
  useTimes,
  type Column,
} from '@copractice/ui'
import { AdminPage } from '../directory/admin-page.tsx'
import { AdminTable } from '../directory/admin-table.tsx'
import { Choice } from '../directory/choice.tsx'
import { useMe } from '../directory/signed-in.tsx'
import { useEveryInstitution } from '../directory/use-every-institution.ts'
import { FeedPart } from './feed-part.tsx'
import { MonthGrid } from './month-grid.tsx'
import { addMonths, atOf, byDay, dayOf, isInMonth, startOfDay, weeksOf, type Day } from './month.ts'
import { useSeasonRefusals, useSeasonWords } from './say-season.ts'
import './season.css'

/** Meetings of all cohorts, convenings and deadlines, a month at a time: as a calendar or, with the same words, a table. */
export function CalendarPage() {
  const words = useSeasonWords()
  const refusals = useSeasonRefusals()
  const times = useTimes()
  const zone = useReaderZone()
  const today = dayOf(useNow(60_000), zone)
  const { regions } = useMe()
  const [day, setDay] = useState<Day>(today)
  const [isTable, setIsTable] = useState(false)
  const [regionId, setRegionId] = useState('')
  const [institutionId, setInstitutionId] = useState('')
  const { institutions = [], problem, retry } = useEveryInstitution()
  const weeks = weeksOf(day)
  const query = {
    from: startOfDay(weeks[0]![0]!, zone),
    until: new Date(startOfDay(weeks.at(-1)!.at(-1)!, zone).getTime() + 86_400_000),
    ...(regionId && { regionId: regionId as RegionId }),
    ...(institutionId && { institutionId: institutionId as InstitutionId }),
  }
  const season = useRoute(showSeason, { query }, { keepPrevious: true })
  const middle = startOfDay(`${day.slice(0, 7)}-15`, zone)
  const month = new Intl.DateTimeFormat('en', { month: 'long', year: 'numeric', timeZone: zone }).format(middle)
  return (
    <AdminPage title={words('calendar')}>
      <Card
        title={month}
        aside={
          <div className="row">
            <ActionButton
              weight={isTable ? 'quiet' : 'secondary'}
              size="small"
              pressed={!isTable}
              onClick={() => setIsTable(false)}
            >
              {words('calendar.asCalendar')}
            </ActionButton>
            <ActionButton
              weight={isTable ? 'secondary' : 'quiet'}
              size="small"
              pressed={isTable}
              onClick={() => setIsTable(true)}
            >
              {words('calendar.asTable')}
            </ActionButton>
          </div>
        }
      >
        <div className="filters">
          {regions.length > 1 && (
            <Choice
              id="region"
              label={words('filter.region')}
              value={regionId}
              options={[['', words('filter.regions')], ...regions.map(({ id, name }) => [id, name] as const)]}
              onChange={setRegionId}
            />
          )}
          <Choice
            id="campus"
            label={words('filter.campus')}
            value={institutionId}
            options={[['', words('filter.campuses')], ...institutions.map(({ id, name }) => [id, name] as const)]}
            onChange={setInstitutionId}
          />
        </div>
        {problem && <ProblemNotice problem={problem} onRetry={retry} />}
        <div className="row month-steps">
          <ActionButton weight="quiet" size="small" onClick={() => setDay(addMonths(day, -1))}>
            {words('calendar.earlier')}
          </ActionButton>
          <ActionButton weight="quiet" size="small" onClick={() => setDay(today)}>
            {words('calendar.today')}
          </ActionButton>
          <ActionButton weight="quiet" size="small" onClick={() => setDay(addMonths(day, 1))}>
            {words('calendar.later')}
          </ActionButton>
        </div>
        <Loaded from={season} what={words('calendar')} lines={12} sayRefusal={refusals}>
          {({ entries, left }) => {
            const ofMonth = entries.filter((entry) => isInMonth(dayOf(atOf(entry), zone), day))
            const ofDay = byDay(entries, zone).get(day) ?? []
            return (
              <div className="stack">
                {left > 0 && <Notice tone="info">{words('calendar.left', { count: left })}</Notice>}
                {isTable ? (
                  <EntriesTable entries={ofMonth} caption={month} />
                ) : (
                  <>
                    <MonthGrid
                      label={words('calendar.grid', { month })}
                      weeks={weeks}
                      day={day}
                      today={today}
                      entries={byDay(entries, zone)}
                      onDay={setDay}
                    />
                    <section aria-live="polite">
                      <h3>{times.date(startOfDay(day, zone))}</h3>
                      {ofDay.length ? (
                        <ul className="plain stack">
                          {ofDay.map((entry) => (
                            <li key={keyOf(entry)}>
                              <Entry entry={entry} />
                              <br />
                              <span className="small muted">
                                <When entry={entry} /> {whereOf(entry, words('online'))}
                              </span>
                            </li>
                          ))}
                        </ul>
                      ) : (
                        <p className="muted">{words('calendar.nothing')}</p>
                      )}
                    </section>
                  </>
                )}
              </div>
            )
          }}
        </Loaded>
      </Card>
      <FeedPart />
    </AdminPage>
  )
}

const keyOf = (entry: SeasonEntry): string => (entry.kind === 'deadline' ? `deadline ${+entry.at}` : entry.id)
const whereOf = (entry: SeasonEntry, online: string): string =>
  entry.kind === 'meeting' ? [entry.place, entry.isOnline && online].filter(Boolean).join(', ') : ''

function When({ entry }: { entry: SeasonEntry }) {
  return entry.kind === 'deadline' ? (
    <TimeText at={entry.at} />
  ) : (
    <TimeText at={entry.startsAt} setIn={entry.timeZone} />
  )
}

function Entry({ entry }: { entry: SeasonEntry }) {
  const words = useSeasonWords()
  if (entry.kind === 'meeting') {
    return (
      <>
        <AppLink href={`/cohorts/${entry.cohort.id}`}>{entry.cohort.name}</AppLink>: {entry.title}
      </>
    )
  }
  if (entry.kind === 'convening') return <AppLink href={`/convenings/${entry.id}`}>{entry.title}</AppLink>
  return (
    <>
      {words('calendar.deadline')}:{' '}
      {entry.cohorts.map(({ id, name }, at) => (
        <span key={id}>
          {at > 0 && ', '}
          <AppLink href={`/cohorts/${id}`}>{name}</AppLink>
        </span>
      ))}
      {entry.more > 0 && ` ${words('calendar.more', { count: entry.more })}`}
    </>
  )
}

/** The month in words: the same entries as the calendar. */
function EntriesTable({ entries, caption }: { entries: readonly SeasonEntry[]; caption: string }) {
  const words = useSeasonWords()
  if (!entries.length) {
    return (
      <EmptyState title={words('calendar.none')} icon="calendar">
        {words('calendar.noneText')}
      </EmptyState>
    )
  }
  const columns: Column<SeasonEntry>[] = [
    { id: 'when', head: words('calendar.when'), cell: (entry) => <When entry={entry} /> },
    { id: 'what', head: words('calendar.what'), isHead: true, cell: (entry) => <Entry entry={entry} /> },
    { id: 'where', head: words('calendar.where'), cell: (entry) => whereOf(entry, words('online')) },
  ]
  return <AdminTable caption={caption} columns={columns} rows={entries} rowKey={keyOf} />
}
