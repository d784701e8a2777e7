import { useState, type ReactNode, type SubmitEvent } from 'react'
import { useRouterState } from '@tanstack/react-router'
import { listConvenings } from '@copractice/core/convening'
import { endSession, showAdminHome, whoAdministers } from '@copractice/core/directory'
import {
  AppLink,
  Icon,
  PageTitle,
  SideFrame,
  SkipLink,
  TextButton,
  useGoTo,
  useRoute,
  useSend,
  type NavItem,
} from '@copractice/ui'
import { usePairingWords } from '../proposal/pairing/say-pairing.ts'
import { useWords as useReportWords } from '../report/say.ts'
import { usePasskeyWords } from './say-passkey.ts'
import { useMe } from './signed-in.tsx'
import { ThemePicker } from './theme-picker.tsx'
import { useWords as useProposalWords } from '../proposal/say.ts'
import { useWords } from './say.ts'

/** One page of the admin app: navigation at the side, its title with search and account on top, its parts below. */
export function AdminPage({ title, children }: { title: string; children: ReactNode }) {
  const me = useMe()
  const say = useWords()
  const items = useNavigation()
  const place = me.regions.length === 1 && me.reach === 'regions' ? me.regions[0]!.name : me.network.name
  const subtitle = place === me.network.name ? say('app') : me.network.name
  return (
    <>
      <SkipLink />
      <SideFrame
        home={{ href: '/', title: place, subtitle }}
        navLabel={say('nav.label')}
        items={items}
        top={
          <>
            <PageTitle className="top-title" within={place}>
              {title}
            </PageTitle>
            <div className="row top-tools">
              {me.reach !== 'proposals' && <SearchBox />}
              <Account />
            </div>
          </>
        }
      >
        {me.isReadOnly && <p className="read-only">{say('readOnly')}</p>}
        <div className="parts">{children}</div>
      </SideFrame>
    </>
  )
}

const OF_PROPOSALS: ReadonlySet<string> = new Set(['proposal_sent', 'proposal_back', 'help_asked'])

function useNavigation(): readonly NavItem[] {
  const say = useWords()
  const proposal = useProposalWords()
  const pairing = usePairingWords()
  const report = useReportWords()
  const { reach } = useMe()
  const path = useRouterState({ select: (state) => state.location.pathname })
  const home = useRoute(showAdminHome, {}, { enabled: reach !== 'proposals' })
  // Whoever administers institutions alone runs the convenings that one of them hosts, often none.
  const hosted = useRoute(listConvenings, { query: { limit: 1 } }, { enabled: reach === 'institution' })
  const waiting = home.data?.waiting ?? []
  const ofLms = waiting.filter(({ kind }) => kind === 'launches_refused' || kind === 'connection_parked').length
  const ofProposals = waiting.filter(({ kind }) => OF_PROPOSALS.has(kind)).length
  const item = (href: string, label: string, icon: NavItem['icon'], more: Partial<NavItem> = {}): NavItem => ({
    href,
    label,
    isCurrent: href === '/' ? path === '/' : path.startsWith(href),
    ...(icon && { icon }),
    ...more,
  })
  const first = item('/', say('nav.home'), 'home', { count: waiting.length })
  const lms = item('/institutions', say('nav.institutions'), 'plug', { count: ofLms })
  const people = item('/people', say('nav.people'), 'heart', { startsGroup: true })
  const roles = item('/roles', say('nav.roles'), 'people')
  const audit = item('/audit', say('nav.audit'), 'document')
  const proposals = item('/proposals', proposal('nav.proposals'), 'inbox', { count: ofProposals })
  if (reach === 'proposals') return [proposals, item('/facilitating', pairing('nav.facilitating'), 'people')]
  const convenings = item('/convenings', say('nav.convenings'), 'calendar')
  if (reach === 'institution') {
    const toRun = hosted.data?.items.length || path.startsWith('/convenings') ? [convenings] : []
    return [first, ...toRun, proposals, lms, people, roles, audit]
  }
  return [
    first,
    convenings,
    item('/calls', proposal('nav.calls'), 'bell'),
    proposals,
    item('/facilitators', pairing('nav.facilitators'), 'people'),
    item('/cohorts', say('nav.cohorts'), 'grid'),
    item('/programme', say('nav.programme'), 'document'),
    item('/reports', report('nav'), 'document'),
    people,
    lms,
    roles,
    audit,
  ]
}

function SearchBox() {
  const say = useWords()
  const goTo = useGoTo()
  const asked = useRouterState({ select: ({ location }) => new URLSearchParams(location.searchStr).get('q') ?? '' })
  const [text, setText] = useState(asked)
  const onSubmit = (event: SubmitEvent) => {
    event.preventDefault()
    if (!text.trim()) return
    goTo(`/find?q=${encodeURIComponent(text.trim())}`)
  }
  return (
    <form className="search" role="search" onSubmit={onSubmit}>
      <Icon name="search" small />
      <input
        className="input"
        type="search"
        aria-label={say('search.label')}
        placeholder={say('search.hint')}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
    </form>
  )
}

function Account() {
  const say = useWords()
  const passkey = usePasskeyWords()
  const me = useMe()
  const [isOpen, setIsOpen] = useState(false)
  const end = useSend(endSession, { refreshes: [whoAdministers], onDone: () => window.location.replace('/') })
  return (
    <div className="account">
      <TextButton onClick={() => setIsOpen(!isOpen)} expanded={isOpen}>
        {me.name ?? me.email}
      </TextButton>
      {isOpen && (
        <div className="account-panel card stack">
          <p className="small muted">{me.email}</p>
          <ThemePicker />
          <AppLink href="/passkeys">{passkey('account')}</AppLink>
          <TextButton onClick={() => end.mutate({})}>{say('signOut')}</TextButton>
        </div>
      )}
    </div>
  )
}
