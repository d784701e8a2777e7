// @vitest-environment jsdom
import { cleanup, configure, screen, waitFor } from '@testing-library/react'
import { createMemoryHistory, createRootRoute, createRoute, createRouter, RouterProvider } from '@tanstack/react-router'
import { userEvent } from '@testing-library/user-event'
import { afterEach, expect, it, vi } from 'vitest'
import { callTo, show } from '@copractice/ui/testing'
import { MeProvider, type Here } from '../../directory/signed-in.tsx'
import { resources } from '../../words.ts'
import { PlacementPage } from './placement-page.tsx'

// A busy machine takes its time.
configure({ asyncUtilTimeout: 10_000 })
vi.setConfig({ testTimeout: 30_000 })
afterEach(cleanup)

const id = '00000000-0000-4000-8000-000000000001'
const unsolved = {
  version: 0,
  state: 'solving',
  seed: 1,
  policy: { seats: 5, minimum: 3, commonSlots: 1 },
  cohorts: [],
  people: [],
  unplaced: [],
  objective: 0,
  bound: null,
  boundKeeps: 0,
  assumed: { language: 'en', people: 0 },
  solving: { since: '2026-11-22T10:00:00.000Z', step: 1, steps: 9, objective: null, bound: null },
  failure: null,
  undo: null,
  redo: null,
  changes: [],
  committedAt: null,
  pending: { cohorts: 0, people: 0 },
}

it('whoever has people placed goes on at the heading of the progress that takes the place of the form', async () => {
  const placement = {
    convening: { id, name: 'Fall gathering', timeZone: 'UTC', startsAt: null },
    registered: 42,
    limits: unsolved.policy,
    board: null as unknown,
  }
  const call = callTo(async (url, init) => {
    if (!url.includes(`/${id}/placement`)) return Response.json({ code: 'nothing' }, { status: 404 })
    if (init.method === 'POST') placement.board = unsolved
    return Response.json(init.method === 'POST' ? unsolved : placement)
  })
  const me = { reach: 'regions', regions: [], network: { id, name: 'Bridge' }, name: 'Hal', email: 'hal@h.example' }
  const root = createRootRoute()
  const page = createRoute({
    getParentRoute: () => root,
    path: '/convenings/$conveningId/placement',
    component: () => (
      <MeProvider value={me as unknown as Here}>
        <PlacementPage />
      </MeProvider>
    ),
  })
  const history = createMemoryHistory({ initialEntries: [`/convenings/${id}/placement`] })
  show(<RouterProvider router={createRouter({ routeTree: root.addChildren([page]), history })} />, resources, call)
  await userEvent.click(await screen.findByRole('button', { name: 'Place 42 people' }))
  await screen.findByRole('progressbar')
  await waitFor(() => expect(document.activeElement?.tagName).toBe('H2'))
})
