import type { RoundWithRubric, RubricDifference } from '@copractice/core/review'
import { AppLink, Notice } from '@copractice/ui'
import { useSetupWords } from './say-setup.ts'

/** What a version changes, one line for each, and whether marks under the two compare. */
export function RubricDifferenceList({ difference }: { difference: RubricDifference }) {
  const say = useSetupWords()
  const { changes, countsOtherwise, pointsBefore, pointsAfter } = difference
  return (
    <div className="stack small">
      <ul className="changes">
        {changes.map((change) => (
          <li key={JSON.stringify(change)}>{say(`change.${change.kind}`, change)}</li>
        ))}
      </ul>
      <p>
        {say(countsOtherwise ? 'change.countsOtherwise' : 'change.countsSame')}{' '}
        {pointsBefore !== pointsAfter && say('change.total', { before: pointsBefore, after: pointsAfter })}
      </p>
    </div>
  )
}

/** Rounds that are not closed, with the version each keeps. */
export function RoundsKeeping({ rounds, none }: { rounds: readonly RoundWithRubric[]; none: string }) {
  const say = useSetupWords()
  if (rounds.length === 0) return <p className="muted">{none}</p>
  return (
    <ul className="list">
      {rounds.map(({ roundId, title, cohort, phase, number }, place) => (
        <li key={roundId ?? place}>
          {roundId && title ? <AppLink href={`/reviews/rounds/${roundId}`}>{title}</AppLink> : say('keeping.other')}{' '}
          <span className="small muted">
            {say('keeping.line', { cohort, number })} {say(`keeping.${phase}`)}
          </span>
        </li>
      ))}
    </ul>
  )
}

/** Before a new version is saved: what it means, in one place. */
export function WhatItMeans(props: { difference: RubricDifference; rounds: readonly RoundWithRubric[] }) {
  const say = useSetupWords()
  return (
    <Notice tone="info" live>
      <p>
        <strong>{say('means.title')}</strong>
      </p>
      <RubricDifferenceList difference={props.difference} />
      <p>{say('means.rounds', { count: props.rounds.length })}</p>
      {props.rounds.length > 0 && <RoundsKeeping rounds={props.rounds} none="" />}
    </Notice>
  )
}
