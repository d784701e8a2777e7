import { sql, type RawBuilder } from 'kysely'

/**
 * True where the identity's person shares the draft of a proposal or offers to facilitate: that admits them to what is
 * theirs, and to nothing else.
 */
export const writesProposal = (identity: string): RawBuilder<boolean> =>
  sql<boolean>`(exists (select 1 from proposal_author w where w.network_id = ${sql.ref(`${identity}.network_id`)}
    and w.person_id = ${sql.ref(`${identity}.person_id`)})
    or exists (select 1 from facilitator w where w.network_id = ${sql.ref(`${identity}.network_id`)}
    and w.person_id = ${sql.ref(`${identity}.person_id`)}))`
