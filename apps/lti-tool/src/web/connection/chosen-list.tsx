import type { Placeable } from '@copractice/core/connection'
import { TextButton } from '@copractice/ui'
import { useWords } from './say.ts'

/** What is chosen so far, over all kinds; said aloud as a count when it changes. */
export function ChosenList(props: { chosen: readonly Placeable[]; onLeaveOut: (one: Placeable) => void }) {
  const { chosen, onLeaveOut } = props
  const say = useWords()
  const nameOf = ({ kind, title }: Placeable) => say('place.chosenAs', { title, kind: say(`place.kind.${kind}`) })
  return (
    <div role="status">
      {chosen.length === 0 ? (
        <p className="muted">{say('place.chosenNone')}</p>
      ) : (
        <ul className="list">
          {chosen.map((one) => (
            <li key={`${one.kind} ${one.id}`} className="row between">
              <span>{nameOf(one)}</span>
              <TextButton onClick={() => onLeaveOut(one)} about={one.title}>
                {say('place.remove')}
              </TextButton>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
