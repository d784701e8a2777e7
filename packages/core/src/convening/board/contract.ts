import * as z from 'zod'
import { CohortFinding } from '../../cohort/create-cohort-contract.ts'
import { AFFILIATIONS } from '../../directory/affiliation.ts'
import { CampusMark } from '../../directory/person-seen.ts'
import { TimeZone } from '../../directory/time-zone.ts'
import { CohortId, ConveningId } from '../../kernel/ids.ts'
import { Day, Instant, route } from '../../kernel/route.ts'
import { BOARD_ENTRIES } from './board-history.ts'
import { BoardChange } from './change-board.ts'

const params = z.object({ conveningId: ConveningId })
const path = '/api/convenings/:conveningId/placement'

/** Why somebody has no place, why a move is forbidden, or what is wrong with a cohort: cohorts and people by name. */
const Reason = z.object({
  code: z.string(),
  facts: z.record(z.string(), z.union([z.string(), z.number(), z.array(z.string())])),
})
export type Reason = z.infer<typeof Reason>

const Policy = z.strictObject({
  seats: z.int().min(1).max(200),
  minimum: z.int().min(1).max(200),
  commonSlots: z.int().min(1).max(200),
})

const ChangeSeen = z.object({
  version: z.int(),
  kind: z.enum(BOARD_ENTRIES),
  at: Instant,
  by: z.string().nullable(),
  isMine: z.boolean(),
  people: z.array(z.string()),
  from: z.string().nullable(),
  to: z.string().nullable(),
  count: z.int(),
})
export type ChangeSeen = z.infer<typeof ChangeSeen>

const CohortSeen = z.object({
  key: z.string(),
  name: z.string(),
  /** Made, with its seats, when the board was committed. */
  cohortId: CohortId.nullable(),
  chair: z.string(),
  members: z.array(z.string()),
  /** Weekly times that everybody of them can keep. */
  slots: z.array(z.string()),
  /** Rules that are broken since somebody cancelled. */
  blocks: z.array(Reason),
  /** Who is the only one of their campus or kind: to be avoided, not forbidden. */
  alone: z.array(z.string()),
})
export type CohortSeen = z.infer<typeof CohortSeen>

const PersonOnBoard = z.object({
  id: z.string(),
  name: z.string(),
  institution: CampusMark,
  affiliation: z.enum(AFFILIATIONS),
  canChair: z.boolean(),
  isPinned: z.boolean(),
  isSeated: z.boolean(),
  /** Signed up after the board was solved. */
  isLate: z.boolean(),
})
export type PersonOnBoard = z.infer<typeof PersonOnBoard>

/**
 * Why the last solve broke off. `placement.not_taken`: nothing that solves boards was running. `placement.gave_up`: whatever
 * process took it ended before it was done, each time.
 */
export const SolveFailure = z.enum(['placement.fault', 'placement.not_taken', 'placement.gave_up'])

const BoardSeen = z.object({
  version: z.int(),
  state: z.enum(['solving', 'open', 'committed', 'failed']),
  seed: z.int(),
  policy: Policy,
  cohorts: z.array(CohortSeen),
  people: z.array(PersonOnBoard),
  /** `cohort`: the key of one they fit as it stands. */
  unplaced: z.array(z.object({ id: z.string(), why: Reason, cohort: z.string().nullable() })),
  objective: z.int(),
  /** What no placement of these people can pass; null when people or limits have changed since it was worked out. */
  bound: z.int().nullable(),
  /** How many the bound supposes to stay where they were. */
  boundKeeps: z.int(),
  assumed: z.object({ language: z.string(), people: z.int() }),
  solving: z
    .object({
      since: Instant,
      step: z.int(),
      steps: z.int(),
      objective: z.int().nullable(),
      bound: z.int().nullable(),
    })
    .nullable(),
  failure: SolveFailure.nullable(),
  undo: ChangeSeen.nullable(),
  redo: ChangeSeen.nullable(),
  /** The latest, newest first. */
  changes: z.array(ChangeSeen),
  committedAt: Instant.nullable(),
  /** What a commit would make now. */
  pending: z.object({ cohorts: z.int(), people: z.int() }),
})
export type BoardSeen = z.infer<typeof BoardSeen>

export const showPlacement = route({
  method: 'GET',
  path,
  params,
  response: z.object({
    convening: z.object({ name: z.string(), timeZone: z.string(), startsAt: Instant.nullable() }),
    /** People who hold a place at the convening. */
    registered: z.int(),
    /** What the network's policy says, to begin with. */
    limits: Policy,
    board: BoardSeen.nullable(),
  }),
  refusals: ['directory.not_found'],
})

const CHANGED = ['directory.not_found', 'placement.changed', 'placement.solving'] as const

/**
 * Solves the placement, anew or around what is pinned (`keepPins`). Few people are placed before it answers; more by a
 * job, whose progress `showPlacement` tells. `version`: of the board one saw, 0 when there was none.
 */
