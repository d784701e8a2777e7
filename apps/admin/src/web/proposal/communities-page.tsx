import type { ReactNode } from 'react'
import { useRouterState } from '@tanstack/react-router'
import { listCommunities, type CommunityListed } from '@copractice/core/proposal'
import type { RouteOutput } from '@copractice/core/kernel'
import {
  AppLink,
  BrandMark,
  ButtonLink,
  EmptyState,
  LetterBadge,
  Loaded,
  PageTitle,
  SkipLink,
  useRoute,
  useTimes,
  ZoneProvider,
} from '@copractice/ui'
import { ListPages, ListSearch } from '../directory/list-parts.tsx'
import { useList } from '../directory/use-list.ts'
import './proposal.css'
import { useWords } from './say.ts'

type Directory = RouteOutput<typeof listCommunities>

/** The frame of a page that anybody reads without signing in. */
export function PublicPage({ children }: { children: ReactNode }) {
  return (
    <ZoneProvider zone={null}>
      <SkipLink />
      <main className="wrap public stack" id="main" tabIndex={-1}>
        <BrandMark />
        {children}
      </main>
    </ZoneProvider>
  )
}

/** Which network an address with `?network=` is about. */
export const useNetworkAsked = (): string | undefined =>
  useRouterState({ select: ({ location }) => new URLSearchParams(location.searchStr).get('network') ?? undefined })

/** The approved communities of a network, with their next meeting. Nothing that waits for an answer shows. */
export function CommunitiesPage() {
  const say = useWords()
  const list = useList()
  const network = useNetworkAsked()
  const query = { ...list.query, ...(network && { network }) }
  const communities = useRoute(listCommunities, { query }, { keepPrevious: true })
  return (
    <PublicPage>
      <PageTitle {...(communities.data?.network && { within: communities.data.network.name })}>
        {say('communities.title')}
      </PageTitle>
      <p>{say('communities.text')}</p>
      <Loaded from={communities} what={say('communities.title')} lines={6}>
        {(found) =>
          found.network || !found.networks.length ? (
            <>
              <div className="tools">
                <ListSearch list={list} label={say('communities.search')} />
                <ButtonLink href={startOf(found)} weight="secondary" icon="plus">
                  {say('communities.start')}
                </ButtonLink>
              </div>
              {found.items.length ? (
                <ul className="plain community-list">
                  {found.items.map((community) => (
                    <Entry key={community.slug} community={community} />
                  ))}
                </ul>
              ) : (
                <EmptyState title={say(list.search ? 'communities.noneFound' : 'communities.none')} icon="people">
                  {say('communities.startText')}
                </EmptyState>
              )}
              <ListPages list={list} next={found.next} label={say('communities.title')} />
            </>
          ) : (
            <Networks networks={found.networks} path="/communities" />
          )
        }
      </Loaded>
    </PublicPage>
  )
}

const startOf = ({ network }: Directory) => (network ? `/start?network=${network.slug}` : '/start')

/** Several networks show something: one is chosen first. */
export function Networks({ networks, path }: { networks: Directory['networks']; path: string }) {
  const say = useWords()
  return (
    <>
      <h2>{say('communities.choose')}</h2>
      <ul className="plain stack">
        {networks.map(({ slug, name }) => (
          <li key={slug}>
            <AppLink href={`${path}?network=${slug}`}>{name}</AppLink>
          </li>
        ))}
      </ul>
    </>
  )
}

function Entry({ community }: { community: CommunityListed }) {
  const say = useWords()
  const { slug, name, area, domain, hosts, next } = community
  return (
    <li>
      <h2>
        <AppLink href={`/communities/${slug}`}>{name}</AppLink>
      </h2>
      <p className="voice">{domain}</p>
      <p className="row small">
        {hosts.map((host) => (
          <span key={host.id} className="row person-line">
            <LetterBadge mark={host} small />
            {host.name}
          </span>
        ))}
      </p>
      <p className="small muted">
        {[area, next ? undefined : say('communities.noNext')].filter(Boolean).join(' · ')}
        {next && (
          <>
            {' · '}
            {say('communities.next')}: <NextMeeting next={next} />
          </>
        )}
      </p>
    </li>
  )
}

/** When and where, in the zone it was set in. */
export function NextMeeting({ next }: { next: NonNullable<CommunityListed['next']> }) {
  const say = useWords()
  const times = useTimes()
  const { startsAt, timeZone, place, isOnline } = next
  const where = place && isOnline ? say('communities.both', { place }) : (place ?? say('communities.online'))
  return `${times.dateTime(startsAt, timeZone)} ${times.zone(timeZone, startsAt)}, ${where}`
}
