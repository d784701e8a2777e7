// @vitest-environment jsdom
import type { ReactNode } from 'react'
import type { QueryClient } from '@tanstack/react-query'
import { act, cleanup, render, screen } from '@testing-library/react'
import { afterEach, expect, it } from 'vitest'
import * as z from 'zod'
import { route } from '@copractice/core/kernel'
import { Loaded } from '../parts/notices.tsx'
import { createApi } from './create-api.ts'
import { ApiProvider, createQueryClient, useRoute } from './use-route.tsx'

const noteRoute = route({ method: 'GET', path: '/api/note', response: z.object({ text: z.string() }), refusals: [] })

function Note({ forgets }: { forgets: boolean }) {
  const note = useRoute(noteRoute, {}, { forgets })
  return <p>{note.data?.text ?? 'reading'}</p>
}
afterEach(cleanup)

it.each([
  [true, 'reading'],
  [false, 'first'],
])('what is saved as one types is read anew by whoever comes back: forgets %s', async (forgets, seenFirst) => {
  let text = 'first'
  const call = createApi({
    baseUrl: '',
    getToken: () => null,
    onSessionEnded: () => undefined,
    fetch: async () => new Response(JSON.stringify({ text }), { headers: { 'content-type': 'application/json' } }),
  })
  const client = createQueryClient()
  const at = (page: ReactNode) => (
    <ApiProvider call={call} client={client}>
      {page}
    </ApiProvider>
  )
  const { rerender } = render(at(<Note forgets={forgets} />))
  await screen.findByText('first')
  text = 'second'
  rerender(at(<p>elsewhere</p>))
  await new Promise((resolve) => setTimeout(resolve, 20))
  rerender(at(<Note forgets={forgets} />))
  expect(screen.getByText(seenFirst)).toBeTruthy()
})

it.each([
  ['a lost connection', 1, () => Promise.reject(new TypeError('failed to fetch'))],
  ['too many requests', 1, async () => Response.json({ code: 'rate.limited', facts: {} }, { status: 429 })],
  ['an ended session', 0, async () => Response.json({ code: 'session.ended', facts: {} }, { status: 401 })],
])('what came, and what is being written in it, stays while asking again meets %s', async (_, told, fail) => {
  let answer: () => Promise<Response> = async () => Response.json({ text: 'first' })
  const client = createQueryClient()
  client.setDefaultOptions({ queries: { retry: false, networkMode: 'always' } })
  render(<Asked client={client} fetch={() => answer()} />)
  const field: HTMLInputElement = await screen.findByLabelText('first')
  field.value = 'half a sentence'
  answer = fail
  await askAgain(client)
  expect(screen.getByLabelText<HTMLInputElement>('first').value).toBe('half a sentence')
  // That a session has ended is told above every page.
  expect(screen.queryAllByRole('button')).toHaveLength(told)
})

it('a refusal takes the place of what came', async () => {
  let answer = async () => Response.json({ text: 'first' })
  const client = createQueryClient()
  render(<Asked client={client} fetch={() => answer()} />)
  await screen.findByLabelText('first')
  answer = async () => Response.json({ code: 'not_found', facts: {} }, { status: 404 })
  await askAgain(client)
  expect(screen.queryByLabelText('first')).toBeNull()
})

function Asked({ client, fetch }: { client: QueryClient; fetch: () => Promise<Response> }) {
  const call = createApi({ baseUrl: '', getToken: () => null, onSessionEnded: () => undefined, fetch })
  return (
    <ApiProvider call={call} client={client}>
      <AskedPart />
    </ApiProvider>
  )
}

function AskedPart() {
  const note = useRoute(noteRoute, {})
  return (
    <Loaded from={note} what="the note">
      {({ text }) => <input aria-label={text} />}
    </Loaded>
  )
}

/** Until the page shows what came of it. */
const askAgain = (client: QueryClient) =>
  act(async () => {
    await client.invalidateQueries()
    await new Promise((resolve) => setTimeout(resolve, 5))
  })
