import { maySetUpSignIn, type Actor, type SignInAccess } from '@copractice/core/directory'
import type { InstitutionId } from '@copractice/core/kernel'
import type { Outgoing, Sealer } from '@copractice/lti'
import type { Db, Trx } from '@copractice/store/database'
import * as store from '@copractice/store/directory'
import { audit, notFound, scopeOf } from '../administrator.ts'

/** What setting one up takes. `adminUrl`: origin of the app. */
export type KeepDeps = Readonly<{ db: Db; sealer: Sealer; outgoing: Outgoing; adminUrl: string; clock: () => Date }>
/** Whose sign-in it is about. */
export type OneSignIn = Readonly<{ institutionId: InstitutionId }>

/** The institution's place in the network and what the actor may do about its sign-in; undefined: it is not theirs to see. */
export async function findTheirs(db: Db | Trx, actor: Actor, { institutionId }: OneSignIn, now: Date) {
  const found = await store.findInstitution(db, scopeOf(actor), institutionId, now)
  const access = found && maySetUpSignIn(actor, { institutionId, regionId: found.region?.id ?? null })
  if (!found || !access || access === 'none') return undefined
  return { access, name: found.name, place: { networkId: actor.networkId, institutionId } }
}
type Theirs = NonNullable<Awaited<ReturnType<typeof findTheirs>>>

/** Runs a change in one transaction for whoever may make it. Settings are locked until its end: nothing changes beside it. */
export function changeInstitutionSignIn<T>(
  { db, clock }: Pick<KeepDeps, 'db' | 'clock'>,
  actor: Actor,
  asked: OneSignIn & Readonly<{ needs?: SignInAccess }>,
  work: (trx: Trx, theirs: Theirs, tell: (action: string, facts?: object) => Promise<void>, now: Date) => Promise<T>,
) {
  const now = clock()
  return db.transaction().execute(async (trx) => {
    const theirs = await findTheirs(trx, actor, asked, now)
    const isAllowed = theirs && (theirs.access === 'all' || (asked.needs !== 'all' && theirs.access === 'settings'))
    if (!isAllowed) return notFound()
    await store.lockSignIn(trx, theirs.place)
    const { institutionId } = asked
    const tell = (action: string, more: object = {}) => {
      const facts = { name: theirs.name, institutionId, ...more }
      return audit(trx, actor, { action: `sign_in.${action}`, subject: `institution:${institutionId}`, facts }, now)
    }
    return work(trx, theirs, tell, now)
  })
}
