// @vitest-environment jsdom
import { cleanup, fireEvent, screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { afterEach, expect, it } from 'vitest'
import type { InstitutionId, RoundId } from '@copractice/core/kernel'
import type { KeyedPairingChange, PairingMatrix } from '@copractice/core/review'
import type { Call } from '@copractice/ui'
import { show } from '@copractice/ui/testing'
import { resources } from '../words.ts'
import { PairingMatrixPart } from './pairing-matrix.tsx'

const sent: KeyedPairingChange[] = []
const answers: Record<string, unknown> = { attendance: { stand: 'x', missing: 0, away: [], silent: [] } }
const call = (async (route: { method: string; path: string }, given: { body?: { change: KeyedPairingChange } }) => {
  if (route.method === 'GET') return { ok: true, value: answers[route.path.split('/').at(-1)!] }
  sent.push(given.body!.change)
  return { ok: true, value: { undo: given.body!.change } }
}) as unknown as Call

const person = (i: number) => ({
  kind: 'numbered' as const,
  key: `k${i}`,
  campus: { id: 'c' as InstitutionId, name: 'Hill', letter: 'H', colour: 1 },
  number: i,
})
/** n people, each reviewing the work of the one before; the first review is sent. */
const matrix = (n: number): PairingMatrix => ({
  stand: 'x',
  reviewsPerSubmission: 1,
  avoidsCampus: false,
  rows: Array.from({ length: n }, (_, i) => ({ ...person(i), has: 1, away: null })),
  columns: Array.from({ length: n }, (_, i) => ({ ...person(i), gets: 1, team: null, away: false })),
  pairs: Array.from({ length: n }, (_, i) => ({
    row: (i + 1) % n,
    column: i,
    state: i === 0 ? ('filed' as const) : ('not_started' as const),
  })),
  closed: Array.from({ length: n }, (_, i) => ({ row: i, column: i, why: 'own_work' as const })),
  setAside: 0,
})

function open(n = 4, phase: 'review' | 'closed' = 'review') {
  sent.length = 0
  const part = (seen: PairingMatrix) => <PairingMatrixPart roundId={'r' as RoundId} phase={phase} matrix={seen} />
  const { rerender } = show(part(matrix(n)), resources, call)
  return Object.assign(userEvent.setup(), { reads: (seen: PairingMatrix) => rerender(part(seen)) })
}
afterEach(cleanup)

const cell = (reviewer: number, author: number) =>
  screen.getByRole('cell', { name: new RegExp(`^Hill ${reviewer} on Hill ${author}:`) })
const said = () => screen.getAllByRole('status').map(({ textContent }) => textContent)

it('is one tab stop, through which arrow keys move', async () => {
  const user = open()
  expect(screen.getAllByRole('cell').filter(({ tabIndex }) => tabIndex === 0)).toHaveLength(1)
  cell(0, 0).focus()
  await user.keyboard('{ArrowDown}{ArrowRight}')
  expect(document.activeElement).toBe(cell(1, 1))
  await user.keyboard('{End}')
  expect(document.activeElement).toBe(cell(1, 3))
})

it('carries a review with the keys, says why a row may not have it, and puts it down', async () => {
  const user = open()
  cell(2, 1).focus()
  await user.keyboard('{Enter}{ArrowUp}')
  expect(said()).toContain('Hill 1. It is their own work.')
  await user.keyboard('{ArrowUp}')
  expect(document.activeElement?.getAttribute('aria-label')).toContain('Allowed.')
  await user.keyboard('{Enter}')
  expect(sent).toEqual([{ kind: 'move', author: 'k1', from: 'k2', to: 'k0' }])
  await user.click(await screen.findByRole('button', { name: 'Undo' }))
  expect(sent).toHaveLength(2)
})

it('moves the review that was picked up, though the page was read anew in another order meanwhile', async () => {
  const user = open()
  cell(2, 1).focus()
  await user.keyboard('{Enter}{ArrowUp}{ArrowUp}')
  const { rows, columns, pairs, closed, ...rest } = matrix(5)
  // A newcomer stands first.
  const at = (place: number) => (place + 1) % 5
  user.reads({
    ...rest,
    rows: [rows[4]!, ...rows.slice(0, 4)],
    columns: [columns[4]!, ...columns.slice(0, 4)],
    pairs: pairs.map((pair) => ({ ...pair, row: at(pair.row), column: at(pair.column) })),
    closed: closed.map((each) => ({ ...each, row: at(each.row), column: at(each.column) })),
  })
  await user.keyboard('{Enter}')
  expect(sent).toEqual([{ kind: 'move', author: 'k1', from: 'k2', to: 'k0' }])
})

it('lets go of a review that somebody else has moved meanwhile', async () => {
  const user = open()
  cell(2, 1).focus()
  await user.keyboard('{Enter}{ArrowUp}{ArrowUp}')
  const seen = matrix(4)
  user.reads({ ...seen, pairs: seen.pairs.map((pair) => (pair.column === 1 ? { ...pair, row: 3 } : pair)) })
  await user.keyboard('{Enter}')
  expect(sent).toEqual([])
})

it('stays in its column while it is carried, and goes back by Esc', async () => {
  const user = open()
  cell(2, 1).focus()
  await user.keyboard('{Enter}{ArrowRight}{ArrowDown}')
  expect(document.activeElement).toBe(cell(3, 1))
  await user.keyboard('{Escape}')
  expect(document.activeElement).toBe(cell(2, 1))
  expect(said()).toContain('Left where it was.')
  expect(sent).toEqual([])
})

it('leaves a sent review where it is', async () => {
  const user = open()
  cell(1, 0).focus()
  await user.keyboard('{Enter}')
  expect(said()).toContain('This review is sent. It stays.')
  await user.keyboard('{Delete}')
  expect(sent).toEqual([])
})

it('gives a review by Enter on an empty square, and takes one by Delete', async () => {
  const user = open()
  cell(3, 0).focus()
  await user.keyboard('{Enter}')
  expect(sent).toEqual([{ kind: 'add', author: 'k0', reviewer: 'k3' }])
  cell(2, 1).focus()
  await user.keyboard('{Delete}')
  expect(sent[1]).toEqual({ kind: 'remove', author: 'k1', reviewer: 'k2' })
})

it('moves a review by pointer', async () => {
  open()
  const held = cell(2, 1)
  const to = cell(0, 1)
  document.elementFromPoint = () => to
  const mouse = { pointerType: 'mouse', button: 0, buttons: 1 }
  fireEvent.pointerDown(held, { ...mouse, clientX: 0, clientY: 0 })
  fireEvent.pointerMove(held, { ...mouse, clientX: 0, clientY: 20 })
  fireEvent.pointerMove(to, { ...mouse, clientX: 0, clientY: 60 })
  fireEvent.pointerUp(to, { ...mouse, clientX: 0, clientY: 60 })
  await expect.poll(() => sent).toEqual([{ kind: 'move', author: 'k1', from: 'k2', to: 'k0' }])
})

it('shows the same as a list, where a choice waits for its button', async () => {
  const user = open()
  await user.click(screen.getByRole('button', { name: 'Show as a list' }))
  await user.click(screen.getByText('Hill 1', { selector: 'summary span' }))
  const choice = await screen.findByLabelText("Give Hill 2's review of Hill 1 to")
  expect(screen.getAllByRole('option', { name: 'Hill 1: It is their own work.' })[0]).toHaveProperty('disabled', true)
  await user.selectOptions(choice, '0')
  expect(sent).toEqual([])
  await user.click(screen.getByRole('button', { name: 'Give it' }))
  expect(sent).toEqual([{ kind: 'move', author: 'k1', from: 'k2', to: 'k0' }])
})

it('draws of many people what is in sight, and says how many there are', () => {
  open(60)
  expect(screen.getAllByRole('cell').length).toBeLessThan(1700)
  expect(screen.getByRole('grid').getAttribute('aria-rowcount')).toBe('62')
  const wanted = screen.getByLabelText('Show only reviewers whose name holds')
  fireEvent.change(wanted, { target: { value: 'hill 4' } })
  expect(screen.getByText('11 reviewers')).toBeTruthy()
})

it('changes nothing once the round is closed', async () => {
  const user = open(4, 'closed')
  cell(2, 1).focus()
  await user.keyboard('{Enter}{Delete}')
  expect(screen.queryByRole('button', { name: 'Move this review' })).toBeNull()
  expect(sent).toEqual([])
})

it('says of a round whose reviews were all set aside that they were', () => {
  const user = open(4, 'closed')
  user.reads({ ...matrix(4), pairs: [] })
  expect(screen.getByText('No pairings yet.')).toBeTruthy()
  user.reads({ ...matrix(4), pairs: [], setAside: 4 })
  expect(screen.getByText('Every review of this round was set aside.')).toBeTruthy()
})
