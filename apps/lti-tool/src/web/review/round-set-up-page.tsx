import { useParams } from '@tanstack/react-router'
import { getCohortHome } from '@copractice/core/cohort'
import { RoundId } from '@copractice/core/kernel'
import {
  changeRoundRoute,
  listRoundsRoute,
  setUpRoundRoute,
  showRoundRoute,
  type RoundChange,
  type RoundDetail,
} from '@copractice/core/review'
import { ActionButton, AppLink, Loaded, Notice, PageTitle, useRoute, useSend, useTell, useGoTo } from '@copractice/ui'
import { NotFoundHere } from '../directory/not-found-page.tsx'
import { useSeen } from '../directory/session-provider.tsx'
import { SetUpForm } from './set-up-form.tsx'
import { fieldsOfRound, newRoundFields } from './round-fields.ts'
import { startingRubric } from './starting-rubric.ts'
import { useRefusals, useWords } from './say.ts'
import { useKeptSetUp } from './use-kept-set-up.ts'
import './review.css'

const refreshes = [showRoundRoute, listRoundsRoute, getCohortHome]

/** Sets up a round, with a rubric to start from. */
export function NewRoundPage() {
  const say = useWords()
  const tell = useTell()
  const goTo = useGoTo()
  const { cohort } = useSeen()
  const kept = useKeptSetUp(() => newRoundFields(startingRubric(say), cohort?.timeZone ?? 'UTC', new Date()))
  const setUp = useSend(setUpRoundRoute, {
    refreshes,
    onDone: ({ roundId }) => {
      kept.drop()
      tell({ text: say('setUp.saved') })
      goTo(`/reviews/rounds/${roundId}`)
    },
  })
  return (
    <>
      <Head title={say('setUp.newTitle')} lede={say('setUp.lede')} />
      {kept.isBack && (
        <Notice
          tone="info"
          action={
            <ActionButton weight="quiet" size="small" onClick={kept.beginAnew}>
              {say('setUp.beginAnew')}
            </ActionButton>
          }
        >
          {say('setUp.isBack')}
        </Notice>
      )}
      <div className={kept.isBack ? 'after-notice' : undefined}>
        <SetUpForm
          key={kept.begun}
          start={kept.fields}
          otherPairs={0}
          isOpenRound={false}
          isBusy={setUp.isPending}
          problem={setUp.error?.problem}
          onChange={kept.keep}
          onSave={(setup) => setUp.mutate({ body: setup })}
        />
      </div>
    </>
  )
}

/** Changes a round: all of it while it is a draft, afterwards title, instructions and dates. */
export function ChangeRoundPage() {
  const say = useWords()
  const refusals = useRefusals()
  const id = RoundId.safeParse(useParams({ strict: false }).roundId)
  const roundId = id.data ?? ('' as RoundId)
  const round = useRoute(showRoundRoute, { params: { roundId } }, { enabled: id.success })
  if (!id.success) return <NotFoundHere />
  return (
    <Loaded from={round} what={say('round.loading')} lines={8} sayRefusal={refusals}>
      {(round) => <Change key={roundId} round={round} />}
    </Loaded>
  )
}

function Change({ round }: { round: RoundDetail }) {
  const say = useWords()
  const tell = useTell()
  const goTo = useGoTo()
  const { roundId, phase, title, setup } = round
  const isDraft = phase === 'draft'
  const change = useSend(changeRoundRoute, {
    refreshes,
    onDone: () => {
      tell({ text: say('setUp.changed') })
      goTo(`/reviews/rounds/${roundId}`)
    },
  })
  return (
    <>
      <Head title={say('setUp.changeTitle', { title })} lede={say(isDraft ? 'setUp.lede' : 'setUp.openLede')} />
      <SetUpForm
        start={fieldsOfRound(round)}
        otherPairs={setup?.otherConflicts ?? 0}
        isOpenRound={!isDraft}
        isBusy={change.isPending}
        problem={change.error?.problem}
        onSave={(next) => change.mutate({ params: { roundId }, body: isDraft ? next : stillOpen(round, next) })}
      />
    </>
  )
}

/** Of an open round, what may still change, and only where it does: a date that has passed stays out of it. */
function stillOpen(round: RoundDetail, next: RoundChange): RoundChange {
  const { title, instructions, submitUntil, reviewUntil, reviseUntil, advance } = next
  const isMoved = (from: Date, to: Date | undefined) =>
    to !== undefined && Math.abs(to.getTime() - from.getTime()) >= 60_000
  return {
    title,
    instructions,
    ...(isMoved(round.submitUntil, submitUntil) && { submitUntil }),
    ...(isMoved(round.reviewUntil, reviewUntil) && { reviewUntil }),
    ...((reviseUntil ?? null)?.getTime() !== round.plan.reviseUntil?.getTime() && { reviseUntil }),
    ...(advance !== round.plan.advance && { advance }),
  }
}

function Head({ title, lede }: { title: string; lede: string }) {
  const say = useWords()
  const { cohort } = useSeen()
  return (
    <div className="page-head">
      <div>
        <p className="small">
          <AppLink href="/reviews">{say('round.back')}</AppLink>
        </p>
        <PageTitle {...(cohort && { within: cohort.name })}>{title}</PageTitle>
        <p className="lede">{lede}</p>
      </div>
    </div>
  )
}
