import { spelt, type LearnerScores } from '@copractice/core/review'
import { LetterBadge, StatusPill, TextButton, useUiWords } from '@copractice/ui'
import { Axis, Plot } from './score-plot.tsx'
import { useScoreWords } from './say-scores.ts'

type TableProps = Readonly<{
  learners: readonly LearnerScores[]
  workMaximum: number
  reviewingMaximum: number
  lookedAt: string | null
  onLook: (personId: string) => void
}>

/** Each learner's marks on one axis, with every number of the plot beside it. */
export function ScoreTable({ learners, workMaximum, reviewingMaximum, lookedAt, onLook }: TableProps) {
  const say = useScoreWords()
  const ui = useUiWords()
  const caption = say('title')
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a region that scrolls must be reachable by keyboard
    <div className="scroll" role="region" tabIndex={0} aria-label={ui('wideTable', { caption })}>
      <table className="table sc">
        <caption className="vh">{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{say('learner')}</th>
            <th scope="col" className="pl">
              <span className="vh">{say('oneReview')}</span>
              <Axis maximum={workMaximum} />
            </th>
            <th scope="col" className="num">
              {say('marks')}
            </th>
            <th scope="col" className="num">
              {say('score')}
              <br />
              <span className="small muted">{say('range')}</span>
            </th>
            <th scope="col" className="num">
              {say('reviewing', { maximum: reviewingMaximum })}
            </th>
            <th scope="col">{say('note')}</th>
          </tr>
        </thead>
        <tbody>
          {learners.map((learner) => (
            <ScoreRow
              key={learner.person.personId}
              learner={learner}
              workMaximum={workMaximum}
              reviewingMaximum={reviewingMaximum}
              isOpen={lookedAt === learner.person.personId}
              onLook={onLook}
            />
          ))}
        </tbody>
      </table>
    </div>
  )
}

type RowProps = Readonly<{
  learner: LearnerScores
  workMaximum: number
  reviewingMaximum: number
  isOpen: boolean
  onLook: (personId: string) => void
}>

function ScoreRow({ learner, workMaximum, reviewingMaximum, isOpen, onLook }: RowProps) {
  const say = useScoreWords()
  const { person, work, reviewing } = learner
  const points = (percent: number) => (percent * workMaximum) / 100
  const marks = work.marks.map(({ percent }) => points(percent))
  const range = work.interval && { low: points(work.interval.low), high: points(work.interval.high) }
  const name = person.name ?? say('noName')
  return (
    <tr>
      <th scope="row">
        <span className="who-cell">
          <LetterBadge mark={person.campus} small />
          <span>
            {name}
            <br />
            <TextButton about={say('openAbout', { name })} expanded={isOpen} onClick={() => onLook(person.personId)}>
              {say('open')}
            </TextButton>
          </span>
        </span>
      </th>
      <td className="pl">
        <Plot
          marks={marks}
          mean={work.percent === null ? null : points(work.percent)}
          range={range}
          maximum={workMaximum}
        />
      </td>
      <td className="num marks-cell">
        {marks.length > 0 && <CellWord>{say('marks')}</CellWord>}
        {marks.map(spelt).join(', ')}
      </td>
      <td className="num nowrap">
        {work.grade !== null && (
          <>
            <CellWord>{say('score')}</CellWord>
            <strong>{spelt(work.grade)}</strong>
          </>
        )}
        {range && (
          <>
            <br />{' '}
            <span className="small muted">{say('rangeIs', { low: spelt(range.low), high: spelt(range.high) })}</span>
          </>
        )}
      </td>
      <td className="num">
        {reviewing.grade !== null && (
          <>
            <CellWord>{say('reviewing', { maximum: reviewingMaximum })}</CellWord>
            {spelt(reviewing.grade)}
          </>
        )}
      </td>
      <td>
        <Notes learner={learner} workMaximum={workMaximum} />
      </td>
    </tr>
  )
}

/** The column's word beside a number, where no head of the column is in sight. */
const CellWord = ({ children }: { children: string }) => <span className="cell-word">{children} </span>

function Notes({ learner, workMaximum }: { learner: LearnerScores; workMaximum: number }) {
  const say = useScoreWords()
  const { work, reviewing, handedIn, overrides, appeals, openFlags } = learner
  const isChanged = work.sent === 'changed' || reviewing.sent === 'changed'
  const isTheirs = work.sent === 'theirs' || reviewing.sent === 'theirs'
  return (
    <span className="row tight">
      {appeals.some(({ status }) => status === 'open') && <StatusPill tone="warn">{say('appealed')}</StatusPill>}
      {openFlags > 0 && (
        <StatusPill tone="bad" icon="flag">
          {say('flagged', { count: openFlags })}
        </StatusPill>
      )}
      {!handedIn && <StatusPill tone="info">{say('noWork')}</StatusPill>}
      {work.flag === 'split' && (
        <StatusPill tone="warn">
          {say('flag.split', { points: spelt(((work.spread ?? 0) * workMaximum) / 100) })}
        </StatusPill>
      )}
      {work.flag === 'wide' && work.marks.length > 0 && <StatusPill tone="warn">{say('flag.wide')}</StatusPill>}
      {work.check !== null && (
        <StatusPill tone="ok">{say('checked', { points: spelt((work.check * workMaximum) / 100) })}</StatusPill>
      )}
      {work.lateMinutes !== null && (
        <StatusPill tone="info" icon="clock">
          {work.late > 0 ? say('late', { percent: spelt(work.late) }) : say('lateOnly')}
        </StatusPill>
      )}
      {overrides.some(({ withdrawnAt }) => withdrawnAt === null) && (
        <StatusPill tone="info" icon="pencil">
          {say('overridden')}
        </StatusPill>
      )}
      {isChanged && <StatusPill tone="warn">{say('sent.changed')}</StatusPill>}
      {isTheirs && <StatusPill tone="info">{say('sent.theirs')}</StatusPill>}
      {work.missing > 0 && (
        <StatusPill tone="warn" icon="hourglass">
          {say('missing', { count: work.missing })}
        </StatusPill>
      )}
      {reviewing.filed < reviewing.assigned && (
        <span className="small muted">{say('notFiled', { filed: reviewing.filed, assigned: reviewing.assigned })}</span>
      )}
    </span>
  )
}
