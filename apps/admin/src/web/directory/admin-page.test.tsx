// @vitest-environment jsdom
import { cleanup, screen } from '@testing-library/react'
import { createMemoryHistory, createRootRoute, createRouter, RouterProvider } from '@tanstack/react-router'
import { afterEach, expect, it, vi } from 'vitest'
import { callTo, show } from '@copractice/ui/testing'
import { resources } from '../words.ts'
import { AdminPage } from './admin-page.tsx'
import { MeProvider, type Here } from './signed-in.tsx'

vi.setConfig({ testTimeout: 30_000 })
afterEach(cleanup)

const id = '00000000-0000-4000-8000-000000000001'
const listed = {
  id,
  name: 'Fall gathering',
  slug: 'fall',
  startsAt: null,
  endsAt: null,
  timeZone: 'America/New_York',
  place: null,
  joinUrl: null,
  capacity: null,
  registrationClosesAt: null,
  status: 'open',
  region: { id, name: 'West' },
  counts: { registered: 0, waitlisted: 0 },
  kind: 'gathering',
  term: null,
}

/** The links at the side, for somebody of a reach whose institutions host so many convenings. */
async function links(reach: Here['reach'], hosted: number): Promise<string[]> {
  const asked: string[] = []
  const call = callTo(async (url) => {
    asked.push(url)
    if (!asked.at(-1)!.includes('/api/convenings')) return Response.json({ code: 'nothing' }, { status: 404 })
    return Response.json({ items: Array.from({ length: hosted }, () => listed), next: null, missing: [] })
  })
  const me = { reach, regions: [], network: { id, name: 'Bridge' }, name: 'Hal', email: 'hal@h.example' }
  const route = createRootRoute({
    component: () => (
      <MeProvider value={me as unknown as Here}>
        <AdminPage title="Home">{null}</AdminPage>
      </MeProvider>
    ),
  })
  const router = createRouter({ routeTree: route, history: createMemoryHistory({ initialEntries: ['/'] }) })
  show(<RouterProvider router={router} />, resources, call)
  await screen.findByText('Proposals')
  await vi.waitFor(() => expect(reach !== 'institution' || asked.some((url) => url.includes('convenings'))).toBe(true))
  if (hosted) await screen.findByText('Convenings')
  return screen.getAllByRole('link', { hidden: true }).map((link) => link.textContent)
}

it('whoever administers an institution finds the convenings it hosts, and no line where it hosts none', async () => {
  expect(await links('institution', 1)).toContain('Convenings')
  cleanup()
  expect(await links('institution', 0)).not.toContain('Convenings')
  cleanup()
  expect(await links('regions', 0)).toContain('Convenings')
})
