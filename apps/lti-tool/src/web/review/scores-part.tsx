import { scoresRoute, type LearnerScores, type RoundDetail } from '@copractice/core/review'
import { EmptyState, Icon, Loaded, LetterBadge, Notice, StatusPill, useRoute, useUiWords } from '@copractice/ui'
import { ScoreWorking } from './score-working.tsx'
import { Axis, Plot } from './score-plot.tsx'
import { useRefusals, useWords } from './say.ts'

/** Percent points between the highest and the lowest mark from which a work is worth a look. */
const WIDE_SPREAD = 25

/** The instructor's own learners: each review as a circle on one axis, with the numbers beside it. */
export function ScoresPart({ round: { roundId, workMaximum, phase } }: { round: RoundDetail }) {
  const say = useWords()
  const refusals = useRefusals()
  const scores = useRoute(scoresRoute, { params: { roundId } }, { everyMs: phase === 'review' ? 60_000 : false })
  return (
    <section className="blk" id="scores" aria-labelledby="h-scores">
      <h2 id="h-scores">{say('run.scores')}</h2>
      <p className="lede">{say('scores.lede', { maximum: workMaximum })}</p>
      <Loaded from={scores} what={say('run.scores')} lines={6} sayRefusal={refusals}>
        {({ learners, final, workMaximum, reviewingMaximum }) =>
          learners.length === 0 ? (
            <EmptyState title={say('scores.none')} icon="chart">
              {say('scores.noneText')}
            </EmptyState>
          ) : (
            <>
              {!final && (
                <Notice tone="info" icon="clock">
                  {say('scores.notFinal')}
                </Notice>
              )}
              <Legend />
              <ScoreTable learners={learners} workMaximum={workMaximum} reviewingMaximum={reviewingMaximum} />
              <details className="fold-out">
                <summary>
                  <Icon name="chevron" small />
                  {say('scores.workedAll')}
                </summary>
                {learners.map((learner) => (
                  <ScoreWorking
                    key={learner.person.personId}
                    learner={learner}
                    workMaximum={workMaximum}
                    reviewingMaximum={reviewingMaximum}
                  />
                ))}
              </details>
            </>
          )
        }
      </Loaded>
    </section>
  )
}

function Legend() {
  const say = useWords()
  return (
    <p className="legend sc" aria-hidden="true">
      <span>
        <svg viewBox="0 0 24 16">
          <circle className="m" cx="12" cy="8" r="5" />
        </svg>
        {say('scores.oneReview')}
      </span>
      <span>
        <svg viewBox="0 0 24 16">
          <path className="mean" d="M12 2l5 6-5 6-5-6z" />
        </svg>
        {say('scores.meanKey')}
      </span>
    </p>
  )
}

type TableProps = Readonly<{ learners: readonly LearnerScores[]; workMaximum: number; reviewingMaximum: number }>

function ScoreTable({ learners, workMaximum, reviewingMaximum }: TableProps) {
  const say = useWords()
  const ui = useUiWords()
  const caption = say('run.scores')
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a region that scrolls must be reachable by keyboard
    <div className="scroll" role="region" tabIndex={0} aria-label={ui('wideTable', { caption })}>
      <table className="table sc">
        <caption className="vh">{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{say('scores.learner')}</th>
            <th scope="col" className="pl">
              <span className="vh">{say('scores.oneReview')}</span>
              <Axis maximum={workMaximum} />
            </th>
            <th scope="col" className="num">
              {say('scores.marks')}
            </th>
            <th scope="col" className="num">
              {say('scores.mean')}
            </th>
            <th scope="col" className="num">
              {say('scores.reviewing', { maximum: reviewingMaximum })}
            </th>
            <th scope="col">{say('scores.note')}</th>
          </tr>
        </thead>
        <tbody>
          {learners.map((learner) => (
            <ScoreRow key={learner.person.personId} learner={learner} workMaximum={workMaximum} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

function ScoreRow({
  learner: { person, work, reviewing, handedIn },
  workMaximum,
}: {
  learner: LearnerScores
  workMaximum: number
}) {
  const say = useWords()
  const marks = work.marks.map(({ percent }) => (percent * workMaximum) / 100)
  return (
    <tr>
      <th scope="row">
        <span className="who-cell">
          <LetterBadge mark={person.campus} small />
          {person.name ?? say('run.noName')}
        </span>
      </th>
      <td className="pl">
        <Plot marks={marks} mean={work.points} maximum={workMaximum} />
      </td>
      <td className="num nowrap">{marks.map((mark) => mark.toFixed(1)).join(', ')}</td>
      <td className="num">
        <strong>{work.points?.toFixed(1)}</strong>
      </td>
      <td className="num">{reviewing.points?.toFixed(1)}</td>
      <td>
        <span className="row tight">
          {!handedIn && <StatusPill tone="info">{say('scores.noWork')}</StatusPill>}
          {work.spread !== null && work.spread >= WIDE_SPREAD && (
            <StatusPill tone="warn">
              {say('scores.split', { points: ((work.spread * workMaximum) / 100).toFixed(1) })}
            </StatusPill>
          )}
          {work.missing > 0 && (
            <StatusPill tone="warn" icon="hourglass">
              {say('scores.missing', { count: work.missing })}
            </StatusPill>
          )}
          {reviewing.filed < reviewing.assigned && (
            <span className="small muted">
              {say('scores.notFiled', { filed: reviewing.filed, assigned: reviewing.assigned })}
            </span>
          )}
        </span>
      </td>
    </tr>
  )
}
