import { useState } from 'react'
import { COHORT_CONCERNS, countConcerns, glanceAtCohorts, type CohortConcern } from '@copractice/core/cohort'
import type { InstitutionId, RegionId } from '@copractice/core/kernel'
import { ActionButton, ButtonLink, Card, EmptyState, Loaded, ProblemNotice, useRoute } from '@copractice/ui'
import { AdminPage } from '../directory/admin-page.tsx'
import { Choice } from '../directory/choice.tsx'
import { ListPages, ListSearch } from '../directory/list-parts.tsx'
import { useMe } from '../directory/signed-in.tsx'
import { useEveryInstitution } from '../directory/use-every-institution.ts'
import { useList } from '../directory/use-list.ts'
import { NoCohorts } from './cohorts-this-season.tsx'
import { GlanceTable } from './glance-table.tsx'
import { useSeasonWords } from './say-season.ts'
import { useWords } from './say.ts'

type Filters = Readonly<{ status: string; regionId: string; institutionId: string; seats: string; concern: string }>
const NONE: Filters = { status: 'open', regionId: '', institutionId: '', seats: '', concern: '' }

/** What the fields hold as the route takes it: an empty field asks for nothing. */
const queryOf = ({ status, regionId, institutionId, seats, concern }: Filters) => ({
  status: status as 'open' | 'closed' | 'all',
  ...(regionId && { regionId: regionId as RegionId }),
  ...(institutionId && { institutionId: institutionId as InstitutionId }),
  ...(seats && { seats: seats as 'free' | 'full' }),
  ...(concern && { concern: concern as CohortConcern }),
})

/** Every cohort of the reader's regions at a glance, by name, with what is to be looked into first. */
export function CohortsPage() {
  const say = useWords()
  const season = useSeasonWords()
  const list = useList()
  const [filters, setFilters] = useState(NONE)
  const change = (next: Partial<Filters>) => {
    setFilters((now) => ({ ...now, ...next }))
    list.startAgain()
  }
  const query = { ...list.query, ...queryOf(filters) }
  const cohorts = useRoute(glanceAtCohorts, { query }, { keepPrevious: true })
  const isFiltered = list.search !== '' || JSON.stringify(filters) !== JSON.stringify(NONE)
  const { limit: _limit, after: _after, ...asked } = { after: undefined, ...query }
  const csv = `/api/season/cohorts.csv?${new URLSearchParams(asked).toString()}`
  const clear = () => {
    list.setText('')
    change(NONE)
  }
  return (
    <AdminPage title={say('title')}>
      <Concerns chosen={filters.concern} onChoose={(concern) => change({ concern, status: 'open' })} />
      <Card title={say('title')}>
        <div className="tools">
          <ListSearch list={list} label={say('search')} />
          <div className="row">
            <ButtonLink href="/cohorts/calendar" weight="quiet" icon="calendar">
              {season('calendar.link')}
            </ButtonLink>
            <a className="btn btn-quiet" href={csv} download="cohorts.csv">
              {season('csv')}
            </a>
            <ButtonLink href="/cohorts/new" icon="plus">
              {say('new')}
            </ButtonLink>
          </div>
        </div>
        <FilterFields filters={filters} onChange={change} />
        <Loaded from={cohorts} what={say('title')} lines={10}>
          {({ items, next }) => {
            if (!items.length && !isFiltered) return <NoCohorts />
            if (!items.length)
              return (
                <EmptyState
                  title={list.search ? say('noneFound', { text: list.search }) : season('filter.none')}
                  icon="grid"
                  action={<ActionButton onClick={clear}>{season('filter.clear')}</ActionButton>}
                >
                  {season('filter.noneText')}
                </EmptyState>
              )
            return (
              <>
                <GlanceTable rows={items} />
                <ListPages list={list} next={next} label={say('title')} />
              </>
            )
          }}
        </Loaded>
      </Card>
    </AdminPage>
  )
}

/** How many cohorts have each concern; pressing one shows them. */
function Concerns({ chosen, onChoose }: { chosen: string; onChoose: (concern: string) => void }) {
  const season = useSeasonWords()
  const counted = useRoute(countConcerns, {})
  if (!counted.data) return null
  const { cohorts, seats, taken, concerns } = counted.data
  const some = COHORT_CONCERNS.filter((concern) => concerns[concern] > 0 || concern === chosen)
  return (
    <Card
      title={season('concerns')}
      aside={<span className="muted">{season('glance.lead', { cohorts, seats, taken })}</span>}
    >
      <div className="row concerns" role="group" aria-label={season('concerns')}>
        <ActionButton
          weight={chosen ? 'quiet' : 'secondary'}
          size="small"
          pressed={!chosen}
          onClick={() => onChoose('')}
        >
          {`${season('concern.all')} ${cohorts}`}
        </ActionButton>
        {some.map((concern) => (
          <ActionButton
            key={concern}
            weight={chosen === concern ? 'secondary' : 'quiet'}
            size="small"
            pressed={chosen === concern}
            onClick={() => onChoose(chosen === concern ? '' : concern)}
          >
            {`${season(`concern.${concern}`)} ${concerns[concern]}`}
          </ActionButton>
        ))}
      </div>
    </Card>
  )
}

function FilterFields({ filters, onChange }: { filters: Filters; onChange: (next: Partial<Filters>) => void }) {
  const season = useSeasonWords()
  const { regions } = useMe()
  const { institutions = [], problem, retry } = useEveryInstitution()
  const campuses = institutions.map(({ id, name }) => [id, name] as const)
  return (
    <>
      <div className="filters">
        <Choice
          id="status"
          label={season('filter.status')}
          value={filters.status}
          options={(['open', 'closed', 'all'] as const).map((key) => [key, season(`filter.status.${key}`)])}
          onChange={(status) => onChange({ status, ...(status !== 'open' && { concern: '' }) })}
        />
        {regions.length > 1 && (
          <Choice
            id="region"
            label={season('filter.region')}
            value={filters.regionId}
            options={[['', season('filter.regions')], ...regions.map(({ id, name }) => [id, name] as const)]}
            onChange={(regionId) => onChange({ regionId })}
          />
        )}
        <Choice
          id="campus"
          label={season('filter.campus')}
          value={filters.institutionId}
          options={[['', season('filter.campuses')], ...campuses]}
          onChange={(institutionId) => onChange({ institutionId })}
        />
        <Choice
          id="seats"
          label={season('filter.seats')}
          value={filters.seats}
          options={[
            ['', season('filter.seats.any')],
            ['free', season('filter.seats.free')],
            ['full', season('filter.seats.full')],
          ]}
          onChange={(seats) => onChange({ seats })}
        />
      </div>
      {problem && <ProblemNotice problem={problem} onRetry={retry} />}
    </>
  )
}
