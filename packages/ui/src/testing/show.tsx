import type { ReactNode } from 'react'
import { render, type RenderResult } from '@testing-library/react'
import { I18nextProvider } from 'react-i18next'
import { createApi, type Call } from '../api/create-api.ts'
import { ApiProvider, createQueryClient } from '../api/use-route.tsx'
import { LiveProvider } from '../parts/live.tsx'
import { AppTheme } from '../theme/app-theme.tsx'
import { createI18n, type Resources } from '../words/create-i18n.ts'

/** Calls by the contracts, with `answer` in the place of the network and the server. */
export function callTo(answer: (url: string, init: RequestInit) => Promise<Response>): Call {
  return createApi({
    baseUrl: '',
    getToken: () => null,
    onSessionEnded: () => undefined,
    fetch: (url, init) => answer(url as string, init!),
  })
}

/** Puts a page or a part of one on screen, inside what both apps put round theirs. */
export function show(page: ReactNode, words: Resources, call: Call): RenderResult {
  const i18n = createI18n(words)
  const client = createQueryClient()
  return render(page, {
    wrapper: ({ children }) => (
      <I18nextProvider i18n={i18n}>
        <AppTheme>
          <ApiProvider call={call} client={client}>
            <LiveProvider>{children}</LiveProvider>
          </ApiProvider>
        </AppTheme>
      </I18nextProvider>
    ),
  })
}
