import { checkCohort, type CohortDraft } from '@copractice/core/cohort'
import {
  answerOf,
  diffBoards,
  unplacedOf,
  type BoardCohort,
  type commitPlacement as contract,
} from '@copractice/core/convening/board'
import { checkPlacement } from '@copractice/core/convening/placement'
import type { Actor } from '@copractice/core/directory'
import {
  ok,
  refuse,
  type CohortId,
  type ConveningId,
  type Refusal,
  type RefusalCode,
  type Result,
  type RouteInput,
  type RouteOutput,
} from '@copractice/core/kernel'
import { lockSeatsOfCohorts } from '@copractice/store/cohort'
import { findConveningToKeep } from '@copractice/store/convening'
import { insertPlacementChange, updatePlacementBoard } from '@copractice/store/convening/placement'
import type { Db, Trx } from '@copractice/store/database'
import { audit, scopeOf } from '../../directory/administrator.ts'
import { createCohortIn, loadComposing, seatPeopleIn } from '../../cohort/index.ts'
import { openPlacement } from './change-placement.ts'
import type { Placement } from './load-placement.ts'
import { isWeeklyTime, planMeetings } from './plan-meetings.ts'
import { tellReason } from './tell-reason.ts'

type Committing = RouteInput<typeof contract>['body'] & Readonly<{ conveningId: ConveningId }>
type Committed = RouteOutput<typeof contract>
type CommitRefusal = Refusal<RefusalCode<typeof contract>>
type Made = Committed['cohorts'][number] & Readonly<{ mailed: number }>
/** `spaceUrl`: where people without an LMS sign in. */
type Deps = Readonly<{ db: Db; spaceUrl: string }>

/** Undoes the whole transaction and carries what to answer out of it. */
class GivenUp extends Error {
  readonly answer: Result<Committed, CommitRefusal>
  constructor(answer: Result<Committed, CommitRefusal>) {
    super('given up')
    this.answer = answer
  }
}

/**
 * Makes the cohorts of a board, with seats, meetings and invitations, or nothing of it: each cohort by the rules that any
 * cohort is made by, and each later seat by the rules of joining. A dry run does the same and takes it back.
 */
export async function commitPlacement(
  { db, spaceUrl }: Deps,
  actor: Actor,
  asked: Committing,
  now: Date,
): Promise<Result<Committed, CommitRefusal>> {
  try {
    return await db.transaction().execute(async (trx): Promise<Result<Committed, CommitRefusal>> => {
      const opened = await openPlacement(trx, actor, asked, now)
      if (!opened.ok) return opened
      const placement = opened.value
      const { board, problem, kept } = placement
      const cohorts = answerOf(problem, board)
      const [broken] = checkPlacement(problem, { cohorts, unplaced: unplacedOf(problem, board) })
      if (broken) return refuse('placement.broken', tellReason(placement, broken))
      const todo = board.cohorts.filter(({ seated, members }) => seated.length < members.length)
      if (!todo.length) return refuse('placement.nothing', {})

      // Before the first is seated: the board has them in an order of its own.
      await lockSeatsOfCohorts(
        trx,
        actor.networkId,
        todo.flatMap(({ cohortId }) => (cohortId as CohortId | null) ?? []),
      )
      const region = (await findConveningToKeep(trx, scopeOf(actor), asked.conveningId))!.region.id
      const made: Made[] = []
      for (const cohort of todo) {
        const slots = cohorts[board.cohorts.indexOf(cohort)]!.slots
        const step = { trx, spaceUrl, actor, placement, asked, region, now }
        made.push(cohort.cohortId ? await seatLate(step, cohort) : await makeCohort(step, cohort, slots))
      }
      const layout = {
        pinned: [],
        cohorts: board.cohorts.map((cohort) => {
          const id = made.find(({ key }) => key === cohort.key)?.id ?? cohort.cohortId
          return { ...cohort, cohortId: id, seated: cohort.members }
        }),
      }
      const people = made.reduce((sum, { seats }) => sum + seats, 0)
      const invited = made.reduce((sum, { mailed }) => sum + mailed, 0)
      const version = kept.version + 1
      const answer = ok({
        version: asked.dryRun ? kept.version : version,
        committed: !asked.dryRun,
        invited,
        withoutAddress: people - invited,
        cohorts: made,
      })
      if (asked.dryRun) throw new GivenUp(answer)

      const at = { networkId: actor.networkId, boardId: kept.id }
      const told = { people: [], from: null, to: todo.length === 1 ? todo[0]!.name : null, count: people }
      const patch = diffBoards(board, layout)
      const entry = { version, kind: 'committed', of: null, at: now, byId: actor.personId, told, patch } as const
      await insertPlacementChange(trx, at, entry)
      const done = { committedAt: now, committedBy: actor.personId }
      await updatePlacementBoard(trx, kept, { version, state: 'committed', layout, ...done })
      const facts = { cohorts: made.map(({ name }) => name), people, invited, regionId: region }
      const subject = `convening:${asked.conveningId}`
      await audit(trx, actor, { action: 'placement.committed', subject, facts }, now)
      return answer
    })
  } catch (error) {
    if (error instanceof GivenUp) return error.answer
    throw error
  }
}

