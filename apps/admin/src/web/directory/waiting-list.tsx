import { useState } from 'react'
import type { Waiting } from '@copractice/core/directory'
import { ButtonLink, EmptyState, Icon, TextButton, useTimes, type IconName } from '@copractice/ui'
import { useSayLaunchRefusal } from '../connection/say.ts'
import { useWords } from './say.ts'

type Told = Readonly<{
  icon: IconName
  tone: 'bad' | 'warn' | 'plain'
  title: string
  text: string
  href: string
  act: string
}>

/** As many as one can take in at once; the rest is one press away. */
const FIRST = 5

/** What waits, soonest first: one sentence each and the one thing to do. */
export function WaitingList({ waiting }: { waiting: readonly Waiting[] }) {
  const say = useWords()
  const tell = useTelling()
  const [showsAll, setShowsAll] = useState(false)
  const shown = showsAll ? waiting : waiting.slice(0, FIRST)
  if (!waiting.length) {
    return (
      <EmptyState title={say('waiting.none')} icon="check">
        {say('waiting.noneText')}
      </EmptyState>
    )
  }
  return (
    <>
      <ol className="todo plain">
        {shown.map((one) => {
          const { icon, tone, title, text, href, act } = tell(one)
          return (
            <li key={`${one.kind} ${title}`}>
              <span className={`todo-i ${tone}`}>
                <Icon name={icon} />
              </span>
              <div>
                <h3>{title}</h3>
                <p className="small muted">{text}</p>
              </div>
              <ButtonLink href={href} weight="secondary">
                {act}
              </ButtonLink>
            </li>
          )
        })}
      </ol>
      {shown.length < waiting.length && (
        <p className="after-list">
          <TextButton onClick={() => setShowsAll(true)}>{say('waiting.all', { count: waiting.length })}</TextButton>
        </p>
      )}
    </>
  )
}

function useTelling(): (one: Waiting) => Told {
  const say = useWords()
  const times = useTimes()
  const sayRefusal = useSayLaunchRefusal()
  return (one) => {
    switch (one.kind) {
      case 'launches_refused': {
        const { institution, count, since, code } = one
        const text = say('waiting.refused.text', { count, since: times.date(since), why: sayRefusal(code) })
        const title = say('waiting.refused', { name: institution.name })
        const href = `/institutions/${institution.id}`
        return { icon: 'plug', tone: 'bad', title, text, href, act: say('waiting.refused.act') }
      }
      case 'connection_parked': {
        const { institution, issuer, since } = one
        const text = say('waiting.parked.text', { issuer, since: times.date(since) })
        const title = say('waiting.parked', { name: institution.name })
        const href = `/institutions/${institution.id}`
        return { icon: 'plug', tone: 'warn', title, text, href, act: say('waiting.parked.act') }
      }
      case 'proposal_sent':
      case 'proposal_back': {
        const title = say(`waiting.${one.kind}`, { name: one.title })
        const text = say(`waiting.${one.kind}.text`, { since: times.date(one.since) })
        const act = say(`waiting.${one.kind}.act`)
        return { icon: 'pencil', tone: 'warn', title, text, href: `/proposals/${one.id}`, act }
      }
      case 'help_asked': {
        const { proposalId, byName, since } = one
        const title = say('waiting.help', { name: one.title || say('waiting.help.untitled') })
        const text = say('waiting.help.text', { who: byName ?? say('waiting.help.somebody'), since: times.date(since) })
        return {
          icon: 'bell',
          tone: 'plain',
          title,
          text,
          href: `/proposals/${proposalId}`,
          act: say('waiting.help.act'),
        }
      }
      case 'convening_waitlist': {
        const { id, name, waiting: count, freePlaces } = one
        const text = freePlaces ? say('waiting.waitlist.free', { count: freePlaces }) : say('waiting.waitlist.full')
        const title = say('waiting.waitlist', { name, count })
        return {
          icon: 'people',
          tone: 'plain',
          title,
          text,
          href: `/convenings/${id}`,
          act: say('waiting.waitlist.act'),
        }
      }
      case 'term_without_convening': {
        const name = say(`waiting.term.${one.term}`, { year: one.year })
        const title = say('waiting.term', { name })
        const [text, act] = [say('waiting.term.text'), say('waiting.term.act')]
        return { icon: 'calendar', tone: 'warn', title, text, href: '/convenings/new', act }
      }
      case 'cohort_without_chair': {
        const title = say('waiting.chair', { name: one.name })
        const text = say('waiting.chair.text')
        return { icon: 'people', tone: 'warn', title, text, href: `/cohorts/${one.id}`, act: say('waiting.chair.act') }
      }
      case 'cohort_below_minimum': {
        const { id, name, seated, minimum } = one
        const title = say('waiting.small', { name, count: seated })
        const text = say('waiting.small.text', { minimum })
        return { icon: 'hourglass', tone: 'plain', title, text, href: `/cohorts/${id}`, act: say('waiting.small.act') }
      }
      case 'cohort_silent': {
        const title = say('waiting.silent', { name: one.name })
        const text = say('waiting.silent.text', { when: times.date(one.since) })
        const act = say('waiting.silent.act')
        return { icon: 'hourglass', tone: 'warn', title, text, href: `/cohorts/${one.id}`, act }
      }
      case 'facilitators_applied': {
        const title = say('waiting.applied', { count: one.count })
        const text = say('waiting.applied.text', { since: times.date(one.since) })
        return { icon: 'people', tone: 'plain', title, text, href: '/facilitators', act: say('waiting.applied.act') }
      }
      case 'proposals_to_pair': {
        const title = say('waiting.pair', { count: one.count })
        const text = say('waiting.pair.text', { first: one.first })
        return {
          icon: 'people',
          tone: 'plain',
          title,
          text,
          href: '/facilitators/pairing',
          act: say('waiting.pair.act'),
        }
      }
      case 'cohorts_behind': {
        const title = say('waiting.behind', { count: one.count })
        const text = say('waiting.behind.text', { first: one.first, deadline: times.date(one.deadline) })
        return { icon: 'hourglass', tone: 'warn', title, text, href: '/cohorts', act: say('waiting.behind.act') }
      }
      case 'campuses_without_connection': {
        const names = one.first.map(({ name }) => name).join(', ')
        const rest = one.count - one.first.length
        const text = rest > 0 ? say('waiting.unconnected.more', { names, count: rest }) : names
        const title = say('waiting.unconnected', { count: one.count })
        return { icon: 'mail', tone: 'plain', title, text, href: '/institutions', act: say('waiting.unconnected.act') }
      }
    }
  }
}
