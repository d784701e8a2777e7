import { once } from 'node:events'
import type { ChildProcess } from 'node:child_process'
import type { Gradebook, RegisteredTool } from '@copractice/lms-simulator'

export const COURSE = 'cep-610'
export const COLUMNS = [
  { column: 'work', maximum: 20 },
  { column: 'reviewing', maximum: 10 },
] as const
/** A different score for nearly everybody, so that one in another's place is seen. */
export const scoreOf = (learner: number, maximum: number): number => ((learner * 7) % (maximum * 4 + 1)) / 4

/** What the LMS's process tells: where it is, then what its gradebook holds. */
export type Lms = Readonly<{
  issuer: string
  endpoints: Readonly<{ authorization: string; token: string; jwks: string }>
}>
export type Registered = RegisteredTool & Readonly<{ lineItems: string }>
export type LmsAsked =
  | Readonly<{ ask: 'register'; url: string }>
  | Readonly<{ ask: 'misbehave'; milliseconds: number; oneIn: number }>
  | Readonly<{ ask: 'gradebook' }>
export type LmsFigures = Readonly<{ gradebook: Gradebook; tokenRequests: number }>
export type LmsAnswer = Lms | Registered | LmsFigures | Readonly<{ done: true }>

export type DeliverAsked =
  | Readonly<{ ask: 'publish'; lms: Lms; tool: Registered; learners: number }>
  | Readonly<{ ask: 'deliver' }>
export type Delivered = Readonly<{
  seconds: number
  /** Runs of the job. */
  runs: number
  statuses: Readonly<Record<string, number>>
  tries: number
  peakRssMb: number
}>

export async function ask<Answer>(child: ChildProcess, asked: LmsAsked | DeliverAsked): Promise<Answer> {
  child.send(asked)
  const ended = once(child, 'exit').then(([code]) => Promise.reject(new Error(`a process ended with ${String(code)}`)))
  const [answer] = (await Promise.race([once(child, 'message'), ended])) as [Answer]
  ended.catch(() => {})
  return answer
}