type Step = Readonly<{
  trx: Trx
  spaceUrl: string
  actor: Actor
  placement: Placement
  asked: Committing
  region: CohortDraft['regionId']
  now: Date
}>

const giveUp = (code: CommitRefusal['code'], facts: unknown): never => {
  throw new GivenUp({ ok: false, refusal: { code, facts } })
}

async function makeCohort(step: Step, cohort: BoardCohort, slots: readonly string[]): Promise<Made> {
  const { trx, spaceUrl, actor, placement, asked, region, now } = step
  const { key, name } = cohort
  const slot = asked.meetings ? slotOf(asked.meetings.slots[key], slots) : null
  if (asked.meetings && slot === null) giveUp('placement.no_slot', { cohort: name })
  const draft: CohortDraft = {
    regionId: region,
    name,
    theme: asked.theme,
    timeZone: asked.timeZone,
    conveningId: asked.conveningId,
    submissionDeadline: asked.submissionDeadline,
    seats: cohort.members.map((id) => {
      const person = placement.byId.get(id)!
      const kind = id === cohort.chair ? ('chair' as const) : ('participant' as const)
      return { personId: person.personId, institutionId: person.institution.id, kind, isWaitlisted: false }
    }),
    meetings: asked.meetings && slot !== null ? planMeetings(slot, asked.timeZone, asked.meetings) : [],
  }
  const meetings = draft.meetings.map(({ startsAt }) => startsAt)
  const told = { key, name, isNew: true, seats: draft.seats.length, slot, meetings }
  if (!asked.dryRun) {
    const created = await createCohortIn(trx, spaceUrl, actor, { ...draft, reason: asked.reason }, now)
    if (!created.ok) return giveUp(created.refusal.code, { ...created.refusal.facts, cohort: name })
    return { ...told, id: created.value.id, findings: [], mailed: created.value.invited }
  }
  const loaded = await loadComposing(trx, actor, draft, now)
  if (!loaded.ok) return giveUp(loaded.refusal.code, { ...loaded.refusal.facts, cohort: name })
  const { context, people } = loaded.value
  const mailed = draft.seats.filter(({ personId }) => people.get(personId)?.email).length
  return { ...told, id: null, findings: [...checkCohort(draft, context)], mailed }
}

/** The time a coordinator chose if all of the cohort keep it; without a choice, their first. */
function slotOf(chosen: string | undefined, slots: readonly string[]): string | null {
  const weekly = slots.filter(isWeeklyTime)
  if (chosen !== undefined) return weekly.includes(chosen) ? chosen : null
  return weekly[0] ?? null
}

/** Seats for those who came after the cohort was made; nobody waits behind another's back. */
async function seatLate({ trx, spaceUrl, actor, placement, now }: Step, cohort: BoardCohort): Promise<Made> {
  const { key, name } = cohort
  const cohortId = cohort.cohortId as CohortId
  const late = cohort.members.filter((id) => !cohort.seated.includes(id)).map((id) => placement.byId.get(id)!)
  const people = late.map(({ personId, institution }) => ({ personId, institutionId: institution.id }))
  const added = await seatPeopleIn(trx, spaceUrl, actor, { cohortId, people }, now)
  if (!added.ok) {
    const { facts } = added.refusal
    const first = late.find(({ personId }) => 'personId' in facts && personId === facts.personId)
    return giveUp('placement.seat_taken', { cohort: name, person: first?.name ?? null })
  }
  const none = { slot: null, meetings: [], findings: [] }
  return { key, name, id: cohortId, isNew: false, seats: late.length, ...none, mailed: added.value.mailed }
}
