/** Which LMS the simulator imitates. */
export type Profile = 'canvas' | 'moodle'

/** What a person is in the course. `designer`, `observer` and `test_student` exist in Canvas; Moodle treats them as learners. */
export type SimulatedRole = 'learner' | 'instructor' | 'ta' | 'designer' | 'admin' | 'observer' | 'test_student'

/** A user of the LMS. `id` is the `sub` of launches: a UUID for Canvas, a small whole number as text for Moodle. */
export type SimulatedPerson = {
  id: string
  name: string
  givenName: string
  familyName: string
  email: string
  role: SimulatedRole
  pronouns?: string
  /** BCP 47, for example `es`. Default `en`. */
  locale?: string
  /** IANA name, for example `America/New_York`. */
  timeZone?: string
  /** Canvas: the reader's setting, `$Canvas.user.prefersHighContrast`. */
  highContrast?: boolean
  /** For an observer in Canvas: ids of the learners observed (`role_scope_mentor`). */
  observes?: string[]
}

/** A placed resource link that launches the tool. */
export type SimulatedLink = {
  /** The id in this simulator's own addresses. The LTI `resource_link.id` is told by `LmsSimulator.resourceLinkId`. */
  id: string
  title: string
  /** `assignment` links own a gradebook column. */
  kind: 'navigation' | 'assignment'
  text?: string
  custom?: Record<string, string>
  /** Path (and query) on the tool's launch host; makes the `target_link_uri`. Default: the tool's launch URL. */
  targetPath?: string
  /** A whole `target_link_uri`, as deep linking gives it; wins over `targetPath`. */
  url?: string
  /** Name of the registered tool; default: the first tool that is turned on. */
  tool?: string
  /** Points of an assignment's column. Default 100. */
  scoreMaximum?: number
  /** Canvas: not visible to learners, and scores are refused with 422 until it is published. */
  unpublished?: boolean
  /** ISO 8601, what `$ResourceLink.available.*` and `$ResourceLink.submission.endDateTime` stand for in Canvas. */
  unlockAt?: string
  dueAt?: string
  lockAt?: string
}

/** A gradebook column that has nothing to do with any tool, with sample scores by person id. */
export type UnrelatedColumn = { id: string; label: string; scoreMaximum: number; scores: Record<string, number | null> }

export type SimulatedCourse = {
  /** The id in this simulator's own addresses. The LTI `context.id` is told by `LmsSimulator.contextId`. */
  id: string
  title: string
  label: string
  term: string
  people: SimulatedPerson[]
  links: SimulatedLink[]
  gradebook?: UnrelatedColumn[]
  /** A concluded Canvas course refuses scores with 422. */
  concluded?: boolean
  /** LTI context ids of the courses this one was copied from, newest first (`$Context.id.history`). */
  copiedFrom?: string[]
}

/** The part of the demo's mail that a simulator shows; made by `createMailBox`. */
export interface MailBox {
  /** Keeps one message and answers its id. `at` defaults to now. */
  add(message: NewMail): string
  /** Newest first. */
  list(): Mail[]
  get(id: string): Mail | undefined
}
export type NewMail = { to: string; subject: string; text: string; html?: string; at?: Date }
export type Mail = { id: string; to: string; subject: string; text: string; html?: string; at: string }

export type SimulatorOptions = {
  profile: Profile
  /** The campus, for example `Riverside State`. */
  name: string
  host?: '127.0.0.1'
  /** 0 takes any free port. */
  port: number
  /** What people's browsers call this simulator; default `http://127.0.0.1:<port>`. */
  publicUrl?: string
  /** Default: the simulator's URL. In life all Canvas schools share `https://canvas.instructure.com`. */
  issuer?: string
  courses: SimulatedCourse[]
  /** Keeps gradebook, tools, links and keys here, so that a restart goes on where it stopped. */
  stateFolder?: string
  clock?: () => Date
  /** How long a tool's key set is taken from memory before it is read anew. Default 0: read each time. */
  keepsKeySetsSeconds?: number
  /**
   * The roster names an address that tells who changed since (`rel="differences"` of the NRPS standard, which neither Canvas
   * nor Moodle gives). Changes are those made by `changeCourse`.
   */
  offersDifferences?: boolean
  /** The other campuses, for the picker on every page. */
  siblings?: { label: string; url: string }[]
  /** Shown at `/mail` when given. */
  mail?: MailBox
}

/** What the LMS is told about a tool when an admin registers it by hand. */
export type ToolRegistration = {
  name: string
  loginUrl: string
  /** The default `target_link_uri`; also the only redirect URI unless `redirectUris` names others. */
  launchUrl: string
  redirectUris?: string[]
  jwksUrl: string
  /** Where `LtiDeepLinkingRequest` goes; without it, the course offers no content picker. */
  deepLinkingUrl?: string
  domain: string
  /** Custom parameters of the tool, under those of each link. */
  custom?: Record<string, string>
  /** Scopes the tool may ask for; default all of AGS and NRPS. */
  scopes?: string[]
  /** Canvas: the LTI 1.1 consumer key and secret that sign the `lti1p1` claim. */
  legacyKey?: { key: string; secret: string }
}

