import { ok, refuse, type Refusal, type Result } from '../kernel/result.ts'
import type { Phase } from './contract.ts'

export type RoundInTime = Readonly<{ phase: Phase; submitUntil: Date; reviewUntil: Date }>
type RoundDates = Readonly<{
  openFrom?: Date | null | undefined
  submitUntil?: Date | undefined
  reviewUntil?: Date | undefined
  reviseUntil?: Date | null | undefined
}>

/** Opens before work is due, work before reviews, reviews before revisions; what is not given stands nowhere. */
export function datesInOrder({ openFrom, submitUntil, reviewUntil, reviseUntil }: RoundDates): boolean {
  const dates = [openFrom, submitUntil, reviewUntil, reviseUntil].filter((date) => date != null)
  return dates.every((date, place) => place === 0 || date > dates[place - 1]!)
}

export type WrongPhase = Refusal<'review.wrong_phase', Readonly<{ phase: Phase; needed: Phase }>>
/** The day named by `date` lies behind us; another has to be set first. */
export type DatePassed = Refusal<'review.date_passed', Readonly<{ date: 'submitUntil' | 'reviewUntil'; was: Date }>>
export type DatesOutOfOrder = Refusal<'review.dates_out_of_order', Readonly<{ submitUntil: Date; reviewUntil: Date }>>

export const wrongPhase = (phase: Phase, needed: Phase) => refuse('review.wrong_phase', { phase, needed })

/** draft -> submit, while work can still be handed in. */
export function openRound(round: RoundInTime, now: Date): Result<'submit', WrongPhase | DatePassed> {
  if (round.phase !== 'draft') return wrongPhase(round.phase, 'draft')
  if (now >= round.submitUntil) return refuse('review.date_passed', { date: 'submitUntil', was: round.submitUntil })
  return ok('submit')
}

/** submit -> review, by dealing the reviews, while they can still be written. May be done before `submitUntil`. */
export function startReviewing(round: RoundInTime, now: Date): Result<'review', WrongPhase | DatePassed> {
  if (round.phase !== 'submit') return wrongPhase(round.phase, 'submit')
  if (now >= round.reviewUntil) return refuse('review.date_passed', { date: 'reviewUntil', was: round.reviewUntil })
  return ok('review')
}

/** review -> closed, before or after `reviewUntil`. */
export function closeRound(round: RoundInTime): Result<'closed', WrongPhase> {
  return round.phase === 'review' ? ok('closed') : wrongPhase(round.phase, 'review')
}

/** closed -> review until `reviewUntil`, which lies ahead and before the last moment for revisions. Authors stop seeing what they received until then. */
export function reopenRound(
  round: RoundInTime & Pick<RoundDates, 'reviseUntil'>,
  reviewUntil: Date,
  now: Date,
): Result<{ phase: 'review'; reviewUntil: Date }, WrongPhase | DatePassed | DatesOutOfOrder> {
  if (round.phase !== 'closed') return wrongPhase(round.phase, 'closed')
  if (now >= reviewUntil) return refuse('review.date_passed', { date: 'reviewUntil', was: reviewUntil })
  const { submitUntil, reviseUntil } = round
  if (!datesInOrder({ submitUntil, reviewUntil, reviseUntil }))
    return refuse('review.dates_out_of_order', { submitUntil, reviewUntil })
  return ok({ phase: 'review', reviewUntil })
}

/** What may still change in each phase: nothing under people's hands. */
const CHANGEABLE: Readonly<Record<Phase, readonly string[] | 'all'>> = {
  draft: 'all',
  submit: ['title', 'instructions', 'submitUntil', 'reviewUntil', 'reviseUntil', 'advance'],
  review: ['title', 'instructions', 'reviewUntil', 'reviseUntil', 'advance'],
  closed: ['title', 'instructions', 'reviseUntil'],
}

/** Decides whether a change touches only what its phase leaves open and keeps the dates in order. Returns the round's dates after it. */
export function changeRound(
  round: RoundInTime & Pick<RoundDates, 'openFrom' | 'reviseUntil'>,
  change: Readonly<Partial<Record<string, unknown>>> & RoundDates,
): Result<{ submitUntil: Date; reviewUntil: Date }, WrongPhase | DatesOutOfOrder> {
  const changeable = CHANGEABLE[round.phase]
  const touched = Object.keys(change).filter((field) => change[field] !== undefined)
  if (changeable !== 'all' && touched.some((field) => !changeable.includes(field)))
    return wrongPhase(round.phase, touched.includes('submitUntil') ? 'submit' : 'draft')
  const dates = {
    submitUntil: change.submitUntil ?? round.submitUntil,
    reviewUntil: change.reviewUntil ?? round.reviewUntil,
  }
  const { openFrom = round.openFrom, reviseUntil = round.reviseUntil } = change
  return datesInOrder({ ...dates, openFrom, reviseUntil }) ? ok(dates) : refuse('review.dates_out_of_order', dates)
}
