import { useState, type SubmitEvent } from 'react'
import { useParams } from '@tanstack/react-router'
import { TextInput } from '@instructure/ui/v11_7'
import { listAttendance, showConvening, type Expected } from '@copractice/core/convening'
import type { ConveningId } from '@copractice/core/kernel'
import {
  ActionButton,
  AppLink,
  Card,
  EmptyState,
  Loaded,
  Notice,
  ProblemNotice,
  useRoute,
  useTell,
  type Column,
} from '@copractice/ui'
import { AdminPage } from '../directory/admin-page.tsx'
import { AdminTable } from '../directory/admin-table.tsx'
import { CampusName } from '../directory/campus-name.tsx'
import { ChooseDesk, useDesk } from './choose-desk.tsx'
import { useDayWords } from './say-day.ts'
import { useRefusals } from './say.ts'
import { isHere, useCheckIns, type CheckIns } from './use-check-ins.ts'
import { useAllExpected } from './use-all-expected.ts'

/** The list at the desk: find a name, press Enter. Works on through an offline minute. */
export function CheckInPage() {
  const say = useDayWords()
  const refusals = useRefusals()
  const conveningId = useParams({ strict: false }).conveningId as ConveningId
  const convening = useRoute(showConvening, { params: { conveningId } })
  const desk = useDesk(conveningId)
  const [everyone, setEveryone] = useState(false)
  const expected = useAllExpected(conveningId, { sessionId: desk.sessionId, everyone })
  const checkIns = useCheckIns(conveningId, () => void expected.refetch())
  return (
    <AdminPage title={convening.data ? `${say('desk.title')}: ${convening.data.name}` : say('desk.title')}>
      <p>
        <AppLink href={`/convenings/${conveningId}`}>{say('desk.back')}</AppLink>
      </p>
      <Card title={say('desk.title')}>
        <div className="stack">
          <ChooseDesk desk={desk} />
          {desk.sessionId && (
            <label className="row">
              <input type="checkbox" checked={everyone} onChange={({ target }) => setEveryone(target.checked)} />
              {say('desk.everyone')}
            </label>
          )}
          <div role="status">
            {checkIns.pending.length > 0 && (
              <Notice tone="warn">{say('desk.waiting', { count: checkIns.pending.length })}</Notice>
            )}
            {checkIns.unknown > 0 && <Notice tone="warn">{say('desk.unknown', { count: checkIns.unknown })}</Notice>}
          </div>
          {checkIns.problem && <ProblemNotice problem={checkIns.problem} sayRefusal={refusals} />}
          <Loaded from={expected} what={say('desk.title')} lines={8} sayRefusal={refusals}>
            {({ items: people }) =>
              people.length ? (
                <Desk people={people} checkIns={checkIns} sessionId={desk.sessionId} />
              ) : (
                <EmptyState title={say('desk.none')} icon="people" />
              )
            }
          </Loaded>
        </div>
      </Card>
      <Attended conveningId={conveningId} />
    </AdminPage>
  )
}

type DeskProps = Readonly<{
  people: readonly Expected[]
  checkIns: CheckIns
  sessionId: ReturnType<typeof useDesk>['sessionId']
}>

const SHOWN = 100

function Desk({ people, checkIns, sessionId }: DeskProps) {
  const say = useDayWords()
  const tell = useTell()
  const [text, setText] = useState('')
  const here = ({ registrationId, checkedInAt }: Expected) =>
    isHere(checkIns.pending, { registrationId, sessionId }, checkedInAt !== null)
  const set = (one: Expected, isIn: boolean) => {
    const { registrationId } = one
    checkIns.mark({ registrationId, sessionId, isHere: isIn, at: new Date(), how: 'list' })
    const name = one.name ?? ''
    tell({
      text: say(isIn ? 'desk.checkedIn' : 'desk.undone', { name }),
      ...(isIn && { undo: () => set(one, false) }),
    })
  }
  const wanted = text.trim().toLowerCase()
  const found = people.filter(({ name }) => (name ?? '').toLowerCase().includes(wanted))
  const onSubmit = (event: SubmitEvent) => {
    event.preventDefault()
    const left = found.filter((one) => !here(one))
    if (!wanted || left.length !== 1) return
    set(left[0]!, true)
    setText('')
  }
  const columns: Column<Expected>[] = [
    { id: 'name', head: say('desk.name'), isHead: true, cell: ({ name }) => name },
    {
      id: 'campus',
      head: say('desk.campus'),
      cell: ({ institution }) => <CampusName institution={institution} />,
    },
    {
      id: 'act',
      head: say('desk.act'),
      cell: (one) => (
        <ActionButton
          size="small"
          weight={here(one) ? 'quiet' : 'secondary'}
          {...(here(one) && { icon: 'check' as const })}
          pressed={here(one)}
          onClick={() => set(one, !here(one))}
        >
          {here(one) ? say('desk.here') : say('desk.in')}
          <span className="vh"> {one.name}</span>
        </ActionButton>
      ),
    },
  ]
  return (
    <>
      <form onSubmit={onSubmit} aria-label={say('desk.find')}>
        <TextInput
          renderLabel={say('desk.find')}
          type="search"
          value={text}
          onChange={(_event, value) => setText(value)}
          messages={[{ type: 'hint', text: say('desk.findHint') }]}
        />
      </form>
      <p role="status">{say('desk.count', { here: people.filter(here).length, all: people.length })}</p>
      {found.length ? (
        <AdminTable
          caption={say('desk.title')}
          columns={columns}
          rows={found.slice(0, SHOWN)}
          rowKey={({ registrationId }) => registrationId}
        />
      ) : (
        <EmptyState title={say('desk.noneFound')} />
      )}
    </>
  )
}

/** Minutes toward the hours of those who were checked in, asked for when wanted. */
function Attended({ conveningId }: { conveningId: ConveningId }) {
  const say = useDayWords()
  const [isOpen, setIsOpen] = useState(false)
  const attended = useRoute(listAttendance, { params: { conveningId }, query: { limit: 100 } }, { enabled: isOpen })
  return (
    <Card title={say('attended.title')}>
      {isOpen ? (
        <Loaded from={attended} what={say('attended.title')} lines={4}>
          {({ items }) =>
            items.length ? (
              <AdminTable
                caption={say('attended.title')}
                columns={[
                  { id: 'name', head: say('desk.name'), isHead: true, cell: ({ name }) => name },
                  { id: 'campus', head: say('desk.campus'), cell: ({ institution }) => institution.name },
                  { id: 'minutes', head: say('attended.minutes'), isNumber: true, cell: ({ minutes }) => minutes },
                ]}
                rows={items}
                rowKey={({ personId }) => personId}
              />
            ) : (
              <p className="muted">{say('attended.none')}</p>
            )
          }
        </Loaded>
      ) : (
        <ActionButton weight="secondary" onClick={() => setIsOpen(true)}>
          {say('attended.title')}
        </ActionButton>
      )}
    </Card>
  )
}
