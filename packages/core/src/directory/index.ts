export type { Actor, CourseAttended, Grant, SeatHeld } from './actor.ts'
