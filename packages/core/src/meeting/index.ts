export * from './contract.ts'
export { applyChange, isElsewhereOrAnotherTime, untilItEnds, type MeetingPlan } from './change-meeting.ts'
export { checkMeeting, decideMeeting } from './decide-meeting.ts'
