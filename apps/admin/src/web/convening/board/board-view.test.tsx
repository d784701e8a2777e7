// @vitest-environment jsdom
import { cleanup, screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { afterEach, expect, it } from 'vitest'
import type { BoardSeen } from '@copractice/core/convening/board'
import type { ConveningId } from '@copractice/core/kernel'
import { callTo, show } from '@copractice/ui/testing'
import { resources } from '../../words.ts'
import { BoardView } from './board-view.tsx'
import type { PlacementShown } from './placement-page.tsx'

afterEach(cleanup)

const id = '00000000-0000-4000-8000-000000000001'
const board = {
  version: 1,
  state: 'open',
  seed: 1,
  policy: { seats: 5, minimum: 3, commonSlots: 1 },
  cohorts: [
    { key: 'c1', name: 'Cohort 1', cohortId: null, chair: id, members: [id], slots: [], blocks: [], alone: [] },
  ],
  people: [
    {
      id,
      name: 'Ana Okonjo',
      institution: { id, name: 'Riverside State', letter: 'R', colour: 1 },
      affiliation: 'faculty',
      canChair: true,
      isPinned: false,
      isSeated: false,
      isLate: false,
    },
  ],
  unplaced: [],
  objective: 1,
  bound: 1,
  boundKeeps: 0,
  assumed: { language: 'en', people: 0 },
  solving: null,
  failure: null,
  undo: null,
  redo: null,
  changes: [],
  committedAt: null,
  pending: { cohorts: 0, people: 0 },
} as unknown as BoardSeen

it('the reasons lie over the board only while somebody is chosen, and can be closed', async () => {
  const call = callTo(async () => Response.json({ code: 'nothing' }, { status: 404 }))
  show(<BoardView conveningId={id as ConveningId} placement={{} as PlacementShown} board={board} />, resources, call)
  const tray = screen.getByRole('complementary')
  expect(tray.classList.contains('tray-held')).toBe(false)
  const user = userEvent.setup()
  await user.click(document.querySelector(`[data-person="${id}"]`)!)
  expect(tray.classList.contains('tray-held')).toBe(true)
  await user.click(screen.getByText('Close the reasons'))
  expect(tray.classList.contains('tray-held')).toBe(false)
  expect(document.activeElement).toBe(tray)
})
