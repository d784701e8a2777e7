import { useState } from 'react'
import type { RouteOutput } from '@copractice/core/kernel'
import { releaseGradesRoute, withdrawReleaseRoute, type RoundDetail, type scoresRoute } from '@copractice/core/review'
import { ActionButton, ConfirmModal, ProblemNotice, useNow, useSend, useTell, useTimes } from '@copractice/ui'
import { AskDate } from './ask-date.tsx'
import { ReleaseAnew } from './score-release-anew.tsx'
import { scoreRefreshes } from './round-refreshes.ts'
import { useScoreRefusals, useScoreWords } from './say-scores.ts'

type Course = RouteOutput<typeof scoresRoute>['courses'][number]
type Props = Readonly<{ round: RoundDetail; isFinal: boolean; courses: readonly Course[] }>

const WEEK_MS = 7 * 86_400_000

/** Whether learners see their grades, course by course, and until when they may ask for another look. */
export function ReleasePart({ round, isFinal, courses }: Props) {
  const say = useScoreWords()
  return (
    <section className="work" aria-labelledby="h-release">
      <h3 id="h-release">{say('release')}</h3>
      {courses.map((course) => (
        <OneCourse key={course.courseId} round={round} course={course} isFinal={isFinal} />
      ))}
    </section>
  )
}

function OneCourse({ round, course, isFinal }: { round: RoundDetail; course: Course; isFinal: boolean }) {
  const say = useScoreWords()
  const times = useTimes()
  const { title, institution, release } = course
  return (
    <div className="pub-foot">
      <div>
        <p>
          <strong>{say('release.course', { course: title ?? '', campus: institution })}</strong>
        </p>
        <p className="small muted">
          {release
            ? say('release.since', {
                when: times.dateTime(release.releasedAt),
                until: times.dateTime(release.appealsUntil),
              })
            : say('release.not')}
        </p>
        {release?.changes && isFinal && (
          <p className="small">{say('release.changed', { count: release.changes.learners })}</p>
        )}
      </div>
      {release?.changes && isFinal && (
        <ReleaseAnew round={round} course={course} changes={release.changes} until={release.appealsUntil} />
      )}
      {release ? <TakeBack round={round} course={course} /> : isFinal && <Release round={round} course={course} />}
    </div>
  )
}

function Release({ round: { roundId, timeZone }, course }: { round: RoundDetail; course: Course }) {
  const say = useScoreWords()
  const refusals = useScoreRefusals()
  const tell = useTell()
  const now = useNow()
  const release = useSend(releaseGradesRoute, {
    refreshes: scoreRefreshes,
    onDone: () => tell({ text: say('release.done') }),
  })
  return (
    <AskDate
      button={say('release.button')}
      weight="secondary"
      title={say('release.ask', { course: course.title ?? course.institution })}
      dateLabel={say('release.until')}
      first={() => new Date(now.getTime() + WEEK_MS)}
      timeZone={timeZone}
      sending={release}
      sayRefusal={refusals}
      onPick={(appealsUntil, done) =>
        release.mutate({ params: { roundId }, body: { courseId: course.courseId, appealsUntil } }, done)
      }
    >
      <p>{say('release.askText', { count: course.learners })}</p>
    </AskDate>
  )
}

function TakeBack({ round: { roundId }, course }: { round: RoundDetail; course: Course }) {
  const say = useScoreWords()
  const refusals = useScoreRefusals()
  const tell = useTell()
  const [isAsking, setIsAsking] = useState(false)
  const takeBack = useSend(withdrawReleaseRoute, {
    refreshes: scoreRefreshes,
    onDone: () => tell({ text: say('release.backDone') }),
  })
  const { courseId } = course
  return (
    <>
      <ActionButton weight="quiet" onClick={() => setIsAsking(true)}>
        {say('release.back')}
      </ActionButton>
      <ConfirmModal
        isOpen={isAsking}
        title={say('release.backAsk', { course: course.title ?? course.institution })}
        confirm={say('release.back')}
        isBusy={takeBack.isPending}
        onClose={() => setIsAsking(false)}
        onConfirm={() => takeBack.mutate({ params: { roundId, courseId } }, { onSuccess: () => setIsAsking(false) })}
      >
        <p>{say('release.backText')}</p>
        {takeBack.error && <ProblemNotice problem={takeBack.error.problem} sayRefusal={refusals} />}
      </ConfirmModal>
    </>
  )
}
