import { useEffect, useRef } from 'react'
import type { RouteOutput } from '@copractice/core/kernel'
import type { LearnerScores, RoundDetail, Rubric, scoresRoute } from '@copractice/core/review'
import { AppLink, TextButton } from '@copractice/ui'
import { usePersonName } from './person-name.ts'
import { AppealsToAnswer } from './score-appeals.tsx'
import { CheckForm } from './score-check.tsx'
import { OverrideForm } from './score-override.tsx'
import { ReviewingLines, WorkLines } from './score-working.tsx'
import { useScoreWords } from './say-scores.ts'

type Props = Readonly<{
  round: RoundDetail
  rubric: Rubric
  scoring: RouteOutput<typeof scoresRoute>['scoring']
  learner: LearnerScores
  onClose: () => void
}>

/** One learner's two scores, line by line, with what an instructor can do about them. */
export function ScoreLook({ round, rubric, scoring, learner, onClose }: Props) {
  const say = useScoreWords()
  const nameOf = usePersonName()
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  const { person, work, reviewing, overrides, handedIn } = learner
  const { roundId, workMaximum, reviewingMaximum } = round
  const name = person.name ?? say('noName')
  const inPlace = (column: 'work' | 'reviewing') =>
    overrides.find((override) => override.column === column && override.withdrawnAt === null) ?? null
  return (
    <section className="look" aria-labelledby="h-look">
      <div className="row between">
        <h3 id="h-look" ref={heading} tabIndex={-1}>
          {say('look.title', { name })}
        </h3>
        <TextButton onClick={onClose}>{say('look.close')}</TextButton>
      </div>
      <AppealsToAnswer round={round} appeals={learner.appeals} />
      <h4>{say('look.work')}</h4>
      {handedIn && (
        <p>
          <AppLink href={`/reviews/rounds/${roundId}/work/${person.personId}`}>{say('look.read')}</AppLink>
        </p>
      )}
      <WorkLines
        rubric={rubric}
        maximum={workMaximum}
        marks={work.marks.map((mark) => ({ ...mark, title: say('how.review', { name: nameOf(mark.reviewer) }) }))}
        mean={work.mean}
        method={scoring.inForce}
        percent={work.percent}
        interval={work.interval}
        check={scoring.inForce === 'model' ? work.check : null}
        late={work.late}
        points={work.points}
        override={inPlace('work')}
        grade={work.grade}
      />
      <h4>{say('look.reviewing')}</h4>
      <ReviewingLines
        maximum={reviewingMaximum}
        weights={scoring.weights}
        parts={reviewing.parts.map((part) => ({
          ...part,
          title: part.author ? say('how.part.ofAuthor', { name: nameOf(part.author) }) : say('how.part.ofSomeone'),
          distance: part.agreement === null ? null : 100 * (1 - part.agreement),
        }))}
        points={reviewing.points}
        override={inPlace('reviewing')}
        grade={reviewing.grade}
      />
      {handedIn && <CheckForm round={round} rubric={rubric} learner={learner} isFixed={scoring.fixed} />}
      <OverrideForm round={round} learner={learner} />
    </section>
  )
}
