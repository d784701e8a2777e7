import { useEffect, useRef, useState } from 'react'
import type { BoardSeen } from '@copractice/core/convening/board'
import type { ConveningId } from '@copractice/core/kernel'
import { ActionButton, Card, Notice, ProblemNotice, TextButton, useTimes } from '@copractice/ui'
import { CohortColumn } from './cohort-column.tsx'
import { CommitForm } from './commit-form.tsx'
import { PersonCard } from './person-card.tsx'
import type { PlacementShown } from './placement-page.tsx'
import { Quality } from './quality.tsx'
import { useRefusals, useWords } from './say.ts'
import { SolveForm } from './solve-form.tsx'
import { useSpelling } from './spell-reason.ts'
import { UnplacedPart } from './unplaced-part.tsx'
import { useBoard } from './use-board.ts'
import { WhyTray } from './why-tray.tsx'

type Props = Readonly<{ conveningId: ConveningId; placement: PlacementShown; board: BoardSeen }>

/** The board: those without a place, cohorts as columns, people as cards, and beside them why. One stop of the tab key. */
export function BoardView({ conveningId, placement, board }: Props) {
  const say = useWords()
  const spell = useSpelling()
  const times = useTimes()
  const refusals = useRefusals()
  const hands = useBoard(conveningId, board)
  const [part, setPart] = useState<'solve' | 'commit' | null>(null)
  const [search, setSearch] = useState('')
  const { cohorts, unplaced, pending, version } = board
  const isCommitted = board.committedAt !== null
  const allSlots = [...new Set(cohorts.flatMap(({ slots }) => slots))]
  const columns = [unplaced.map(({ id }) => id), ...cohorts.map(({ members }) => members)].filter(
    (column) => column.length,
  )
  const stop = columns.flat().includes(hands.selected ?? '') ? hands.selected : columns[0]?.[0]
  const text = search.trim().toLowerCase()
  const found = text ? board.people.filter(({ name }) => name.toLowerCase().includes(text)).map(({ id }) => id) : []

  const tray = useRef<HTMLElement>(null)
  // To a card the focus cannot go: it would choose whoever is on it.
  const letGo = () => {
    hands.setSelected(null)
    tray.current?.focus({ preventScroll: true })
  }
  const { toFocus } = hands
  // The focus follows whoever moved to their new place, unless the reader has gone elsewhere meanwhile.
  useEffect(() => {
    const { activeElement, body } = document
    const isFree = activeElement === body || activeElement?.matches('.placement .p')
    if (toFocus && version > toFocus.since && isFree) cardOf(toFocus.id)?.focus()
  }, [toFocus, version])
  const focus = (id: string | undefined) => id && cardOf(id)?.focus()
  const onArrow = (id: string, key: string) => {
    const at = columns.findIndex((column) => column.includes(id))
    const column = columns[at]!
    const row = column.indexOf(id)
    const isForward = document.dir !== 'rtl'
    const side = (by: number) => {
      const next = columns[at + by]
      return next?.[Math.min(row, next.length - 1)]
    }
    const to = {
      ArrowUp: column[row - 1],
      ArrowDown: column[row + 1],
      ArrowLeft: side(isForward ? -1 : 1),
      ArrowRight: side(isForward ? 1 : -1),
      Home: column[0],
      End: column.at(-1),
    }[key]
    focus(to)
  }
  const card = (id: string, cohort: BoardSeen['cohorts'][number] | null = null) => (
    <PersonCard
      person={hands.people.get(id)!}
      cohort={cohort}
      hands={hands}
      isTabStop={stop === id}
      isFound={found.includes(id)}
      onArrow={onArrow}
    />
  )
  return (
    <div className="placement">
      <div className="ph">
        <h2>{say('heading', { people: board.people.length, cohorts: cohorts.length })}</h2>
        <div className="row">
          <ActionButton weight="quiet" onClick={() => hands.takeStep('undo')} isDisabled={!board.undo}>
            {say('undo')}
          </ActionButton>
          <ActionButton weight="quiet" onClick={() => hands.takeStep('redo')} isDisabled={!board.redo}>
            {say('redo')}
          </ActionButton>
          {!isCommitted && (
            <ActionButton
              weight="quiet"
              icon="retry"
              expanded={part === 'solve'}
              onClick={() => setPart(part === 'solve' ? null : 'solve')}
            >
              {say('setup.again')}
            </ActionButton>
          )}
          {pending.people > 0 && (
            <ActionButton expanded={part === 'commit'} onClick={() => setPart(part === 'commit' ? null : 'commit')}>
              {say('commit.open', { count: pending.people })}
            </ActionButton>
          )}
        </div>
      </div>
      {board.committedAt && (
        <Notice tone="ok">
          {say('committed', { date: times.date(board.committedAt) })}{' '}
          {pending.people > 0 && say('pending', { count: pending.people })}
        </Notice>
      )}
      {part === 'solve' && (
        <Card title={say('setup.again')}>
          <SolveForm conveningId={conveningId} placement={placement} onAsked={() => setPart(null)} />
        </Card>
      )}
      {part === 'commit' && (
        <CommitForm
          key={board.version}
          conveningId={conveningId}
          placement={placement}
          board={board}
          onClose={() => setPart(null)}
        />
      )}
      {hands.lost.length > 0 ? (
        <Notice tone="warn" live>
          <p>{say('changed')}</p>
          <ul>
            {hands.lost.map((change) => (
              <li key={change.version}>{spell.change(change)}</li>
            ))}
          </ul>
          <p>{say('changed.look')}</p>
        </Notice>
      ) : (
        hands.problem && <ProblemNotice problem={hands.problem} sayRefusal={refusals} />
      )}
      <CarryLine hands={hands} />
      <div className="lay">
        <div>
          <UnplacedPart board={board} hands={hands} card={card} />
          <div className="row find-person">
            <label className="vh" htmlFor="find-person">
              {say('search')}
            </label>
            <input
              className="input list-search"
              id="find-person"
              type="search"
              placeholder={say('search')}
              value={search}
              onChange={(event) => setSearch(event.target.value)}
              onKeyDown={(event) => event.key === 'Enter' && focus(found[0])}
            />
            <span className="small muted" role="status">
              {text && say('search.found', { count: found.length })}
            </span>
          </div>
          <div className="board" role="group" aria-label={say('board')} aria-describedby="board-help">
            {cohorts.map((cohort) => (
              <CohortColumn key={cohort.key} cohort={cohort} board={board} allSlots={allSlots} hands={hands}>
                <ul className="plain people">
                  {cohort.members.map((id) => (
                    <li key={id}>{card(id, cohort)}</li>
                  ))}
                </ul>
              </CohortColumn>
            ))}
          </div>
          <p className="small muted" id="board-help">
            {say('board.help')}
          </p>
        </div>
        <aside
          className={hands.selected !== null || hands.carried !== null ? 'tray tray-held' : 'tray'}
          aria-label={say('tray')}
          ref={tray}
          tabIndex={-1}
        >
          {hands.selected !== null && hands.carried === null && (
            <p className="let-go">
              <TextButton onClick={letGo}>{say('why.close')}</TextButton>
            </p>
          )}
          <WhyTray board={board} hands={hands} />
          <Quality board={board} />
        </aside>
      </div>
    </div>
  )
}

const cardOf = (id: string) => document.querySelector<HTMLElement>(`.placement [data-person="${CSS.escape(id)}"]`)

/** Who is carried and what the rules say of where they would go; said aloud as it changes. */
function CarryLine({ hands }: { hands: ReturnType<typeof useBoard> }) {
  const say = useWords()
  const { carried, target, said } = hands
  const isMoving = carried !== null && target !== null
  const next = isMoving
    ? say('carry.next', { cohort: hands.targetName(target), verdict: hands.spellVerdict(hands.verdictAt(target)) })
    : ''
  return (
    <>
      <p className={carried === null ? 'vh' : 'carry'} role="status">
        {carried === null ? (
          said
        ) : (
          <span>
            <strong>{say('carry', { name: hands.nameOf(carried) })}</strong> {next || said}
          </span>
        )}
        {carried !== null && (
          <span className="small" aria-hidden="true">
            <kbd>←</kbd> <kbd>→</kbd> {say('carry.choose')} <kbd>Enter</kbd> {say('carry.put')} <kbd>Esc</kbd>{' '}
            {say('carry.back')}
          </span>
        )}
      </p>
    </>
  )
}
