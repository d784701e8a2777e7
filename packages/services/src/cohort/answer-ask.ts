import { isOver, showsAsk } from '@copractice/core/cohort'
import type { SpaceSession } from '@copractice/core/directory'
import { ok, refuse } from '@copractice/core/kernel'
import { findAsk, listMeetingsOfCohort, listOwnAsks } from '@copractice/store/cohort'
import type { Db } from '@copractice/store/database'
import { readLinkToken } from '../notice/index.ts'
import { enterSpace } from './enter-space.ts'
import { settleAsk } from './settle-ask.ts'

/** `spaceUrl`: where people without an LMS sign in; `secret` seals the addresses of mails. */
type Deps = Readonly<{ db: Db; secret: string; spaceUrl: string }>
const unknown = () => refuse('ask.unknown', {})
const placeOf = (status: 'seated' | 'waitlisted' | 'left' | null) => (status === 'left' ? null : status)

/** What somebody is asked by the link of a mail. */
export async function showAsk({ db, secret }: Pick<Deps, 'db' | 'secret'>, token: string) {
  const link = readLinkToken(secret, 'ask', token)
  const ask = link && (await findAsk(db, link.networkId, link.id))
  if (!link || !ask) return unknown()
  const { name, kind, answer, cohort, theme, timeZone, before, seat, cohortId, isTakenAway } = ask
  if (isOver({ held: placeOf(seat), isTakenAway })) return refuse('ask.taken_away', {})
  const meetings = await listMeetingsOfCohort(db, { networkId: link.networkId, cohortId })
  return ok({ name, kind, answer, place: placeOf(seat), cohort: { name: cohort, theme, timeZone }, before, meetings })
}

type Answer = Readonly<{ token: string; answer: 'yes' | 'no' }>

/** An answer by the link of a mail. The last one counts: whoever has no space open can leave by it at any time. */
export async function answerAsk({ db, secret, spaceUrl }: Deps, { token, answer }: Answer, now: Date) {
  const link = readLinkToken(secret, 'ask', token)
  if (!link) return unknown()
  return db.transaction().execute(async (trx) => {
    const settled = await settleAsk(trx, { ...link, answer, mayLeave: true, spaceUrl }, now)
    if (settled.ok) return settled
    const { refusal } = settled
    // A seat in use is left here like any other, so nothing is refused for it.
    return refusal.code === 'ask.seat_used' ? unknown() : ({ ok: false, refusal } as const)
  })
}

/** What the reader of a space is asked about the cohorts that succeed it. */
export async function listRenewals(db: Db, session: SpaceSession, now: Date) {
  const entered = enterSpace(session)
  if (!entered.ok) return entered
  const asks = await listOwnAsks(db, entered.value, entered.value.personId)
  return ok({ items: asks.filter((ask) => showsAsk(ask, now)).map((ask) => ({ ...ask, place: ask.held })) })
}

type Here = Readonly<{ askId: string; answer: 'yes' | 'no' | null }>

/** An answer out of the space of the cohort before, for whoever is in it: many of them no mail of ours reaches. */
export async function answerRenewal(
  { db, spaceUrl }: Pick<Deps, 'db' | 'spaceUrl'>,
  session: SpaceSession,
  { askId, answer }: Here,
  now: Date,
) {
  const entered = enterSpace(session)
  if (!entered.ok) return entered
  const { networkId, cohortId, personId } = entered.value
  return db.transaction().execute(async (trx) => {
    const ask = await findAsk(trx, networkId, askId)
    if (ask?.personId !== personId || ask.beforeId !== cohortId) return unknown()
    return settleAsk(trx, { networkId, id: askId, answer, mayLeave: false, spaceUrl }, now)
  })
}
