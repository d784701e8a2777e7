import type { CohortLive } from '@copractice/core/cohort'
import { AppLink, Card, EmptyState, LetterBadge, useTimes, type Column } from '@copractice/ui'
import { AdminTable } from '../directory/admin-table.tsx'
import type { CohortShown } from './cohort-page.tsx'
import { useWords } from './say.ts'

/** The course links that open the cohort, and for campuses without one how an instructor makes it. */
export function LiveIn({ cohort }: { cohort: CohortShown }) {
  const say = useWords()
  const { live, campuses } = cohort
  const isLive = new Set(live.map(({ institution }) => institution.id))
  const missing = campuses.filter(({ id }) => !isLive.has(id))
  return (
    <Card title={say('liveIn')}>
      <div className="stack">
        {live.length ? (
          <Links rows={live} />
        ) : (
          <EmptyState title={say('liveIn.none')} icon="plug">
            {say('liveIn.noneText')}
          </EmptyState>
        )}
        {missing.length > 0 && (
          <p>
            {say('liveIn.missing')}{' '}
            {missing.map(({ id, name, profile }, at) => (
              <span key={id}>
                {at > 0 && ', '}
                <AppLink href={`/institutions/${id}`}>{name}</AppLink>
                {!profile && ` (${say('liveIn.noLms')})`}
              </span>
            ))}
          </p>
        )}
        <HowTo name={cohort.name} />
      </div>
    </Card>
  )
}

function Links({ rows }: { rows: readonly CohortLive[] }) {
  const say = useWords()
  const times = useTimes()
  const columns: Column<CohortLive>[] = [
    {
      id: 'campus',
      head: say('campus'),
      isHead: true,
      cell: ({ institution }) => (
        <span className="with-badge">
          <LetterBadge mark={institution} small />
          <AppLink href={`/institutions/${institution.id}`}>{institution.name}</AppLink>
        </span>
      ),
    },
    { id: 'lms', head: say('lms'), cell: ({ profile }) => say(`profile.${profile}`) },
    {
      id: 'course',
      head: say('course'),
      cell: ({ courseTitle, linkTitle }) =>
        [courseTitle ?? say('course.untitled'), linkTitle].filter(Boolean).join(': '),
    },
    { id: 'opens', head: say('opens'), cell: ({ opens }) => say(`opens.${opens}`) },
    {
      id: 'launch',
      head: say('lastLaunch'),
      cell: ({ lastLaunchAt }) => (lastLaunchAt ? times.dateTime(lastLaunchAt) : '—'),
    },
  ]
  return <AdminTable caption={say('liveIn')} columns={columns} rows={rows} rowKey={({ id }) => id} />
}

function HowTo({ name }: { name: string }) {
  const say = useWords()
  return (
    <details>
      <summary>{say('how')}</summary>
      <div className="two">
        {(['canvas', 'moodle'] as const).map((profile) => (
          <div key={profile}>
            <h3>{say(`profile.${profile}`)}</h3>
            <ol className="steps small">
              {([1, 2, 3] as const).map((step) => (
                <li key={step}>{say(`how.${profile}.${step}`, { name })}</li>
              ))}
            </ol>
          </div>
        ))}
      </div>
      <p className="small muted">{say('how.after', { name })}</p>
    </details>
  )
}
