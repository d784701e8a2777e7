// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { I18nextProvider } from 'react-i18next'
import { afterEach, expect, it } from 'vitest'
import { ApiProvider, AppTheme, createApi, createI18n, createQueryClient, type SessionHolder } from '@copractice/ui'
import { resources } from '../words.ts'
import { SessionEndedBanner } from './session-gate.tsx'
import { SessionProvider } from './session-provider.tsx'

afterEach(cleanup)

it('says what to do when the sign-in by e-mail is over too, and keeps the page', async () => {
  const holder = { state: () => 'ended', subscribe: () => () => undefined } as unknown as SessionHolder
  const call = createApi({
    baseUrl: '',
    getToken: () => null,
    onSessionEnded: () => undefined,
    fetch: async () => new Response('{"code":"session.ended","facts":{}}', { status: 401 }),
  })
  render(
    <I18nextProvider i18n={createI18n(resources)}>
      <AppTheme>
        <ApiProvider call={call} client={createQueryClient()}>
          <SessionProvider holder={holder}>
            <SessionEndedBanner />
          </SessionProvider>
        </ApiProvider>
      </AppTheme>
    </I18nextProvider>,
  )
  fireEvent.click(screen.getByRole('button', { name: 'Go on with my e-mail sign-in' }))
  const link = await screen.findByRole('link', { name: 'Sign in by e-mail in a new window' })
  expect(link.getAttribute('target')).toBe('_blank')
})
