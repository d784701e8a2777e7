import { useState } from 'react'
import { answerRenewal, listRenewals, type RenewalAsk } from '@copractice/core/cohort'
import { getSession, listMyCohorts } from '@copractice/core/directory'
import {
  ActionButton,
  drop,
  keep,
  kept,
  Notice,
  ProblemNotice,
  Section,
  TextButton,
  useRoute,
  useSend,
  useTell,
  useTimes,
} from '@copractice/ui'
import { useRenewalRefusals, useRenewalWords } from './say-renewal.ts'

/** Whether the reader goes on in the cohort that succeeds this one: asked of who was asked, until they have answered. */
export function RenewalPart({ before }: { before: string }) {
  const refusals = useRenewalRefusals()
  const renewals = useRoute(listRenewals, {})
  if (renewals.error) {
    const retry = () => void renewals.refetch()
    return <ProblemNotice problem={renewals.error.problem} sayRefusal={refusals} onRetry={retry} />
  }
  return renewals.data?.items.map((ask) => <Renewal key={ask.id} ask={ask} before={before} />)
}

function Renewal({ ask, before }: { ask: RenewalAsk; before: string }) {
  const words = useRenewalWords()
  const refusals = useRenewalRefusals()
  const tell = useTell()
  const laterKey = `copractice.renewal-later.${ask.id}`
  const [isLater, setIsLater] = useState(() => kept(laterKey) === true)
  const { name } = ask.cohort
  const answer = useSend(answerRenewal, {
    refreshes: [listRenewals, listMyCohorts, getSession],
    onDone: ({ place }, { body }) => {
      if (body.answer === null) return tell({ text: words('takenBack') })
      tell({ text: words(saidKey({ ...ask, place }), { name }), undo: () => say(null) })
    },
  })
  const say = (said: RenewalAsk['answer']) => answer.mutate({ params: { askId: ask.id }, body: { answer: said } })
  const putOff = (isPutOff: boolean) => {
    setIsLater(isPutOff)
    if (isPutOff) keep(laterKey, true)
    else drop(laterKey)
  }
  const problem = answer.error && <ProblemNotice problem={answer.error.problem} sayRefusal={refusals} />
  return (
    <div className="stack renewal">
      {ask.answer ? (
        <Answered ask={ask} isBusy={answer.isPending} onTakeBack={() => say(null)} />
      ) : isLater ? (
        <p className="row">
          {words('later.said', { before, name })}{' '}
          <TextButton about={words('later.about', { name })} onClick={() => putOff(false)}>
            {words('later.open')}
          </TextButton>
        </p>
      ) : (
        <Question ask={ask} before={before} isBusy={answer.isPending} onSay={say} onLater={() => putOff(true)} />
      )}
      {problem}
    </div>
  )
}

const saidKey = ({ place, kind }: Pick<RenewalAsk, 'place' | 'kind'>) =>
  place === 'seated' && kind === 'facilitator' ? 'now.facilitator' : (`now.${place ?? 'no'}` as const)

type Asking = Readonly<{
  ask: RenewalAsk
  before: string
  isBusy: boolean
  onSay: (answer: 'yes' | 'no') => void
  onLater: () => void
}>

function Question({ ask, before, isBusy, onSay, onLater }: Asking) {
  const words = useRenewalWords()
  const times = useTimes()
  const { kind, cohort, seats, meetings, firstMeetingAt } = ask
  const { name, theme } = cohort
  const isSeat = kind !== 'facilitator'
  // Who waits comes first, so that a seat that is free now may be theirs already.
  const isFull = isSeat && seats.taken + seats.waitlisted >= seats.capacity
  const place = words('place', { count: seats.waitlisted + 1, ordinal: true })
  return (
    <Section title={words(kind === 'participant' ? 'title' : `title.${kind}`, { before, name })} isCard>
      <div className="stack">
        <p>
          {words('theme', { theme })}{' '}
          {firstMeetingAt
            ? words('meets', { count: meetings, when: times.dateTime(firstMeetingAt) })
            : words('meets.none')}{' '}
          {isSeat && !isFull && words('seats', { taken: seats.taken, capacity: seats.capacity })}
        </p>
        {isFull && <p>{words('full', { capacity: seats.capacity, place })}</p>}
        <p className="small muted">{words('means')}</p>
        <fieldset className="row" disabled={isBusy}>
          <legend className="vh">{words('title', { before, name })}</legend>
          <ActionButton weight="secondary" onClick={() => onSay('yes')}>
            {words(isFull ? 'yes.full' : isSeat ? 'yes' : 'yes.facilitator')}
          </ActionButton>
          <ActionButton weight="quiet" onClick={() => onSay('no')}>
            {words('no')}
          </ActionButton>
          <ActionButton weight="quiet" onClick={onLater}>
            {words('later')}
          </ActionButton>
        </fieldset>
      </div>
    </Section>
  )
}

function Answered(props: { ask: RenewalAsk; isBusy: boolean; onTakeBack: () => void }) {
  const words = useRenewalWords()
  const { ask, isBusy, onTakeBack } = props
  const isNo = ask.answer === 'no'
  return (
    <Notice
      tone={isNo ? 'info' : 'ok'}
      action={
        <ActionButton weight="quiet" size="small" isBusy={isBusy} onClick={onTakeBack}>
          {words(isNo ? 'change' : 'takeBack')}
          <span className="vh"> {words('later.about', { name: ask.cohort.name })}</span>
        </ActionButton>
      }
    >
      {words(saidKey(ask), { name: ask.cohort.name })}{' '}
      {ask.place === 'seated' && words(ask.door ? `door.${ask.door}` : 'door.none')}
    </Notice>
  )
}
