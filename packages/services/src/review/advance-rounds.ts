import type { Actor } from '@copractice/core/directory'
import type { NetworkId } from '@copractice/core/kernel'
import { dueStep, type Round } from '@copractice/core/review'
import type { Db, Trx } from '@copractice/store/database'
import { insertAuditEntry } from '@copractice/store/directory'
import {
  listInstructorsToTell,
  listRoundsByDate,
  lockRound,
  updateRound,
  type RoundByDateDue,
} from '@copractice/store/review'
import { queueMail, spellTime, writeMail } from '../notice/index.ts'
import { dealRound } from './allocate-round.ts'

const AT_ONCE = 100
const AGAIN_AFTER_MS = 60 * 60_000

/**
 * Moves every round on whose date has come. Any number of processes may do it at once: each round is held, looked at
 * again and moved in one transaction, so a step is made once and its mail queued once. A round that cannot be dealt stays
 * where it is, where work can still be dealt by hand; its instructors are told once, and it is tried again every hour. All are looked
 * at in one run, page by page, so that rounds which wait keep none behind them from moving.
 */
export async function advanceDueRounds(db: Db, now: Date): Promise<void> {
  const stalledBefore = new Date(now.getTime() - AGAIN_AFTER_MS)
  const failed: unknown[] = []
  let after: RoundByDateDue | null = null
  for (;;) {
    const due: RoundByDateDue[] = await listRoundsByDate(db, { now, stalledBefore, after, limit: AT_ONCE })
    for (const one of due)
      await db
        .transaction()
        .execute((trx) => advance(trx, one, now))
        .catch((error: unknown) => failed.push(error))
    after = due.at(-1) ?? null
    if (due.length < AT_ONCE) break
  }
  // One round that fails holds up no other; the job is tried again.
  if (failed.length > 0) throw new AggregateError(failed, 'Rounds could not be moved on')
}

async function advance(trx: Trx, { networkId, roundId, createdBy }: RoundByDateDue, now: Date): Promise<void> {
  const round = await lockRound(trx, networkId, roundId, 'update')
  if (!round || (round.stalledAt && now.getTime() - round.stalledAt.getTime() < AGAIN_AFTER_MS)) return
  const audit = (action: string, facts: Record<string, unknown> = {}) =>
    insertAuditEntry(trx, { networkId, at: now, actorId: null, action, subject: `round:${roundId}`, facts })
  switch (dueStep(round, now)) {
    case null:
      return
    case 'open':
      await updateRound(trx, networkId, roundId, { phase: 'submit' })
      return audit('round.opened', { by: 'date' })
    case 'close':
      await updateRound(trx, networkId, roundId, { phase: 'closed', closedAt: now })
      return audit('round.closed', { by: 'date' })
    case 'deal': {
      // Nobody orders it, so nobody's learners are named in what it answers.
      const nobody: Actor = { networkId, personId: createdBy, grants: [], seats: [], courses: [] }
      const dealt = await dealRound(trx, nobody, { round, preview: false, withoutWork: !round.submitFirst }, now)
      if (dealt.ok) return audit('round.allocated', { by: 'date', pairs: dealt.value.pairs, seed: round.seed })
      const { code } = dealt.refusal
      await updateRound(trx, networkId, roundId, { stalled: { at: now, why: { code } } })
      if (!round.stalledAt) await tellInstructors(trx, networkId, round, code, now)
      return audit('round.stalled', { why: code })
    }
  }
}

const WHY = {
  'allocation.no_work': 'Nobody has handed in any work.',
  'allocation.impossible':
    'There is no way to give every piece of work its reviewers without breaking a rule of the round: too few people may review some of it.',
  'review.date_passed': 'The last day for reviews has passed as well, so nobody could write one.',
} as const

async function tellInstructors(trx: Trx, networkId: NetworkId, round: Round, code: string, now: Date): Promise<void> {
  const why = code in WHY ? WHY[code as keyof typeof WHY] : 'Its set-up does not allow it.'
  const instructors = await listInstructorsToTell(trx, networkId, round.roundId)
  await queueMail(
    trx,
    instructors.map(({ name, email, timeZone }) => ({
      networkId,
      to: email,
      ...writeMail({
        subject: `“${round.title}” needs you: its reviews could not be dealt`,
        paragraphs: [
          name ? `Hello ${name},` : 'Hello,',
          `The work of “${round.title}” was due on ${spellTime(round.submitUntil, round.timeZone, timeZone)}, and its reviews were to be dealt then. ${why}`,
          'Nothing is lost: all work is kept, and it can still be handed in once you move the date. Open the round from your course; it says exactly what is in the way and what would make it possible. We try again every hour.',
        ],
        footnote: 'You receive this because you are an instructor of a course that runs this round.',
      }),
    })),
    now,
  )
}
