import { useParams } from '@tanstack/react-router'
import { showCommunity } from '@copractice/core/proposal'
import { AppLink, Loaded, PageTitle, Section, useRoute } from '@copractice/ui'
import { NextMeeting, PublicPage } from './communities-page.tsx'
import { useRefusals, useWords } from './say.ts'

/** One community for anybody: its charter, how everyone has a voice, and when its cohorts meet next. */
export function CommunityPage() {
  const say = useWords()
  const refusals = useRefusals()
  const slug = useParams({ strict: false }).slug ?? ''
  const community = useRoute(showCommunity, { params: { slug } })
  return (
    <PublicPage>
      {!community.data && <PageTitle within="Copractice">{say('communities.title')}</PageTitle>}
      <Loaded from={community} what={say('communities.title')} lines={8} sayRefusal={refusals}>
        {({ name, area, hosts, network, charter, democratic, inclusive, cohorts }) => (
          <>
            <p className="eyebrow">{[network.name, area].filter(Boolean).join(' · ')}</p>
            <PageTitle within={network.name}>{name}</PageTitle>
            <p>{say('community.hosts', { names: hosts.map((host) => host.name).join(', ') })}</p>
            {(['domain', 'community', 'practice'] as const).map((part) => (
              <Section key={part} title={say(`community.${part}`)}>
                <p className="voice prewrap">{charter[part]}</p>
              </Section>
            ))}
            <Section title={say('community.voice')}>
              <p className="voice prewrap">{democratic}</p>
              <p className="voice prewrap">{inclusive}</p>
            </Section>
            {cohorts.map((cohort) => (
              <Section key={cohort.name} title={say('community.cohort', { name: cohort.name })} isCard>
                <p className="small muted">{say('community.free', { count: cohort.seatsFree })}</p>
                {cohort.meetings.length ? (
                  <ol className="plain plan-read">
                    {cohort.meetings.map((meeting) => (
                      <li key={meeting.startsAt.getTime()}>
                        <strong>{meeting.title}</strong>
                        <span className="small muted">
                          <NextMeeting next={meeting} />
                        </span>
                      </li>
                    ))}
                  </ol>
                ) : (
                  <p>{say('community.noMeetings')}</p>
                )}
              </Section>
            ))}
            <p>
              <AppLink href={`/communities?network=${network.slug}`}>
                {say('communities.all', { network: network.name })}
              </AppLink>
            </p>
          </>
        )}
      </Loaded>
    </PublicPage>
  )
}
