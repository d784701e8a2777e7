import type { PlanMeeting } from './contract.ts'
import { ok, refuse } from '../kernel/result.ts'

/** What a meeting is about, without the reason it was allowed for. */
export type MeetingPlan = Omit<PlanMeeting, 'reason'>

/** A meeting that is over is history: refuses `meeting.over`. Answers and changes are taken until it ends. */
export const untilItEnds = ({ endsAt }: Pick<MeetingPlan, 'endsAt'>, now: Date) =>
  now >= endsAt ? refuse('meeting.over', {}) : ok(null)

/** What is left out of a change stays as it is. */
export function applyChange(meeting: MeetingPlan, change: Partial<PlanMeeting>): PlanMeeting {
  const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
  return { ...meeting, ...given }
}

/** Whether those who said they come have to be told: it is at another time or in another place. */
export const isElsewhereOrAnotherTime = (before: MeetingPlan, after: MeetingPlan): boolean =>
  before.startsAt.getTime() !== after.startsAt.getTime() ||
  before.endsAt.getTime() !== after.endsAt.getTime() ||
  before.place !== after.place ||
  before.joinUrl !== after.joinUrl
