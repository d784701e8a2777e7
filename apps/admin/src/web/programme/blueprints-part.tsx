import { useState } from 'react'
import type { RouteOutput } from '@copractice/core/kernel'
import { applyBlueprint, showBlueprint, showProgramme } from '@copractice/core/programme'
import {
  ActionButton,
  Card,
  ConfirmModal,
  Loaded,
  ProblemNotice,
  useRoute,
  useSend,
  useTell,
  useTimes,
} from '@copractice/ui'
import { useMe } from '../directory/signed-in.tsx'
import { useSpellSeries } from './parts-of-programme.tsx'
import { useRefusals, useWords } from './say.ts'
import { useSpellLimit } from './spell-limit.ts'

type Listed = RouteOutput<typeof showProgramme>['blueprints'][number]
type Makes = RouteOutput<typeof showBlueprint>

/** The programmes that ship, what each would make here, and making it. */
export function BlueprintsPart({ blueprints }: { blueprints: readonly Listed[] }) {
  const say = useWords()
  const times = useTimes()
  const [open, setOpen] = useState<string | null>(null)
  return (
    <Card title={say('blueprints.title')}>
      <p className="muted">{say('blueprints.text')}</p>
      <ul className="plain programmes">
        {blueprints.map((blueprint) => {
          const { name, title, summary, appliedAt } = blueprint
          return (
            <li key={name} className="stack">
              <h3>{title}</h3>
              <p>{summary}</p>
              <div className="row">
                {appliedAt && (
                  <span className="small">{say('blueprints.applied', { when: times.date(appliedAt) })}</span>
                )}
                <ActionButton weight="quiet" onClick={() => setOpen(open === name ? null : name)}>
                  {say(open === name ? 'blueprints.close' : 'blueprints.look')}
                </ActionButton>
              </div>
              {open === name && <Preview blueprint={blueprint} />}
            </li>
          )
        })}
      </ul>
    </Card>
  )
}

function Preview({ blueprint: { name, title } }: { blueprint: Listed }) {
  const say = useWords()
  const tell = useTell()
  const refusals = useRefusals()
  const { network } = useMe()
  const [isAsking, setIsAsking] = useState(false)
  const preview = useRoute(showBlueprint, { params: { name } })
  const apply = useSend(applyBlueprint, {
    refreshes: [showProgramme, showBlueprint],
    onDone: () => tell({ text: say('blueprints.made', { title }) }),
  })
  return (
    <Loaded from={preview} what={title} lines={4} sayRefusal={refusals}>
      {(makes) =>
        Object.values(makes).every(({ length }) => length === 0) ? (
          <p>{say('blueprints.nothing')}</p>
        ) : (
          <>
            <WouldMake makes={makes} />
            <ActionButton onClick={() => setIsAsking(true)}>{say('blueprints.apply')}</ActionButton>
            <ConfirmModal
              isOpen={isAsking}
              title={say('blueprints.confirm', { network: network.name })}
              confirm={say('blueprints.apply')}
              isBusy={apply.isPending}
              onClose={() => setIsAsking(false)}
              onConfirm={() => apply.mutate({ params: { name } }, { onSuccess: () => setIsAsking(false) })}
            >
              <p>{say('blueprints.confirmText')}</p>
              {apply.error && <ProblemNotice problem={apply.error.problem} sayRefusal={refusals} />}
            </ConfirmModal>
          </>
        )
      }
    </Loaded>
  )
}

function WouldMake({ makes: { limits, series, credentials, templates } }: { makes: Makes }) {
  const say = useWords()
  const spell = useSpellLimit()
  const spellSeries = useSpellSeries()
  const changes = limits.map(({ limit, from, to }) =>
    say('history.change', { limit: say(`limit.${limit}`), from: spell(limit, from), to: spell(limit, to) }),
  )
  const groups = [
    [say('blueprints.limits'), changes],
    [say('blueprints.series'), series.map((one) => `${one.name} · ${spellSeries(one)}`)],
    [say('blueprints.credentials'), credentials.map(({ name }) => name)],
    [say('blueprints.templates'), templates.map(({ name }) => name)],
  ] as const
  return (
    <dl>
      {groups
        .filter(([, lines]) => lines.length)
        .map(([head, lines]) => (
          <div key={head}>
            <dt>{head}</dt>
            {lines.map((line) => (
              <dd key={line}>{line}</dd>
            ))}
          </div>
        ))}
    </dl>
  )
}
