import {
  deleteExpiredAccessTokens,
  deleteExpiredPlacings,
  deleteOldLaunchRefusals,
  deleteSpentLogins,
  deleteVisitors,
} from '@copractice/store/connection'
import { deleteSpentNeeds, deleteSpentWishes } from '@copractice/store/convening'
import type { Db } from '@copractice/store/database'
import { deleteExpiredClaimCodes, deleteExpiredSessions } from '@copractice/store/directory'
import { deleteExpiredStarts } from '@copractice/store/proposal'

const REFUSALS_KEPT_DAYS = 90

/** Deletes what is over: used LMS logins, LMS access tokens, sessions with the visitors that they were of, choices of what to place, sign-in links and attempts, codes of invitations, forms whose address nobody proved, and old launch refusals. */
export async function sweep(db: Db, now: Date): Promise<void> {
  await deleteSpentLogins(db, now)
  await deleteExpiredSessions(db, now)
  await deleteExpiredClaimCodes(db, now)
  await deleteVisitors(db)
  await deleteExpiredPlacings(db, now)
  await deleteExpiredAccessTokens(db, now)
  await deleteSpentNeeds(db, now)
  await deleteSpentWishes(db, now)
  await deleteExpiredStarts(db, now)
  await deleteOldLaunchRefusals(db, new Date(now.getTime() - REFUSALS_KEPT_DAYS * 86_400_000))
}
