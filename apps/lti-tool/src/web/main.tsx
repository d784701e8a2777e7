import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { I18nextProvider } from 'react-i18next'
import '@copractice/ui/theme.css'
import {
  ApiProvider,
  applyTheme,
  AppTheme,
  createApi,
  createI18n,
  createQueryClient,
  createSession,
  DateLocaleProvider,
  isFramed,
  LiveProvider,
  fitFrame,
  systemTheme,
} from '@copractice/ui'
import { renewSession } from '@copractice/core/directory'
import { LmsProvider, readLms } from './directory/lms.tsx'
import { SessionProvider } from './directory/session-provider.tsx'
import { goToPart, startAddress } from './directory/arrive.ts'
import { Pages } from './router.tsx'
import { resources } from './words.ts'

const lms = readLms()
applyTheme(lms.highContrast ? 'contrast' : isFramed() ? 'light' : systemTheme())
fitFrame()

// A launch is answered where the LMS posted it; the pages live at addresses of their own.
if (window.location.pathname.startsWith('/lti/')) window.history.replaceState(null, '', startAddress())
goToPart()

const session = createSession()
const call = createApi({ baseUrl: '', getToken: session.token, onSessionEnded: session.end })
session.keepRenewed(async () => {
  const answer = await call(renewSession, {})
  if (answer.ok) return answer.value
  return answer.problem.code === 'session.ended' ? 'ended' : 'later'
})

const i18n = createI18n(resources)
document.documentElement.lang = i18n.language

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <I18nextProvider i18n={i18n}>
      <AppTheme>
        <ApiProvider call={call} client={createQueryClient()}>
          <SessionProvider holder={session}>
            <LmsProvider value={lms}>
              <DateLocaleProvider locale={lms.locale}>
                <LiveProvider>
                  <Pages />
                </LiveProvider>
              </DateLocaleProvider>
            </LmsProvider>
          </SessionProvider>
        </ApiProvider>
      </AppTheme>
    </I18nextProvider>
  </StrictMode>,
)
