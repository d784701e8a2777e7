import { createContext, use } from 'react'
import { Navigate, Outlet, useRouterState } from '@tanstack/react-router'
import { whoAdministers } from '@copractice/core/directory'
import type { RouteOutput } from '@copractice/core/kernel'
import { LoadingLines, ProblemNotice, useRoute, ZoneProvider } from '@copractice/ui'
import { ChooseNetworkPage } from './choose-network-page.tsx'
import { useWords } from './say.ts'
import { SignInPage } from './sign-in-page.tsx'

type Me = RouteOutput<typeof whoAdministers>
export type Here = Omit<Me, 'network' | 'reach'> & {
  network: NonNullable<Me['network']>
  reach: NonNullable<Me['reach']>
}
const MeContext = createContext<Here | null>(null)

/** Who is signed in, in the network they chose. */
export function useMe(): Here {
  const me = use(MeContext)
  if (!me) throw new Error('useMe needs SignedInOnly above it')
  return me
}
export const MeProvider = MeContext

/** Pages of those who administer nothing: what they write, where they facilitate, how they sign in. */
const OWN_PAGES = ['/proposals', '/facilitating', '/passkeys']

/** Shows the page to those with a grant. Anybody else signs in first and then is where they wanted to be. */
export function SignedInOnly() {
  const say = useWords()
  const path = useRouterState({ select: (state) => state.location.pathname })
  const me = useRoute(whoAdministers, {})
  const problem = me.error?.problem
  if (problem?.code === 'session.ended') return <SignInPage />
  const isElsewhere = me.data?.reach === 'proposals' && !OWN_PAGES.some((own) => path === '/' || path.startsWith(own))
  if (isElsewhere) return <Navigate to="/proposals" replace />
  if (me.data?.network && me.data.reach) {
    return (
      <MeContext value={me.data as Here}>
        <ZoneProvider zone={null}>
          <Outlet />
        </ZoneProvider>
      </MeContext>
    )
  }
  if (me.data) return <ChooseNetworkPage networks={me.data.networks} />
  return (
    <main className="wrap" id="main" tabIndex={-1}>
      {problem ? (
        <ProblemNotice problem={problem} onRetry={() => void me.refetch()} />
      ) : (
        <LoadingLines what={say('app')} />
      )}
    </main>
  )
}
