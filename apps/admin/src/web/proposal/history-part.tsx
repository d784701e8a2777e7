import { askForStarterKit, showProposal, type ProposalShown } from '@copractice/core/proposal'
import { ActionButton, AppLink, ProblemNotice, Section, useSend, useTell, useTimes } from '@copractice/ui'
import { useMe } from '../directory/signed-in.tsx'
import { useRefusals, useWords } from './say.ts'

/** What the coordinator said last, while it still matters. */
export function SaidPart({ shown: { status, events } }: { shown: ProposalShown }) {
  const say = useWords()
  const times = useTimes()
  if (status !== 'changes_asked' && status !== 'declined') return null
  const last = events.find(({ kind }) => kind === status)
  if (!last) return null
  return (
    <Section title={say(status === 'declined' ? 'declined.title' : 'asked.title')} isCard>
      <p className="voice prewrap">{last.text}</p>
      <p className="small muted">
        {last.byName ?? say('somebody')}, {times.moment(last.at)}
      </p>
    </Section>
  )
}

/** Everything that happened to it, newest first. */
export function HistoryPart({ shown }: { shown: ProposalShown }) {
  const say = useWords()
  const times = useTimes()
  return (
    <Section title={say('history.title')} isCard>
      {shown.events.length === 0 && <p className="muted">{say('history.none')}</p>}
      <ol className="plain history">
        {shown.events.map(({ id, kind, at, byName, text, findings }) => (
          <li key={id}>
            <p>
              <strong>{say(`event.${kind}`)}</strong>
              {kind === 'author_added' && ` ${text}`}
            </p>
            {text && kind !== 'author_added' && <p className="voice prewrap">{text}</p>}
            {findings.length > 0 && <p className="small">{say('event.accepted', { count: findings.length })}</p>}
            <p className="small muted">
              {byName ?? say('somebody')}, {times.moment(at)}
            </p>
          </li>
        ))}
      </ol>
    </Section>
  )
}

/** What an approval has made, each with its page. */
export function MadePart({ shown: { community, cohorts } }: { shown: ProposalShown }) {
  const say = useWords()
  if (!community) return null
  return (
    <Section title={say('made.title')} isCard>
      <ul className="plain stack">
        <li>
          {say('made.page')}: <AppLink href={`/communities/${community.slug}`}>{community.name}</AppLink>
        </li>
        {cohorts.map(({ id, name }) => (
          <li key={id}>
            <AppLink href={`/cohorts/${id}`}>{say('made.cohort', { name })}</AppLink>
          </li>
        ))}
      </ul>
    </Section>
  )
}

/** The starter kit: asked for once, and then there to download, made anew each time. */
export function KitPart({ shown }: { shown: ProposalShown }) {
  const say = useWords()
  const tell = useTell()
  const refusals = useRefusals()
  const { isReadOnly } = useMe()
  const ask = useSend(askForStarterKit, { refreshes: [showProposal], onDone: () => tell({ text: say('kit.done') }) })
  const isAsked = shown.events.some(({ kind }) => kind === 'starter_kit')
  const mayAsk = !isReadOnly && shown.can.readAll
  if (!mayAsk && !isAsked) return null
  return (
    <Section title={say('kit.title')} isCard>
      <div className="stack">
        <p className="small">{say('kit.text')}</p>
        {ask.error && <ProblemNotice problem={ask.error.problem} sayRefusal={refusals} />}
        {isAsked ? (
          <p>
            <a className="btn btn-secondary btn-sm" href={`/api/proposals/${shown.id}/starter-kit.zip`} download>
              {say('kit.download')}
            </a>
          </p>
        ) : (
          <p>
            <ActionButton
              weight="secondary"
              size="small"
              isBusy={ask.isPending}
              onClick={() => ask.mutate({ params: { proposalId: shown.id } })}
            >
              {say('kit.ask')}
            </ActionButton>
          </p>
        )}
      </div>
    </Section>
  )
}
