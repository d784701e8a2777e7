import { inviteLmsAdministrator, listInstitutions, showInstitution } from '@copractice/core/directory'
import type { InstitutionId } from '@copractice/core/kernel'
import { ActionButton, ProblemNotice, useSend, useTell, useTimes } from '@copractice/ui'
import { useRefusals, useWords } from './say.ts'

/** Makes a one-time registration link, shows it once, and says what the LMS administrator does with it. */
export function Invite({ institutionId }: { institutionId: InstitutionId }) {
  const say = useWords()
  const times = useTimes()
  const tell = useTell()
  const refusals = useRefusals()
  const invite = useSend(inviteLmsAdministrator, { refreshes: [showInstitution, listInstitutions] })
  const copy = (url: string) =>
    navigator.clipboard.writeText(url).then(
      () => tell({ text: say('invite.copied') }),
      () => tell({ text: say('invite.notCopied'), tone: 'bad' }),
    )
  return (
    <div className="stack">
      <p className="muted">{say('invite.lede')}</p>
      {invite.data && (
        <div className="stack" role="status">
          <div className="code-line">
            <code aria-label={say('invite.label')}>{invite.data.url}</code>
            <ActionButton weight="secondary" icon="document" onClick={() => void copy(invite.data.url)}>
              {say('invite.copy')}
            </ActionButton>
          </div>
          <p className="small">{say('invite.once', { date: times.dateTime(invite.data.expiresAt) })}</p>
        </div>
      )}
      {invite.error && <ProblemNotice problem={invite.error.problem} sayRefusal={refusals} />}
      <div>
        <ActionButton
          weight={invite.data ? 'quiet' : 'primary'}
          icon="mail"
          isBusy={invite.isPending}
          onClick={() => invite.mutate({ params: { institutionId } })}
        >
          {say(invite.data ? 'invite.again' : 'invite.make')}
        </ActionButton>
      </div>
      <div className="two">
        <div>
          <h3>{say('invite.canvas')}</h3>
          <ol className="steps small">
            {([1, 2, 3, 4] as const).map((step) => (
              <li key={step}>{say(`invite.canvas.${step}`)}</li>
            ))}
          </ol>
        </div>
        <div>
          <h3>{say('invite.moodle')}</h3>
          <ol className="steps small">
            {([1, 2, 3, 4] as const).map((step) => (
              <li key={step}>{say(`invite.moodle.${step}`)}</li>
            ))}
          </ol>
        </div>
      </div>
      <p className="small muted">{say('invite.then')}</p>
    </div>
  )
}
