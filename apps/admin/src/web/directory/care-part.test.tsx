// @vitest-environment jsdom
import { cleanup, configure, screen, waitFor } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { afterEach, expect, it, vi } from 'vitest'
import type { PersonId } from '@copractice/core/kernel'
import { LinkProvider } from '@copractice/ui'
import { callTo, show } from '@copractice/ui/testing'
import { resources } from '../words.ts'
import { CarePart } from './care-part.tsx'

// A busy machine takes its time.
configure({ asyncUtilTimeout: 10_000 })
vi.setConfig({ testTimeout: 30_000 })
afterEach(cleanup)

it('whoever has removed a person moves on to the people as by a link there, so at the top', async () => {
  const moves: string[] = []
  const call = callTo(async () => new Response(null, { status: 204 }))
  show(
    <LinkProvider navigate={(href) => moves.push(href)}>
      <CarePart personId={'00000000-0000-4000-8000-000000000001' as PersonId} name="Ana Okonjo" mayRemove />
    </LinkProvider>,
    resources,
    call,
  )
  await userEvent.click(screen.getByRole('button', { name: /^Remove/ }))
  const reason = await screen.findByRole('textbox')
  // The dialog takes the focus when it opens, a moment later, and with it what is typed.
  await waitFor(() => expect(document.activeElement?.closest('[role=dialog]')).not.toBeNull())
  await userEvent.type(reason, 'They asked{Enter}')
  await waitFor(() => expect(moves).toEqual(['/people']))
})
