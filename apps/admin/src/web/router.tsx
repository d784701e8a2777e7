import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  RouterProvider,
  useRouter,
} from '@tanstack/react-router'
import { LinkProvider, pageMoved } from '@copractice/ui'
import { HomePage } from './directory/home-page.tsx'
import { NotFoundPage } from './directory/not-found-page.tsx'
import { SignedInOnly } from './directory/signed-in.tsx'

const root = createRootRoute({ component: Root, notFoundComponent: NotFoundPage })

function Root() {
  const router = useRouter()
  const navigate = (href: string) => {
    router.history.push(href)
    pageMoved()
  }
  return (
    <LinkProvider navigate={navigate}>
      <Outlet />
    </LinkProvider>
  )
}

/** Pages for those with a grant; everybody else is asked to sign in, at the address they came to. */
const inside = createRoute({ getParentRoute: () => root, id: 'inside', component: SignedInOnly })
const page = <const Path extends string>(path: Path, component: ReturnType<typeof lazyRouteComponent>) =>
  createRoute({ getParentRoute: () => inside, path, component })

const routeTree = root.addChildren([
  inside.addChildren([
    createRoute({ getParentRoute: () => inside, path: '/', component: HomePage }),
    page(
      '/convenings',
      lazyRouteComponent(() => import('./convening/convenings-page.tsx'), 'ConveningsPage'),
    ),
    page(
      '/convenings/new',
      lazyRouteComponent(() => import('./convening/edit-convening-page.tsx'), 'NewConveningPage'),
    ),
    page(
      '/convenings/$conveningId',
      lazyRouteComponent(() => import('./convening/convening-page.tsx'), 'ConveningPage'),
    ),
    page(
      '/convenings/$conveningId/placement',
      lazyRouteComponent(() => import('./convening/board/placement-page.tsx'), 'PlacementPage'),
    ),
    page(
      '/convenings/$conveningId/check-in',
      lazyRouteComponent(() => import('./convening/check-in-page.tsx'), 'CheckInPage'),
    ),
    page(
      '/check-in/$conveningId/$registrationId',
      lazyRouteComponent(() => import('./convening/scan-page.tsx'), 'ScanPage'),
    ),
    page(
      '/convenings/$conveningId/edit',
      lazyRouteComponent(() => import('./convening/edit-convening-page.tsx'), 'EditConveningPage'),
    ),
    page(
      '/cohorts',
      lazyRouteComponent(() => import('./cohort/cohorts-page.tsx'), 'CohortsPage'),
    ),
    page(
      '/cohorts/new',
      lazyRouteComponent(() => import('./cohort/compose-page.tsx'), 'ComposePage'),
    ),
    page(
      '/cohorts/calendar',
      lazyRouteComponent(() => import('./cohort/calendar-page.tsx'), 'CalendarPage'),
    ),
    page(
      '/cohorts/$cohortId/renew',
      lazyRouteComponent(() => import('./cohort/renew-page.tsx'), 'RenewPage'),
    ),
    page(
      '/cohorts/$cohortId',
      lazyRouteComponent(() => import('./cohort/cohort-page.tsx'), 'CohortPage'),
    ),
    page(
      '/calls',
      lazyRouteComponent(() => import('./proposal/calls-page.tsx'), 'CallsPage'),
    ),
    page(
      '/proposals',
      lazyRouteComponent(() => import('./proposal/proposals-page.tsx'), 'ProposalsPage'),
    ),
    page(
      '/proposals/$proposalId/pairing',
      lazyRouteComponent(() => import('./proposal/pairing/proposal-pairing-page.tsx'), 'ProposalPairingPage'),
    ),
    page(
      '/facilitators',
      lazyRouteComponent(() => import('./proposal/pairing/facilitators-page.tsx'), 'FacilitatorsPage'),
    ),
    page(
      '/facilitators/pairing',
      lazyRouteComponent(() => import('./proposal/pairing/pairing-page.tsx'), 'PairingPage'),
    ),
    page(
      '/facilitating',
      lazyRouteComponent(() => import('./proposal/pairing/facilitating-page.tsx'), 'FacilitatingPage'),
    ),
    page(
      '/proposals/$proposalId',
      lazyRouteComponent(() => import('./proposal/proposal-page.tsx'), 'ProposalPage'),
    ),
    page(
      '/programme',
      lazyRouteComponent(() => import('./programme/programme-page.tsx'), 'ProgrammePage'),
    ),
    page(
      '/people',
      lazyRouteComponent(() => import('./directory/people-page.tsx'), 'PeoplePage'),
    ),
    page(
      '/people/$personId',
      lazyRouteComponent(() => import('./directory/person-page.tsx'), 'PersonPage'),
    ),
    page(
      '/passkeys',
      lazyRouteComponent(() => import('./directory/passkeys-page.tsx'), 'PasskeysPage'),
    ),
    page(
      '/roles',
      lazyRouteComponent(() => import('./directory/roles-page.tsx'), 'RolesPage'),
    ),
    page(
      '/find',
      lazyRouteComponent(() => import('./directory/find-page.tsx'), 'FindPage'),
    ),
    page(
      '/institutions',
      lazyRouteComponent(() => import('./directory/institutions-page.tsx'), 'InstitutionsPage'),
    ),
    page(
      '/institutions/$institutionId',
      lazyRouteComponent(() => import('./directory/institution-page.tsx'), 'InstitutionPage'),
    ),
    page(
      '/institutions/$institutionId/connections/$platformId',
      lazyRouteComponent(() => import('./connection/connection-page.tsx'), 'ConnectionPage'),
    ),
    page(
      '/refusals',
      lazyRouteComponent(() => import('./connection/refusal-page.tsx'), 'RefusalPage'),
    ),
    page(
      '/signing-keys',
      lazyRouteComponent(() => import('./connection/keys-page.tsx'), 'KeysPage'),
    ),
    page(
      '/reports',
      lazyRouteComponent(() => import('./report/report-page.tsx'), 'ReportPage'),
    ),
    page(
      '/audit',
      lazyRouteComponent(() => import('./directory/audit-page.tsx'), 'AuditPage'),
    ),
  ]),
  createRoute({
    getParentRoute: () => root,
    path: '/communities',
    component: lazyRouteComponent(() => import('./proposal/communities-page.tsx'), 'CommunitiesPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/communities/$slug',
    component: lazyRouteComponent(() => import('./proposal/community-page.tsx'), 'CommunityPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/start',
    component: lazyRouteComponent(() => import('./proposal/start-page.tsx'), 'StartPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/sign-in',
    component: lazyRouteComponent(() => import('./directory/sign-in-page.tsx'), 'SignInPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/sign-in/refused',
    component: lazyRouteComponent(() => import('./institution-sign-in/refused-page.tsx'), 'SignInRefusedPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/facilitate',
    component: lazyRouteComponent(() => import('./proposal/pairing/apply-page.tsx'), 'ApplyPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/facilitate/$network',
    component: lazyRouteComponent(() => import('./proposal/pairing/apply-page.tsx'), 'ApplyPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/asked',
    component: lazyRouteComponent(() => import('./cohort/asked-page.tsx'), 'AskedPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/c/$slug',
    component: lazyRouteComponent(() => import('./convening/public-page.tsx'), 'PublicConveningPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/c/$slug/notify/$key',
    component: lazyRouteComponent(() => import('./convening/notify-page.tsx'), 'NotifyPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/b/$slug/$key',
    component: lazyRouteComponent(() => import('./convening/badge-page.tsx'), 'BadgePage'),
  }),
])

const router = createRouter({ routeTree, defaultPreload: false, scrollRestoration: false })

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}

export function Pages() {
  return <RouterProvider router={router} />
}
