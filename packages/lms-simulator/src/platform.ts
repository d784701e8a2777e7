import { createHash } from 'node:crypto'
import type { Faults } from './faults.ts'
import type { LaunchDesk } from './launch/launch-desk.ts'
import type {
  IdTokenHook,
  LogEntry,
  MailBox,
  Profile,
  SimulatedCourse,
  SimulatedLink,
  SimulatedPerson,
} from './options.ts'
import type { Dialect } from './profiles/dialect.ts'
import type { State } from './state.ts'

/** One running simulator, as every part of it sees it. */
export type Platform = {
  profile: Profile
  dialect: Dialect
  name: string
  url: string
  issuer: string
  siblings: { label: string; url: string }[]
  mail: MailBox | undefined
  now: () => Date
  courses: SimulatedCourse[]
  state: State
  /** Must be called after a change and before the request that made it is answered. */
  save: () => void
  faults: Faults
  desk: LaunchDesk
  /** Tools' key sets, by address, and how long they are kept. */
  keySets: Map<string, { readAt: number; keys: unknown }>
  keepsKeySetsSeconds: number
  offersDifferences: boolean
  /** Who came, changed or went by `changeCourse`, oldest first. */
  rosterChanges: { courseId: string; at: number; person: SimulatedPerson; isGone: boolean }[]
  /** jti and nonces seen, so that nothing is used twice. */
  seen: Set<string>
  /** The signed-in person's cookie: cookies ignore ports, so the name carries ours. */
  cookieName: string
  nextIdToken: IdTokenHook | undefined
}

/** Keeps a service request and its answer for "What arrived". */
export function keepInLog(platform: Platform, entry: LogEntry): void {
  platform.state.log.push(entry)
  if (platform.state.log.length > 2_000) platform.state.log.splice(0, platform.state.log.length - 2_000)
}

export function findCourse(platform: Platform, id: unknown): SimulatedCourse | undefined {
  return platform.courses.find((course) => course.id === id)
}

/** A course that must exist, for the programming interface. */
export function courseOf(platform: Platform, id: string): SimulatedCourse {
  const course = findCourse(platform, id)
  if (course === undefined) throw new Error(`no course ${id} at ${platform.name}`)
  return course
}

/** The links given at the start, as they are now, then those added since. */
export function linksOf(platform: Platform, course: SimulatedCourse): SimulatedLink[] {
  const later = platform.state.links.filter((entry) => entry.courseId === course.id).map((entry) => entry.link)
  const given = course.links.map((link) => later.find(({ id }) => id === link.id) ?? link)
  return [...given, ...later.filter(({ id }) => !course.links.some((link) => link.id === id))]
}

export function findLink(platform: Platform, course: SimulatedCourse, id: unknown): SimulatedLink | undefined {
  return linksOf(platform, course).find((link) => link.id === id)
}

export function findPerson(course: SimulatedCourse, id: unknown): SimulatedPerson | undefined {
  return course.people.find((person) => person.id === id)
}

export const mayTeach = (person: SimulatedPerson): boolean =>
  person.role === 'instructor' || person.role === 'ta' || person.role === 'admin'

/** People whose scores the gradebook keeps. */
export const isGraded = (person: SimulatedPerson): boolean =>
  person.role === 'learner' || person.role === 'test_student'

/** 40 hexadecimal digits that stand for this text at this campus, the same after every restart. */
export function opaque(platform: Pick<Platform, 'name'>, text: string): string {
  return createHash('sha1').update(`${platform.name}\n${text}`).digest('hex')
}

/** A UUID that stands for this text at this campus. */
export function opaqueUuid(platform: Pick<Platform, 'name'>, text: string): string {
  const hex = opaque(platform, text)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

/** A small whole number for this thing, dealt once per kind and remembered; a text that is one already stands for itself. */
export function smallNumber(platform: Platform, kind: string, text: string): string {
  if (/^\d{1,9}$/.test(text)) return text
  const name = `${kind}:${text}`
  const { numbers } = platform.state
  if (numbers[name] === undefined) {
    const dealt = Object.entries(numbers).filter(([key]) => key.startsWith(`${kind}:`))
    numbers[name] = Math.max(100, ...dealt.map(([, number]) => number)) + 1
    platform.save()
  }
  return String(numbers[name])
}
