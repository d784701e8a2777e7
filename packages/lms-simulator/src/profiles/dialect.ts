import type { SimulatedCourse, SimulatedLink, SimulatedPerson } from '../options.ts'
import type { Platform } from '../platform.ts'
import type { Cell, Column, State, Tool } from '../state.ts'

/** A launch waiting for the tool to ask for it. */
export type Launch = {
  kind: 'link' | 'deep_linking' | 'submission_review'
  tool: Tool
  course: SimulatedCourse
  person: SimulatedPerson
  /** Absent when content is being chosen. */
  link: SimulatedLink | undefined
  targetLinkUri: string
  /** `iframe` inside a course page, `window` when it has the whole page. */
  target: 'iframe' | 'window'
  /** Submission review: the column, and whose work. */
  column?: Column
  forPerson?: SimulatedPerson
  /** Deep linking: where the choice is posted, and what kind of link is wanted. */
  deepLinking?: { returnUrl: string; wanted: SimulatedLink['kind'] }
}

export type ServicePath = 'lineitems' | 'lineitem' | 'scores' | 'results' | 'result' | 'memberships'

/** What a service says: a status, and a body or the reason people read in "What arrived". */
export type Answer = {
  status: number
  body?: unknown
  reason?: string
  contentType?: string
  headers?: Record<string, string>
}

export type ScoreCase = {
  platform: Platform
  course: SimulatedCourse
  column: Column
  person: SimulatedPerson
  /** Changed in place when the score is taken. */
  cell: Cell
  score: Record<string, unknown>
  now: Date
}

/** Everything in which Canvas and Moodle differ. A new behaviour of one of them is a new member here. */
export type Dialect = {
  label: 'Canvas' | 'Moodle'
  paths: Record<'authorization' | 'token' | 'jwks' | 'openidConfiguration' | 'registration', string>
  /** Express patterns; `:course` and `:item` are what findServiceCourse and the column ids understand. */
  servicePaths: Record<ServicePath, string>
  idTokenSeconds: number
  /** Login initiation: a 302 with a query, or a form that posts itself. */
  startsLoginBy: 'redirect' | 'form'
  /** Name of the frame that keeps the tool's storage, where there is one. */
  storageTarget: string | undefined
  /** The key set of tokens and media types is taken to the letter: exact Accept and Content-Type or 400. */
  exactMedia: boolean
  /** Seconds a tool's clock may run ahead before its assertion is refused. */
  iatAheadSeconds: number
  /** Seconds after `iat` at which an assertion or deep linking answer is stale; undefined: only `exp` counts. */
  iatMaxAgeSeconds: number | undefined
  tokenContentType: string

  toolIds(platform: Platform, number: number): { clientId: string; deploymentId: string }
  contextId(platform: Platform, course: SimulatedCourse): string
  resourceLinkId(platform: Platform, course: SimulatedCourse, link: SimulatedLink): string
  launchRoles(person: SimulatedPerson): string[]
  rosterRoles(person: SimulatedPerson): string[]
  /** The profile's own claims; the ones every platform sends alike are in launch/id-token.ts. */
  claims(platform: Platform, launch: Launch): Record<string, unknown>
  /** Value of a `$Variable` in a custom parameter; undefined leaves it standing as it is. */
  variable(platform: Platform, launch: Launch, name: string): string | undefined

  findServiceCourse(platform: Platform, id: string): SimulatedCourse | undefined
  lineItemsUrl(platform: Platform, tool: Tool, course: SimulatedCourse): string
  lineItemUrl(platform: Platform, tool: Tool, course: SimulatedCourse, column: Column): string
  membershipsUrl(platform: Platform, tool: Tool, course: SimulatedCourse): string
  /** Refuses a service request as a whole (a missing `type_id`, for example), before it is looked at. */
  refuseRequest(tool: Tool, url: URL): Answer | undefined
  /** What a line item of another course or tool is answered. */
  foreignItem: Answer
  /** Default and greatest number of entries on a page; 0: no paging unless `limit` is sent. */
  page: { memberships: { default: number; greatest: number }; items: { default: number; greatest: number } }
  nextPage(current: URL, from: { page: number; limit: number; offset: number }, kind: 'memberships' | 'items'): string

  lineItemBody(platform: Platform, column: Column): Record<string, unknown>
  /** Changes the cell and answers, or answers a refusal and leaves it alone. */
  takeScore(scoreCase: ScoreCase): Answer
  /** Whether a score sent for this person is thinkable at all. */
  refuseLearner(person: SimulatedPerson | undefined): Answer | undefined
  refuseDelete(column: Column): Answer | undefined
  resultBody(cell: Cell, column: Column, itemUrl: string): Record<string, unknown>

  registrationReply(tool: Tool, request: Record<string, unknown>): Record<string, unknown>
  refuseRegistration(request: Record<string, unknown>): Answer | undefined
  openidConfiguration(platform: Platform): Record<string, unknown>
}

/** The state's cell for a learner in a column, made on first use. */
export function cellOf(state: State, columnId: string, personId: string): Cell {
  const known = state.cells.find((cell) => cell.columnId === columnId && cell.personId === personId)
  if (known !== undefined) return known
  const cell: Cell = { columnId, personId, score: null, comments: [], attempts: [], timestamp: null, arrivedAt: null }
  state.cells.push(cell)
  return cell
}
