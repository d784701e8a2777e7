import type { PersonSeen } from '@copractice/core/directory'
import { LetterBadge } from '@copractice/ui'
import { useWords } from './say.ts'

/** One person in a list: campus mark, name as they write it, pronouns if they wish. No ranks and no titles. */
export function PersonLine({ person, isMe = false }: { person: PersonSeen; isMe?: boolean }) {
  const say = useWords()
  return (
    <li>
      <LetterBadge mark={person.campus} />
      <span className="n">
        {person.name ?? say('who.noName')}
        {person.pronouns && <span className="small muted"> {person.pronouns}</span>}
        {isMe && <span className="small muted"> ({say('who.you')})</span>}
        <br />
        <span className="small muted">{person.campus?.name}</span>
      </span>
    </li>
  )
}
