import { useQueryClient } from '@tanstack/react-query'
import { chooseMyCohort, listMyCohorts } from '@copractice/core/directory'
import { ActionButton, EmptyState, Loaded, PageTitle, ProblemNotice, useRoute, useSend, useGoTo } from '@copractice/ui'
import { useSeen } from '../directory/session-provider.tsx'
import { useRefusals } from '../directory/say.ts'
import { useWords } from './say.ts'

/** For those who signed in by e-mail and sit in several cohorts, or in none. */
export function MyCohortsPage() {
  const say = useWords()
  const isNone = useSeen().standing === 'no_cohort'
  return (
    <>
      <div className="page-head">
        <PageTitle within="Copractice">{say(isNone ? 'mine.noneTitle' : 'mine.title')}</PageTitle>
      </div>
      {isNone ? <p className="lede">{say('mine.none')}</p> : <MyCohortsList />}
    </>
  )
}

export function MyCohortsList() {
  const say = useWords()
  const refusals = useRefusals()
  const goTo = useGoTo()
  const client = useQueryClient()
  const mine = useRoute(listMyCohorts, { query: { limit: 100 } })
  const choose = useSend(chooseMyCohort, {
    onDone: () => {
      // Everything on screen belonged to the cohort before.
      void client.resetQueries()
      goTo('/home')
    },
  })
  return (
    <Loaded from={mine} what={say('mine.loading')}>
      {({ items }) =>
        items.length === 0 ? (
          <EmptyState title={say('mine.noneTitle')}>{say('mine.none')}</EmptyState>
        ) : (
          <>
            {choose.error && <ProblemNotice problem={choose.error.problem} sayRefusal={refusals} />}
            <ul className="list choices">
              {items.map(({ id, name, theme, kind, isClosed }) => (
                <li key={id} className="row between">
                  <div>
                    <p>
                      <strong>{name}</strong>
                    </p>
                    <p className="small muted">
                      {theme}. {say(`mine.kind.${kind}`)}
                      {isClosed && `. ${say('mine.closed')}`}
                    </p>
                  </div>
                  <ActionButton weight="secondary" onClick={() => choose.mutate({ body: { cohortId: id } })}>
                    {say('mine.open')}
                    <span className="vh"> {name}</span>
                  </ActionButton>
                </li>
              ))}
            </ul>
          </>
        )
      }
    </Loaded>
  )
}
