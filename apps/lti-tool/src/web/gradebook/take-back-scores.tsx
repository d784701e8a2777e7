import { useState } from 'react'
import {
  deliveriesRoute,
  publishPreviewRoute,
  takeBackScoresRoute,
  type PublishPreview,
} from '@copractice/core/gradebook'
import type { RoundId } from '@copractice/core/kernel'
import { scoresRoute } from '@copractice/core/review'
import { ActionButton, ConfirmModal, ProblemNotice, useSend, useTell } from '@copractice/ui'
import { useRefusals, useWords } from './say.ts'

type Course = PublishPreview['courses'][number]
type Props = Readonly<{ roundId: RoundId; preview: PublishPreview }>

/** Takes a course's scores back out of its gradebook, and says what its LMS keeps. Nothing to show where none was sent. */
export function TakeBackScores({ roundId, preview }: Props) {
  const held = (course: Course) =>
    preview.rows
      .filter(({ courseId }) => courseId === course.courseId)
      .flatMap(({ work, reviewing }) => [work, reviewing])
      .filter(({ now, onItsWay }) => now !== null || onItsWay !== null).length
  return preview.courses.map((course) => {
    const count = held(course)
    return count > 0 && <OneCourse key={course.courseId} roundId={roundId} course={course} count={count} />
  })
}

function OneCourse({ roundId, course, count }: { roundId: RoundId; course: Course; count: number }) {
  const say = useWords()
  const refusals = useRefusals()
  const tell = useTell()
  const [isAsking, setIsAsking] = useState(false)
  const { courseId, profile } = course
  const name = course.title ?? say('course.untitled')
  const takeBack = useSend(takeBackScoresRoute, {
    refreshes: [publishPreviewRoute, deliveriesRoute, scoresRoute],
    onDone: ({ takenBack }) => tell({ text: say('takeBack.done', { count: takenBack }) }),
  })
  return (
    <p className="take-back">
      <ActionButton weight="quiet" size="small" onClick={() => setIsAsking(true)}>
        {say('takeBack.button')} <span className="vh">{say('takeBack.about', { course: name })}</span>
      </ActionButton>
      <ConfirmModal
        isOpen={isAsking}
        title={say('takeBack.title', { course: name })}
        confirm={say('takeBack.button')}
        isBusy={takeBack.isPending}
        onClose={() => setIsAsking(false)}
        onConfirm={() =>
          takeBack.mutate({ params: { roundId }, body: { courseId } }, { onSuccess: () => setIsAsking(false) })
        }
      >
        <p>{say('takeBack.count', { count })}</p>
        <p>{say(`takeBack.${profile}`)}</p>
        <p>{say('takeBack.theirs')}</p>
        {takeBack.error && <ProblemNotice problem={takeBack.error.problem} sayRefusal={refusals} />}
      </ConfirmModal>
    </p>
  )
}
