import { useState } from 'react'
import { Checkbox, SimpleSelect } from '@instructure/ui/v11_7'
import { useRouter } from '@tanstack/react-router'
import { listCohortChoices, type CohortChoice } from '@copractice/core/cohort'
import { settleCopy, showCopy } from '@copractice/core/connection'
import { getSession } from '@copractice/core/directory'
import type { CohortId, RouteOutput } from '@copractice/core/kernel'
import { ActionButton, Card, ProblemNotice, useRoute, useSend, useTell } from '@copractice/ui'
import { useRefusals, useWords } from './say.ts'
import './connection.css'

type Copy = NonNullable<RouteOutput<typeof showCopy>['copy']>

/** For the instructor of a link that came with a copied course: what it opened there, and what it shall open here. */
export function CopiedLink() {
  const found = useRoute(showCopy, {})
  const choices = useRoute(listCohortChoices, { query: { limit: 100 } })
  const copy = found.data?.copy
  return copy && choices.data ? <Decide copy={copy} choices={choices.data.items} /> : null
}

function Decide({ copy, choices }: { copy: Copy; choices: readonly CohortChoice[] }) {
  const { course, cohort, round } = copy
  const say = useWords()
  const refusals = useRefusals()
  const tell = useTell()
  const router = useRouter()
  const others = choices.filter(({ id }) => id !== cohort.id)
  const [cohortId, setCohortId] = useState<CohortId | undefined>(cohort.isOffered ? cohort.id : others[0]?.id)
  const [wantsRound, setWantsRound] = useState(round !== null)
  const settle = useSend(settleCopy, {
    refreshes: [getSession],
    onDone: ({ cohort: { name }, roundId }) => {
      tell({ text: say('copy.settled', { name }) })
      if (roundId) router.history.replace(`/reviews/rounds/${roundId}/set-up`)
    },
  })
  return (
    <div className="copied">
      <Card title={course ? say('copy.title', { course }) : say('copy.titlePlain')}>
        <div className="stack">
          <p>
            {round
              ? say('copy.round', { round: round.title, cohort: cohort.name })
              : say('copy.cohort', { cohort: cohort.name })}
          </p>
          {cohortId && (
            <>
              <div>
                <SimpleSelect
                  renderLabel={say('copy.which')}
                  value={cohortId}
                  onChange={(_event, { value }) => setCohortId(value as CohortId)}
                >
                  {[
                    ...(cohort.isOffered
                      ? [{ id: cohort.id, words: say('copy.asBefore', { name: cohort.name }) }]
                      : []),
                    ...others.map(({ id, name }) => ({ id, words: name })),
                  ].map(({ id, words }) => (
                    <SimpleSelect.Option key={id} id={`copy-${id}`} value={id}>
                      {words}
                    </SimpleSelect.Option>
                  ))}
                </SimpleSelect>
              </div>
              {round && (
                <div>
                  <Checkbox
                    label={say('copy.fresh', { round: round.title })}
                    checked={wantsRound}
                    onChange={() => setWantsRound(!wantsRound)}
                    aria-describedby="copy-fresh-hint"
                  />
                  <p className="hint" id="copy-fresh-hint">
                    {say('copy.freshHint')}
                  </p>
                </div>
              )}
              {settle.error && <ProblemNotice problem={settle.error.problem} sayRefusal={refusals} />}
              <p>
                <ActionButton
                  isBusy={settle.isPending}
                  onClick={() => settle.mutate({ body: { cohortId, freshRound: wantsRound && round !== null } })}
                >
                  {say('copy.open')}
                </ActionButton>
              </p>
            </>
          )}
        </div>
      </Card>
    </div>
  )
}
