import { listInstitutions, type InstitutionListed } from '@copractice/core/directory'
import { AppLink, Card, EmptyState, LetterBadge, Loaded, useRoute } from '@copractice/ui'
import { ConnectionLine } from '../connection/connection-line.tsx'
import { useWords } from './say.ts'
import { useMe } from './signed-in.tsx'

/** Campuses with how their LMS stands, as cards. Partner organisations are one sentence: they need no LMS. */
export function CampusCards() {
  const say = useWords()
  const { reach } = useMe()
  const institutions = useRoute(listInstitutions, { query: { limit: 100 } })
  const canAdd = reach !== 'institution'
  return (
    <Card
      title={say('campuses.title')}
      aside={canAdd && <AppLink href="/institutions?add=1">{say('campuses.add')}</AppLink>}
    >
      <Loaded from={institutions} what={say('campuses.title')} lines={6}>
        {({ items, next }) => {
          const campuses = items.filter(({ kind }) => kind === 'campus')
          const partners = items.length - campuses.length
          if (!items.length)
            return <EmptyState title={say('institutions.none')}>{say('institutions.noneText')}</EmptyState>
          return (
            <>
              <ul className="campus plain">
                {campuses.map((campus) => (
                  <CampusCard key={campus.id} campus={campus} />
                ))}
              </ul>
              <p className="small muted after-list">
                {say('campuses.partners', { count: partners })} {say('campuses.noGrades')}{' '}
                {next && <AppLink href="/institutions">{say('campuses.all')}</AppLink>}
              </p>
            </>
          )
        }}
      </Loaded>
    </Card>
  )
}

function CampusCard({ campus }: { campus: InstitutionListed }) {
  const say = useWords()
  const { id, name, letter, colour, people, connection } = campus
  return (
    <li className={connection.state === 'refusing' ? 'is-bad' : undefined}>
      <LetterBadge mark={{ letter, colour }} />
      <AppLink href={`/institutions/${id}`}>{name}</AppLink>
      <span className="small muted">
        {[
          ...connection.profiles.map((profile) => say(`profile.${profile}`)),
          say('peopleCount', { count: people }),
        ].join(', ')}
      </span>
      <ConnectionLine connection={connection} />
    </li>
  )
}
