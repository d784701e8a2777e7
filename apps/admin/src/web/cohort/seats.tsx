import { useState } from 'react'
import {
  fillSeats,
  inviteAgain,
  removeSeat,
  restoreSeat,
  seatsToGive,
  showCohortLife,
  type SeatListed,
} from '@copractice/core/cohort'
import {
  ActionButton,
  Card,
  EmptyState,
  LoadingLines,
  Notice,
  ProblemNotice,
  TextButton,
  useRoute,
  useSend,
  useTell,
  type Column,
} from '@copractice/ui'
import { AdminTable } from '../directory/admin-table.tsx'
import { CampusName } from '../directory/campus-name.tsx'
import { useMe } from '../directory/signed-in.tsx'
import { AddSeat } from './add-seat.tsx'
import type { CohortShown } from './cohort-page.tsx'
import { useRefusals, useWords } from './say.ts'
import { seatsRefresh } from './seats-refresh.ts'

/** Everyone seated or waiting, by name; a removal can be undone. */
export function Seats({ cohort }: { cohort: CohortShown }) {
  const say = useWords()
  const [isAdding, setIsAdding] = useState(false)
  const { isReadOnly } = useMe()
  const { seatList } = cohort
  return (
    <Card
      title={say('people')}
      aside={
        !isAdding &&
        !isReadOnly && (
          <ActionButton size="small" weight="secondary" icon="plus" onClick={() => setIsAdding(true)}>
            {say('add')}
          </ActionButton>
        )
      }
    >
      <div className="stack">
        {isAdding && <AddSeat cohort={cohort} onClose={() => setIsAdding(false)} />}
        {!isReadOnly && <Waitlist cohort={cohort} />}
        {seatList.length ? <Rows cohort={cohort} /> : <NobodyYet cohort={cohort} />}
      </div>
    </Card>
  )
}

/** Nobody is seated. In a cohort that goes on from another, those who were asked come of themselves. */
function NobodyYet({ cohort }: { cohort: CohortShown }) {
  const say = useWords()
  const life = useRoute(showCohortLife, { params: { cohortId: cohort.id } })
  if (life.isPending) return <LoadingLines what={say('people')} />
  const waiting = life.data?.asked.filter(({ answer }) => answer === null).length ?? 0
  return waiting > 0 ? (
    <EmptyState title={say('people.asked', { count: waiting })} icon="people">
      {say('people.askedText')}
    </EmptyState>
  ) : (
    <EmptyState title={say('people.none')} icon="people">
      {say('people.noneText')}
    </EmptyState>
  )
}

function Waitlist({ cohort }: { cohort: CohortShown }) {
  const say = useWords()
  const tell = useTell()
  const fill = useSend(fillSeats, {
    refreshes: seatsRefresh,
    onDone: ({ given }) => tell({ text: say('given', { count: given }) }),
  })
  const free = seatsToGive(cohort.seats)
  if (!free) return null
  return (
    <Notice
      tone="info"
      icon="people"
      action={
        <ActionButton
          size="small"
          isBusy={fill.isPending}
          onClick={() => fill.mutate({ params: { cohortId: cohort.id } })}
        >
          {say('give', { count: free })}
        </ActionButton>
      }
    >
      {say('free', { count: free })}
    </Notice>
  )
}

function Rows({ cohort }: { cohort: CohortShown }) {
  const say = useWords()
  const tell = useTell()
  const { isReadOnly } = useMe()
  const refusals = useRefusals()
  const remove = useSend(removeSeat, { refreshes: seatsRefresh })
  const restore = useSend(restoreSeat, { refreshes: seatsRefresh })
  const invite = useSend(inviteAgain)
  const nameOf = ({ person }: SeatListed) => person.name ?? person.email ?? say('noName')
  const paramsOf = ({ id }: SeatListed) => ({ cohortId: cohort.id, seatId: id })
  const takeBack = (seat: SeatListed) =>
    restore.mutate(
      { params: paramsOf(seat) },
      { onSuccess: ({ status }) => tell({ text: say(`restored.${status}`, { name: nameOf(seat) }) }) },
    )
  const takeOut = (seat: SeatListed) =>
    remove.mutate(
      { params: paramsOf(seat) },
      { onSuccess: () => tell({ text: say('removed', { name: nameOf(seat) }), undo: () => takeBack(seat) }) },
    )
  const write = (seat: SeatListed) =>
    invite.mutate(
      { params: paramsOf(seat) },
      { onSuccess: () => tell({ text: say('invited', { name: nameOf(seat) }) }) },
    )
  const problem = (remove.error ?? restore.error ?? invite.error)?.problem
  const columns: Column<SeatListed>[] = [
    {
      id: 'name',
      head: say('name'),
      isHead: true,
      cell: (seat) => (
        <span className="seat-name">
          {nameOf(seat)}
          {seat.person.email && (
            <>
              <br />
              <span className="small muted any-wrap">{seat.person.email}</span>
            </>
          )}
        </span>
      ),
    },
    {
      id: 'campus',
      head: say('seat.from'),
      cell: ({ institution }) => <CampusName institution={institution} />,
    },
    {
      id: 'part',
      head: say('part'),
      cell: ({ kind, status, signsInByMail }) => (
        <>
          {status === 'waitlisted' ? say('part.waitlisted') : say(`part.${kind}`)}
          <br />
          <span className="small muted">{say(signsInByMail ? 'way.mail' : 'way.lms')}</span>
        </>
      ),
    },
    {
      id: 'act',
      head: say('act'),
      cell: (seat) => (
        <span className="row acts">
          {seat.person.email && (
            <TextButton about={nameOf(seat)} onClick={() => write(seat)}>
              {say(seat.signsInByMail ? 'sendLink' : 'inviteAgain')}
            </TextButton>
          )}
          <TextButton about={nameOf(seat)} onClick={() => takeOut(seat)}>
            {say('remove')}
          </TextButton>
        </span>
      ),
    },
  ]
  return (
    <>
      {problem && <ProblemNotice problem={problem} sayRefusal={refusals} />}
      <AdminTable
        caption={say('people')}
        columns={isReadOnly ? columns.filter(({ id }) => id !== 'act') : columns}
        rows={cohort.seatList}
        rowKey={({ id }) => id}
      />
    </>
  )
}
