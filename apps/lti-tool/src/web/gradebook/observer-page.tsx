import { spelt } from '@copractice/core/review'
import { observedRoute, type ObservedLearner } from '@copractice/core/gradebook'
import { DataTable, EmptyState, Loaded, PageTitle, Section, useRoute, useTimes } from '@copractice/ui'
import { useRefusals, useWords } from './say.ts'
import './gradebook.css'

/** What an observer sees: the published results of those they mentor, and nothing else of the cohort. */
export function ObserverPage() {
  const say = useWords()
  const refusals = useRefusals()
  const observed = useRoute(observedRoute, {})
  return (
    <div className="parts">
      <div className="page-head">
        <div>
          <PageTitle within="Copractice">{say('observer.title')}</PageTitle>
          <p className="lede">{say('observer.lede')}</p>
        </div>
      </div>
      <Loaded from={observed} what={say('observer.loading')} lines={4} sayRefusal={refusals}>
        {({ learners }) =>
          learners.length === 0 ? (
            <EmptyState title={say('observer.nobody')} icon="people">
              {say('observer.nobodyText')}
            </EmptyState>
          ) : (
            learners.map((learner, index) => <Learner key={index} learner={learner} />)
          )
        }
      </Loaded>
    </div>
  )
}

function Learner({ learner: { name, results } }: { learner: ObservedLearner }) {
  const say = useWords()
  const times = useTimes()
  const shown = name ?? say('delivery.noName')
  return (
    <Section title={shown}>
      {results.length === 0 ? (
        <p className="muted">{say('observer.none')}</p>
      ) : (
        <DataTable
          caption={say('observer.results', { name: shown })}
          rows={results}
          rowKey={({ roundTitle, column, arrivedAt }) => `${roundTitle} ${column} ${arrivedAt.getTime()}`}
          columns={[
            { id: 'round', head: say('observer.round'), isHead: true, cell: ({ roundTitle }) => roundTitle },
            { id: 'column', head: say('delivery.column'), cell: ({ column }) => say(`column.${column}`) },
            {
              id: 'score',
              head: say('delivery.score'),
              isNumber: true,
              cell: ({ score, maximum }) => `${spelt(score)} / ${maximum}`,
            },
            { id: 'when', head: say('observer.when'), cell: ({ arrivedAt }) => times.moment(arrivedAt) },
          ]}
        />
      )}
    </Section>
  )
}
