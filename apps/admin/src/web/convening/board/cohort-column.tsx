import { useState, type DragEvent, type ReactNode } from 'react'
import type { BoardSeen, CohortSeen } from '@copractice/core/convening/board'
import { AppLink, Icon, StatusPill, TextButton } from '@copractice/ui'
import { useWords } from './say.ts'
import { useSpelling } from './spell-reason.ts'
import type { BoardHands, Verdict } from './use-board.ts'
import { WeekGrid } from './week-grid.tsx'

/** A cohort as a column: seats, the times all share, what the rules say, and what they say of whoever is carried. */
export function CohortColumn(props: {
  cohort: CohortSeen
  board: BoardSeen
  allSlots: readonly string[]
  hands: BoardHands
  children: ReactNode
}) {
  const say = useWords()
  const spell = useSpelling()
  const { cohort, board, allSlots, hands, children } = props
  const { key, name, members, slots, blocks, alone, cohortId } = cohort
  const { seats } = board.policy
  const isTarget = hands.carried !== null && hands.target === key
  const names = alone.map(hands.nameOf)
  return (
    <section
      className={`col${isTarget ? ' is-target' : ''}`}
      aria-label={name}
      data-cohort={key}
      {...dropHere(hands, key)}
    >
      <header>
        <h3>
          {name}{' '}
          <span className="num">
            <span aria-hidden="true">
              {members.length}
              <span className="muted">/{seats}</span>
            </span>
            <span className="vh">{say('cohort.seats', { taken: members.length, seats })}</span>
          </span>
        </h3>
        <div className="meter" aria-hidden="true">
          <span style={{ inlineSize: `${Math.min(100, (100 * members.length) / seats)}%` }} />
        </div>
        <div className="times">
          <WeekGrid name={name} slots={slots} all={allSlots} />
          <span>{say('cohort.times', { count: slots.length })}</span>
        </div>
        <div className="row">
          {blocks.length > 0 ? (
            blocks.map((block) => (
              <p key={block.code} className="verdict no">
                <Icon name="warn" small />
                <span>{spell.rule(block)}</span>
              </p>
            ))
          ) : alone.length > 0 ? (
            <details className="alone">
              <summary>
                <StatusPill tone="warn">{say('cohort.alone', { count: alone.length })}</StatusPill>
              </summary>
              <p className="small">{say('cohort.aloneText', { names: spell.list(names) })}</p>
            </details>
          ) : (
            <StatusPill tone="ok">{say('cohort.holds')}</StatusPill>
          )}
        </div>
        {hands.carried !== null && <VerdictLine verdict={hands.verdictAt(key)} hands={hands} />}
      </header>
      {children}
      <footer className="row">
        {cohortId ? (
          <AppLink href={`/cohorts/${cohortId}`}>{say('cohort.open')}</AppLink>
        ) : (
          <Handle cohort={cohort} hands={hands} />
        )}
      </footer>
    </section>
  )
}

/** Putting down by pointer: the same verdicts, and where a rule forbids it the reason is said instead. */
export function dropHere(hands: BoardHands, key: string) {
  return {
    onDragOver: (event: DragEvent) => {
      if (hands.carried === null) return
      event.preventDefault()
      event.dataTransfer.dropEffect = 'move'
      if (hands.target !== key) hands.setTarget(key)
    },
    onDrop: (event: DragEvent) => {
      event.preventDefault()
      hands.putDown(key)
    },
  }
}

export function VerdictLine({ verdict, hands }: { verdict: Verdict; hands: BoardHands }) {
  const kind = verdict?.kind ?? 'asked'
  const icon = kind === 'yes' ? 'check' : kind === 'no' ? 'warn' : 'clock'
  return (
    <p className={`verdict ${kind}`}>
      <Icon name={icon} small />
      <span>{hands.spellVerdict(verdict)}</span>
    </p>
  )
}

function Handle({ cohort: { key, name }, hands }: { cohort: CohortSeen; hands: BoardHands }) {
  const say = useWords()
  const [text, setText] = useState<string | null>(null)
  if (text !== null) {
    return (
      <form
        className="row"
        onSubmit={(event) => {
          event.preventDefault()
          if (text.trim() && text.trim() !== name)
            hands.send({ kind: 'rename', cohort: key, name: text.trim() }, text.trim())
          setText(null)
        }}
      >
        <label className="vh" htmlFor={`name-${key}`}>
          {say('cohort.name')}
        </label>
        <input
          className="input"
          id={`name-${key}`}
          maxLength={120}
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => event.key === 'Escape' && setText(null)}
        />
        <button type="submit" className="btn btn-quiet btn-sm">
          {say('cohort.save')}
        </button>
      </form>
    )
  }
  return (
    <>
      <TextButton about={name} onClick={() => setText(name)}>
        {say('cohort.rename')}
      </TextButton>
      <TextButton
        about={name}
        onClick={() => hands.send({ kind: 'dissolve', cohort: key }, say('cohort.dissolved', { name }))}
      >
        {say('cohort.dissolve')}
      </TextButton>
    </>
  )
}
