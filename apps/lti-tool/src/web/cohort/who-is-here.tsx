import { listPeople, type CohortHome } from '@copractice/core/cohort'
import { AppLink, EmptyState, Loaded, Section, useRoute } from '@copractice/ui'
import { PersonLine } from './person-line.tsx'
import { useRefusals, useWords } from './say.ts'

/** The people at the table, by name from another letter each week, and the seats that are open. */
export function WhoIsHere({ seats, facilitators }: Pick<CohortHome, 'seats' | 'facilitators'>) {
  const say = useWords()
  const refusals = useRefusals()
  const people = useRoute(listPeople, { query: { limit: 30 } })
  const count = (
    <span className="small muted">{say('who.seats', { taken: seats.taken, capacity: seats.capacity })}</span>
  )
  return (
    <Section title={say('who.title')} aside={count}>
      <Loaded from={people} what={say('who.loading')} lines={8} sayRefusal={refusals}>
        {({ items, startsWith, next }) => {
          const seated = items.filter((person) => !person.isFacilitator)
          if (seated.length === 0) return <EmptyState title={say('who.none')}>{say('who.noneText')}</EmptyState>
          return (
            <>
              {startsWith && <p className="small muted">{say('who.order', { letter: startsWith })}</p>}
              <ul className="who">
                {seated.map((person) => (
                  <PersonLine key={person.id} person={person} isMe={person.isMe} />
                ))}
              </ul>
              {next && <AppLink href="/people">{say('who.all')}</AppLink>}
            </>
          )
        }}
      </Loaded>
      <OpenSeats seats={seats} />
      <Facilitators facilitators={facilitators} />
    </Section>
  )
}

function OpenSeats({ seats }: Pick<CohortHome, 'seats'>) {
  const say = useWords()
  const open = Math.max(0, seats.capacity - seats.taken)
  if (open > 0) {
    return (
      <p className="open-seat small">
        <strong>{say('who.open', { count: open })}</strong> {say('who.openText')}
      </p>
    )
  }
  return (
    <p className="small muted apart">
      {say('who.full', { capacity: seats.capacity })}{' '}
      {seats.waitlisted > 0 && say('who.waitlist', { count: seats.waitlisted })}
    </p>
  )
}

function Facilitators({ facilitators }: Pick<CohortHome, 'facilitators'>) {
  const say = useWords()
  if (facilitators.length === 0) return null
  const names = facilitators.map(({ name, campus }) => {
    const spelt = name ?? say('who.noName')
    return campus ? say('who.facilitator', { name: spelt, campus: campus.name }) : spelt
  })
  return <p className="small muted apart">{say('who.facilitators', { names: names.join('; ') })}</p>
}
