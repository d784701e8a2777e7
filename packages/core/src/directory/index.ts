export type { Actor, CourseAttended, Grant, SeatHeld } from './actor.ts'
export * from './contract.ts'
export * from './person-seen.ts'
export * from './time-zone.ts'
