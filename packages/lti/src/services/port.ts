import type { NetworkId, PersonId, PlatformId, RoundId } from '@copractice/core/kernel'

/** Which platform to talk to. The client loads endpoints, keys and tokens itself. */
export type PlatformRef = Readonly<{ networkId: NetworkId; platformId: PlatformId }>

/** What went wrong with a call to an LMS, so that a caller can decide: again later, or tell a person. `reason` is in plain words. */
export type ServiceTrouble =
  /** The LMS does not let us in, also with a fresh token: the connection has to be looked at. */
  | Readonly<{ kind: 'unauthorized'; reason: string }>
  /** 429, 503 with Retry-After, or what Canvas says instead. */
  | Readonly<{ kind: 'busy'; reason: string; retryAfterSeconds: number | null }>
  /** No answer in time, a broken connection or a 5xx: whether it was applied is unknown. */
  | Readonly<{ kind: 'unreachable'; reason: string }>
  /** Understood and refused; asking again changes nothing. `code` such as `lms.422`. */
  | Readonly<{ kind: 'refused'; code: string; reason: string }>

export type LineItem = Readonly<{
  url: string
  label: string
  scoreMaximum: number
  tag: string | null
  resourceId: string | null
}>
/** `resourceId` is our round's id. */
export type NewLineItem = Readonly<{ label: string; tag: string; resourceId: string; scoreMaximum: number }>
export type LineItemFilter = Readonly<{ tag?: string; resourceId?: string }>

export type Score = Readonly<{
  /** The learner's `sub` (or roster user_id) on that platform. */
  userId: string
  /** Null takes back what was there. */
  scoreGiven: number | null
  /**
   * Takes the place of whatever the cell holds. Otherwise it only fills an empty one, where the LMS can be told so: that
   * one decides as it takes the score, so that no teacher's grade of a moment ago is lost.
   */
  replaces: boolean
  scoreMaximum: number
  /** Plain text. Sent even when empty: an absent comment would erase one. */
  comment: string
  /** When the score was decided; must rise per learner and column, and never be ahead of the LMS's clock. */
  timestamp: Date
  /** The work that was scored, where the score is for one: a gradebook that keeps submissions opens it from there. */
  work: Readonly<{ roundId: RoundId; personId: PersonId; handedInAt: Date }> | null
}>

export type ScoreOutcome =
  | Readonly<{ kind: 'accepted' }>
  /** The LMS holds something as new or newer: this score, sent before, or a teacher's later edit. Read the result to know. */
  | Readonly<{ kind: 'stale'; reason: string }>
  | ServiceTrouble

export type LineItemsOutcome = Readonly<{ kind: 'read'; lineItems: readonly LineItem[] }> | ServiceTrouble
export type LineItemOutcome = Readonly<{ kind: 'ready'; lineItem: LineItem; isNew: boolean }> | ServiceTrouble
export type ResultOutcome =
  /** `score` on the scale of `maximum`; null when the gradebook holds none. */
  | Readonly<{ kind: 'read'; score: number | null; maximum: number | null; comment: string | null }>
  /** A person has graded there, and our last score gave way to that: which grade it is, the LMS does not say. */
  | Readonly<{ kind: 'kept' }>
  | ServiceTrouble

export type KeptOutcome = Readonly<{ kind: 'read'; userIds: readonly string[] }> | ServiceTrouble

/** A learner's gradebook, in the course's own LMS (LTI Assignment and Grade Services 2.0). */
export interface LtiGradebook {
  listLineItems(platform: PlatformRef, lineItemsUrl: string, filter?: LineItemFilter): Promise<LineItemsOutcome>
  /** Finds the column by tag and resourceId before it makes one, so that a crash between making and saving makes no second. */
  createLineItem(platform: PlatformRef, lineItemsUrl: string, item: NewLineItem): Promise<LineItemOutcome>
  postScore(platform: PlatformRef, lineItemUrl: string, score: Score): Promise<ScoreOutcome>
  readResult(platform: PlatformRef, lineItemUrl: string, userId: string): Promise<ResultOutcome>
  /** Those of a column whose result is `kept`, by user id. */
  listKept(platform: PlatformRef, lineItemUrl: string): Promise<KeptOutcome>
}

/** One person of a roster. Only user id and roles are sure; the rest depends on the LMS's privacy settings. */
export type RosterMember = Readonly<{
  userId: string
  status: 'active' | 'inactive' | 'deleted'
  roles: readonly string[]
  name: string | null
  givenName: string | null
  familyName: string | null
  email: string | null
}>

/** One page of a roster. `next`: where it goes on; null: this was the last. `differences`: what has changed since, where offered. */
export type RosterPage = Readonly<{
  members: readonly RosterMember[]
  next: string | null
  differences: string | null
}>

/** A course's people, page by page (LTI Names and Role Provisioning Services 2.0). Throws `RosterUnavailable`. */
export interface LtiRoster {
  /** One page: the first of the course, or the one that an earlier page's link named. */
  readPage(platform: PlatformRef, membershipsUrl: string, from: string | null): Promise<RosterPage>
  listMembers(platform: PlatformRef, membershipsUrl: string): AsyncIterable<readonly RosterMember[]>
}

/** The roster could not be read to its end; pages already given stand. */
export class RosterUnavailable extends Error {
  readonly trouble: ServiceTrouble
  constructor(trouble: ServiceTrouble) {
    super(trouble.reason)
    this.trouble = trouble
  }
}