export type FaultService = 'scores' | 'lineitems' | 'results' | 'memberships' | 'token' | 'jwks'
/** How the next `count` answers go wrong; without `service`, every service answer but the key set. */
export type Fault = FaultKind & {
  count: number
  service?: FaultService
  /** Only one answer in so many goes wrong; the others count too. */
  oneIn?: number
  /** Each of the `count` answers takes this long as well, wrong or right. */
  lateMilliseconds?: number
}
export type FaultKind =
  /** Answers late. */
  | { kind: 'latency'; milliseconds: number }
  /** 500, nothing applied. */
  | { kind: 'error' }
  /** 429 with Retry-After, nothing applied. */
  | { kind: 'busy'; retryAfterSeconds?: number }
  /** The request is applied, then the connection is cut instead of an answer. */
  | { kind: 'reset_after' }
  /** The connection is cut, nothing applied. */
  | { kind: 'reset_before' }
  /** The request is applied and never answered: the line stays open until the caller hangs up. */
  | { kind: 'silence_after' }
  /** Never answered, nothing applied. */
  | { kind: 'silence_before' }
  /** The access token, good a moment ago, is forgotten: 401. Touches only requests that carry one. */
  | { kind: 'expired_token' }

/** One service request and what it was answered. `message` and `answer` are the words people read. */
export type LogEntry = {
  at: string
  service: FaultService | 'authorization' | 'deep_linking' | 'registration'
  method: string
  /** Path and query. */
  path: string
  /** HTTP status, or `dropped` where a fault cut the connection or left it without an answer. */
  status: number | 'dropped'
  message: string
  answer: string
  fault?: FaultKind['kind']
  courseId?: string
  columnId?: string
  personId?: string
  /** The request's JSON body, where it had one. */
  body?: unknown
}

export type GradebookColumn = {
  id: string
  /** The line item's URL; absent for unrelated columns. */
  url?: string
  label: string
  scoreMaximum: number
  resourceId?: string
  tag?: string
  /** LTI resource link id of the link it belongs to. */
  resourceLinkId?: string
  /** Where it came from: a tool's line item service, a placed assignment link, or the course itself. */
  madeBy: 'tool' | 'link' | 'course'
}
export type GradebookCell = {
  columnId: string
  personId: string
  /** In points of the column. */
  score: number | null
  /** The comment that shows (Canvas: the last one). */
  comment: string | null
  /** All of them: Canvas keeps every comment, Moodle one. */
  comments: string[]
  /** Canvas submission attempts, 0 in Moodle. */
  attempts: number
  activityProgress?: string
  gradingProgress?: string
  /** The timestamp the tool sent, or the second Moodle stamped itself. */
  timestamp: string | null
  /** When the last change came in from a tool. */
  arrivedAt: string | null
}
export type Gradebook = { columns: GradebookColumn[]; cells: GradebookCell[] }

/** An id token about to be signed. A hook may change any part of it. */
export type IdTokenDraft = {
  claims: Record<string, unknown>
  how: SigningChoice
}
/** How to sign. `kid: null` leaves it out; `key` is a secret for HS*, a PKCS 8 PEM otherwise; alg `none` leaves it unsigned. */
export type SigningChoice = { kid?: string | null; alg?: string; key?: string; header?: Record<string, unknown> }
/** Answers a changed draft, or a whole token as text. */
export type IdTokenHook = (draft: IdTokenDraft) => IdTokenDraft | string

/** Whose launch of what; the first course, link and learner where left out. */
export type LaunchChoice = { course?: string; link?: string; person?: string; nonce?: string }

export type RegisteredTool = { clientId: string; deploymentId: string }

export interface LmsSimulator {
  readonly url: string
  readonly issuer: string
  readonly profile: Profile
  readonly endpoints: {
    authorization: string
    token: string
    jwks: string
    openidConfiguration: string
    registration: string
  }
  /** Idempotent by name: again with other URLs changes them and keeps both ids. The tool is on at once. */
  registerTool(tool: ToolRegistration): RegisteredTool
  /** Starts dynamic registration: the tool's registration URL with `openid_configuration` and a one-use token. */
  registrationUrl(toolRegistrationUrl: string): string
  /** Turns on a tool that registered itself (pending in Moodle, off in Canvas). Answers what it was given. */
  activateTool(clientId: string): RegisteredTool
  /** Tools known, registered by hand or by themselves. */
  tools(): (RegisteredTool & { name: string; active: boolean })[]

  addLink(courseId: string, link: Omit<SimulatedLink, 'id'> & { id?: string }): SimulatedLink
  links(courseId: string): SimulatedLink[]
  /** Changes facts of a course for roster and refusal tests; kept until the process ends. */
  changeCourse(
    courseId: string,
    change: Partial<Pick<SimulatedCourse, 'people' | 'concluded' | 'title' | 'copiedFrom'>>,
  ): void
  contextId(courseId: string): string
  resourceLinkId(courseId: string, linkId: string): string

  gradebook(courseId: string): Gradebook
  /** A teacher types a score (null clears it): an override in Moodle, a hand grade in Canvas. */
  gradeByHand(courseId: string, columnId: string, personId: string, score: number | null): void
  /** `locked`: Moodle answers 500. `unpublished`, `allowedAttempts`: Canvas answers 422. */
  changeColumn(
    courseId: string,
    columnId: string,
    change: { locked?: boolean; unpublished?: boolean; allowedAttempts?: number },
  ): void

  /** Oldest first, at most the last 2,000. */
  log(): LogEntry[]
  setFault(fault: Fault | null): void
  /** New signing key. With overlap the old one stays in the key set, without it goes at once. */
  rotateKeys(choice: { overlap: boolean }): Promise<void>

  /** The claims of a launch as this profile sends them. */
  idTokenClaims(choice?: LaunchChoice): Record<string, unknown>
  /** Signs those claims with changes laid over them; a change to `undefined` removes the claim. */
  signIdToken(changes?: Record<string, unknown>, how?: SigningChoice & LaunchChoice): Promise<string>
  /** Changes the next id token this platform sends, once. */
  onIdToken(hook: IdTokenHook): void

  close(): Promise<void>
}
