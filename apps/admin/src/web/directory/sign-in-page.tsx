import { useState, type SubmitEvent } from 'react'
import { TextInput } from '@instructure/ui/v11_7'
import { EmailAddress, offerInstitutionSignIn, requestSignIn, signInToAdmin } from '@copractice/core/directory'
import { ActionButton, BrandMark, PageTitle, ProblemNotice, SkipLink, useSend } from '@copractice/ui'
import { SignInOffer } from '../institution-sign-in/sign-in-offer.tsx'
import { PasskeySignIn } from './passkey-sign-in.tsx'
import { useRefusals, useWords } from './say.ts'

/** The token follows a `#`, which browsers keep to themselves; taken out of the address as soon as it is read. */
function takeToken(): string | null {
  if (window.location.pathname !== '/sign-in') return null
  const token = window.location.hash.slice(1)
  if (!token) return null
  window.history.replaceState(null, '', window.location.pathname)
  return token
}

/** Ask for a link, or, arriving by one, confirm it with a button (mail scanners press none). */
export function SignInPage() {
  const [token, setToken] = useState(takeToken)
  return (
    <>
      <SkipLink />
      <main className="wrap narrow stack" id="main" tabIndex={-1}>
        <BrandMark />
        {token ? <Confirm token={token} onNewLink={() => setToken(null)} /> : <Request />}
      </main>
    </>
  )
}

function Confirm({ token, onNewLink }: { token: string; onNewLink: () => void }) {
  const say = useWords()
  const refusals = useRefusals()
  // The whole page is asked for anew, so that nothing of an earlier session stays in memory.
  const verify = useSend(signInToAdmin, { onDone: () => window.location.replace('/') })
  return (
    <>
      <PageTitle within="Copractice">{say('signIn.confirmTitle')}</PageTitle>
      <p>{say('signIn.confirmText')}</p>
      {verify.error && <ProblemNotice problem={verify.error.problem} sayRefusal={refusals} />}
      <p className="row">
        <ActionButton onClick={() => verify.mutate({ body: { token } })} isBusy={verify.isPending || verify.isSuccess}>
          {say('signIn.confirm')}
        </ActionButton>
        {verify.error && (
          <ActionButton weight="quiet" onClick={onNewLink}>
            {say('signIn.newLink')}
          </ActionButton>
        )}
      </p>
    </>
  )
}

function Request() {
  const say = useWords()
  const refusals = useRefusals()
  const [email, setEmail] = useState('')
  const [isAsked, setIsAsked] = useState(false)
  const request = useSend(requestSignIn)
  // Whether an institution signs in addresses of this domain; where none does, the link is asked for at once.
  const look = useSend(offerInstitutionSignIn, {
    onDone: ({ offer }, { body }) => {
      if (!offer) request.mutate({ body })
    },
  })
  const address = EmailAddress.safeParse(email)
  const onSubmit = (event: SubmitEvent) => {
    event.preventDefault()
    setIsAsked(true)
    if (address.success) look.mutate({ body: { email: address.data } })
  }
  const again = () => {
    request.reset()
    look.reset()
  }
  if (request.data) {
    return (
      <div role="status" className="stack">
        <PageTitle within="Copractice">{say('signIn.sentTitle')}</PageTitle>
        <p>{say('signIn.sent', { email: email.trim(), minutes: request.data.linkHoldsMinutes })}</p>
        <p className="muted">{say('signIn.sentNothing')}</p>
        <ActionButton weight="quiet" onClick={again}>
          {say('signIn.again')}
        </ActionButton>
      </div>
    )
  }
  if (look.data?.offer && address.success) {
    return (
      <div className="stack">
        {request.error && <ProblemNotice problem={request.error.problem} sayRefusal={refusals} />}
        <SignInOffer
          email={address.data}
          offer={look.data.offer}
          isSending={request.isPending}
          onLink={() => request.mutate({ body: { email: address.data } })}
          onAgain={again}
        />
      </div>
    )
  }
  const failed = look.error ?? request.error
  const isWrong = isAsked && !address.success
  return (
    <>
      <form onSubmit={onSubmit} noValidate className="stack">
        <PageTitle within="Copractice">{say('signIn.title')}</PageTitle>
        <p>{say('signIn.lede')}</p>
        <TextInput
          renderLabel={say('signIn.email')}
          type="email"
          isRequired
          autoComplete="email"
          value={email}
          onChange={(_event, value) => setEmail(value)}
          messages={[
            isWrong
              ? { type: 'newError', text: say('signIn.emailNeeded') }
              : { type: 'hint', text: say('signIn.emailHint') },
          ]}
        />
        {failed && <ProblemNotice problem={failed.problem} sayRefusal={refusals} />}
        <ActionButton type="submit" isBusy={look.isPending || request.isPending}>
          {say('signIn.send')}
        </ActionButton>
      </form>
      <PasskeySignIn />
    </>
  )
}
