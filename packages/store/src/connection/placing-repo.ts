import type { PlacingTakes } from '@copractice/core/connection'
import type { CourseId, NetworkId, PersonId, PlacingId, PlatformId } from '@copractice/core/kernel'
import type { Db, Trx } from '../database.ts'

export type NewPlacing = Readonly<{
  networkId: NetworkId
  platformId: PlatformId
  courseId: CourseId | null
  personId: PersonId
  deploymentId: string
  returnUrl: string
  /** The LMS's own note, given back as it came. */
  data: string | null
  takes: PlacingTakes
  expiresAt: Date
}>

export async function insertPlacing(trx: Db | Trx, placing: NewPlacing): Promise<PlacingId> {
  const { id } = await trx
    .insertInto('placing_request')
    .values({
      network_id: placing.networkId,
      platform_id: placing.platformId,
      course_id: placing.courseId,
      person_id: placing.personId,
      deployment_id: placing.deploymentId,
      return_url: placing.returnUrl,
      data: placing.data,
      takes_links: placing.takes.links,
      takes_several: placing.takes.several,
      takes_columns: placing.takes.columns,
      expires_at: placing.expiresAt,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id as PlacingId
}

export type OpenPlacing = NewPlacing &
  Readonly<{
    placingId: PlacingId
    courseTitle: string | null
    profile: 'canvas' | 'moodle' | 'other'
    issuer: string
    clientId: string
  }>

/** The person's own request while it holds and its platform is active. */
export async function findPlacing(
  db: Db | Trx,
  { networkId, personId, placingId }: Readonly<{ networkId: NetworkId; personId: PersonId; placingId: PlacingId }>,
  now: Date,
): Promise<OpenPlacing | undefined> {
  const row = await db
    .selectFrom('placing_request as w')
    .innerJoin('lti_platform as f', (on) =>
      on.onRef('f.network_id', '=', 'w.network_id').onRef('f.id', '=', 'w.platform_id'),
    )
    .leftJoin('course as c', (on) => on.onRef('c.network_id', '=', 'w.network_id').onRef('c.id', '=', 'w.course_id'))
    .selectAll('w')
    .select(['c.title', 'c.label', 'f.profile', 'f.issuer', 'f.client_id'])
    .where('w.network_id', '=', networkId)
    .where('w.id', '=', placingId)
    .where('w.person_id', '=', personId)
    .where('w.expires_at', '>', now)
    .where('f.status', '=', 'active')
    .executeTakeFirst()
  if (!row) return undefined
  return {
    networkId,
    personId,
    placingId,
    platformId: row.platform_id as PlatformId,
    courseId: row.course_id as CourseId | null,
    courseTitle: row.title ?? row.label,
    deploymentId: row.deployment_id,
    returnUrl: row.return_url,
    data: row.data,
    takes: { links: row.takes_links, several: row.takes_several, columns: row.takes_columns },
    expiresAt: row.expires_at,
    profile: row.profile,
    issuer: row.issuer,
    clientId: row.client_id,
  }
}

/**
 * Where the page of this request may post its form. Without a network or a session: it is asked for the page's security
 * header, before the page can say who reads it, and tells nobody more than an address of their own LMS.
 */
export async function findReturnUrl(db: Db | Trx, placingId: PlacingId, now: Date): Promise<string | undefined> {
  const row = await db
    .selectFrom('placing_request')
    .select('return_url')
    .where('id', '=', placingId)
    .where('expires_at', '>', now)
    .executeTakeFirst()
  return row?.return_url
}

/** Across networks: it is housekeeping of the whole installation. */
export async function deleteExpiredPlacings(db: Db | Trx, now: Date): Promise<void> {
  await db.deleteFrom('placing_request').where('expires_at', '<', now).execute()
}
