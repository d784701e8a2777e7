import { useEffect, useRef, useState } from 'react'
import { useParams } from '@tanstack/react-router'
import { showPlacement, solvePlacementRoute, weighPlacement, type BoardSeen } from '@copractice/core/convening/board'
import type { ConveningId, RouteOutput } from '@copractice/core/kernel'
import {
  ActionButton,
  AppLink,
  Card,
  EmptyState,
  Loaded,
  Notice,
  ProblemNotice,
  useNow,
  useRoute,
  useSend,
} from '@copractice/ui'
import { AdminPage } from '../../directory/admin-page.tsx'
import { BoardView } from './board-view.tsx'
import { useRefusals, useWords } from './say.ts'
import { SolveForm } from './solve-form.tsx'
import { useSpelling } from './spell-reason.ts'
import './board.css'

export type PlacementShown = RouteOutput<typeof showPlacement>

const SOLVING_MS = 1200
/** Others may be at the same board: what they do is seen soon. */
const TOGETHER_MS = 6000

/** People of a convening as cohorts before they are made: solved, moved by hand under the rules, committed. */
export function PlacementPage() {
  const say = useWords()
  const refusals = useRefusals()
  const conveningId = useParams({ strict: false }).conveningId as ConveningId
  const [pace, setPace] = useState(TOGETHER_MS)
  const shown = useRoute(showPlacement, { params: { conveningId } }, { everyMs: pace, keepPrevious: true })
  const next = shown.data?.board?.state === 'solving' ? SOLVING_MS : TOGETHER_MS
  if (next !== pace) setPace(next)
  const name = shown.data?.convening.name
  return (
    <AdminPage title={name ? say('page', { name }) : say('title')}>
      <Loaded from={shown} what={say('title')} lines={8} sayRefusal={refusals}>
        {(placement) => (
          <>
            <p className="small">
              <AppLink href={`/convenings/${conveningId}`}>{say('back', { name: placement.convening.name })}</AppLink>
            </p>
            <Stage conveningId={conveningId} placement={placement} />
          </>
        )}
      </Loaded>
    </AdminPage>
  )
}

const FAILED = {
  'placement.fault': 'failed',
  'placement.not_taken': 'failed.notTaken',
  'placement.gave_up': 'failed.gaveUp',
} as const

/** Why the last solve broke off, and the same asked once more. */
function Failed({ conveningId, board }: { conveningId: ConveningId; board: BoardSeen }) {
  const say = useWords()
  const refusals = useRefusals()
  const solve = useSend(solvePlacementRoute, { refreshes: [showPlacement, weighPlacement] })
  if (!board.failure) return null
  const { version, seed, policy, people } = board
  const body = { version, seed, policy, keepPins: people.some(({ isPinned }) => isPinned) }
  return (
    <>
      <Notice
        tone="bad"
        action={
          <ActionButton
            size="small"
            weight="secondary"
            isBusy={solve.isPending}
            onClick={() => solve.mutate({ params: { conveningId }, body })}
          >
            {say('failed.again')}
          </ActionButton>
        }
      >
        {say(FAILED[board.failure])}
      </Notice>
      {solve.error && <ProblemNotice problem={solve.error.problem} sayRefusal={refusals} />}
    </>
  )
}

function Stage({ conveningId, placement }: { conveningId: ConveningId; placement: PlacementShown }) {
  const say = useWords()
  const { board, registered } = placement
  const isNew = !board || (board.cohorts.length === 0 && board.version === 0)
  useHeadingAfter(board?.solving ? 'solving' : isNew ? 'new' : 'board')
  if (!registered) {
    return (
      <EmptyState title={say('none')} icon="people">
        {say('noneText')}
      </EmptyState>
    )
  }
  if (board?.solving) return <Solving solving={board.solving} people={registered} />
  return (
    <>
      {board && <Failed conveningId={conveningId} board={board} />}
      {isNew ? (
        <Card title={say('setup')}>
          <SolveForm conveningId={conveningId} placement={placement} />
        </Card>
      ) : (
        <BoardView conveningId={conveningId} placement={placement} board={board} />
      )}
    </>
  )
}

/** The form gives way to the progress, and that to the board: whoever was in what went away goes on at the heading of what came. */
function useHeadingAfter(stage: string): void {
  const before = useRef(stage)
  useEffect(() => {
    if (before.current === stage) return
    before.current = stage
    const heading = document.querySelector<HTMLElement>('#main h2')
    if (!heading || document.activeElement !== document.body) return
    heading.tabIndex = -1
    heading.focus()
  }, [stage])
}

/** How far the solver is: seconds, steps, and how near the best so far is to what is possible. */
function Solving({ solving, people }: { solving: NonNullable<BoardSeen['solving']>; people: number }) {
  const say = useWords()
  const spell = useSpelling()
  const now = useNow(1000)
  const seconds = Math.max(0, Math.round((now.getTime() - solving.since.getTime()) / 1000))
  const { step, steps, objective, bound } = solving
  const within =
    objective && bound ? say('solving.within', { percent: spell.percent(1 - objective / bound) }) : say('solving.begun')
  return (
    <Card title={say('setup')}>
      <div className="stack">
        <p>
          {say('solving', { people, seconds })}, <span role="status">{within}</span>
        </p>
        <progress className="solve-progress" aria-label={say('setup')} value={step} max={steps} />
      </div>
    </Card>
  )
}
