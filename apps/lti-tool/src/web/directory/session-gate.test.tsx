// @vitest-environment jsdom
import { cleanup, fireEvent, screen } from '@testing-library/react'
import { afterEach, expect, it } from 'vitest'
import type { SessionHolder } from '@copractice/ui'
import { callTo, show } from '@copractice/ui/testing'
import { resources } from '../words.ts'
import { SessionEndedBanner } from './session-gate.tsx'
import { SessionProvider } from './session-provider.tsx'

afterEach(cleanup)

it('says what to do when the sign-in by e-mail is over too, and keeps the page', async () => {
  const holder = { state: () => 'ended', subscribe: () => () => undefined } as unknown as SessionHolder
  const call = callTo(async () => new Response('{"code":"session.ended","facts":{}}', { status: 401 }))
  show(
    <SessionProvider holder={holder}>
      <SessionEndedBanner />
    </SessionProvider>,
    resources,
    call,
  )
  fireEvent.click(screen.getByRole('button', { name: 'Go on with my e-mail sign-in' }))
  const link = await screen.findByRole('link', { name: 'Sign in by e-mail in a new window' })
  expect(link.getAttribute('target')).toBe('_blank')
})
