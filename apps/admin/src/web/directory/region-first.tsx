import { ButtonLink, EmptyState } from '@copractice/ui'
import { usePeopleWords } from './say-people.ts'
import { useMe } from './signed-in.tsx'

/** In the place of a form whose object belongs to a region, while there is none. */
export function RegionFirst() {
  const say = usePeopleWords()
  const mayAdd = useMe().reach === 'network'
  return (
    <EmptyState
      title={say('regions.none')}
      icon="flag"
      action={mayAdd && <ButtonLink href="/roles">{say('regions.add')}</ButtonLink>}
    >
      {say('regions.first')}
    </EmptyState>
  )
}
