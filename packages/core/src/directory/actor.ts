import type { CohortId, CourseId, InstitutionId, NetworkId, PersonId, RegionId } from '../kernel/ids.ts'

/** Who acts, with everything a rule may ask of them. Loaded by services; rules in core decide from it. */
export type Actor = Readonly<{
  networkId: NetworkId
  personId: PersonId
  grants: readonly Grant[]
  seats: readonly SeatHeld[]
  courses: readonly CourseAttended[]
  /** Closed cohorts whose space is only read any more, of those the actor holds a seat in or teaches. */
  readOnlyCohorts?: readonly CohortId[]
  /** The LMS's test student, who looks around and counts nowhere. */
  isTest?: boolean
  /** Of a launch that did not say who: nobody, for one visit. Always a test person too. */
  isAnonymous?: boolean
}>

/** `support` reads what a network admin reads, and changes nothing. */
export type Grant =
  | Readonly<{ role: 'network_admin' | 'support' }>
  | Readonly<{ role: 'coordinator'; regionId: RegionId }>
  | Readonly<{ role: 'institution_admin'; institutionId: InstitutionId }>

export type SeatHeld = Readonly<{
  cohortId: CohortId
  kind: 'participant' | 'chair' | 'facilitator'
  status: 'seated' | 'waitlisted' | 'left'
}>

/** LMS course role at the latest launch or roster; `cohortIds` are the cohorts that links of this course open. */
export type CourseAttended = Readonly<{
  courseId: CourseId
  role: 'instructor' | 'teaching_assistant' | 'learner' | 'observer' | 'administrator' | 'guest'
  cohortIds: readonly CohortId[]
  /** Of an observer: the learners of this course whom the LMS says they mentor. */
  observes?: readonly PersonId[]
}>
