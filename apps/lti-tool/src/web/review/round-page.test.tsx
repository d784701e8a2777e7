// @vitest-environment jsdom
import { cleanup, screen } from '@testing-library/react'
import { createMemoryHistory, createRootRoute, createRoute, createRouter, RouterProvider } from '@tanstack/react-router'
import { afterEach, expect, it } from 'vitest'
import type { SessionSeen } from '@copractice/core/directory'
import { callTo, show } from '@copractice/ui/testing'
import { SeenProvider } from '../directory/session-provider.tsx'
import { resources } from '../words.ts'
import { RoundPage } from './round-page.tsx'

afterEach(cleanup)

it('a link to a round that its instructor still prepares says so, under a heading', async () => {
  const call = callTo(async () => Response.json({ code: 'review.not_found', facts: {} }, { status: 404 }))
  const root = createRootRoute()
  const page = createRoute({ getParentRoute: () => root, path: '/reviews/rounds/$roundId', component: RoundPage })
  const initialEntries = ['/reviews/rounds/00000000-0000-4000-8000-000000000001']
  const history = createMemoryHistory({ initialEntries })
  show(
    <SeenProvider value={{ cohort: { name: 'Alder' } } as unknown as SessionSeen}>
      <RouterProvider router={createRouter({ routeTree: root.addChildren([page]), history })} />
    </SeenProvider>,
    resources,
    call,
  )
  expect(await screen.findByText('This round is not open to you')).toBeTruthy()
  expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('Reviews')
  expect(screen.getByRole('button', { name: 'Look again' })).toBeTruthy()
})
