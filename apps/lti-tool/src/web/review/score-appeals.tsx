import { useState } from 'react'
import { NumberInput, TextArea } from '@instructure/ui/v11_7'
import { answerAppealRoute, type AppealSeen, type RoundDetail } from '@copractice/core/review'
import { ActionButton, ProblemNotice, StatusPill, useSend, useTell, useTimes } from '@copractice/ui'
import { scoreRefreshes } from './round-refreshes.ts'
import { useScoreRefusals, useScoreWords } from './say-scores.ts'

/** A learner's wishes for another look, open ones with a way to answer. */
export function AppealsToAnswer({ round, appeals }: { round: RoundDetail; appeals: readonly AppealSeen[] }) {
  return appeals.map((appeal) => (
    <div key={appeal.appealId} className="card stack">
      <AppealRead appeal={appeal} />
      {appeal.status === 'open' && <Answer round={round} appeal={appeal} />}
    </div>
  ))
}

/** What was asked and answered, for either side. */
export function AppealRead({ appeal, isMine = false }: { appeal: AppealSeen; isMine?: boolean }) {
  const say = useScoreWords()
  const times = useTimes()
  const { column, reason, raisedAt, status, entries } = appeal
  return (
    <>
      <h4 className="row">
        {say(isMine ? 'mine.youAsked' : 'appeal', { column: say(`column.${column}`) })}
        <StatusPill tone={status === 'open' ? 'warn' : 'info'}>{say(`appeal.status.${status}`)}</StatusPill>
      </h4>
      <p className="small muted">{say('appeal.at', { when: times.moment(raisedAt) })}</p>
      <p className="voice said">{reason}</p>
      {entries.map((entry, place) => (
        <div key={place}>
          <p>
            <strong>{entry.outcome && say(`appeal.outcome.${entry.outcome}`)}</strong>{' '}
            <span className="small muted">{times.moment(entry.at)}</span>
          </p>
          <p className="voice said">{entry.text}</p>
        </div>
      ))}
    </>
  )
}

function Answer({ round, appeal }: { round: RoundDetail; appeal: AppealSeen }) {
  const say = useScoreWords()
  const refusals = useScoreRefusals()
  const tell = useTell()
  const [text, setText] = useState('')
  const [points, setPoints] = useState('')
  const [isAsked, setIsAsked] = useState(false)
  const maximum = appeal.column === 'work' ? round.workMaximum : round.reviewingMaximum
  const answer = useSend(answerAppealRoute, {
    refreshes: scoreRefreshes,
    onDone: () => {
      tell({ text: say('appeal.answered') })
      // The form goes; whoever works by keyboard goes on from whom it was about.
      document.getElementById('h-look')?.focus()
    },
  })
  const number = points.trim() === '' ? Number.NaN : Number(points.replace(',', '.'))
  const params = { roundId: round.roundId, appealId: appeal.appealId }
  const send = (outcome: 'kept' | 'changed') => {
    setIsAsked(true)
    if (!text.trim()) return
    if (outcome === 'kept') answer.mutate({ params, body: { outcome, text: text.trim() } })
    else if (number >= 0) answer.mutate({ params, body: { outcome, text: text.trim(), points: number } })
  }
  return (
    <div className="stack fields">
      <TextArea
        label={say('appeal.answer')}
        autoGrow
        maxLength={2000}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <NumberInput
        renderLabel={say('appeal.points', { maximum })}
        showArrows={false}
        value={points}
        onChange={(_event, value) => setPoints(value)}
      />
      {isAsked && !text.trim() && (
        <p className="hint hint-bad" role="alert">
          {say('appeal.needsText')}
        </p>
      )}
      {answer.error && <ProblemNotice problem={answer.error.problem} sayRefusal={refusals} />}
      <p className="row">
        <ActionButton weight="secondary" isBusy={answer.isPending} onClick={() => send('kept')}>
          {say('appeal.keep')}
        </ActionButton>
        <ActionButton
          weight="secondary"
          isDisabled={!(number >= 0)}
          isBusy={answer.isPending}
          onClick={() => send('changed')}
        >
          {say('appeal.change')}
        </ActionButton>
      </p>
    </div>
  )
}
