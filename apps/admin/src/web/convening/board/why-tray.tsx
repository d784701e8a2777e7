import { useState } from 'react'
import type { BoardSeen, Elsewhere, weighPlacement } from '@copractice/core/convening/board'
import type { RouteOutput } from '@copractice/core/kernel'
import { Icon, LoadingLines, ProblemNotice, TextButton } from '@copractice/ui'
import { Choice } from '../../directory/choice.tsx'
import { useRefusals, useWords } from './say.ts'
import { useSpelling } from './spell-reason.ts'
import { NOWHERE, type BoardHands } from './use-board.ts'

type Weighed = RouteOutput<typeof weighPlacement>
type Props = Readonly<{ board: BoardSeen; hands: BoardHands }>

/** Why somebody is where they are, where else they could be, and everything that can be done with them. */
export function WhyTray({ board, hands }: Props) {
  const say = useWords()
  const refusals = useRefusals()
  const spell = useSpelling()
  const { selected, weighed } = hands
  const person = selected === null ? undefined : hands.people.get(selected)
  if (!person) return <p className="muted">{say('why.pick')}</p>
  const cohort = hands.cohortOf(person.id)
  const unplaced = board.unplaced.find(({ id }) => id === person.id)
  const title = cohort ? say('why', { name: person.name, cohort: cohort.name }) : say('why.not', { name: person.name })
  const { data } = weighed
  const found = data?.id === person.id && data.version >= board.version ? data : undefined
  return (
    <>
      <h2>{title}</h2>
      {unplaced && <p>{spell.reason(unplaced.why)}</p>}
      {found ? (
        <>
          {found.here && cohort && <Reasons here={found.here} cohort={cohort.name} />}
          {!person.isSeated && (
            <>
              <Keeping board={board} hands={hands} id={person.id} />
              <Elsewheres board={board} hands={hands} weighed={found} />
              {cohort && <Swap board={board} hands={hands} id={person.id} />}
            </>
          )}
        </>
      ) : weighed.error ? (
        unplaced ? null : (
          <ProblemNotice problem={weighed.error.problem} sayRefusal={refusals} />
        )
      ) : (
        <LoadingLines what={say('why.looking')} />
      )}
    </>
  )
}

function Reasons({ here, cohort }: { here: NonNullable<Weighed['here']>; cohort: string }) {
  const say = useWords()
  const spell = useSpelling()
  const { interests, languages, othersOfCampus, othersOfKind, wishedForHere, apartKept } = here
  const lines = [
    { key: 'times', isGood: true, text: say('why.times', { count: here.sharedSlots, cohort }) },
    ...(here.isChair ? [{ key: 'chair', isGood: true, text: say('why.chair') }] : []),
    ...interests.map(({ name, others }) => ({
      key: `interest ${name}`,
      isGood: others > 0,
      text: say('why.interest', { name, count: others }),
    })),
    { key: 'campus', isGood: othersOfCampus > 0, text: say('why.campus', { count: othersOfCampus }) },
    { key: 'kind', isGood: othersOfKind > 0, text: say('why.kind', { count: othersOfKind }) },
    ...languages.map(({ name, others }) => ({
      key: `language ${name}`,
      isGood: others > 0,
      text: say('why.language', { name: spell.language(name), count: others }),
    })),
    ...(wishedForHere ? [{ key: 'wished', isGood: true, text: say('why.wished', { count: wishedForHere }) }] : []),
  ]
  return (
    <>
      <ul className="plain why-list">
        {lines.map(({ key, isGood, text }) => (
          <li key={key} className={isGood ? 'good' : 'weak'}>
            <Icon name={isGood ? 'check' : 'flag'} />
            <span>{text}</span>
          </li>
        ))}
      </ul>
      {apartKept > 0 && <p className="small muted">{say('why.apart', { count: apartKept })}</p>}
      <p className="small muted">{say('why.comfort', { points: here.comfort })}</p>
    </>
  )
}

