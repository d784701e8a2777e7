import { useState } from 'react'
import { TextInput } from '@instructure/ui/v11_7'
import { useParams } from '@tanstack/react-router'
import {
  checkRenewal,
  glanceAtCohorts,
  listCohorts,
  renewCohort,
  showCohort,
  showCohortLife,
} from '@copractice/core/cohort'
import type { CohortId } from '@copractice/core/kernel'
import {
  ActionButton,
  ButtonLink,
  Card,
  DateTimeField,
  fromLocalField,
  Loaded,
  ProblemNotice,
  TimeText,
  toLocalField,
  useGoTo,
  useRoute,
  useSend,
  useTell,
  type Column,
} from '@copractice/ui'
import { AdminPage } from '../directory/admin-page.tsx'
import { AdminTable } from '../directory/admin-table.tsx'
import type { CohortShown } from './cohort-page.tsx'
import { Findings } from './findings.tsx'
import { shiftMeetings } from './renewal.ts'
import { useSeasonRefusals, useSeasonWords } from './say-season.ts'
import { useChecked } from './use-checked.ts'
import './cohort.css'
import './season.css'

const DAY = 86_400_000

/** Next term's cohort out of this one: its name, its dates, and who is asked. */
export function RenewPage() {
  const words = useSeasonWords()
  const refusals = useSeasonRefusals()
  const cohortId = useParams({ strict: false }).cohortId as CohortId
  const cohort = useRoute(showCohort, { params: { cohortId } })
  return (
    <AdminPage title={words('renew.title', { name: cohort.data?.name ?? '' })}>
      <Loaded from={cohort} what={words('renew')} lines={10} sayRefusal={refusals}>
        {(found) => <RenewForm cohort={found} />}
      </Loaded>
    </AdminPage>
  )
}

function RenewForm({ cohort }: { cohort: CohortShown }) {
  const words = useSeasonWords()
  const refusals = useSeasonRefusals()
  const tell = useTell()
  const goTo = useGoTo()
  const { timeZone, meetingList } = cohort
  const [name, setName] = useState('')
  // Half a year on, on the same weekday: a start that is easily changed.
  const [first, setFirst] = useState(() =>
    meetingList[0] ? toLocalField(new Date(meetingList[0].startsAt.getTime() + 182 * DAY), timeZone) : '',
  )
  const [deadline, setDeadline] = useState('')
  const [reason, setReason] = useState('')
  const [isAsked, setIsAsked] = useState(false)
  const starts = fromLocalField(first, timeZone)
  const meetings = starts
    ? shiftMeetings(meetingList, starts, timeZone).map(({ title, startsAt, endsAt, place, joinUrl }) => ({
        title,
        startsAt,
        endsAt,
        place,
        joinUrl,
      }))
    : []
  const params = { cohortId: cohort.id }
  const body = { name: name.trim(), submissionDeadline: fromLocalField(deadline, timeZone), meetings }
  const checked = useChecked(checkRenewal, { params, body })
  const renew = useSend(renewCohort, {
    refreshes: [showCohort, showCohortLife, glanceAtCohorts, listCohorts],
    onDone: ({ id, asked }) => {
      tell({ text: words('renewed', { name: body.name, count: asked }) })
      goTo(`/cohorts/${id}`)
    },
  })
  const findings = checked.data?.findings ?? []
  const send = () => {
    setIsAsked(true)
    if (body.name) renew.mutate({ params, body: { ...body, reason: reason.trim() || null } })
  }
  const columns: Column<(typeof meetings)[number] & { number: number }>[] = [
    { id: 'number', head: words('renew.number'), isHead: true, cell: ({ number }) => number },
    { id: 'about', head: words('renew.about'), cell: ({ title }) => title },
    { id: 'when', head: words('renew.when'), cell: ({ startsAt }) => <TimeText at={startsAt} setIn={timeZone} /> },
  ]
  const rows = meetings.map((meeting, at) => ({ ...meeting, number: at + 1 }))
  return (
    <div className="two-thirds">
      <div>
        <Card title={words('renew')}>
          <div className="fields-group">
            <p>{words('renew.lead')}</p>
            <TextInput
              renderLabel={words('renew.name')}
              isRequired
              value={name}
              onChange={(_event, value) => setName(value.slice(0, 120))}
              messages={
                isAsked && !name.trim()
                  ? [{ type: 'newError', text: words('needed') }]
                  : [{ type: 'hint', text: words('renew.nameHint') }]
              }
            />
            <div className="two">
              {meetingList.length > 0 && (
                <DateTimeField label={words('renew.first')} value={first} zone={timeZone} onChange={setFirst} />
              )}
              <DateTimeField label={words('renew.deadline')} value={deadline} zone={timeZone} onChange={setDeadline} />
            </div>
          </div>
        </Card>
        <Card title={words('renew.meetings')}>
          {rows.length ? (
            <>
              <p className="muted">{words('renew.firstHint')}</p>
              <AdminTable
                caption={words('renew.meetings')}
                columns={columns}
                rows={rows}
                rowKey={({ number }) => String(number)}
              />
            </>
          ) : (
            <p className="muted">{words('renew.noMeetings')}</p>
          )}
        </Card>
      </div>
      <Card title={words('renew.findings')}>
        <div className="stack">
          {checked.error && <ProblemNotice problem={checked.error.problem} sayRefusal={refusals} />}
          {checked.data && (
            <>
              <Findings findings={findings} zone={timeZone} hasHeading={false} />
              <p>{words('renew.asks', { count: checked.data.asks })}</p>
              {checked.data.withoutAddress > 0 && (
                <p className="small muted">{words('renew.without', { count: checked.data.withoutAddress })}</p>
              )}
            </>
          )}
          {findings.some(({ strength }) => strength === 'warn') && (
            <TextInput
              renderLabel={words('renew.reason')}
              value={reason}
              onChange={(_event, value) => setReason(value.slice(0, 500))}
            />
          )}
          {renew.error && <ProblemNotice problem={renew.error.problem} sayRefusal={refusals} />}
          <div className="row">
            <ActionButton isBusy={renew.isPending} onClick={send}>
              {words('renew.do')}
            </ActionButton>
            <ButtonLink href={`/cohorts/${cohort.id}`} weight="quiet">
              {words('close')}
            </ButtonLink>
          </div>
        </div>
      </Card>
    </div>
  )
}
