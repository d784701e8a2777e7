import { sql } from 'kysely'
import type { LinkStatus } from '@copractice/core/connection'
import type { ConnectionFacts } from '@copractice/core/directory'
import type { CourseLinkId, NetworkId } from '@copractice/core/kernel'
import type { Db, Trx } from '../database.ts'

const SCORE_SCOPE = 'https://purl.imsglobal.org/spec/lti-ags/scope/score'

/** A course link with its course's LMS. Undefined when the network has none of that id. One query. */
export async function findLinkStatus(
  db: Db | Trx,
  networkId: NetworkId,
  linkId: CourseLinkId,
): Promise<(Omit<LinkStatus, 'connection'> & { facts: ConnectionFacts }) | undefined> {
  const row = await db
    .selectFrom('course_link as l')
    .innerJoin('course as c', (on) => on.onRef('c.network_id', '=', 'l.network_id').onRef('c.id', '=', 'l.course_id'))
    .innerJoin('lti_platform as f', (on) =>
      on.onRef('f.network_id', '=', 'c.network_id').onRef('f.id', '=', 'c.platform_id'),
    )
    .innerJoin('institution as i', (on) =>
      on.onRef('i.network_id', '=', 'f.network_id').onRef('i.id', '=', 'f.institution_id'),
    )
    .select(['i.name as institution', 'f.profile', 'f.status', 'f.last_launch_at', 'f.last_error_code'])
    .select(['f.last_error_at', 'c.memberships_url', 'l.cohort_id', 'l.round_id'])
    .select(
      sql<boolean>`(c.lineitems_url is not null and (cardinality(c.ags_scopes) = 0
        or ${SCORE_SCOPE} = any (c.ags_scopes)))`.as('hasGradebook'),
    )
    .where('l.network_id', '=', networkId)
    .where('l.id', '=', linkId)
    .executeTakeFirst()
  if (!row) return undefined
  const { institution, profile, status, hasGradebook } = row
  const { last_launch_at: lastLaunchAt, last_error_at: lastErrorAt, last_error_code: code } = row
  return {
    institution,
    profile,
    facts: { status, lastLaunchAt, lastErrorAt },
    lastLaunchAt,
    lastRefusal: code && lastErrorAt ? { code, at: lastErrorAt } : null,
    hasGradebook,
    hasRoster: row.memberships_url !== null,
    opens: row.round_id ? 'round' : row.cohort_id ? 'cohort' : 'nothing',
  }
}
