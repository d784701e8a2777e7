import { useState, type SubmitEvent } from 'react'
import { TextInput } from '@instructure/ui/v11_7'
import { EmailAddress, forgetInstitutionSubject } from '@copractice/core/directory'
import type { InstitutionId } from '@copractice/core/kernel'
import { ActionButton, ProblemNotice, useSend, useTell } from '@copractice/ui'
import { useRefusals, useWords } from './say.ts'

/** Clears whom the provider meant by an address, for one that rightly went to somebody else. */
export function ForgetForm({ institutionId }: { institutionId: InstitutionId }) {
  const say = useWords()
  const tell = useTell()
  const refusals = useRefusals()
  const [email, setEmail] = useState('')
  const [isAsked, setIsAsked] = useState(false)
  const address = EmailAddress.safeParse(email)
  const forget = useSend(forgetInstitutionSubject, {
    onDone: (_none, { body }) => {
      tell({ text: say('forget.done', body) })
      setEmail('')
      setIsAsked(false)
    },
  })
  const onSubmit = (event: SubmitEvent) => {
    event.preventDefault()
    setIsAsked(true)
    if (address.success) forget.mutate({ params: { institutionId }, body: { email: address.data } })
  }
  return (
    <details>
      <summary>{say('forget.title')}</summary>
      <form className="fields-group" noValidate onSubmit={onSubmit}>
        <p className="muted">{say('forget.text')}</p>
        <TextInput
          renderLabel={say('forget.email')}
          type="email"
          autoComplete="off"
          value={email}
          onChange={(_event, value) => setEmail(value)}
          messages={isAsked && !address.success ? [{ type: 'newError', text: say('forget.emailNeeded') }] : []}
        />
        {forget.error && <ProblemNotice problem={forget.error.problem} sayRefusal={refusals} />}
        <div>
          <ActionButton type="submit" weight="bad" isBusy={forget.isPending}>
            {say('forget.do')}
          </ActionButton>
        </div>
      </form>
    </details>
  )
}
