import { useEffect, useRef, useState, type SubmitEvent } from 'react'
import { TextInput } from '@instructure/ui/v11_7'
import { getCohortHome, listPeople } from '@copractice/core/cohort'
import {
  askClaimCode,
  ClaimCode,
  claimInvitation,
  EmailAddress,
  getClaim,
  getSession,
  listMyCohorts,
} from '@copractice/core/directory'
import { ActionButton, Card, Loaded, ProblemNotice, useRoute, useSend, useTell, useTimes } from '@copractice/ui'
import { useSeen } from './session-provider.tsx'
import { useClaimRefusals, useClaimWords } from './say-claim.ts'

/** For somebody whom a course sent and who was invited by mail before: both become one person by a code they type here. */
export function ClaimPart() {
  const say = useClaimWords()
  const { course, standing } = useSeen()
  const [isOpen, setIsOpen] = useState(false)
  if (!course || standing === 'test_visitor') return null
  return (
    <section>
      {isOpen ? (
        <Claim onClose={() => setIsOpen(false)} />
      ) : (
        <ActionButton weight="quiet" onClick={() => setIsOpen(true)}>
          {say('open')}
        </ActionButton>
      )}
    </section>
  )
}

function Claim({ onClose }: { onClose: () => void }) {
  const say = useClaimWords()
  const refusals = useClaimRefusals()
  const [isElsewhere, setIsElsewhere] = useState(false)
  const claim = useRoute(getClaim, {})
  return (
    <Card title={say('title')}>
      <div className="stack">
        <p className="lede">{say('lede')}</p>
        <Loaded from={claim} what={say('title')} lines={3} sayRefusal={refusals}>
          {({ address, asked }) =>
            asked && !isElsewhere ? (
              <TypeCode asked={asked} onAnother={() => setIsElsewhere(true)} onJoined={onClose} />
            ) : (
              <AskCode address={asked?.email ?? address ?? ''} onAsked={() => setIsElsewhere(false)} />
            )
          }
        </Loaded>
        <div>
          <ActionButton weight="quiet" size="small" onClick={onClose}>
            {say('close')}
          </ActionButton>
        </div>
      </div>
    </Card>
  )
}

/** Each step follows a button that is gone then, so the reader goes on in its field. */
function useFieldAtOnce() {
  const field = useRef<HTMLInputElement | null>(null)
  useEffect(() => field.current?.focus(), [])
  return (element: HTMLInputElement | null) => {
    field.current = element
  }
}

function AskCode({ address, onAsked }: { address: string; onAsked: () => void }) {
  const say = useClaimWords()
  const refusals = useClaimRefusals()
  const field = useFieldAtOnce()
  const [email, setEmail] = useState(address)
  const [isTried, setIsTried] = useState(false)
  const ask = useSend(askClaimCode, { refreshes: [getClaim], onDone: onAsked })
  const read = EmailAddress.safeParse(email)
  const onSubmit = (event: SubmitEvent) => {
    event.preventDefault()
    setIsTried(true)
    if (read.success) ask.mutate({ body: { email: read.data } })
  }
  return (
    <form className="fields" onSubmit={onSubmit} noValidate>
      <TextInput
        renderLabel={say('address')}
        type="email"
        isRequired
        autoComplete="email"
        inputRef={field}
        value={email}
        onChange={(_event, value) => setEmail(value)}
        messages={
          isTried && !read.success
            ? [{ type: 'newError', text: say('addressNeeded') }]
            : [{ type: 'hint', text: say('addressHint') }]
        }
      />
      {ask.error && <ProblemNotice problem={ask.error.problem} sayRefusal={refusals} />}
      <div>
        <ActionButton type="submit" isBusy={ask.isPending}>
          {say('send')}
        </ActionButton>
      </div>
    </form>
  )
}

type Asked = Readonly<{ email: string; expiresAt: Date }>

function TypeCode({ asked, onAnother, onJoined }: { asked: Asked; onAnother: () => void; onJoined: () => void }) {
  const say = useClaimWords()
  const refusals = useClaimRefusals()
  const tell = useTell()
  const times = useTimes()
  const field = useFieldAtOnce()
  const [code, setCode] = useState('')
  const [isTried, setIsTried] = useState(false)
  const again = useSend(askClaimCode, { refreshes: [getClaim], onDone: () => setCode('') })
  const join = useSend(claimInvitation, {
    refreshes: [getSession, getCohortHome, listPeople, listMyCohorts, getClaim],
    onDone: ({ cohorts }) => {
      tell({ text: cohorts.length ? say('joinedCohorts', { cohorts: cohorts.join(', ') }) : say('joined') })
      onJoined()
    },
  })
  const read = ClaimCode.safeParse(code)
  const onSubmit = (event: SubmitEvent) => {
    event.preventDefault()
    setIsTried(true)
    if (read.success) join.mutate({ body: { code: read.data } })
  }
  const problem = join.error?.problem ?? again.error?.problem
  return (
    <form className="fields" onSubmit={onSubmit} noValidate>
      <p role="status">{say('sent', { email: asked.email, time: times.clock(asked.expiresAt) })}</p>
      <p className="muted">{say('sentNothing')}</p>
      <TextInput
        renderLabel={say('code')}
        isRequired
        inputMode="numeric"
        autoComplete="one-time-code"
        inputRef={field}
        value={code}
        onChange={(_event, value) => setCode(value)}
        messages={
          isTried && !read.success
            ? [{ type: 'newError', text: say('codeNeeded') }]
            : [{ type: 'hint', text: say('codeHint') }]
        }
      />
      {problem && <ProblemNotice problem={problem} sayRefusal={refusals} />}
      <div className="row">
        <ActionButton type="submit" isBusy={join.isPending}>
          {say('join')}
        </ActionButton>
        <ActionButton
          weight="quiet"
          isBusy={again.isPending}
          onClick={() => {
            join.reset()
            again.mutate({ body: { email: asked.email } })
          }}
        >
          {say('again')}
        </ActionButton>
        <ActionButton weight="quiet" onClick={onAnother}>
          {say('another')}
        </ActionButton>
      </div>
    </form>
  )
}
