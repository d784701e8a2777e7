import type { ProposalBody } from './proposal-body.ts'

/** What two people write at once: the text of the proposal and its hosts. */
export type Draft = Readonly<{ body: ProposalBody; hosts: readonly string[] }>

/** One field where both wrote something else; `key` is a field of the body, or `hosts`. */
export type DraftConflict = Readonly<{ key: keyof ProposalBody | 'hosts'; mine: unknown; theirs: unknown }>

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)

/**
 * Joins two drafts that began from the same one, field by field: what only one changed is theirs to change, what both
 * changed alike is agreed. Where both wrote something else, mine stands for now and the conflict tells both.
 */
export function mergeDrafts(base: Draft, mine: Draft, theirs: Draft) {
  const conflicts: DraftConflict[] = []
  const join = <T>(key: DraftConflict['key'], [from, a, b]: readonly [T, T, T]): T => {
    if (same(a, from) || same(a, b)) return b
    if (same(b, from)) return a
    conflicts.push({ key, mine: a, theirs: b })
    return a
  }
  const keys = Object.keys(mine.body) as (keyof ProposalBody)[]
  const body = Object.fromEntries(
    keys.map((key) => [key, join(key, [base.body[key], mine.body[key], theirs.body[key]])]),
  ) as ProposalBody
  return { body, hosts: join('hosts', [base.hosts, mine.hosts, theirs.hosts]), conflicts }
}
