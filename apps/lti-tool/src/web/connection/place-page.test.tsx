// @vitest-environment jsdom
import { createMemoryHistory, createRootRoute, createRoute, createRouter, RouterProvider } from '@tanstack/react-router'
import { cleanup, screen, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { afterEach, expect, it, vi } from 'vitest'
import { createSession } from '@copractice/ui'
import { callTo, show } from '@copractice/ui/testing'
import { SessionProvider } from '../directory/session-provider.tsx'
import { resources } from '../words.ts'
import { PlacePage } from './place-page.tsx'

const id = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`
const cohort = { id: id(1), name: 'Willow cohort' }
const listed: Record<string, object[]> = {
  space: [
    { kind: 'space', id: id(1), title: 'Willow cohort', theme: 'Fundamentals', cohort },
    { kind: 'space', id: id(2), title: 'Oak cohort', theme: 'Partnerships', cohort: { id: id(2), name: 'Oak cohort' } },
  ],
  round: [
    {
      kind: 'round',
      id: id(3),
      title: 'Action plan',
      cohort,
      phase: 'submit',
      submitUntil: '2027-01-10T17:00:00Z',
      timeZone: 'UTC',
      workMaximum: 20,
    },
  ],
}
const asks = { course: 'CEP 610', lms: 'moodle', takesLinks: true, takesSeveral: true, takesColumns: true }

function open(
  asked: object = asks,
  answered = { status: 201, body: { returnUrl: 'https://lms.example/take?x=1', jwt: 'signed' } as object },
) {
  document.body.innerHTML = `<script type="application/json" id="session">${JSON.stringify({ token: 't', expiresAt: new Date(Date.now() + 3_600_000).toISOString() })}</script>`
  const sent: unknown[] = []
  const call = callTo(async (address, init) => {
    const url = new URL(address, 'https://space.example')
    const answer = (status: number, body: unknown) =>
      new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } })
    if (url.pathname.endsWith('/answer')) {
      sent.push(JSON.parse(init.body as string))
      return answer(answered.status, answered.body)
    }
    if (!url.pathname.endsWith('/choices')) return answer(url.pathname === '/api/session' ? 500 : 200, asked)
    const search = url.searchParams.get('search')?.toLowerCase() ?? ''
    const all = (listed[url.searchParams.get('kind')!] ?? []) as { title: string }[]
    return answer(200, { items: all.filter(({ title }) => title.toLowerCase().includes(search)), next: null })
  })
  const root = createRootRoute()
  const route = createRoute({ getParentRoute: () => root, path: '/place/$placingId', component: PlacePage })
  const history = createMemoryHistory({ initialEntries: [`/place/${id(9)}`] })
  const router = createRouter({ routeTree: root.addChildren([route]), history })
  const posted = vi.spyOn(HTMLFormElement.prototype, 'submit').mockImplementation(() => undefined)
  show(
    <SessionProvider holder={createSession()}>
      <RouterProvider router={router} />
    </SessionProvider>,
    resources,
    call,
  )
  return { user: userEvent.setup(), sent, posted }
}
afterEach(() => {
  cleanup()
  vi.restoreAllMocks()
})

it('takes several over all kinds, and posts the signed answer to the LMS by itself', async () => {
  const { user, sent, posted } = open()
  expect(await screen.findByRole('heading', { name: 'Place Copractice in CEP 610' })).toBeTruthy()
  await user.click(await screen.findByRole('checkbox', { name: /Willow cohort/ }))
  await user.click(screen.getByRole('radio', { name: 'A review round' }))
  const round = await screen.findByRole('checkbox', { name: /Action plan/ })
  expect(round.closest('label')!.textContent).toContain('Brings a gradebook column of 20 points for the work.')
  await user.click(round)
  const chosen = screen.getByRole('region', { name: 'Chosen' })
  expect(within(chosen).getAllByRole('listitem')).toHaveLength(2)
  await user.click(screen.getByRole('button', { name: 'Place 2 links' }))
  expect(await screen.findByText('Taking you back to Moodle…')).toBeTruthy()
  expect(sent).toMatchObject([
    {
      chosen: [
        { kind: 'space', id: id(1) },
        { kind: 'round', id: id(3) },
      ],
    },
  ])
  const form = posted.mock.contexts[0] as HTMLFormElement
  expect([form.method, form.action, new FormData(form).get('JWT')]).toEqual([
    'post',
    'https://lms.example/take?x=1',
    'signed',
  ])
})

it('takes one where the LMS takes one: the next choice replaces it', async () => {
  const { user, sent } = open({ ...asks, lms: 'canvas', takesSeveral: false })
  await user.click(await screen.findByRole('radio', { name: /Willow cohort/ }))
  await user.click(screen.getByRole('radio', { name: /Oak cohort/ }))
  await user.click(screen.getByRole('button', { name: 'Place 1 link' }))
  await screen.findByText('Taking you back to Canvas…')
  expect(sent).toMatchObject([{ chosen: [{ id: id(2) }] }])
})

it('finds by name, and lets a choice be left out again', async () => {
  const { user } = open()
  await user.click(await screen.findByRole('checkbox', { name: /Willow cohort/ }))
  await user.type(screen.getByRole('searchbox', { name: 'Search' }), 'oak')
  expect(await screen.findByRole('checkbox', { name: /Oak cohort/ })).toBeTruthy()
  await vi.waitFor(() => expect(screen.queryByRole('checkbox', { name: /Willow/ })).toBeNull())
  await user.click(screen.getByRole('button', { name: 'Leave out Willow cohort' }))
  expect(screen.getByText('Nothing yet.')).toBeTruthy()
  expect(screen.getByRole('button', { name: 'Place 1 link' }).hasAttribute('disabled')).toBe(true)
})

it('goes back without a choice when cancelled, or when the LMS takes no links', async () => {
  const { user, sent } = open()
  await user.click(await screen.findByRole('button', { name: 'Cancel' }))
  await screen.findByText('Taking you back to Moodle…')
  cleanup()
  const other = open({ ...asks, takesLinks: false })
  await other.user.click(await screen.findByRole('button', { name: 'Go back to Moodle' }))
  await screen.findByText('Taking you back to Moodle…')
  expect([...sent, ...other.sent]).toEqual([{ chosen: [] }, { chosen: [] }])
})

it('says why in words when the choice could not be taken, and keeps it', async () => {
  const { user } = open(asks, { status: 409, body: { code: 'placing.not_offered', facts: {} } })
  await user.click(await screen.findByRole('checkbox', { name: /Willow cohort/ }))
  await user.click(screen.getByRole('button', { name: 'Place 1 link' }))
  expect(await screen.findByText(/One of these can no longer be placed/)).toBeTruthy()
  expect(screen.getByRole<HTMLInputElement>('checkbox', { name: /Willow cohort/ }).checked).toBe(true)
})
