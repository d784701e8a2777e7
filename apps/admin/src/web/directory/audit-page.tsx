import { useTranslation } from 'react-i18next'
import { listAuditEntries } from '@copractice/core/directory'
import type { RouteOutput } from '@copractice/core/kernel'
import { Card, EmptyState, Loaded, useRoute, useTimes, type Column } from '@copractice/ui'
import { AdminTable } from './admin-table.tsx'
import { AdminPage } from './admin-page.tsx'
import { ListPages } from './list-parts.tsx'
import { useWords } from './say.ts'
import { useList } from './use-list.ts'

type Entry = RouteOutput<typeof listAuditEntries>['items'][number]

/** Who did what, newest first. */
export function AuditPage() {
  const say = useWords()
  const list = useList()
  const entries = useRoute(listAuditEntries, { query: list.query }, { keepPrevious: true })
  return (
    <AdminPage title={say('nav.audit')}>
      <Card title={say('audit.title')}>
        <Loaded from={entries} what={say('audit.title')} lines={8}>
          {({ items, next }) =>
            items.length ? (
              <>
                <Entries rows={items} />
                <ListPages list={list} next={next} label={say('audit.title')} />
              </>
            ) : (
              <EmptyState title={say('audit.none')} icon="document">
                {say('audit.noneText')}
              </EmptyState>
            )
          }
        </Loaded>
      </Card>
    </AdminPage>
  )
}

function Entries({ rows }: { rows: readonly Entry[] }) {
  const say = useWords()
  const times = useTimes()
  const sentence = useSentence()
  const columns: Column<Entry>[] = [
    { id: 'at', head: say('audit.when'), cell: ({ at }) => times.dateTime(at) },
    { id: 'who', head: say('audit.who'), cell: ({ actorName }) => actorName ?? say('audit.system') },
    { id: 'what', head: say('audit.what'), isHead: true, cell: sentence },
    { id: 'code', head: say('audit.code'), cell: ({ action }) => <span className="rule-code">{action}</span> },
  ]
  return <AdminTable caption={say('audit.title')} columns={columns} rows={rows} rowKey={({ id }) => id} />
}

/** The entry in a sentence; its code alone where no sentence is written for it yet. */
function useSentence(): (entry: Entry) => string {
  const { t, i18n } = useTranslation('directory')
  return ({ action, facts }) => {
    const key = `did.${action}`
    const plain = Object.fromEntries(
      Object.entries(facts).filter(([, value]) => typeof value === 'string' || typeof value === 'number'),
    )
    // Of somebody who was removed nothing is told.
    const somebody = t('audit.somebody')
    return i18n.exists(key, { ns: 'directory' }) ? t(key, { person: somebody, email: somebody, ...plain }) : action
  }
}
