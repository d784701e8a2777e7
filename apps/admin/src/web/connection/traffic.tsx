import type { showConnection } from '@copractice/core/connection'
import type { RouteOutput } from '@copractice/core/kernel'
import { EmptyState, useTimes, type Column } from '@copractice/ui'
import { AdminTable } from '../directory/admin-table.tsx'
import './connection.css'
import { useSayLaunchRefusal, useWords } from './say.ts'

type Connection = RouteOutput<typeof showConnection>
type Link = Connection['latestLinks'][number]

/** Who came and who did not, in figures, and the newest links of its courses. */
export function Traffic({ connection }: { connection: Connection }) {
  const say = useWords()
  const sayRefusal = useSayLaunchRefusal()
  const { week, courses, courseLinks, unboundLinks } = connection
  const all = week.people + week.refused
  return (
    <div className="stack">
      <dl className="facts wide-facts">
        <Fact name={say('traffic.people')} value={week.people} />
        <Fact name={say('traffic.refused')} value={week.refused} />
        <Fact name={say('traffic.courses')} value={courses} />
        <Fact name={say('traffic.links')} value={courseLinks} />
      </dl>
      {week.refused > 0 && (
        <>
          <h3>{say('traffic.codes')}</h3>
          <p className="small muted">{say('traffic.rate', { percent: Math.round((100 * week.refused) / all) })}</p>
          <ul className="plain code-counts">
            {week.byCode.map(({ code, count }) => (
              <li key={code}>
                <strong>{count}</strong>
                <span>
                  {sayRefusal(code)} <span className="rule-code">{code}</span>
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
      <h3>{say('traffic.latest')}</h3>
      {unboundLinks > 0 && (
        <p className="small muted">
          {say('traffic.unbound')}: {unboundLinks}
        </p>
      )}
      <Links rows={connection.latestLinks} />
    </div>
  )
}

function Links({ rows }: { rows: readonly Link[] }) {
  const say = useWords()
  const times = useTimes()
  if (!rows.length)
    return (
      <EmptyState title={say('traffic.none')} icon="plug">
        {say('traffic.noneText')}
      </EmptyState>
    )
  const columns: Column<Link>[] = [
    {
      id: 'course',
      head: say('traffic.course'),
      isHead: true,
      cell: ({ course }) => course ?? say('traffic.unnamed'),
    },
    { id: 'title', head: say('traffic.link'), cell: ({ title }) => title ?? say('traffic.unnamed') },
    { id: 'opens', head: say('traffic.opens'), cell: ({ opens }) => opens ?? say('traffic.opensNothing') },
    { id: 'at', head: say('traffic.since'), cell: ({ at }) => times.date(at) },
  ]
  return (
    <AdminTable
      caption={say('traffic.latest')}
      columns={columns}
      rows={rows}
      rowKey={({ course, title, at }) => `${course} ${title} ${at.getTime()}`}
    />
  )
}

/** Scores on their way to this LMS. */
export function Deliveries({ deliveries }: { deliveries: Connection['deliveries'] }) {
  const say = useWords()
  return (
    <>
      <dl className="facts wide-facts">
        {(['waiting', 'arrived', 'refused', 'givenUp'] as const).map((name) => (
          <Fact key={name} name={say(`deliveries.${name}`)} value={deliveries[name]} />
        ))}
      </dl>
      <p className="small muted">{say('deliveries.lede')}</p>
    </>
  )
}

function Fact({ name, value }: { name: string; value: number }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  )
}
