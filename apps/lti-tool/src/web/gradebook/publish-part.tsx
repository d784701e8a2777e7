import { useState } from 'react'
import { deliveriesRoute, publishPreviewRoute, publishRoute, type PublishPreview } from '@copractice/core/gradebook'
import type { RoundId } from '@copractice/core/kernel'
import {
  ActionButton,
  ConfirmModal,
  EmptyState,
  Loaded,
  Notice,
  ProblemNotice,
  useRoute,
  useSend,
  useTell,
} from '@copractice/ui'
import { CommentChoice } from './comment-choice.tsx'
import { PublishTable } from './publish-table.tsx'
import { useRefusals, useWords } from './say.ts'
import { TakeBackScores } from './take-back-scores.tsx'
import './gradebook.css'

/** What publishing would change, cell by cell, and the button that sends exactly that. */
export function PublishPart({ roundId }: { roundId: RoundId }) {
  const say = useWords()
  const refusals = useRefusals()
  const preview = useRoute(publishPreviewRoute, { params: { roundId } })
  return (
    <section className="blk" id="publish" aria-labelledby="h-publish">
      <h2 id="h-publish">{say('publish.title')}</h2>
      <Loaded from={preview} what={say('publish.loading')} lines={6} sayRefusal={refusals}>
        {(seen) => (
          <>
            <Lede preview={seen} />
            {seen.rows.length === 0 ? (
              <EmptyState title={say('publish.none')} icon="inbox">
                {say('publish.noneText')}
              </EmptyState>
            ) : (
              <>
                <PublishTable preview={seen} />
                <CommentChoice key={JSON.stringify(seen.comment)} roundId={roundId} preview={seen} />
                <Publish roundId={roundId} preview={seen} />
                <TakeBackScores roundId={roundId} preview={seen} />
              </>
            )}
          </>
        )}
      </Loaded>
    </section>
  )
}

function Lede({ preview: { courses, others } }: { preview: PublishPreview }) {
  const say = useWords()
  const open = courses.filter((course) => course.hasGradebook)
  const shut = courses.filter((course) => !course.hasGradebook)
  const nameOf = (course: (typeof courses)[number]) => course.title ?? say('course.untitled')
  return (
    <div className="lede stack">
      <p>
        {open.length > 0 && say('publish.lede', { courses: open.map(nameOf).join(', ') })}{' '}
        {others.inOtherCourses > 0 && say('publish.others', { count: others.inOtherCourses })}{' '}
        {others.withoutGradebook > 0 && say('publish.without', { count: others.withoutGradebook })}
      </p>
      {shut.map((course) => (
        <Notice key={course.courseId} tone="warn">
          {say('publish.noGradebook', { course: nameOf(course), campus: course.institution })}
        </Notice>
      ))}
    </div>
  )
}

function Publish({ roundId, preview }: { roundId: RoundId; preview: PublishPreview }) {
  const say = useWords()
  const refusals = useRefusals()
  const tell = useTell()
  const [isAsking, setIsAsking] = useState(false)
  const { counts, fingerprint } = preview
  const publish = useSend(publishRoute, {
    refreshes: [publishPreviewRoute, deliveriesRoute],
    onDone: ({ sent }) => tell({ text: say('publish.done', { count: sent }) }),
  })
  const fresh = useRoute(publishPreviewRoute, { params: { roundId } })
  const facts = {
    count: counts.toSend,
    learners: say('publish.learners', { count: counts.learnersToSend }),
    same: counts.same,
    wait: counts.wait,
  }
  const unsent = counts.same > 0 ? 'publish.nothing' : 'publish.notNow'
  const sum = counts.toSend > 0 ? 'publish.sum' : unsent
  const send = () =>
    publish.mutate(
      { params: { roundId }, body: { fingerprint } },
      {
        onSettled: () => setIsAsking(false),
        onError: ({ problem }) => {
          if (problem.code === 'publish.preview_outdated') void fresh.refetch()
        },
      },
    )
  return (
    <>
      {publish.error && <ProblemNotice problem={publish.error.problem} sayRefusal={refusals} />}
      <div className="pub-foot">
        <div>
          <p>
            <strong>{say(sum, facts)}</strong> {say('publish.rest', facts)}
          </p>
          <p className="small muted">{say('publish.hint')}</p>
        </div>
        {counts.toSend > 0 && (
          <ActionButton onClick={() => setIsAsking(true)}>
            {say('publish.button', { count: counts.toSend })}
          </ActionButton>
        )}
      </div>
      <ConfirmModal
        isOpen={isAsking}
        title={say('publish.ask', { count: counts.toSend })}
        confirm={say('publish.button', { count: counts.toSend })}
        isBusy={publish.isPending}
        onClose={() => setIsAsking(false)}
        onConfirm={send}
      >
        <p>{say('publish.askText', facts)}</p>
        <p className="small muted">{say('publish.hint')}</p>
      </ConfirmModal>
    </>
  )
}
