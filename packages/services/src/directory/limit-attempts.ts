import { createHmac } from 'node:crypto'
import type { Refusal } from '@copractice/core/kernel'
import type { Db } from '@copractice/store/database'
import { recordSignInAttempts } from '@copractice/store/directory'

export type TooMany = Refusal<'sign_in.too_many', { retryAt: string }>

const WINDOW_MINUTES = 15

/**
 * Counts attempts to sign in, in all processes together. `limits`: how many each subject (a kind and an address) may make
 * in 15 minutes; kept as hashes. Returns the refusal when one of them made more.
 */
export function limitAttempts(db: Db, secret: string) {
  return async (limits: Readonly<Record<string, number>>, now: Date): Promise<TooMany | undefined> => {
    const windowMs = WINDOW_MINUTES * 60_000
    const subjects = Object.keys(limits).map((subject) => createHmac('sha256', secret).update(subject).digest())
    const attempts = await recordSignInAttempts(db, subjects, { now, since: new Date(now.getTime() - windowMs) })
    const isOver = Object.values(limits).some((limit, index) => attempts[index]! > limit)
    if (!isOver) return undefined
    return { code: 'sign_in.too_many', facts: { retryAt: new Date(now.getTime() + windowMs).toISOString() } }
  }
}
