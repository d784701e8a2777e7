import { useId } from 'react'
import { TextButton } from '@copractice/ui'
import type { LevelFields } from './criterion-fields.ts'
import { useWords } from './say.ts'

/** The levels of one criterion: points, two words, and what it looks like. Two to six of them. */
export function LevelsEditor(props: { levels: readonly LevelFields[]; onChange: (levels: LevelFields[]) => void }) {
  const { levels, onChange } = props
  const say = useWords()
  const id = useId()
  const change = (place: number, part: Partial<LevelFields>) =>
    onChange(levels.map((level, at) => (at === place ? { ...level, ...part } : level)))
  const add = () => {
    const highest = Math.max(0, ...levels.map(({ points }) => Number(points)).filter(Number.isFinite))
    onChange([...levels, { points: String(highest + 1), label: '', descriptor: '' }])
  }
  return (
    <div className="levels-edit">
      {levels.map((level, place) => (
        <div key={place} role="group" aria-label={say('rubric.level', { number: place + 1 })} className="level-edit">
          <div className="field level-points">
            <label htmlFor={`${id}-p${place}`}>{say('rubric.points')}</label>
            <input
              id={`${id}-p${place}`}
              className="input num"
              inputMode="decimal"
              value={level.points}
              onChange={(event) => change(place, { points: event.target.value })}
            />
          </div>
          <div className="field">
            <label htmlFor={`${id}-l${place}`}>{say('rubric.label')}</label>
            <input
              id={`${id}-l${place}`}
              className="input"
              value={level.label}
              onChange={(event) => change(place, { label: event.target.value })}
            />
          </div>
          <div className="field level-text">
            <label htmlFor={`${id}-d${place}`}>{say('rubric.descriptor')}</label>
            <textarea
              id={`${id}-d${place}`}
              className="input"
              rows={2}
              value={level.descriptor}
              onChange={(event) => change(place, { descriptor: event.target.value })}
            />
          </div>
          {levels.length > 2 && (
            <TextButton onClick={() => onChange(levels.toSpliced(place, 1))}>
              {say('rubric.removeLevel', { number: place + 1 })}
            </TextButton>
          )}
        </div>
      ))}
      {levels.length < 6 && <TextButton onClick={add}>{say('rubric.addLevel')}</TextButton>}
    </div>
  )
}
