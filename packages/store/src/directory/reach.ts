import { sql, type RawBuilder } from 'kysely'
import type { AdminReach } from '@copractice/core/directory'
import type { NetworkId } from '@copractice/core/kernel'

/** Whose rows a query of the admin app may see: one network, and inside it what someone's grants reach. */
export type AdminScope = Readonly<{ networkId: NetworkId; reach: AdminReach }>

/** True where `column` names a region the reader coordinates. */
export function regionInReach({ reach }: AdminScope, column: string): RawBuilder<boolean> {
  if (reach.regions === 'all') return sql<boolean>`true`
  return sql<boolean>`${sql.ref(column)} = any (${[...reach.regions]}::uuid[])`
}

/** True where the institution lies in the reader's regions, or is one of those they see to one by one. */
export function institutionInReach(scope: AdminScope, alias: string): RawBuilder<boolean> {
  return sql<boolean>`(${regionInReach(scope, `${alias}.region_id`)}
    or ${sql.ref(`${alias}.id`)} = any (${[...scope.reach.institutions]}::uuid[]))`
}

/** What a search field means: the text anywhere, its own `%`, `_` and `\` taken literally. */
export const likeText = (search: string): string => `%${search.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`
