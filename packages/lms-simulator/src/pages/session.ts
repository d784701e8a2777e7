import type { Request, Response } from 'express'
import type { SimulatedCourse, SimulatedPerson } from '../options.ts'
import { findPerson, type Platform } from '../platform.ts'
import { readCookie } from './respond.ts'

/** Whoever the cookie names, if in this course; else the course's first learner. */
export function currentPerson(platform: Platform, req: Request, course: SimulatedCourse): SimulatedPerson {
  const named = findPerson(course, readCookie(req, platform.cookieName))
  const person = named ?? course.people.find(({ role }) => role === 'learner') ?? course.people[0]
  if (person === undefined) throw new Error(`nobody is in ${course.id}`)
  return person
}

/** Signs a person in: the cookie belongs to this simulator alone, by its name. */
export function rememberPerson(platform: Platform, res: Response, person: SimulatedPerson): void {
  res.cookie(platform.cookieName, person.id, { httpOnly: true, sameSite: 'lax', path: '/' })
}
