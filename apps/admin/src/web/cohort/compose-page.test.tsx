// @vitest-environment jsdom
import { createMemoryHistory, createRootRoute, createRoute, createRouter, RouterProvider } from '@tanstack/react-router'
import { cleanup, configure, screen, waitFor, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { afterEach, expect, it, vi } from 'vitest'
import * as z from 'zod'
import {
  checkCohort,
  checkCohortDraft,
  createCohortFromDraft,
  type Candidate,
  type CohortDraft,
} from '@copractice/core/cohort'
import { InstitutionId, NetworkId, RegionId } from '@copractice/core/kernel'
import { USUAL_LIMITS } from '@copractice/core/programme'
import { LinkProvider } from '@copractice/ui'
import { callTo, show } from '@copractice/ui/testing'
import { MeProvider } from '../directory/signed-in.tsx'
import { resources } from '../words.ts'
import { ComposePage } from './compose-page.tsx'

// The rules are asked after a pause, and a busy machine takes its time.
configure({ asyncUtilTimeout: 10_000 })
vi.setConfig({ testTimeout: 60_000 })
// jsdom lays nothing out, so there is never a size to tell.
vi.stubGlobal(
  'ResizeObserver',
  class {
    observe() {}
    unobserve() {}
    disconnect() {}
  },
)

afterEach(() => {
  cleanup()
  localStorage.clear()
})

const id = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
const riverside = { id: id(1), name: 'Riverside State', letter: 'R', colour: 3 }
const names = ['Ana', 'Ben', 'Cleo', 'Dora']
const people = names.map((name, n) => ({
  id: id(100 + n),
  name,
  email: null,
  affiliations: [{ institution: riverside, kind: 'staff' }],
  cohorts: [],
}))
const candidates = new Map<string, Candidate>(
  people.map((one) => [
    one.id,
    {
      id: one.id,
      name: one.name,
      affiliations: [
        { institutionId: InstitutionId.parse(riverside.id), kind: 'staff', institution: 'campus', isMember: true },
      ],
    },
  ]),
)
const here = {
  name: 'Teresa',
  email: 't@x.example',
  network: { id: NetworkId.parse(id(9)), name: 'Civic', timeZone: 'America/New_York' },
  networks: [],
  reach: 'regions' as const,
  regions: [{ id: RegionId.parse(id(8)), name: 'Three Valleys' }],
  institutions: [],
  isReadOnly: false,
}

/** A server that asks the real rules, with room for two. */
function open(capacity = 2) {
  const sent: CohortDraft[] = []
  const limits = { ...USUAL_LIMITS, cohortSeats: capacity }
  const answer = (method: string, path: string, text: string | undefined): unknown => {
    if (path.startsWith('/api/people')) return { items: people, next: null }
    if (path.startsWith('/api/home')) {
      const glance = { participants: 0, partnerParticipants: 0, campuses: 0, partners: 0, cohorts: 0 }
      return { waiting: [], glance, convenings: [] }
    }
    if (path === '/api/cohorts/check') {
      const draft = z.decode(checkCohortDraft.body, JSON.parse(text!) as never)
      const findings = checkCohort(draft, { limits, people: candidates, isNameTaken: false })
      return z.encode(checkCohortDraft.response, { findings: [...findings], capacity, seated: 0 })
    }
    if (method === 'POST' && path === '/api/cohorts') {
      sent.push(z.decode(createCohortFromDraft.body, JSON.parse(text!) as never))
      return { id: id(50), invited: 0 }
    }
    return { items: [], next: null }
  }
  const call = callTo(async (url, init) => Response.json(answer(init.method!, url, init.body as string | undefined)))
  const root = createRootRoute()
  const compose = createRoute({ getParentRoute: () => root, path: '/cohorts/new', component: ComposePage })
  const made = createRoute({ getParentRoute: () => root, path: '/cohorts/$cohortId', component: () => <h1>Made</h1> })
  const router = createRouter({
    routeTree: root.addChildren([compose, made]),
    history: createMemoryHistory({ initialEntries: ['/cohorts/new'] }),
  })
  window.scrollTo = () => undefined
  show(
    <MeProvider value={here}>
      <LinkProvider navigate={(href) => router.history.push(href)}>
        <RouterProvider router={router as never} />
      </LinkProvider>
    </MeProvider>,
    resources,
    call,
  )
  return { sent, user: userEvent.setup() }
}

const create = () => screen.findByRole('button', { name: 'Create the cohort' })
const add = async (user: ReturnType<typeof userEvent.setup>, name: string) =>
  user.click(await screen.findByRole('button', { name: new RegExp(`^Add ?${name}$`) }))
const give = async (user: ReturnType<typeof userEvent.setup>, name: string, part: string) =>
  user.selectOptions(screen.getByRole('combobox', { name: `Part of ${name}` }), part)

it('says which rule blocks and why, and lets nobody create past it', async () => {
  const { user } = open()
  expect(await screen.findByText(/led by at least one chair/)).toBeTruthy()
  expect(screen.getByText('cohort.chair')).toBeTruthy()
  expect(((await create()) as HTMLButtonElement).disabled).toBe(true)
  await add(user, 'Ana')
  await give(user, 'Ana', 'Chair')
  await waitFor(() => expect(screen.queryByText('cohort.chair')).toBeNull())
})

it('offers the waitlist to those beyond the last seat, and moves them there', async () => {
  const { user } = open()
  for (const name of names) await add(user, name)
  await give(user, 'Ana', 'Chair')
  await user.click(await screen.findByRole('button', { name: 'Put the last 2 on the waitlist' }))
  await waitFor(() => expect(screen.queryByText('cohort.full')).toBeNull())
  const part = (name: string) => screen.getByRole<HTMLSelectElement>('combobox', { name: `Part of ${name}` }).value
  expect(names.map(part)).toEqual(['chair', 'participant', 'waits', 'waits'])
})

it('takes somebody out and brings them back where they were', async () => {
  const { user } = open(9)
  await add(user, 'Ana')
  await add(user, 'Ben')
  await give(user, 'Ana', 'Chair')
  const chosen = screen.getByRole('list', { name: 'Chosen people' })
  await user.click(within(chosen).getByRole('button', { name: /^Remove ?Ana$/ }))
  expect(within(chosen).queryByText('Ana')).toBeNull()
  await user.click(screen.getByRole('button', { name: 'Undo' }))
  expect(screen.getByRole<HTMLSelectElement>('combobox', { name: 'Part of Ana' }).value).toBe('chair')
})

it('keeps what was composed when the page is opened again', async () => {
  const { user } = open()
  await user.type(await screen.findByLabelText(/^Name/), 'Willow')
  await add(user, 'Cleo')
  cleanup()
  open()
  expect((await screen.findByLabelText<HTMLInputElement>(/^Name/)).value).toBe('Willow')
  expect(screen.getByRole('combobox', { name: 'Part of Cleo' })).toBeTruthy()
})

it('sends the draft as instants of the cohort’s zone, with the reason a warning asked for', async () => {
  const { user, sent } = open(9)
  await user.type(await screen.findByLabelText(/^Name/), 'Willow')
  await user.type(screen.getByLabelText(/^Theme/), 'Fundamentals')
  await add(user, 'Ana')
  await give(user, 'Ana', 'Chair')
  await user.click(screen.getByRole('button', { name: 'Set the first meeting' }))
  await user.type(screen.getByLabelText('Starts'), '2027-03-09T16:00')
  await user.type(screen.getByLabelText('Place'), 'Hillside Hall')
  await user.type(await screen.findByLabelText(/Why it goes ahead/), 'A short term')
  await waitFor(async () => expect(((await create()) as HTMLButtonElement).disabled).toBe(false))
  await user.click(await create())
  expect(await screen.findByRole('heading', { name: 'Made' })).toBeTruthy()
  expect(sent).toMatchObject([
    {
      name: 'Willow',
      reason: 'A short term',
      seats: [{ kind: 'chair', isWaitlisted: false }],
      meetings: [
        { startsAt: new Date('2027-03-09T21:00:00Z'), endsAt: new Date('2027-03-09T22:30:00Z'), joinUrl: null },
      ],
    },
  ])
})

it('fills six weeks from one meeting at the same hour, also when the clocks change between', async () => {
  const { user } = open()
  await user.click(await screen.findByRole('button', { name: 'Set the first meeting' }))
  await user.type(screen.getByLabelText('Starts'), '2027-03-09T16:00')
  await user.click(await screen.findByRole('button', { name: 'Repeat weekly to 6 meetings' }))
  const starts = screen.getAllByLabelText('Starts').map((field) => (field as HTMLInputElement).value)
  expect(starts).toHaveLength(6)
  expect(starts[1]).toBe('2027-03-16T16:00')
})
