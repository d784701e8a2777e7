import { Outlet, useRouterState } from '@tanstack/react-router'
import type { SessionSeen } from '@copractice/core/directory'
import {
  AppLink,
  LetterBadge,
  LoadingLines,
  Notice,
  ProblemNotice,
  SkipLink,
  TopBar,
  ZoneProvider,
  type NavItem,
} from '@copractice/ui'
import { ChooseCohortPage } from '../cohort/choose-cohort-page.tsx'
import { JoinPage } from '../cohort/join-page.tsx'
import { MyCohortsPage } from '../cohort/my-cohorts-page.tsx'
import { LinkStatusPage } from '../connection/link-status-page.tsx'
import { ObserverPage } from '../gradebook/observer-page.tsx'
import { AnonymousPage } from './anonymous-page.tsx'
import { useLms } from './lms.tsx'
import { SessionEndedBanner, SessionGate } from './session-gate.tsx'
import { SeenProvider, useSessionQuery } from './session-provider.tsx'
import { useWords as usePortfolioWords } from '../portfolio/say.ts'
import { useWords } from './say.ts'
import './directory.css'

/** The frame of the space: bar, page, foot. What stands in it depends on how the person stands towards the cohort. */
export function SpaceFrame() {
  return (
    <SessionGate>
      <Frame />
    </SessionGate>
  )
}

function Frame() {
  const session = useSessionQuery()
  const say = useWords()
  const seen = session.data
  return (
    <ZoneProvider zone={seen?.person.timeZone ?? null}>
      <div className="space">
        <SkipLink />
        <Bar seen={seen} />
        <SessionEndedBanner />
        <main className="wrap" id="main" tabIndex={-1}>
          {seen ? (
            <SeenProvider value={seen}>
              <Standing seen={seen} />
            </SeenProvider>
          ) : session.error && session.error.problem.code !== 'session.ended' ? (
            <ProblemNotice problem={session.error.problem} onRetry={() => void session.refetch()} />
          ) : (
            <LoadingLines what={say('space')} lines={6} />
          )}
        </main>
        {seen && <Foot seen={seen} />}
      </div>
    </ZoneProvider>
  )
}

function Bar({ seen }: { seen: SessionSeen | undefined }) {
  const say = useWords()
  const portfolio = usePortfolioWords()
  const path = useRouterState({ select: (state) => state.location.pathname })
  const item = (href: string, label: string, count?: number): NavItem => ({
    href,
    label,
    isCurrent: path === href || path.startsWith(`${href}/`),
    ...(count !== undefined && { count }),
  })
  const items = seen?.can.enter
    ? [
        item('/home', say('nav.home')),
        item('/meetings', say('nav.meetings')),
        ...(seen.can.setUpRounds ? [] : [item('/portfolio', portfolio('nav'))]),
        item('/reviews', say('nav.reviews'), seen.counts.reviewsWaiting),
        item('/people', say('nav.people')),
      ]
    : []
  const home = {
    href: '/',
    title: seen?.cohort?.name ?? seen?.network.name ?? 'Copractice',
    subtitle: seen?.cohort?.theme ?? '',
  }
  return (
    <TopBar
      home={home}
      navLabel={say('nav.label')}
      items={items}
      end={seen && seen.standing !== 'anonymous_visitor' && <Me seen={seen} />}
    />
  )
}

function Me({ seen }: { seen: SessionSeen }) {
  const say = useWords()
  const name = seen.person.name ?? say('noName')
  return (
    <AppLink className="row person" href="/settings">
      <LetterBadge mark={seen.campus} />
      <span className="small">{name}</span>
      <span className="vh">{say('nav.me')}</span>
    </AppLink>
  )
}

/** Home and the other pages for those who may enter; for everyone else the one page that says how they stand. */
function Standing({ seen }: { seen: SessionSeen }) {
  const path = useRouterState({ select: (state) => state.location.pathname })
  if (seen.standing === 'anonymous_visitor') return <AnonymousPage />
  if (path === '/settings' || seen.can.enter)
    return (
      <>
        {seen.standing === 'test_visitor' && <TestVisitor />}
        <Outlet />
      </>
    )
  switch (seen.standing) {
    case 'choose_cohort':
    case 'not_yet_chosen':
      return <ChooseCohortPage />
    case 'observer':
      return <ObserverPage />
    case 'lms_administrator':
      return <LinkStatusPage />
    case 'several_cohorts':
    case 'no_cohort':
      return <MyCohortsPage />
    default:
      return <JoinPage />
  }
}

/** The LMS's student view: a teacher walks through what members see. */
function TestVisitor() {
  const say = useWords()
  return (
    <div className="visitor">
      <Notice tone="info" icon="eye">
        {say('testVisitor')}
      </Notice>
    </div>
  )
}

function Foot({ seen }: { seen: SessionSeen }) {
  const say = useWords()
  const { returnUrl } = useLms()
  return (
    <footer className="foot">
      <span>
        {seen.course
          ? say('foot.course', { course: seen.course.title ?? say('foot.yourCourse'), campus: seen.campus?.name ?? '' })
          : seen.standing === 'anonymous_visitor'
            ? seen.network.name
            : say('foot.mail', { network: seen.network.name })}
      </span>
      {returnUrl && (
        <a href={returnUrl} target="_top">
          {say('foot.back')}
        </a>
      )}
      {seen.standing !== 'anonymous_visitor' && <AppLink href="/settings">{say('foot.settings')}</AppLink>}
    </footer>
  )
}
