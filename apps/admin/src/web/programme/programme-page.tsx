import { useState } from 'react'
import type { RouteOutput } from '@copractice/core/kernel'
import { showProgramme } from '@copractice/core/programme'
import { ActionButton, Card, Loaded, useRoute, useTimes, type Column } from '@copractice/ui'
import { AdminPage } from '../directory/admin-page.tsx'
import { AdminTable } from '../directory/admin-table.tsx'
import { BlueprintsPart } from './blueprints-part.tsx'
import { CompareLimits } from './compare-versions.tsx'
import { LimitsForm } from './limits-form.tsx'
import { CredentialsPart, SeriesPart, TemplatesPart } from './parts-of-programme.tsx'
import { useRefusals, useWords } from './say.ts'
import { LIMITS, useSpellLimit, type LimitName } from './spell-limit.ts'

type Programme = RouteOutput<typeof showProgramme>

/** What the network runs: its limits and who changed them, series, micro-credentials, templates, blueprints. */
export function ProgrammePage() {
  const say = useWords()
  const refusals = useRefusals()
  const programme = useRoute(showProgramme, {})
  return (
    <AdminPage title={say('title')}>
      <Loaded from={programme} what={say('loading')} lines={8} sayRefusal={refusals}>
        {(seen) => (
          <>
            <Policy programme={seen} />
            {seen.history.length > 0 && <History history={seen.history} />}
            <SeriesPart series={seen.series} />
            <CredentialsPart credentials={seen.credentials} />
            <TemplatesPart templates={seen.templates} />
            {seen.mayChange && <BlueprintsPart blueprints={seen.blueprints} />}
          </>
        )}
      </Loaded>
    </AdminPage>
  )
}

function Policy({ programme: { version, limits, mayChange } }: { programme: Programme }) {
  const say = useWords()
  const spell = useSpellLimit()
  const [isChanging, setIsChanging] = useState(false)
  const columns: Column<LimitName>[] = [
    { id: 'limit', head: say('policy.limit'), isHead: true, cell: (limit) => say(`limit.${limit}`) },
    { id: 'value', head: say('policy.value'), cell: (limit) => spell(limit, limits[limit]) },
  ]
  return (
    <Card title={say('policy.title')}>
      <p className="muted">{version ? say('policy.version', { version }) : say('policy.none')}</p>
      {isChanging ? (
        <LimitsForm version={version} limits={limits} onClose={() => setIsChanging(false)} />
      ) : (
        <div className="stack">
          <AdminTable caption={say('policy.title')} columns={columns} rows={LIMITS} rowKey={(limit) => limit} />
          {mayChange ? (
            <p>
              <ActionButton weight="quiet" onClick={() => setIsChanging(true)}>
                {say('policy.change')}
              </ActionButton>
            </p>
          ) : (
            <p className="small muted">{say('policy.readOnly')}</p>
          )}
        </div>
      )}
    </Card>
  )
}

function History({ history }: { history: Programme['history'] }) {
  const say = useWords()
  const times = useTimes()
  const spell = useSpellLimit()
  const columns: Column<Programme['history'][number]>[] = [
    { id: 'version', head: say('history.version'), isHead: true, cell: ({ version }) => version },
    { id: 'when', head: say('history.when'), cell: ({ at }) => times.dateTime(at) },
    { id: 'who', head: say('history.who'), cell: ({ byName }) => byName ?? say('history.commandLine') },
    { id: 'why', head: say('history.why'), cell: ({ reason }) => reason },
    {
      id: 'what',
      head: say('history.what'),
      cell: ({ changes }) =>
        changes.length ? (
          <ul className="plain">
            {changes.map(({ limit, from, to }) => (
              <li key={limit}>
                {say('history.change', {
                  limit: say(`limit.${limit}`),
                  from: spell(limit, from),
                  to: spell(limit, to),
                })}
              </li>
            ))}
          </ul>
        ) : (
          say('history.same')
        ),
    },
  ]
  return (
    <Card title={say('history.title')}>
      <AdminTable
        caption={say('history.title')}
        columns={columns}
        rows={history}
        rowKey={({ version }) => String(version)}
      />
      {history.length > 1 && <CompareLimits history={history} />}
    </Card>
  )
}
