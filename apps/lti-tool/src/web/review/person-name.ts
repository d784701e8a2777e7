import type { RoundPerson } from '@copractice/core/review'
import { useWords } from './say.ts'

/** How an instructor sees someone in a round: by name if they are their own learner, else by campus and number. */
export function usePersonName(): (person: RoundPerson) => string {
  const say = useWords()
  return (person) =>
    person.kind === 'named'
      ? (person.name ?? say('run.noName'))
      : say('run.numbered', { campus: person.campus.name, number: person.number })
}