export const solvePlacementRoute = route({
  method: 'POST',
  path: `${path}/solve`,
  params,
  body: z.strictObject({
    version: z.int().min(0),
    seed: z.int().min(0).max(4_294_967_295),
    policy: Policy.refine(({ minimum, seats }) => minimum <= seats, { path: ['minimum'] }),
    keepPins: z.boolean(),
  }),
  response: z.object({ version: z.int(), state: z.enum(['solving', 'open', 'failed']) }),
  refusals: [...CHANGED, 'placement.nobody', 'placement.committed'],
})

export const BOARD_BLOCKS = [
  'placement.full',
  'placement.times',
  'placement.language',
  'placement.apart',
  'placement.with',
  'placement.minimum',
  'placement.chair',
  'placement.seated',
  'placement.unknown',
  'placement.cannot_chair',
  'placement.name_taken',
  'placement.nobody_fits',
  'placement.same_cohort',
] as const

/** Facts of `placement.changed` hold what others did since, oldest first, as `ChangeSeen`. */
export const changePlacement = route({
  method: 'POST',
  path: `${path}/changes`,
  params,
  body: z.strictObject({ version: z.int(), change: BoardChange }),
  response: z.object({ version: z.int() }),
  refusals: [...CHANGED, ...BOARD_BLOCKS],
})

export const stepPlacement = route({
  method: 'POST',
  path: `${path}/steps`,
  params,
  body: z.strictObject({ version: z.int(), step: z.enum(['undo', 'redo']) }),
  response: z.object({ version: z.int() }),
  refusals: [...CHANGED, 'placement.nothing_to_step', 'placement.step_blocked'],
})

const Elsewhere = z.object({
  cohort: z.string(),
  block: Reason.nullable(),
  /** Shared times of that cohort now, and with them. */
  sharedNow: z.int(),
  sharedThen: z.int(),
  change: z.int(),
  /** Others who would come along, and who would be the only one of their campus or kind. */
  along: z.array(z.string()),
  alone: z.array(z.string()),
})
export type Elsewhere = z.infer<typeof Elsewhere>

const Shared = z.array(z.object({ name: z.string(), others: z.int() }))

/** Why somebody sits where they sit, and what each move of them would mean, by the rules as they are now. */
export const weighPlacement = route({
  method: 'GET',
  path: `${path}/people/:personId`,
  params: params.extend({ personId: z.string().min(1).max(200) }),
  response: z.object({
    version: z.int(),
    id: z.string(),
    /** Null when they have no place. */
    here: z
      .object({
        cohort: z.string(),
        isChair: z.boolean(),
        sharedSlots: z.int(),
        othersOfCampus: z.int(),
        othersOfKind: z.int(),
        interests: Shared,
        languages: Shared,
        wishedForHere: z.int(),
        apartKept: z.int(),
        /** Their own points without the place, of 40. */
        comfort: z.int(),
      })
      .nullable(),
    slots: z.array(z.string()),
    elsewhere: z.array(Elsewhere),
    /** Why they may not give up their place; null when they may. */
    away: Reason.nullable(),
  }),
  refusals: ['directory.not_found', 'placement.unknown'],
})

/** Meetings of each cohort at one of its shared times, weekly. Null: they are planned afterwards, cohort by cohort. */
const MeetingPlan = z.strictObject({
  /** No meeting before this day. */
  from: Day,
  count: z.int().min(1).max(30),
  everyWeeks: z.int().min(1).max(8),
  minutes: z.int().min(15).max(600),
  place: z.string().trim().max(300).nullable(),
  joinUrl: z
    .url({ protocol: /^https$/ })
    .max(2000)
    .nullable(),
  /** The time of a cohort by its key; the first that all share where none is named. */
  slots: z.record(z.string(), z.string()),
  /** Such as "Meeting {number}", in the coordinator's language. */
  title: z.string().trim().min(1).max(140),
})
export type MeetingPlan = z.infer<typeof MeetingPlan>

/**
 * Makes the cohorts of the board with their seats, meetings and invitations, all in one transaction or nothing; what was
 * committed before stays, and only who is new is seated. `dryRun` says what it would do and what the rules say of it.
 */
export const commitPlacement = route({
  method: 'POST',
  path: `${path}/commit`,
  params,
  body: z.strictObject({
    version: z.int(),
    dryRun: z.boolean(),
    theme: z.string().trim().min(1).max(200),
    timeZone: TimeZone,
    submissionDeadline: Instant.nullable(),
    meetings: MeetingPlan.nullable(),
    /** Why it goes ahead in spite of warnings. */
    reason: z.string().trim().min(1).max(500).nullable(),
  }),
  response: z.object({
    version: z.int(),
    committed: z.boolean(),
    invited: z.int(),
    withoutAddress: z.int(),
    cohorts: z.array(
      z.object({
        key: z.string(),
        name: z.string(),
        id: CohortId.nullable(),
        isNew: z.boolean(),
        seats: z.int(),
        slot: z.string().nullable(),
        meetings: z.array(Instant),
        findings: z.array(CohortFinding),
      }),
    ),
  }),
  refusals: [
    ...CHANGED,
    'placement.nothing',
    'placement.broken',
    'placement.no_slot',
    'placement.seat_taken',
    'cohort.blocked',
    'cohort.needs_reason',
    'cohort.name_taken',
    'cohort.person_unknown',
  ],
})
