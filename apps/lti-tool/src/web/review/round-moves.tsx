import { useId, useState } from 'react'
import {
  listRoundsRoute,
  reuseRoundRoute,
  reuseTargetsRoute,
  stepBackRoute,
  datesAfterWeeks,
  type RoundDetail,
} from '@copractice/core/review'
import {
  ActionButton,
  AppLink,
  ConfirmModal,
  Loaded,
  Notice,
  ProblemNotice,
  useNow,
  useRoute,
  useSend,
  useTell,
  useTimes,
  useGoTo,
} from '@copractice/ui'
import { useAskedDate } from './ask-date.tsx'
import { roundRefreshes } from './round-refreshes.ts'
import { useSetupRefusals, useSetupWords } from './say-setup.ts'

const DAY_MS = 86_400_000

/** Why a round by date stands still: said on top, with what would move it on. */
export function StalledNotice({ round: { setup } }: { round: RoundDetail }) {
  const say = useSetupWords()
  const times = useTimes()
  const stalled = setup?.stalled
  if (!stalled) return null
  const whys = ['allocation.no_work', 'allocation.impossible', 'review.date_passed'] as const
  const why = whys.find((one) => one === stalled.why)
  return (
    <Notice tone="warn">
      <p>
        <strong>{say('stalled')}</strong> {why && say(`stalled.${why}`)}
      </p>
      <p className="small">{say('stalled.next', { when: times.dateTime(stalled.at) })}</p>
    </Notice>
  )
}

/** A draft whose rubric has a newer version in the library: which it has, and where to take the other. */
export function NewerRubric({ round: { roundId, phase, setup } }: { round: RoundDetail }) {
  const say = useSetupWords()
  const source = setup?.rubricSource
  if (phase !== 'draft' || !source || source.latest <= source.number) return null
  return (
    <Notice tone="info">
      {say('newer', { title: source.title, number: source.number, latest: source.latest })}{' '}
      <AppLink href={`/reviews/rounds/${roundId}/set-up`}>{say('newer.take')}</AppLink>
    </Notice>
  )
}

/** One phase back, while nobody loses anything by it. */
export function StepBack({ round }: { round: RoundDetail }) {
  const say = useSetupWords()
  const refusals = useSetupRefusals()
  const tell = useTell()
  const now = useNow()
  const { roundId, phase, submitUntil, timeZone } = round
  const [isAsking, setIsAsking] = useState(false)
  const first = () => new Date(Math.max(submitUntil.getTime(), now.getTime() + DAY_MS))
  const until = useAskedDate(say('back.until'), first, timeZone)
  const back = useSend(stepBackRoute, {
    refreshes: roundRefreshes,
    onDone: () => tell({ text: say(`back.${phase === 'review' ? 'review' : 'submit'}.done`) }),
  })
  if (phase !== 'review' && phase !== 'submit') return null
  const open = () => {
    until.begin()
    setIsAsking(true)
  }
  const stepBack = () => {
    const send = (body: { submitUntil?: Date }) =>
      back.mutate({ params: { roundId }, body }, { onSuccess: () => setIsAsking(false) })
    if (phase !== 'review') return send({})
    const submitUntil = until.picked()
    if (submitUntil) send({ submitUntil })
  }
  return (
    <>
      <ActionButton weight="quiet" onClick={open}>
        {say(`back.${phase}`)}
      </ActionButton>
      <ConfirmModal
        isOpen={isAsking}
        title={say(`back.${phase}`)}
        confirm={say('back.do')}
        isBusy={back.isPending}
        onClose={() => setIsAsking(false)}
        onConfirm={stepBack}
      >
        <p>{say(`back.${phase}.text`)}</p>
        {phase === 'review' && until.field}
        {back.error && <ProblemNotice problem={back.error.problem} sayRefusal={refusals} />}
      </ConfirmModal>
    </>
  )
}