function Keeping({ hands, id }: Props & { id: string }) {
  const say = useWords()
  const person = hands.people.get(id)!
  const cohort = hands.cohortOf(id)
  if (!cohort) return null
  const { name, isPinned, canChair } = person
  return (
    <div className="stack keeping">
      <label className="tick-line">
        <input
          className="tick"
          type="checkbox"
          checked={isPinned}
          onChange={() =>
            hands.send({ kind: 'pin', id, isPinned: !isPinned }, say(isPinned ? 'unkept' : 'kept', { name }))
          }
        />
        <span>{say('keep')}</span>
      </label>
      {canChair && cohort.chair !== id && !cohort.cohortId && (
        <TextButton
          about={name}
          onClick={() =>
            hands.send({ kind: 'chair', cohort: cohort.key, id }, say('madeChair', { name, cohort: cohort.name }))
          }
        >
          {say('makeChair')}
        </TextButton>
      )}
    </div>
  )
}

/** The "move to" list: every cohort with what a move there would mean, allowed ones first. */
function Elsewheres({ board, hands, weighed }: Props & { weighed: Weighed }) {
  const say = useWords()
  const spell = useSpelling()
  const { id, elsewhere, away, here } = weighed
  const order = [...elsewhere].sort(
    (a, b) => Number(a.block !== null) - Number(b.block !== null) || b.change - a.change,
  )
  const whole = ({ change }: Elsewhere) => {
    const share = change / Math.max(1, board.objective)
    if (Math.abs(share) < 0.0005) return say('move.same')
    return say(share < 0 ? 'move.worse' : 'move.better', { percent: spell.percent(Math.abs(share)) })
  }
  return (
    <>
      <h3>{say(here ? 'move' : 'move.place')}</h3>
      <ul className="plain moves">
        {order.map((one) => (
          <li key={one.cohort}>
            <div className="row between">
              <strong>{hands.targetName(one.cohort)}</strong>
              {one.block ? (
                <span className="small bad">{say('move.not')}</span>
              ) : (
                <TextButton
                  about={say('move.goAbout', { cohort: hands.targetName(one.cohort) })}
                  onClick={() => hands.moveTo(id, one.cohort)}
                >
                  {say('move.go')}
                </TextButton>
              )}
            </div>
            {one.block ? (
              <p className="small">{spell.reason(one.block)}</p>
            ) : (
              <p className="small muted">
                {say('move.times')}: {say('move.then', { now: one.sharedNow, after: one.sharedThen })}. {whole(one)}.
              </p>
            )}
            {one.along.length > 0 && <p className="small">{say('move.along', { names: spell.list(one.along) })}</p>}
            {one.alone.length > 0 && (
              <p className="small warn">{say('move.alone', { names: spell.list(one.alone.slice(0, 4)) })}</p>
            )}
          </li>
        ))}
      </ul>
      {here &&
        (away ? (
          <p className="small muted">{spell.reason(away)}</p>
        ) : (
          <TextButton about={hands.nameOf(id)} onClick={() => hands.moveTo(id, NOWHERE)}>
            {say('move.away')}
          </TextButton>
        ))}
    </>
  )
}

const SWAPS_AT_MOST = 400

/** Change places with somebody of another cohort: what a full cohort allows. */
function Swap({ board, hands, id }: Props & { id: string }) {
  const say = useWords()
  const [other, setOther] = useState('')
  const mine = hands.cohortOf(id)
  const options = board.cohorts
    .filter((cohort) => cohort !== mine)
    .flatMap(({ name, members }) =>
      members
        .filter((one) => !hands.people.get(one)?.isSeated)
        .map((one) => [one, `${hands.nameOf(one)} (${name})`] as const),
    )
  if (!options.length || options.length > SWAPS_AT_MOST) return null
  return (
    <div className="stack swap">
      <Choice
        id="swap"
        label={say('swap')}
        value={options.some(([one]) => one === other) ? other : ''}
        options={[['', say('swap.pick')], ...options]}
        onChange={setOther}
      />
      {other && (
        <TextButton
          about={hands.nameOf(other)}
          onClick={() =>
            hands.send(
              { kind: 'swap', id, other },
              say('swapped', { one: hands.nameOf(id), other: hands.nameOf(other) }),
            )
          }
        >
          {say('swap.do')}
        </TextButton>
      )}
    </div>
  )
}
