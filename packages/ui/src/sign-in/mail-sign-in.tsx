import { useState, type ReactNode, type SubmitEvent } from 'react'
import { TextInput } from '@instructure/ui/v11_7'
import { EmailAddress } from '@copractice/core/directory'
import type { CallProblem } from '../api/create-api.ts'
import { PageTitle } from '../frame/page.tsx'
import { ActionButton } from '../parts/action-button.tsx'
import { ProblemNotice } from '../parts/notices.tsx'
import type { Say, SayRefusal } from '../words/create-i18n.ts'

type Key =
  | 'title'
  | 'lede'
  | 'email'
  | 'emailHint'
  | 'emailNeeded'
  | 'send'
  | 'sentTitle'
  | 'sent'
  | 'sentNothing'
  | 'again'
  | 'confirmTitle'
  | 'confirmText'
  | 'confirm'
  | 'newLink'

/** What both steps need: the app's own words for them, and how its call stands. */
type Step = Readonly<{
  say: Say<Record<`signIn.${Key}`, string>>
  sayRefusal: SayRefusal
  problem: CallProblem | undefined
  isBusy: boolean
}>

/** Asks for an address to send a link to, then says that it is on its way; `instead` is another way for that address. */
export function AskForLink(
  props: Step & {
    /** Set once the link was sent. */
    holdsMinutes: number | undefined
    instead?: ReactNode
    onEmail: (email: string) => void
    onAgain: () => void
  },
) {
  const { say, sayRefusal, problem, isBusy, holdsMinutes, instead, onEmail, onAgain } = props
  const [email, setEmail] = useState('')
  const [isAsked, setIsAsked] = useState(false)
  const address = EmailAddress.safeParse(email)
  const onSubmit = (event: SubmitEvent) => {
    event.preventDefault()
    setIsAsked(true)
    if (address.success) onEmail(address.data)
  }
  if (holdsMinutes !== undefined) {
    return (
      <div role="status" className="stack">
        <PageTitle within="Copractice">{say('signIn.sentTitle')}</PageTitle>
        <p>{say('signIn.sent', { email: email.trim(), minutes: holdsMinutes })}</p>
        <p className="muted">{say('signIn.sentNothing')}</p>
        <ActionButton weight="quiet" onClick={onAgain}>
          {say('signIn.again')}
        </ActionButton>
      </div>
    )
  }
  if (instead) return instead
  const isWrong = isAsked && !address.success
  return (
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
      {problem && <ProblemNotice problem={problem} sayRefusal={sayRefusal} />}
      <ActionButton type="submit" isBusy={isBusy}>
        {say('signIn.send')}
      </ActionButton>
    </form>
  )
}

/** Arriving by a mailed link: a button signs in (mail scanners press none); a link that is spent leads to another. */
export function ConfirmLink(props: Step & { onConfirm: () => void; onNewLink: () => void }) {
  const { say, sayRefusal, problem, isBusy, onConfirm, onNewLink } = props
  return (
    <>
      <PageTitle within="Copractice">{say('signIn.confirmTitle')}</PageTitle>
      <p>{say('signIn.confirmText')}</p>
      {problem && <ProblemNotice problem={problem} sayRefusal={sayRefusal} />}
      <p className="row">
        <ActionButton onClick={onConfirm} isBusy={isBusy}>
          {say('signIn.confirm')}
        </ActionButton>
        {problem && (
          <ActionButton weight="quiet" onClick={onNewLink}>
            {say('signIn.newLink')}
          </ActionButton>
        )}
      </p>
    </>
  )
}