/** The round's set-up as a new draft, here or in another cohort of one's own, with its dates moved by weeks. */
export function UseAgain({ round }: { round: RoundDetail }) {
  const say = useSetupWords()
  const refusals = useSetupRefusals()
  const [isAsking, setIsAsking] = useState(false)
  const { roundId } = round
  const targets = useRoute(reuseTargetsRoute, { params: { roundId } }, { enabled: isAsking })
  return (
    <>
      <ActionButton weight="quiet" onClick={() => setIsAsking(true)}>
        {say('again')}
      </ActionButton>
      {isAsking && (
        <Loaded from={targets} what={say('again')} lines={2} sayRefusal={refusals}>
          {({ cohorts, weeks }) => (
            <Again round={round} cohorts={cohorts} startWeeks={weeks} onClose={() => setIsAsking(false)} />
          )}
        </Loaded>
      )}
    </>
  )
}

type Cohorts = (typeof reuseTargetsRoute)['response']['_output']['cohorts']

function Again(props: { round: RoundDetail; cohorts: Cohorts; startWeeks: number; onClose: () => void }) {
  const { round, cohorts, startWeeks, onClose } = props
  const say = useSetupWords()
  const refusals = useSetupRefusals()
  const times = useTimes()
  const tell = useTell()
  const goTo = useGoTo()
  const id = useId()
  const [cohortId, setCohortId] = useState(cohorts[0]?.cohortId ?? '')
  const [weeks, setWeeks] = useState(String(startWeeks))
  const count = Number(weeks)
  const isCount = weeks.trim() !== '' && Number.isInteger(count) && count >= 0 && count <= 260
  const cohort = cohorts.find((one) => one.cohortId === cohortId)
  const dates = datesAfterWeeks({ ...round, ...round.plan }, isCount ? count : 0)
  const reuse = useSend(reuseRoundRoute, {
    refreshes: [listRoundsRoute],
    onDone: (made) => {
      onClose()
      tell({ text: say(made.isHere ? 'again.done' : 'again.doneElsewhere', { cohort: cohort?.name ?? '' }) })
      if (made.isHere) goTo(`/reviews/rounds/${made.roundId}`)
    },
  })
  return (
    <ConfirmModal
      isOpen
      title={say('again')}
      confirm={say('again.do')}
      isBusy={reuse.isPending}
      onClose={onClose}
      onConfirm={() => {
        if (cohort && isCount)
          reuse.mutate({ params: { roundId: round.roundId }, body: { cohortId: cohort.cohortId, weeks: count } })
      }}
    >
      <p>{say('again.text')}</p>
      {cohorts.length > 1 && (
        <div className="field">
          <label htmlFor={`${id}-c`}>{say('again.cohort')}</label>
          <select
            id={`${id}-c`}
            className="input"
            value={cohortId}
            onChange={(event) => setCohortId(event.target.value)}
          >
            {cohorts.map((one) => (
              <option key={one.cohortId} value={one.cohortId}>
                {one.isHere ? say('again.here', { cohort: one.name }) : one.name}
              </option>
            ))}
          </select>
        </div>
      )}
      <div className="field">
        <label htmlFor={`${id}-w`}>{say('again.weeks')}</label>
        <input
          id={`${id}-w`}
          className="input num short"
          inputMode="numeric"
          value={weeks}
          aria-invalid={!isCount || undefined}
          aria-describedby={`${id}-wh`}
          onChange={(event) => setWeeks(event.target.value)}
        />
        <p className={isCount ? 'hint' : 'hint hint-bad'} id={`${id}-wh`} role="status">
          {isCount
            ? say('again.dates', {
                work: times.dateTime(dates.submitUntil, round.timeZone),
                reviews: times.dateTime(dates.reviewUntil, round.timeZone),
              })
            : say('again.weeksNumber')}
        </p>
      </div>
      {reuse.error && <ProblemNotice problem={reuse.error.problem} sayRefusal={refusals} />}
    </ConfirmModal>
  )
}
