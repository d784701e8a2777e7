// @vitest-environment jsdom
import { cleanup, configure, render, screen, waitFor } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { I18nextProvider } from 'react-i18next'
import { afterEach, expect, it, vi } from 'vitest'
import type { PersonId } from '@copractice/core/kernel'
import {
  ApiProvider,
  AppTheme,
  createApi,
  createI18n,
  createQueryClient,
  LinkProvider,
  LiveProvider,
} from '@copractice/ui'
import { resources } from '../words.ts'
import { CarePart } from './care-part.tsx'

// A busy machine takes its time.
configure({ asyncUtilTimeout: 10_000 })
vi.setConfig({ testTimeout: 30_000 })
afterEach(cleanup)

it('whoever has removed a person moves on to the people as by a link there, so at the top', async () => {
  const moves: string[] = []
  const call = createApi({
    baseUrl: '',
    getToken: () => null,
    onSessionEnded: () => undefined,
    fetch: async () => new Response(null, { status: 204 }),
  })
  render(
    <I18nextProvider i18n={createI18n(resources)}>
      <AppTheme>
        <ApiProvider call={call} client={createQueryClient()}>
          <LiveProvider>
            <LinkProvider navigate={(href) => moves.push(href)}>
              <CarePart personId={'00000000-0000-4000-8000-000000000001' as PersonId} name="Ana Okonjo" mayRemove />
            </LinkProvider>
          </LiveProvider>
        </ApiProvider>
      </AppTheme>
    </I18nextProvider>,
  )
  await userEvent.click(screen.getByRole('button', { name: /^Remove/ }))
  await userEvent.type(await screen.findByRole('textbox'), 'They asked{Enter}')
  await waitFor(() => expect(moves).toEqual(['/people']))
})
