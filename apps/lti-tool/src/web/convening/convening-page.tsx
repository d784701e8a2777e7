import { useState, type ReactNode } from 'react'
import { useParams } from '@tanstack/react-router'
import { TextArea } from '@instructure/ui/v11_7'
import { NO_WISHES, registerHere, showConveningHere, type ConveningHere } from '@copractice/core/convening'
import { ConveningId } from '@copractice/core/kernel'
import {
  ActionButton,
  Loaded,
  Notice,
  PageTitle,
  ProblemNotice,
  TimeSpan,
  useRoute,
  useSend,
  useTell,
  useTimes,
  WishesFields,
} from '@copractice/ui'
import { PlainFrame } from '../connection/plain-frame.tsx'
import { NotFoundPage } from '../directory/not-found-page.tsx'
import { useRefusals, useWords } from './say.ts'

/** A convening that a course links to: when and where it is, and signing up as who one is at one's campus. */
export function ConveningPage() {
  const id = ConveningId.safeParse(useParams({ strict: false }).conveningId)
  return id.success ? (
    <PlainFrame>
      <Convening conveningId={id.data} />
    </PlainFrame>
  ) : (
    <NotFoundPage />
  )
}

function Convening({ conveningId }: { conveningId: ConveningId }) {
  const say = useWords()
  const refusals = useRefusals()
  const convening = useRoute(showConveningHere, { params: { conveningId } })
  return (
    <Loaded from={convening} what={say('loading')} lines={6} sayRefusal={refusals}>
      {(here) => (
        <div className="stack narrow">
          <PageTitle within={here.region}>{here.name}</PageTitle>
          {here.description && <p className="said">{here.description}</p>}
          <Facts here={here} />
          <Standing here={here} conveningId={conveningId} />
        </div>
      )}
    </Loaded>
  )
}

function Facts({ here }: { here: ConveningHere }) {
  const say = useWords()
  const { startsAt, endsAt, timeZone, place, isOnline } = here
  const minutes = (endsAt.getTime() - startsAt.getTime()) / 60_000
  return (
    <dl>
      <dt>
        <strong>{say('when')}</strong>
      </dt>
      <dd>
        <TimeSpan from={startsAt} minutes={minutes} setIn={timeZone} note={say('whereHeld')} />
      </dd>
      <dt>
        <strong>{say('where')}</strong>
      </dt>
      <dd>{[place, isOnline ? say('online') : null].filter(Boolean).join('. ')}</dd>
    </dl>
  )
}

function Standing({ here, conveningId }: { here: ConveningHere; conveningId: ConveningId }) {
  const say = useWords()
  const { mine, badge, registration, campus, email } = here
  const mail = <p className="small muted">{email ? say('mailTo', { email }) : say('noMail')}</p>
  if (mine) {
    return (
      <>
        <Notice tone={mine === 'registered' ? 'ok' : 'info'} live>
          {say(mine)}
        </Notice>
        {badge && (
          <p>
            <a href={badge} target="_blank" rel="noopener noreferrer">
              {say('badge')}
            </a>
          </p>
        )}
        {mail}
      </>
    )
  }
  if (registration === 'closed') return <Notice tone="info">{say('closed')}</Notice>
  if (!campus) return <Notice tone="info">{say('noCampus')}</Notice>
  return <Form here={here} campus={campus} conveningId={conveningId} mail={mail} />
}

function Form(props: { here: ConveningHere; campus: string; conveningId: ConveningId; mail: ReactNode }) {
  const { here, campus, conveningId, mail } = props
  const say = useWords()
  const times = useTimes()
  const refusals = useRefusals()
  const tell = useTell()
  const [interests, setInterests] = useState('')
  const [wishes, setWishes] = useState(NO_WISHES)
  const register = useSend(registerHere, {
    refreshes: [showConveningHere],
    onDone: () => tell({ text: say('done') }),
  })
  return (
    <>
      <p>
        {say('from', { campus })} {say('closes', { when: times.dateTime(here.closesAt) })}
      </p>
      {here.registration === 'waitlist' && <Notice tone="info">{say('waitlist')}</Notice>}
      <TextArea
        label={say('interests')}
        value={interests}
        autoGrow
        onChange={(event) => setInterests(event.target.value)}
      />
      <WishesFields
        wishes={wishes}
        words={{
          slots: say('wish.slots'),
          slotsHint: say('wish.slotsHint', { zone: here.timeZone.replaceAll('_', ' ') }),
          languages: say('wish.languages'),
          canChair: say('wish.canChair'),
        }}
        onChange={setWishes}
      />
      {mail}
      {register.error && <ProblemNotice problem={register.error.problem} sayRefusal={refusals} />}
      <p>
        <ActionButton
          isBusy={register.isPending}
          onClick={() => register.mutate({ params: { conveningId }, body: { interests: interests.trim(), wishes } })}
        >
          {say(here.registration === 'waitlist' ? 'join' : 'register')}
        </ActionButton>
      </p>
    </>
  )
}
