import { mayAdminister, type Actor } from '@copractice/core/directory'
import { mayRotateKeys } from '@copractice/core/connection'
import { ok } from '@copractice/core/kernel'
import type { Lti } from '@copractice/lti'
import { listKeyDates, type KeyListed } from '@copractice/store/connection'
import type { Db } from '@copractice/store/database'
import { audit, notFound } from '../directory/administrator.ts'

type Deps = Readonly<{ db: Db; lti: Pick<Lti, 'keys'> }>
type Address = Readonly<{ spaceUrl: string; rotatesEveryDays: number | null }>

/** One key set serves every network of the installation, so only who administers a whole network sees it. */
const mayKeep = (actor: Actor) => mayAdminister(actor, { kind: 'network' })

/** The tool's signing keys and when each signs. */
export async function listSigningKeys(db: Db, actor: Actor, { spaceUrl, rotatesEveryDays }: Address, now: Date) {
  if (!mayKeep(actor)) return notFound()
  const keys = spans(await listKeyDates(db, now), now)
  return ok({ keys, jwksUrl: `${spaceUrl}/lti/jwks.json`, rotatesEveryDays })
}

/** Adds a key; it signs once LMSs have had time to see it. Refuses `keys.rotated_recently`. */
export async function rotateSigningKeys({ db, lti }: Deps, actor: Actor, now: Date) {
  if (!mayKeep(actor)) return notFound()
  const newest = (await listKeyDates(db, now)).at(-1)?.createdAt ?? null
  const may = mayRotateKeys(newest, now)
  if (!may.ok) return may
  const kid = await lti.keys.rotate()
  await db
    .transaction()
    .execute((trx) => audit(trx, actor, { action: 'keys.rotated', subject: `key:${kid}`, facts: { kid } }, now))
  return ok({ kid })
}

/** Keys sign one after another: each begins when the one before it stops. */
function spans(rows: readonly KeyListed[], now: Date) {
  const inTurn = [...rows].sort((a, b) => (a.signsUntil?.getTime() ?? Infinity) - (b.signsUntil?.getTime() ?? Infinity))
  const current = inTurn.find(({ signsUntil }) => !signsUntil || signsUntil > now)
  return inTurn.map((row, index) => {
    const isRetired = row.signsUntil !== null && row.signsUntil <= now
    const state = isRetired ? ('retired' as const) : row === current ? ('current' as const) : ('next' as const)
    return { ...row, state, signsFrom: inTurn[index - 1]?.signsUntil ?? row.createdAt }
  })
}
