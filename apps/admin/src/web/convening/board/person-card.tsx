import type { KeyboardEvent } from 'react'
import type { CohortSeen, PersonOnBoard } from '@copractice/core/convening/board'
import { Icon, LetterBadge } from '@copractice/ui'
import { useWords } from './say.ts'
import { NOWHERE, type BoardHands } from './use-board.ts'

/** Somebody on the board: dragged by pointer; by keyboard Enter or Space picks up and puts down, arrows move. */
export function PersonCard(props: {
  person: PersonOnBoard
  cohort: CohortSeen | null
  hands: BoardHands
  isTabStop: boolean
  isFound: boolean
  onArrow: (id: string, key: string) => void
}) {
  const say = useWords()
  const { person, cohort, hands, isTabStop, isFound, onArrow } = props
  const { id, name, institution, affiliation, isPinned, isSeated, isLate } = person
  const isCarried = hands.carried === id
  const onKeyDown = (event: KeyboardEvent) => {
    const { key } = event
    const isSide = key === 'ArrowLeft' || key === 'ArrowRight'
    if (key === 'Enter' || key === ' ') {
      event.preventDefault()
      if (isCarried) hands.putDown(hands.target ?? NOWHERE)
      else if (!isSeated) hands.pickUp(id)
    } else if (key === 'Escape' && hands.carried) {
      event.preventDefault()
      hands.letGo()
    } else if (isCarried && isSide) {
      event.preventDefault()
      hands.choose((key === 'ArrowRight') === (document.dir !== 'rtl') ? 1 : -1)
    } else if (key.startsWith('Arrow') || key === 'Home' || key === 'End') {
      event.preventDefault()
      if (!isCarried) onArrow(id, key)
    }
  }
  const kind = say(`affiliation.${affiliation}`)
  const names = [
    'p',
    isCarried && 'is-carried',
    hands.selected === id && 'is-selected',
    isFound && 'is-found',
    isSeated && 'is-seated',
  ]
  return (
    <button
      type="button"
      className={names.filter(Boolean).join(' ')}
      tabIndex={isTabStop ? 0 : -1}
      aria-pressed={isCarried}
      data-person={id}
      draggable={!isSeated}
      onDragStart={(event) => {
        event.dataTransfer.setData('text/plain', name)
        event.dataTransfer.effectAllowed = 'move'
        hands.pickUp(id)
      }}
      onDragEnd={() => hands.letGo()}
      onFocus={() => hands.setSelected(id)}
      onClick={() => hands.setSelected(id)}
      onKeyDown={onKeyDown}
    >
      <LetterBadge mark={institution} />
      <span>
        <span className="pn">{name}</span>
        <span className="pa">
          {cohort?.chair === id ? say('person.chair', { affiliation: kind }) : kind}
          <span className="vh">
            {cohort
              ? say('person.in', { institution: institution.name, cohort: cohort.name })
              : say('person.out', { institution: institution.name })}
            {isPinned && say('person.kept')}
            {isSeated && say('person.seated')}
          </span>
          {isLate && <span className="tag-late">{say('person.late')}</span>}
        </span>
      </span>
      {(isPinned || isSeated) && <Icon name={isSeated ? 'mail' : 'lock'} small />}
    </button>
  )
}
