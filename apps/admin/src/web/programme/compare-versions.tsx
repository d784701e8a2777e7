import { useState } from 'react'
import type { RouteOutput } from '@copractice/core/kernel'
import { diffCredential, diffLimits, type CredentialPlan, type showProgramme } from '@copractice/core/programme'
import type { Column } from '@copractice/ui'
import { AdminTable } from '../directory/admin-table.tsx'
import { Choice } from '../directory/choice.tsx'
import { useWords } from './say.ts'
import { useSpellLimit } from './spell-limit.ts'

type History = RouteOutput<typeof showProgramme>['history']
type Change = ReturnType<typeof diffLimits>[number]

/** Two versions to choose, of those there are; the newest two to begin with. */
function useTwo(id: string, versions: readonly number[]) {
  const say = useWords()
  const [from, setFrom] = useState(String(versions[1] ?? versions[0]))
  const [to, setTo] = useState(String(versions[0]))
  const options = versions.map((version) => [String(version), say('compare.version', { version })] as const)
  const choices = (
    <div className="two">
      <Choice id={`${id}-from`} label={say('compare.from')} value={from} options={options} onChange={setFrom} />
      <Choice id={`${id}-to`} label={say('compare.to')} value={to} options={options} onChange={setTo} />
    </div>
  )
  return { from: Number(from), to: Number(to), choices }
}

/** What any two versions of the limits say otherwise. */
export function CompareLimits({ history }: { history: History }) {
  const say = useWords()
  const spell = useSpellLimit()
  const { from, to, choices } = useTwo(
    'limits',
    history.map(({ version }) => version),
  )
  const limitsOf = (version: number) => history.find((one) => one.version === version)!.limits
  const changes = diffLimits(limitsOf(from), limitsOf(to))
  const columns: Column<Change>[] = [
    { id: 'limit', head: say('policy.limit'), isHead: true, cell: ({ limit }) => say(`limit.${limit}`) },
    { id: 'from', head: say('compare.version', { version: from }), cell: (one) => spell(one.limit, one.from) },
    { id: 'to', head: say('compare.version', { version: to }), cell: (one) => spell(one.limit, one.to) },
  ]
  return (
    <div className="stack">
      <h3>{say('compare.title')}</h3>
      {choices}
      {changes.length ? (
        <AdminTable caption={say('compare.title')} columns={columns} rows={changes} rowKey={({ limit }) => limit} />
      ) : (
        <p role="status">{say('compare.same')}</p>
      )}
    </div>
  )
}

/** What any two versions of one micro-credential say otherwise. */
export function CompareCredential({ credential: { slug, versions } }: { credential: CredentialPlan }) {
  const say = useWords()
  const { from, to, choices } = useTwo(slug, versions.map(({ number }) => number).toReversed())
  const versionOf = (number: number) => versions.find((one) => one.number === number)!
  const { competencies, added, removed, changed } = diffCredential(versionOf(from), versionOf(to))
  const count = (number: number | null) => (number === null ? say('none') : String(number))
  const lines = [
    competencies && say('compare.competencies', { from: count(competencies.from), to: count(competencies.to) }),
    ...added.map((title) => say('compare.added', { title })),
    ...removed.map((title) => say('compare.removed', { title })),
    ...changed.map(({ from: was, to: is }) => say('compare.changed', { was, is })),
  ].filter((line): line is string => line !== null)
  return (
    <details>
      <summary>{say('compare.title')}</summary>
      <div className="stack">
        {choices}
        {lines.length ? (
          <ul className="plain">
            {lines.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        ) : (
          <p role="status">{say('compare.same')}</p>
        )}
      </div>
    </details>
  )
}
