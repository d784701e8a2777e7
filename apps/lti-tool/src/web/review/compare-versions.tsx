import { useId, useMemo, useState } from 'react'
import type { Change } from 'diff'
import type { WorkVersion } from '@copractice/core/review'
import { compareTexts } from './compare-texts.ts'
import { useWritingWords } from './say-writing.ts'
import { FileLinks } from './work-text.tsx'

type Version = WorkVersion & { handedInAt?: Date }

/** Two versions side by side (one under the other on phones): what went is struck out in the older, what came is marked in the newer. */
export function CompareVersions({ versions }: { versions: readonly Version[] }) {
  const say = useWritingWords()
  const id = useId()
  const [newer, setNewer] = useState(versions.length - 1)
  const [older, setOlder] = useState(Math.max(0, versions.length - 2))
  const [from, to] = [versions[older], versions[newer]]
  const changes = useMemo(() => compareTexts(from?.body ?? '', to?.body ?? ''), [from?.body, to?.body])
  if (!from || !to || versions.length < 2) return null
  const came = changes.filter(({ added }) => added).length
  const went = changes.filter(({ removed }) => removed).length
  const choices = [
    { label: say('compare.older'), place: older, set: setOlder, fits: (at: number) => at < newer },
    { label: say('compare.newer'), place: newer, set: setNewer, fits: (at: number) => at > older },
  ]
  return (
    <div className="compare">
      {versions.length > 2 && (
        <div className="row">
          {choices.map(({ label, place, set, fits }, index) => (
            <div key={label} className="field">
              <label htmlFor={`${id}-${index}`}>{label}</label>
              <select
                id={`${id}-${index}`}
                className="input"
                value={place}
                onChange={(event) => set(Number(event.target.value))}
              >
                {versions.map(
                  ({ number }, at) =>
                    fits(at) && (
                      <option key={number} value={at}>
                        {say('compare.version', { number })}
                      </option>
                    ),
                )}
              </select>
            </div>
          ))}
        </div>
      )}
      <p className="small muted" role="status">
        {came + went === 0 ? say('compare.same') : say('compare.sum', { came, went })}
      </p>
      <div className="sides">
        <Side version={from} changes={changes} side="removed" />
        <Side version={to} changes={changes} side="added" />
      </div>
    </div>
  )
}

function Side({ version, changes, side }: { version: Version; changes: Change[]; side: 'added' | 'removed' }) {
  const say = useWritingWords()
  const title = say('compare.version', { number: version.number })
  const other = side === 'added' ? 'removed' : 'added'
  return (
    <section className="side-text" aria-label={title}>
      <h3>{title}</h3>
      {version.changeNote && <p className="voice said change-note">{version.changeNote}</p>}
      <div className="voice said">
        {changes
          .filter((change) => !change[other])
          .map((change, place) => {
            if (!change[side]) return <span key={place}>{change.value}</span>
            return side === 'added' ? <ins key={place}>{change.value}</ins> : <del key={place}>{change.value}</del>
          })}
      </div>
      {version.link && (
        <p>
          <a href={version.link} target="_blank" rel="noreferrer noopener">
            {version.link}
          </a>
        </p>
      )}
      <FileLinks files={version.files} />
    </section>
  )
}
