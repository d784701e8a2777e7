import { startingLetter } from '@copractice/core/cohort'
import type { SpaceSession } from '@copractice/core/directory'
import { ok } from '@copractice/core/kernel'
import { findSpace, pageOfPeople } from '@copractice/store/cohort'
import type { Db } from '@copractice/store/database'
import { enterSpace } from './enter-space.ts'

type Paging = Readonly<{ after?: string | undefined; limit: number }>

/** Everyone seated and the facilitators, by name, from this week's letter on. */
export async function listPeople(db: Db, session: SpaceSession, paging: Paging, now: Date) {
  const entered = enterSpace(session)
  if (!entered.ok) return entered
  const startsWith = startingLetter(now)
  const [space, people] = await Promise.all([
    findSpace(db, entered.value),
    pageOfPeople(db, entered.value, { ...paging, startsWith }),
  ])
  const items = people.items.map((person) => ({ ...person, isMe: person.id === entered.value.personId }))
  return ok({ items, next: people.next, startsWith, seats: space!.seats })
}
