import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { I18nextProvider } from 'react-i18next'
import '@copractice/ui/theme.css'
import './directory/admin.css'
import './convening/convening.css'
import {
  ApiProvider,
  applyTheme,
  AppTheme,
  createApi,
  createI18n,
  createQueryClient,
  LiveProvider,
  routeKey,
  systemTheme,
} from '@copractice/ui'
import { whoAdministers } from '@copractice/core/directory'
import { Pages } from './router.tsx'
import { resources } from './words.ts'

applyTheme(systemTheme())

const client = createQueryClient()
const me = routeKey(whoAdministers)

/** A call that meets an ended session makes the frame ask who is here, and that shows the sign-in. */
function onSessionEnded(): void {
  if (client.getQueriesData({ queryKey: me }).some(([, data]) => data)) void client.invalidateQueries({ queryKey: me })
}
const call = createApi({ baseUrl: '', getToken: () => null, onSessionEnded })

const i18n = createI18n(resources)
document.documentElement.lang = i18n.language

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <I18nextProvider i18n={i18n}>
      <AppTheme>
        <ApiProvider call={call} client={client}>
          <LiveProvider>
            <Pages />
          </LiveProvider>
        </ApiProvider>
      </AppTheme>
    </I18nextProvider>
  </StrictMode>,
)
