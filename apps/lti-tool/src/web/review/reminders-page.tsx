import { useState } from 'react'
import { chooseRemindersByLinkRoute } from '@copractice/core/review'
import { ActionButton, BrandMark, PageTitle, ProblemNotice, SkipLink, takeToken, useSend } from '@copractice/ui'
import { useChoiceRefusals, useChoiceWords } from './say-choices.ts'

/** Where the last line of a reminder leads: ends them by a button (mail scanners press none), and takes that back. */
export function RemindersPage() {
  const say = useChoiceWords()
  const refusals = useChoiceRefusals()
  const [token] = useState(takeToken)
  const choose = useSend(chooseRemindersByLinkRoute)
  const ask = (wants: boolean) => token && choose.mutate({ body: { token, wants } })
  const wants = choose.data?.wants
  return (
    <>
      <SkipLink />
      <main className="wrap narrow" id="main" tabIndex={-1}>
        <BrandMark />
        <PageTitle within="Copractice">{say('stop.title')}</PageTitle>
        {choose.error && <ProblemNotice problem={choose.error.problem} sayRefusal={refusals} />}
        {!token && <p>{say('stop.noToken')}</p>}
        {token && (
          <>
            <p role="status">{say(wants === undefined ? 'stop.ask' : wants ? 'stop.undone' : 'stop.done')}</p>
            <ActionButton
              weight={wants === false ? 'quiet' : 'primary'}
              isBusy={choose.isPending}
              onClick={() => ask(wants === false)}
            >
              {say(wants === false ? 'stop.again' : 'reminders.stop')}
            </ActionButton>
          </>
        )}
      </main>
    </>
  )
}
