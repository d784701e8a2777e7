import {
  chooseRemindersRoute,
  chooseResearchConsentRoute,
  showReminderChoiceRoute,
  showResearchConsentRoute,
} from '@copractice/core/review'
import { ActionButton, Loaded, ProblemNotice, Section, useRoute, useSend, useTell, useTimes } from '@copractice/ui'
import { useChoiceRefusals, useChoiceWords } from './say-choices.ts'

/** Reminders by mail, in the settings. */
export function ReminderChoice() {
  const say = useChoiceWords()
  const tell = useTell()
  const choice = useRoute(showReminderChoiceRoute, {})
  const choose = useSend(chooseRemindersRoute, {
    refreshes: [showReminderChoiceRoute],
    onDone: () => tell({ text: say('reminders.saved') }),
  })
  return (
    <Section title={say('reminders.title')}>
      <Loaded from={choice} what={say('reminders.title')} lines={2}>
        {({ wants, address }) =>
          address === null ? (
            <p className="lede">{say('reminders.noAddress')}</p>
          ) : (
            <div className="stack">
              <p className="lede">{wants ? say('reminders.on', { address }) : say('reminders.off')}</p>
              {choose.error && <ProblemNotice problem={choose.error.problem} />}
              <div>
                <ActionButton
                  weight="quiet"
                  isBusy={choose.isPending}
                  onClick={() => choose.mutate({ body: { wants: !wants } })}
                >
                  {say(wants ? 'reminders.stop' : 'reminders.start')}
                </ActionButton>
              </div>
            </div>
          )
        }
      </Loaded>
    </Section>
  )
}

/** Consent to research, in the settings of somebody who takes part in a cohort. */
export function ResearchChoice() {
  const say = useChoiceWords()
  const refusals = useChoiceRefusals()
  const tell = useTell()
  const times = useTimes()
  const consent = useRoute(showResearchConsentRoute, {})
  const choose = useSend(chooseResearchConsentRoute, {
    refreshes: [showResearchConsentRoute],
    onDone: () => tell({ text: say('research.saved') }),
  })
  if (consent.error?.problem.code === 'review.not_participant') return null
  return (
    <Section title={say('research.title')}>
      <Loaded from={consent} what={say('research.title')} lines={2} sayRefusal={refusals}>
        {({ since }) => (
          <div className="stack">
            <p className="lede">{since ? say('research.on', { when: times.date(since) }) : say('research.off')}</p>
            {choose.error && <ProblemNotice problem={choose.error.problem} sayRefusal={refusals} />}
            <div>
              <ActionButton
                weight="quiet"
                isBusy={choose.isPending}
                onClick={() => choose.mutate({ body: { consents: since === null } })}
              >
                {say(since ? 'research.withdraw' : 'research.give')}
              </ActionButton>
            </div>
          </div>
        )}
      </Loaded>
    </Section>
  )
}
