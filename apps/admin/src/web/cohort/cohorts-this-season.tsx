import { listCohorts } from '@copractice/core/cohort'
import { AppLink, ButtonLink, Card, EmptyState, Loaded, useRoute } from '@copractice/ui'
import { CohortTable } from './cohort-table.tsx'
import { useWords } from './say.ts'

/** The home page's cohorts: those of the season, as a table on one line of time. */
export function CohortsThisSeason() {
  const say = useWords()
  const cohorts = useRoute(listCohorts, { query: { limit: 25 } })
  return (
    <Card title={say('thisSeason')} aside={<AppLink href="/cohorts">{say('all')}</AppLink>}>
      <Loaded from={cohorts} what={say('title')} lines={8}>
        {({ items }) => (items.length ? <CohortTable rows={items} /> : <NoCohorts />)}
      </Loaded>
    </Card>
  )
}

export function NoCohorts() {
  const say = useWords()
  return (
    <EmptyState
      title={say('none')}
      icon="grid"
      action={
        <ButtonLink href="/cohorts/new" icon="plus" weight="secondary">
          {say('new')}
        </ButtonLink>
      }
    >
      {say('noneText')}
    </EmptyState>
  )
}
