import { sql } from 'kysely'
import type { CohortId, NetworkId, PersonId, PlatformId } from '@copractice/core/kernel'
import type { Db, Trx } from '../database.ts'

export type SessionFrom = Readonly<{ platformId: PlatformId; deploymentId: string }>

export type NewSpaceSession = Readonly<{
  tokenHash: Uint8Array
  networkId: NetworkId
  personId: PersonId
  courseLinkId: string | null
  cohortId: string | null
  /** The LMS and deployment it was opened from; null for one opened by e-mail sign-in. */
  from: SessionFrom | null
  createdAt: Date
  expiresAt: Date
}>

export async function insertSpaceSession(trx: Db | Trx, session: NewSpaceSession): Promise<void> {
  await trx
    .insertInto('space_session')
    .values({
      token_hash: session.tokenHash,
      network_id: session.networkId,
      person_id: session.personId,
      course_link_id: session.courseLinkId,
      cohort_id: session.cohortId,
      platform_id: session.from?.platformId ?? null,
      deployment_id: session.from?.deploymentId ?? null,
      created_at: session.createdAt,
      expires_at: session.expiresAt,
    })
    .execute()
}

type Held = Readonly<{ networkId: NetworkId; tokenHash: Uint8Array }>

/** The token holds until `until` and no longer; one that ends earlier keeps its own end. */
export async function shortenSpaceSession(trx: Db | Trx, { networkId, tokenHash }: Held, until: Date): Promise<void> {
  await trx
    .updateTable('space_session')
    .set({ expires_at: until })
    .where('network_id', '=', networkId)
    .where('token_hash', '=', tokenHash)
    .where('expires_at', '>', until)
    .execute()
}

/** Ends every token of a session, those that were renewed too: they share whose it is and when it began. */
export async function endSpaceSession(
  db: Db | Trx,
  { networkId, personId, beganAt }: Readonly<{ networkId: NetworkId; personId: PersonId; beganAt: Date }>,
  at: Date,
): Promise<void> {
  await db
    .updateTable('space_session')
    .set({ expires_at: at })
    .where('network_id', '=', networkId)
    .where('person_id', '=', personId)
    .where('created_at', '=', beganAt)
    .where('expires_at', '>', at)
    .execute()
}

export async function setSessionCohort(
  trx: Db | Trx,
  { networkId, tokenHash }: Held,
  cohortId: CohortId,
): Promise<void> {
  await trx
    .updateTable('space_session')
    .set({ cohort_id: cohortId })
    .where('network_id', '=', networkId)
    .where('token_hash', '=', tokenHash)
    .execute()
}

/** Sweeps what is over: sessions of every network, sign-in attempts and counted mail of the day before, links and cookies past their time. */
export async function deleteExpiredSessions(db: Db, now: Date): Promise<void> {
  const yesterday = new Date(now.getTime() - 86_400_000)
  await db.deleteFrom('space_session').where('expires_at', '<', now).execute()
  await db.deleteFrom('unproved_mail').where('at', '<', yesterday).execute()
  await db.deleteFrom('auth.sign_in_attempt').where('at', '<', yesterday).execute()
  await sql`delete from auth.verification where "expiresAt" < ${now}`.execute(db)
  await sql`delete from auth.session where "expiresAt" < ${now}`.execute(db)
}
