import { useState } from 'react'
import { listPeople } from '@copractice/core/cohort'
import { ActionButton, EmptyState, Loaded, PageTitle, Section, useRoute, useUiWords } from '@copractice/ui'
import { useSeen } from '../directory/session-provider.tsx'
import { RosterPart } from '../gradebook/roster-part.tsx'
import { PersonLine } from './person-line.tsx'
import { useRefusals, useWords } from './say.ts'
import './cohort.css'

/** Everyone in the cohort. */
export function PeoplePage() {
  const say = useWords()
  const ui = useUiWords()
  const refusals = useRefusals()
  const { cohort, course } = useSeen()
  const teaches = course?.role === 'instructor' || course?.role === 'teaching_assistant'
  const [limit, setLimit] = useState(50)
  const people = useRoute(listPeople, { query: { limit } }, { keepPrevious: true })
  return (
    <div className="parts">
      <div className="page-head">
        <PageTitle {...(cohort && { within: cohort.name })}>{say('people.title')}</PageTitle>
      </div>
      <Loaded from={people} what={say('who.loading')} lines={8} sayRefusal={refusals}>
        {({ items, startsWith, seats, next }) => {
          const facilitators = items.filter((person) => person.isFacilitator)
          const seated = items.filter((person) => !person.isFacilitator)
          const count = say('who.seats', { taken: seats.taken, capacity: seats.capacity })
          return (
            <>
              <Section title={say('people.seated')} aside={<span className="small muted">{count}</span>}>
                {seated.length === 0 ? (
                  <EmptyState title={say('who.none')} icon="people">
                    {say('who.noneText')}
                  </EmptyState>
                ) : (
                  <>
                    <p className="small muted">{say('who.order', { letter: startsWith })}</p>
                    <ul className="who who-wide">
                      {seated.map((person) => (
                        <PersonLine key={person.id} person={person} isMe={person.isMe} />
                      ))}
                    </ul>
                  </>
                )}
                {next && limit < 100 && (
                  <ActionButton weight="quiet" onClick={() => setLimit(100)}>
                    {ui('showMore')}
                  </ActionButton>
                )}
              </Section>
              {facilitators.length > 0 && (
                <Section
                  title={say('people.facilitators')}
                  aside={<span className="small muted">{say('people.facilitatorsText')}</span>}
                >
                  <ul className="who who-wide">
                    {facilitators.map((person) => (
                      <PersonLine key={person.id} person={person} isMe={person.isMe} />
                    ))}
                  </ul>
                </Section>
              )}
            </>
          )
        }}
      </Loaded>
      {teaches && <RosterPart />}
    </div>
  )
}
