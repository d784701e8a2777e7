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
import { FailedPage } from './directory/failed-page.tsx'
import { NotFoundPage } from './directory/not-found-page.tsx'
import { SpaceFrame } from './directory/space-frame.tsx'
import { StartPage } from './directory/start-page.tsx'

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

/** Pages inside the frame of a space; they need a session. */
const space = createRoute({ getParentRoute: () => root, id: 'space', component: SpaceFrame })
const inSpace = <const Path extends string>(path: Path, component: ReturnType<typeof lazyRouteComponent>) =>
  createRoute({ getParentRoute: () => space, path, component })

/** Pages for one errand, in a frame of their own. */
const alone = <const Path extends string>(path: Path, component: ReturnType<typeof lazyRouteComponent>) =>
  createRoute({ getParentRoute: () => root, path, component })

const routeTree = root.addChildren([
  space.addChildren([
    createRoute({ getParentRoute: () => space, path: '/', component: StartPage }),
    inSpace(
      '/home',
      lazyRouteComponent(() => import('./cohort/home-page.tsx'), 'HomePage'),
    ),
    inSpace(
      '/people',
      lazyRouteComponent(() => import('./cohort/people-page.tsx'), 'PeoplePage'),
    ),
    inSpace(
      '/meetings',
      lazyRouteComponent(() => import('./meeting/meetings-page.tsx'), 'MeetingsPage'),
    ),
    inSpace(
      '/reviews',
      lazyRouteComponent(() => import('./review/rounds-page.tsx'), 'RoundsPage'),
    ),
    inSpace(
      '/reviews/new',
      lazyRouteComponent(() => import('./review/round-set-up-page.tsx'), 'NewRoundPage'),
    ),
    inSpace(
      '/reviews/rubrics',
      lazyRouteComponent(() => import('./review/rubrics-page.tsx'), 'RubricsPage'),
    ),
    inSpace(
      '/reviews/rubrics/$rubricId',
      lazyRouteComponent(() => import('./review/rubric-page.tsx'), 'RubricPage'),
    ),
    inSpace(
      '/portfolio',
      lazyRouteComponent(() => import('./portfolio/portfolio-page.tsx'), 'PortfolioPage'),
    ),
    inSpace(
      '/portfolio/$itemId',
      lazyRouteComponent(() => import('./portfolio/item-page.tsx'), 'PortfolioItemPage'),
    ),
    inSpace(
      '/reviews/rounds/$roundId',
      lazyRouteComponent(() => import('./review/round-page.tsx'), 'RoundPage'),
    ),
    inSpace(
      '/reviews/rounds/$roundId/set-up',
      lazyRouteComponent(() => import('./review/round-set-up-page.tsx'), 'ChangeRoundPage'),
    ),
    inSpace(
      '/reviews/exemplars/$exemplarId',
      lazyRouteComponent(() => import('./review/exemplar-page.tsx'), 'ExemplarPage'),
    ),
    inSpace(
      '/reviews/write/$assignmentId',
      lazyRouteComponent(() => import('./review/review-write-page.tsx'), 'ReviewWritePage'),
    ),
    inSpace(
      '/settings',
      lazyRouteComponent(() => import('./directory/settings-page.tsx'), 'SettingsPage'),
    ),
  ]),
  alone(
    '/reminders',
    lazyRouteComponent(() => import('./review/reminders-page.tsx'), 'RemindersPage'),
  ),
  alone(
    '/place/$placingId',
    lazyRouteComponent(() => import('./connection/place-page.tsx'), 'PlacePage'),
  ),
  alone(
    '/convenings/$conveningId',
    lazyRouteComponent(() => import('./convening/convening-page.tsx'), 'ConveningPage'),
  ),
  alone(
    '/reviews/rounds/$roundId/work/$personId',
    lazyRouteComponent(() => import('./review/reviewed-work-page.tsx'), 'ReviewedWorkPage'),
  ),
  createRoute({
    getParentRoute: () => root,
    path: '/sign-in',
    component: lazyRouteComponent(() => import('./directory/sign-in-page.tsx'), 'SignInPage'),
  }),
])

const router = createRouter({
  routeTree,
  defaultErrorComponent: FailedPage,
  defaultPreload: false,
  scrollRestoration: false,
})

export function Pages() {
  return <RouterProvider router={router} />
}
