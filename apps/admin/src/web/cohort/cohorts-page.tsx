import { listCohorts } from '@copractice/core/cohort'
import { ButtonLink, Card, EmptyState, Loaded, useRoute } from '@copractice/ui'
import { AdminPage } from '../directory/admin-page.tsx'
import { ListPages, ListSearch } from '../directory/list-parts.tsx'
import { useList } from '../directory/use-list.ts'
import { CohortTable } from './cohort-table.tsx'
import { NoCohorts } from './cohorts-this-season.tsx'
import { useWords } from './say.ts'

/** Every cohort of the reader's regions, by name. */
export function CohortsPage() {
  const say = useWords()
  const list = useList()
  const cohorts = useRoute(listCohorts, { query: list.query }, { keepPrevious: true })
  return (
    <AdminPage title={say('title')}>
      <Card title={say('title')}>
        <Loaded from={cohorts} what={say('title')} lines={10}>
          {({ items, next }) =>
            items.length || list.search ? (
              <>
                <div className="tools">
                  <ListSearch list={list} label={say('search')} />
                  <ButtonLink href="/cohorts/new" icon="plus">
                    {say('new')}
                  </ButtonLink>
                </div>
                {items.length ? (
                  <CohortTable rows={items} />
                ) : (
                  <EmptyState title={say('noneFound', { text: list.search })} icon="grid" />
                )}
                <ListPages list={list} next={next} label={say('title')} />
              </>
            ) : (
              <NoCohorts />
            )
          }
        </Loaded>
      </Card>
    </AdminPage>
  )
}
