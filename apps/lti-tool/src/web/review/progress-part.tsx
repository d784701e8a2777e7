import type { ReactNode } from 'react'
import { ProgressBar } from '@instructure/ui/v11_7'
import type { RouteOutput } from '@copractice/core/kernel'
import type { progressRoute } from '@copractice/core/review'
import { DataTable, Icon, LetterBadge, type Column } from '@copractice/ui'
import { SectionFilter } from '../gradebook/section-filter.tsx'
import { Pager } from './pager.tsx'
import type { ProgressAsked } from './progress-asked.ts'
import type { RoundPersonProgress } from './round-person-progress.ts'
import { usePersonName } from './person-name.ts'
import { useWords } from './say.ts'
import { usePairingWords } from './say-pairings.ts'

/** How far the round is, as two bars with their numbers, what to do next, and everyone in a table. */
export function ProgressPart(props: {
  seen: RouteOutput<typeof progressRoute>
  asked: ProgressAsked
  onAsk: (change: Partial<ProgressAsked>) => void
  children: ReactNode
}) {
  const { seen, asked, onAsk, children } = props
  const { progress, people, sections, peoplePart } = seen
  const say = useWords()
  const sayPairing = usePairingWords()
  return (
    <section className="blk" id="progress" aria-labelledby="h-progress">
      <h2 id="h-progress">{say('run.progress')}</h2>
      <div className="prog">
        <div className="bars">
          <Bar label={say('run.handedIn')} done={progress.handedIn} of={progress.people} />
          {progress.reviewsAssigned > 0 && (
            <Bar label={say('run.reviewsSent')} done={progress.reviewsFiled} of={progress.reviewsAssigned} />
          )}
        </div>
        <div className="stack">{children}</div>
      </div>
      <details className="fold-out apart">
        <summary>
          <Icon name="chevron" small />
          {say('run.people')}
        </summary>
        <SectionFilter
          sections={sections}
          value={asked.section || null}
          onChange={(section) => onAsk({ section: section ?? '', peoplePage: 1 })}
        />
        <People people={people} />
        <Pager {...peoplePart} label={sayPairing('page.people')} onPage={(peoplePage) => onAsk({ peoplePage })} />
      </details>
    </section>
  )
}

function Bar({ label, done, of }: { label: string; done: number; of: number }) {
  const say = useWords()
  const count = say('run.count', { done, of })
  return (
    <div>
      <p className="row between">
        <span>{label}</span>
        <span className="num">{count}</span>
      </p>
      <ProgressBar
        size="x-small"
        screenReaderLabel={label}
        valueNow={done}
        valueMax={Math.max(1, of)}
        formatScreenReaderValue={() => count}
      />
    </div>
  )
}

const personCell = (person: RoundPersonProgress, name: string) => (
  <span className="who-cell">
    <LetterBadge mark={person.campus} small />
    {name}
  </span>
)

function People({ people }: { people: readonly RoundPersonProgress[] }) {
  const say = useWords()
  const nameOf = usePersonName()
  const columns: Column<RoundPersonProgress>[] = [
    {
      id: 'person',
      head: say('run.person'),
      isHead: true,
      cell: (person) => personCell(person, nameOf(person)),
    },
    { id: 'work', head: say('run.work'), cell: ({ work }) => say(`run.work.${work}`) },
    {
      id: 'reviews',
      head: say('run.reviews'),
      isNumber: true,
      cell: ({ filed, assigned }) => say('run.filed', { filed, assigned }),
    },
  ]
  return <DataTable caption={say('run.people')} columns={columns} rows={people} rowKey={({ key }) => key} />
}
