import {
  importRegistrantsRoute,
  listConvenings,
  listRegistrations,
  REGISTRANT_COLUMNS,
  showConvening,
  type ConveningListed,
} from '@copractice/core/convening'
import { useSend, useTell } from '@copractice/ui'
import { ImportCard } from '../directory/import-card.tsx'
import { useRefusals, useWords } from './say.ts'
import { sayWould } from './say-would.ts'

/** Registers people from a spreadsheet. */
export function ImportPart({ convening }: { convening: ConveningListed }) {
  const say = useWords()
  const tell = useTell()
  const refusals = useRefusals()
  const params = { conveningId: convening.id }
  const look = useSend(importRegistrantsRoute)
  const commit = useSend(importRegistrantsRoute, {
    refreshes: [showConvening, listConvenings, listRegistrations],
    onDone: ({ added }) => {
      tell({ text: say('import.done', { count: added }) })
      look.reset()
    },
  })
  return (
    <ImportCard
      title={say('import.title')}
      text={say('import.text')}
      columns={REGISTRANT_COLUMNS}
      file="registrants.csv"
      look={look}
      commit={commit}
      onLook={(csv) => {
        commit.reset()
        look.mutate({ params, body: { csv, commit: false } })
      }}
      onCommit={(csv) => commit.mutate({ params, body: { csv, commit: true } })}
      would={({ waitlisted, ...told }) => (
        <>
          <p role="status">{sayWould(say, told)}</p>
          {waitlisted > 0 && <p>{say('import.wait', { count: waitlisted })}</p>}
        </>
      )}
      commitWords={({ added }) => (added > 0 ? say('import.commit', { count: added }) : undefined)}
      sayProblem={(problem) => say(`import.problem.${problem}`)}
      sayRefusal={refusals}
    />
  )
}
