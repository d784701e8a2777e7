import type { commitPlacement } from '@copractice/core/convening/board'
import type { RouteOutput } from '@copractice/core/kernel'
import { StatusPill, useTimes, type Column } from '@copractice/ui'
import { Findings } from '../../cohort/findings.tsx'
import { AdminTable } from '../../directory/admin-table.tsx'
import { useWords } from './say.ts'
import { useSpelling } from './spell-reason.ts'

type Preview = RouteOutput<typeof commitPlacement>
type Made = Preview['cohorts'][number]

/** Cohort by cohort what a commit would make, and what the rules say of it. */
export function CommitPreview({ preview, zone }: { preview: Preview; zone: string }) {
  const say = useWords()
  const spell = useSpelling()
  const times = useTimes()
  const columns: Column<Made>[] = [
    { id: 'name', head: say('commit.cohort'), isHead: true, cell: ({ name }) => name },
    { id: 'seats', head: say('commit.seats'), isNumber: true, cell: ({ seats }) => seats },
    { id: 'time', head: say('commit.time'), cell: ({ slot }) => (slot ? spell.slot(slot) : '') },
    {
      id: 'first',
      head: say('commit.first'),
      cell: ({ meetings, isNew }) =>
        meetings[0] ? times.dateTime(meetings[0], zone) : say(isNew ? 'commit.noMeetings' : 'commit.asBefore'),
    },
    {
      id: 'rules',
      head: say('commit.rules'),
      cell: ({ findings }) => (
        <StatusPill
          tone={findings.some(({ strength }) => strength === 'block') ? 'bad' : findings.length ? 'warn' : 'ok'}
        >
          {findings.length || say('cohort.holds')}
        </StatusPill>
      ),
    },
  ]
  const told = new Map(preview.cohorts.flatMap(({ findings }) => findings.map((one) => [JSON.stringify(one), one])))
  return (
    <div className="stack" role="region" aria-label={say('commit.preview')}>
      <h3>{say('commit.preview')}</h3>
      <AdminTable caption={say('commit.preview')} columns={columns} rows={preview.cohorts} rowKey={({ key }) => key} />
      <p>
        {say('commit.mails', { count: preview.invited })}{' '}
        {preview.withoutAddress > 0 && say('commit.noAddress', { count: preview.withoutAddress })}
      </p>
      {told.size > 0 && <Findings findings={[...told.values()]} zone={zone} />}
    </div>
  )
}
