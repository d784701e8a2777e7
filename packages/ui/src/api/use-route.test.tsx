// @vitest-environment jsdom
import type { ReactNode } from 'react'
import { cleanup, render, screen } from '@testing-library/react'
import { afterEach, expect, it } from 'vitest'
import * as z from 'zod'
import { route } from '@copractice/core/kernel'
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
