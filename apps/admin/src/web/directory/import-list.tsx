import {
  importInstitutions,
  importPeople,
  INSTITUTION_COLUMNS,
  listInstitutions,
  PEOPLE_COLUMNS,
  searchPeople,
  showInstitution,
  showPerson,
} from '@copractice/core/directory'
import { useSend, useTell } from '@copractice/ui'
import { ImportCard } from './import-card.tsx'
import { usePeopleRefusals, usePeopleWords } from './say-people.ts'

const OF = {
  institutions: { route: importInstitutions, columns: INSTITUTION_COLUMNS, file: 'institutions.csv' },
  people: { route: importPeople, columns: PEOPLE_COLUMNS, file: 'people.csv' },
} as const
const refreshes = [listInstitutions, showInstitution, searchPeople, showPerson]

/** Takes institutions or people from a spreadsheet. */
export function ImportList({ what }: { what: keyof typeof OF }) {
  const say = usePeopleWords()
  const tell = useTell()
  const refusals = usePeopleRefusals()
  const { route, columns, file } = OF[what]
  const look = useSend(route as typeof importPeople)
  const commit = useSend(route as typeof importPeople, {
    refreshes,
    onDone: ({ added, changed }) => {
      tell({ text: say('import.done', { added, changed }) })
      look.reset()
    },
  })
  return (
    <ImportCard
      title={say(`import.${what}.title`)}
      text={say(`import.${what}.text`)}
      columns={columns}
      file={file}
      look={look}
      commit={commit}
      onLook={(csv) => {
        commit.reset()
        look.mutate({ body: { csv, commit: false } })
      }}
      onCommit={(csv) => commit.mutate({ body: { csv, commit: true } })}
      would={({ rows, added, changed, unchanged, problemCount: problems }) => (
        <p role="status">{say(`import.${what}.would`, { rows, added, changed, unchanged, problems })}</p>
      )}
      commitWords={({ added, changed }) => (added + changed > 0 ? say('import.commit') : undefined)}
      sayProblem={(problem) => say(`import.problem.${problem}`)}
      sayRefusal={refusals}
    />
  )
}
