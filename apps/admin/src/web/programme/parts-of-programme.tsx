import type { CredentialPlan, SeriesPlan, TemplatePlan } from '@copractice/core/programme'
import { Card, EmptyState, type Column } from '@copractice/ui'
import { AdminTable } from '../directory/admin-table.tsx'
import { CompareCredential } from './compare-versions.tsx'
import { useWords } from './say.ts'

export function SeriesPart({ series }: { series: readonly SeriesPlan[] }) {
  const say = useWords()
  const spell = useSpellSeries()
  const columns: Column<SeriesPlan>[] = [
    { id: 'name', head: say('series.name'), isHead: true, cell: ({ name }) => name },
    { id: 'what', head: say('series.what'), cell: spell },
  ]
  return (
    <Card title={say('series.title')}>
      {series.length ? (
        <AdminTable caption={say('series.title')} columns={columns} rows={series} rowKey={({ slug }) => slug} />
      ) : (
        <EmptyState title={say('series.none')} icon="calendar">
          {say('series.noneText')}
        </EmptyState>
      )}
    </Card>
  )
}

/** A series in one line. */
export function useSpellSeries(): (series: SeriesPlan) => string {
  const say = useWords()
  const day = new Intl.DateTimeFormat('en', { month: 'long', day: 'numeric', timeZone: 'UTC' })
  const spell = (monthDay: string) => day.format(new Date(`2028-${monthDay}T00:00:00Z`))
  return ({ status, meetings, minutes, window, audience, functions }) =>
    [
      status === 'announced' && say('series.announced'),
      meetings && say('series.meetings', { count: meetings }),
      minutes && say('series.minutes', { minutes }),
      window && say('series.window', { from: spell(window.from), until: spell(window.until) }),
      say(`series.audience.${audience}`),
      functions.length > 0 && say('series.functions', { functions: functions.join(', ') }),
    ]
      .filter(Boolean)
      .join(' · ')
}

export function CredentialsPart({ credentials }: { credentials: readonly CredentialPlan[] }) {
  const say = useWords()
  return (
    <Card title={say('credentials.title')}>
      {credentials.length === 0 && <p className="muted">{say('credentials.none')}</p>}
      <ul className="plain stack">
        {credentials.map(({ slug, name, versions }) => (
          <li key={slug}>
            <strong>{name}</strong>
            <ul className="plain">
              {versions.toReversed().map((version) => (
                <li key={version.number} className="small">
                  <Version version={version} />
                </li>
              ))}
            </ul>
            {versions.length > 1 && <CompareCredential credential={{ slug, name, versions }} />}
          </li>
        ))}
      </ul>
    </Card>
  )
}

function Version({ version: { number, competencies, asks } }: { version: CredentialPlan['versions'][number] }) {
  const say = useWords()
  const either = Map.groupBy(
    asks.filter(({ oneOf }) => oneOf),
    ({ oneOf }) => oneOf,
  )
  const list = [
    ...asks.filter(({ oneOf }) => !oneOf).map(({ title }) => title),
    ...[...either.values()].map((of) => say('credentials.either', { list: of.map(({ title }) => title).join(' / ') })),
  ]
  const parts = [
    say('credentials.version', { number }),
    competencies !== null && say('credentials.competencies', { count: competencies }),
    list.length > 0 && say('credentials.asks', { list: list.join('; ') }),
  ]
  return parts.filter(Boolean).join(' · ')
}

export function TemplatesPart({ templates }: { templates: readonly TemplatePlan[] }) {
  const say = useWords()
  return (
    <Card title={say('templates.title')}>
      {templates.length === 0 && <p className="muted">{say('templates.none')}</p>}
      {templates.map(({ slug, name, kind, parts }) => (
        <details key={slug}>
          <summary>
            {name} <span className="small muted">{say(`templates.kind.${kind}`)}</span>
          </summary>
          <ol>
            {parts.map(({ title, minutes, text }) => (
              <li key={title}>
                {title} {minutes && <span className="small muted">{say('templates.minutes', { minutes })}</span>}
                {text && <p className="small">{text}</p>}
              </li>
            ))}
          </ol>
        </details>
      ))}
    </Card>
  )
}
