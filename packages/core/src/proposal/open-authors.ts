import type { CampusMark } from '../directory/person-seen.ts'
import type { PersonId } from '../kernel/ids.ts'
import type { ProposalBody } from './proposal-body.ts'

/**
 * An author of a proposal. Who began it has opened it; who was invited, once they open it themselves. Until then `typed` is
 * all that others know of them: the name and the address that were typed, null where nobody knows any more what was.
 */
export type ProposalAuthor = Readonly<{
  id: PersonId
  isOpened: boolean
  typed: Readonly<{ name: string | null; email: string | null }>
}>

const unopenedOf = (authors: readonly ProposalAuthor[]) =>
  new Map<string, ProposalAuthor>(authors.filter(({ isOpened }) => !isOpened).map((author) => [author.id, author]))

/**
 * A proposal as the rules judge it and an approval makes it: an invited author who has not opened it is not there. Anything
 * else would tell where they belong and what they are there to whoever typed an address.
 */
export function withoutUnopened(body: ProposalBody, authors: readonly ProposalAuthor[]): ProposalBody {
  const unopened = unopenedOf(authors)
  const isThere = (id: PersonId) => !unopened.has(id)
  return { ...body, chairs: body.chairs.filter(isThere), facilitators: body.facilitators.filter(isThere) }
}

type Known = Readonly<{
  id: PersonId
  name: string | null
  pronouns: string | null
  email: string | null
  campus: CampusMark | null
}>

/**
 * How those named in a proposal show to everybody on it, by what is shown: an author who has not opened it as they were
 * typed, no more.
 */
export function seenOnProposal<Person extends Known>(people: readonly Person[], authors: readonly ProposalAuthor[]) {
  const unopened = unopenedOf(authors)
  const authorIds = new Set(authors.map(({ id }) => id))
  const seen = people.map((person) => {
    const author = unopened.get(person.id)
    const { id, name, pronouns, email, campus } = person
    const shown = author ? { ...author.typed, pronouns: null, campus: null } : { name, pronouns, email, campus }
    return { id, ...shown, isAuthor: authorIds.has(id), isOpened: !author }
  })
  return seen.toSorted((a, b) => sortKey(a).localeCompare(sortKey(b)))
}
const sortKey = ({ name, email }: Pick<Known, 'name' | 'email'>): string => (name ?? email ?? '').toLowerCase()
