import { useState, type SubmitEvent } from 'react'
import { TextInput } from '@instructure/ui/v11_7'
import { askToBeTold } from '@copractice/core/convening'
import { EmailAddress } from '@copractice/core/directory'
import { ActionButton, ProblemNotice, useSend } from '@copractice/ui'
import { useRefusals, useWords } from './say.ts'

/** Leaves an address for when the dates are set; a mail asks whether it was meant. */
export function NotifyForm({ slug, hasDates }: { slug: string; hasDates: boolean }) {
  const say = useWords()
  const refusals = useRefusals()
  const [text, setText] = useState('')
  const [isAsked, setIsAsked] = useState(false)
  const send = useSend(askToBeTold)
  const email = EmailAddress.safeParse(text)
  if (hasDates) return <p>{say('notify.soon')}</p>
  if (send.isSuccess) return <p role="status">{say('notify.done', { email: text.trim() })}</p>
  const onSubmit = (event: SubmitEvent) => {
    event.preventDefault()
    setIsAsked(true)
    if (email.success) send.mutate({ params: { slug }, body: { email: email.data } })
  }
  return (
    <form className="fields-group" noValidate onSubmit={onSubmit} aria-label={say('notify.title')}>
      <p>{say('notify.text')}</p>
      <TextInput
        renderLabel={say('public.email')}
        type="email"
        isRequired
        autoComplete="email"
        value={text}
        onChange={(_event, value) => setText(value)}
        messages={isAsked && !email.success ? [{ type: 'newError', text: say('public.emailNeeded') }] : []}
      />
      {send.error && <ProblemNotice problem={send.error.problem} sayRefusal={refusals} />}
      <ActionButton type="submit" isBusy={send.isPending}>
        {say('notify.send')}
      </ActionButton>
    </form>
  )
}
