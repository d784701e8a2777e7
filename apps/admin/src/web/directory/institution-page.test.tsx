// @vitest-environment jsdom
import { cleanup, screen } from '@testing-library/react'
import { createMemoryHistory, createRootRoute, createRoute, createRouter, RouterProvider } from '@tanstack/react-router'
import { userEvent } from '@testing-library/user-event'
import { afterEach, expect, it, vi } from 'vitest'
import { callTo, show } from '@copractice/ui/testing'
import { resources } from '../words.ts'
import { InstitutionPage } from './institution-page.tsx'
import { MeProvider, type Here } from './signed-in.tsx'

vi.setConfig({ testTimeout: 30_000 })
afterEach(cleanup)

const id = '00000000-0000-4000-8000-000000000001'
const institution = {
  id,
  name: 'Bridge West',
  letter: 'W',
  colour: 1,
  region: null,
  isMember: false,
  connection: { state: 'none', profiles: [], invitedAt: null, lastLaunchAt: null, lastErrorCode: null },
  people: 3,
  timeZone: 'UTC',
  memberSince: null,
  memberUntil: null,
  memberships: [],
  units: [],
  canEdit: true,
  connections: [],
  invites: [],
}

/** The page of an institution of a kind, once its title is there. */
async function open(kind: string, invites: readonly object[] = []) {
  const call = callTo(async (url) =>
    url.endsWith(`/institutions/${id}`)
      ? Response.json({ ...institution, kind, invites })
      : Response.json({ code: 'nothing' }, { status: 404 }),
  )
  const me = { reach: 'network', regions: [], network: { id, name: 'Bridge' }, name: 'Hal', email: 'hal@h.example' }
  const root = createRootRoute()
  const page = createRoute({
    getParentRoute: () => root,
    path: '/institutions/$institutionId',
    component: () => (
      <MeProvider value={me as unknown as Here}>
        <InstitutionPage />
      </MeProvider>
    ),
  })
  const history = createMemoryHistory({ initialEntries: [`/institutions/${id}`] })
  show(<RouterProvider router={createRouter({ routeTree: root.addChildren([page]), history })} />, resources, call)
  await screen.findByText('Details')
  return screen.getAllByRole('heading', { level: 2 }).map(({ textContent }) => textContent)
}

it.each(['office', 'partner', 'local_government'])(
  'an institution of kind %s comes in by e-mail, and its LMS parts are folded away',
  async (kind) => {
    expect((await open(kind))[0]).toBe('Its people sign in by e-mail')
    const fold = screen.getByText('Connect an LMS all the same').closest('details')!
    expect(fold.open).toBe(false)
    expect(fold.contains(screen.getByText('No LMS is connected yet'))).toBe(true)
    expect(fold.contains(screen.getByText('Make an invite link'))).toBe(true)
    await userEvent.click(screen.getByText('Connect an LMS all the same'))
    expect(fold.open).toBe(true)
  },
)

it('a campus has its LMS first', async () => {
  expect((await open('campus'))[0]).toBe('LMS connections')
  expect(screen.queryByText('Its people sign in by e-mail')).toBeNull()
})

it('an invite tells why the last registration with it was refused, with the reference to look up', async () => {
  const holds = { id: '1', madeAt: '2026-11-20T10:00:00Z', expiresAt: '2026-11-27T10:00:00Z' }
  const at = '2026-11-21T09:00:00Z'
  const lastRefusal = { at, code: 'registration.lms_refused', reference: '7KQ4-MX29' }
  await open('partner', [
    { ...holds, lastRefusal },
    { ...holds, id: '2', lastRefusal: null },
  ])
  const tried = screen.getByText(/Last tried .*21.* and refused/)
  expect(tried.closest('details')!.open).toBe(true)
  expect(screen.getByText(/did not take the registration/).textContent).toContain('Begin again from the LMS')
  const reference = screen.getByRole('link', { name: '7KQ4-MX29' })
  expect(reference.getAttribute('href')).toBe('/refusals?reference=7KQ4-MX29')
  expect(screen.getAllByText('No LMS has tried it yet.')).toHaveLength(1)
})

it('what is missing in an LMS entered by hand has the focus, and the issuer is explained for the LMS chosen', async () => {
  await open('campus')
  await userEvent.click(screen.getByRole('button', { name: 'Enter the details by hand' }))
  await userEvent.type(screen.getByLabelText(/^Issuer/), 'https://moodle.example.edu{Enter}')
  expect(document.activeElement).toBe(screen.getByLabelText(/^Client ID/))
  await userEvent.selectOptions(screen.getByLabelText('LMS'), 'Moodle')
  expect(screen.getByText('Moodle calls it Platform ID: the address of the site.')).toBeTruthy()
})
