import { useEffect, useState } from 'react'
import { TextInput } from '@instructure/ui/v11_7'
import { glanceAtCohorts, listCohorts, showCohort } from '@copractice/core/cohort'
import { checkMove, moveMeeting, showSeason, undoMove, type MoveFinding } from '@copractice/core/meeting'
import {
  ActionButton,
  Card,
  DateTimeField,
  EmptyState,
  fromLocalField,
  Icon,
  ProblemNotice,
  TextButton,
  TimeText,
  toLocalField,
  useNow,
  useSend,
  useTell,
  useTimes,
} from '@copractice/ui'
import { useMe } from '../directory/signed-in.tsx'
import type { CohortShown } from './cohort-page.tsx'
import { useSeasonRefusals, useSeasonWords } from './say-season.ts'
import { useChecked } from './use-checked.ts'

type Meeting = CohortShown['meetingList'][number]
const refreshes = [showCohort, showSeason, glanceAtCohorts, listCohorts]

/** When the cohort meets; one that is not over can be moved. */
export function MeetingsPart({ cohort }: { cohort: CohortShown }) {
  const words = useSeasonWords()
  const now = useNow(60_000)
  const { isReadOnly } = useMe()
  const [moving, setMoving] = useState<string | null>(null)
  return (
    <Card title={words('meetings')}>
      {cohort.meetingList.length ? (
        <ol className="meetings">
          {cohort.meetingList.map((meeting) => {
            const { id, title, startsAt, endsAt, timeZone, place, joinUrl } = meeting
            return (
              <li key={id}>
                <strong>{title}</strong>{' '}
                {endsAt > now && moving !== id && !isReadOnly && (
                  <TextButton about={title} onClick={() => setMoving(id)}>
                    {words('move')}
                  </TextButton>
                )}
                <br />
                <span className="small">
                  <TimeText at={startsAt} setIn={timeZone} />
                </span>
                <br />
                <span className="small muted">{[place, joinUrl && words('online')].filter(Boolean).join(', ')}</span>
                {moving === id && <MoveForm cohort={cohort} meeting={meeting} onClose={() => setMoving(null)} />}
              </li>
            )
          })}
        </ol>
      ) : (
        <EmptyState title={words('meetings.none')} icon="calendar">
          {words('meetings.noneText')}
        </EmptyState>
      )}
    </Card>
  )
}

function MoveForm({ cohort, meeting, onClose }: { cohort: CohortShown; meeting: Meeting; onClose: () => void }) {
  const words = useSeasonWords()
  const refusals = useSeasonRefusals()
  const sentence = useFinding()
  const times = useTimes()
  const tell = useTell()
  const { title, startsAt, endsAt, timeZone } = meeting
  const [starts, setStarts] = useState(() => toLocalField(startsAt, timeZone))
  const [minutes, setMinutes] = useState(String(Math.round((endsAt.getTime() - startsAt.getTime()) / 60_000)))
  const [reason, setReason] = useState('')
  const [asksReason, setAsksReason] = useState(false)
  const params = { cohortId: cohort.id, meetingId: meeting.id }
  const at = fromLocalField(starts, timeZone)
  const length = /^\d{1,4}$/.test(minutes) ? Number(minutes) : 0
  const to = at && length ? { startsAt: at, endsAt: new Date(at.getTime() + length * 60_000) } : null
  const back = useSend(undoMove, { refreshes, onDone: () => tell({ text: words('movedBack', { title }) }) })
  const move = useSend(moveMeeting, {
    refreshes,
    onDone: ({ moveId }) => {
      onClose()
      tell({
        text: words('moved', { title, when: to ? times.dateTime(to.startsAt) : '' }),
        undo: () => back.mutate({ params: { ...params, moveId } }),
      })
    },
  })
  const isElsewhere = to !== null && (+to.startsAt !== +startsAt || +to.endsAt !== +endsAt)
  return (
    <div className="picker move-form">
      <div className="two">
        <DateTimeField label={words('move.to')} value={starts} zone={timeZone} onChange={setStarts} />
        <TextInput
          renderLabel={words('move.minutes')}
          inputMode="numeric"
          value={minutes}
          onChange={(_event, value) => setMinutes(value)}
        />
      </div>
      {to && isElsewhere && <Findings params={params} to={to} sentence={sentence} onAsked={setAsksReason} />}
      {asksReason && isElsewhere && (
        <TextInput
          renderLabel={words('move.reason')}
          value={reason}
          onChange={(_event, value) => setReason(value.slice(0, 500))}
          messages={[{ type: 'hint', text: words('move.reasonHint') }]}
        />
      )}
      {move.error && <ProblemNotice problem={move.error.problem} sayRefusal={refusals} />}
      <div className="row">
        <ActionButton
          isBusy={move.isPending}
          isDisabled={!to || !isElsewhere}
          onClick={() => to && move.mutate({ params, body: { ...to, from: startsAt, reason: reason.trim() || null } })}
        >
          {words('move.do')}
        </ActionButton>
        <ActionButton weight="quiet" onClick={onClose}>
          {words('close')}
        </ActionButton>
      </div>
    </div>
  )
}

type To = Readonly<{ startsAt: Date; endsAt: Date }>

/** What the rules say about the new time, and who would be written to, while it is being chosen. */
function Findings(props: {
  params: { cohortId: CohortShown['id']; meetingId: Meeting['id'] }
  to: To
  sentence: (finding: MoveFinding) => string
  onAsked: (asks: boolean) => void
}) {
  const words = useSeasonWords()
  const refusals = useSeasonRefusals()
  const { params, to, sentence, onAsked } = props
  const checked = useChecked(checkMove, { params, body: to })
  const asks = (checked.data?.findings.length ?? 0) > 0
  useEffect(() => onAsked(asks), [asks, onAsked])
  if (checked.error) return <ProblemNotice problem={checked.error.problem} sayRefusal={refusals} />
  if (!checked.data) return null
  const { findings, tells } = checked.data
  return (
    <div role="status">
      <ul className="plain">
        {findings.map((finding) => (
          <li key={finding.code} className="finding finding-warn">
            <Icon name="flag" />
            <span>
              {sentence(finding)} <span className="rule-code">{finding.code}</span>
            </span>
          </li>
        ))}
      </ul>
      <p className="small">{words('move.tells', { count: tells })}</p>
    </div>
  )
}

function useFinding(): (finding: MoveFinding) => string {
  const words = useSeasonWords()
  return ({ code, facts }) => words(`finding.${code}`, facts)
}
