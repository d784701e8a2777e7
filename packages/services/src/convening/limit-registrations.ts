import { createHmac } from 'node:crypto'
import { ok, refuse } from '@copractice/core/kernel'
import type { Db } from '@copractice/store/database'
import { recordSignInAttempts } from '@copractice/store/directory'

const WINDOW_MINUTES = 15
/** A whole class may sign up from behind one address; one person has no reason to write theirs often. */
const PER_ADDRESS = 100
const PER_EMAIL = 3

type From = Readonly<{ email: string; address: string; now: Date }>

/**
 * Refuses `convening.too_many` for a form sent too often, counted in the database so that every process counts alike.
 * Keeps neither the e-mail address nor the network address, only a keyed hash of each.
 */
export async function limitRegistrations(db: Db, secret: string, { email, address, now }: From) {
  const windowMs = WINDOW_MINUTES * 60_000
  const subjects = [`register ${email}`, `register from ${address}`].map((text) =>
    createHmac('sha256', secret).update(text).digest(),
  )
  const since = new Date(now.getTime() - windowMs)
  const [ofEmail = 0, ofAddress = 0] = await recordSignInAttempts(db, subjects, { now, since })
  if (ofEmail <= PER_EMAIL && ofAddress <= PER_ADDRESS) return ok(undefined)
  return refuse('convening.too_many', { retryAt: new Date(now.getTime() + windowMs).toISOString() })
}
