import { Navigate } from '@tanstack/react-router'
import { showAdminHome } from '@copractice/core/directory'
import { Card, Loaded, useNow, useRoute, useTimes } from '@copractice/ui'
import { CohortsThisSeason } from '../cohort/cohorts-this-season.tsx'
import { AdminPage } from './admin-page.tsx'
import { CampusCards } from './campus-cards.tsx'
import { partOfDay } from './part-of-day.ts'
import { RegionGlance } from './region-glance.tsx'
import { useWords } from './say.ts'
import { useMe } from './signed-in.tsx'
import { WaitingList } from './waiting-list.tsx'

/**
 * What waits for the coordinator, how the region stands, the season's cohorts, and the campuses with their LMS. Who only
 * writes a proposal begins with it.
 */
export function HomePage() {
  return useMe().reach === 'proposals' ? <Navigate to="/proposals" replace /> : <AdminHome />
}

function AdminHome() {
  const say = useWords()
  const times = useTimes()
  const now = useNow(60_000)
  const { name, reach } = useMe()
  const home = useRoute(showAdminHome, {}, { everyMs: 60_000 })
  const greeting = say(`hello.${partOfDay(now.getHours())}`)
  const first = name?.split(' ')[0]
  return (
    <AdminPage title={first ? say('hello.name', { greeting, name: first }) : greeting}>
      <div className="top-grid">
        <Card title={say('waiting.title')} aside={<span className="small muted">{times.date(now)}</span>}>
          <Loaded from={home} what={say('waiting.title')} lines={4}>
            {({ waiting }) => <WaitingList waiting={waiting} />}
          </Loaded>
        </Card>
        <Card title={say(reach === 'network' ? 'glance.network' : 'glance.title')}>
          <Loaded from={home} what={say('glance.title')} lines={4}>
            {({ glance, convenings }) => <RegionGlance glance={glance} convenings={convenings} />}
          </Loaded>
        </Card>
      </div>
      {reach !== 'institution' && <CohortsThisSeason />}
      <CampusCards />
    </AdminPage>
  )
}
