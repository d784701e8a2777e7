import { issueSpaceSession } from '@copractice/services/directory'
import type { Db } from '@copractice/store/database'
import {
  HILLSIDE_INSTRUCTOR,
  HILLSIDE_LEARNERS,
  PARTNERS,
  RIVERSIDE_INSTRUCTOR,
  RIVERSIDE_LEARNERS,
  type DemoPerson,
} from './people.ts'
import type { DemoDirectory } from './seed-directory.ts'
import { launch, visitWith, type Visit } from './visit.ts'
import {
  ACTION_PLAN_DRAFTS,
  ACTION_PLAN_ROUND,
  ACTION_PLAN_RUBRIC,
  PARTNER_MAP_ROUND,
  PARTNER_MAP_RUBRIC,
  PARTNER_MAPS,
  POSTS,
  REVIEW_COMMENTS,
} from './words.ts'

export type DemoPlaces = Readonly<{ tool: string; canvas: string; moodle: string }>

/** Who finds one review left to write, so that a visitor can write it: one at each campus. */
const LEFT_TO_THE_VISITOR = [RIVERSIDE_LEARNERS[0].name, HILLSIDE_LEARNERS[0].name]
const DAY = 86_400_000

/**
 * The sample people do, through the servers, what people do: open their course's link, join, answer the prompt, say
 * whether they come, hand in work and review one another. Nothing is written past the rules.
 */
export async function seedLife(db: Db, directory: DemoDirectory, places: DemoPlaces, now: Date): Promise<void> {
  const people = await enter(db, directory, places, now)
  await join(db, directory, people)
  await talk(people)
  await partnerMapRound(people, now)
  await actionPlanRound(people, now)
}

type People = Readonly<{ instructor: Visit; members: ReadonlyMap<string, Visit> }>

async function enter(
  db: Db,
  { networkId, cohortId, partners }: DemoDirectory,
  places: DemoPlaces,
  now: Date,
): Promise<People> {
  const { tool, canvas, moodle } = places
  const fromCanvas = (who: DemoPerson) =>
    launch(tool, canvas, { course: 'cep-610', link: 'willow', person: who.lmsId! })
  const fromMoodle = (who: DemoPerson) =>
    launch(tool, moodle, { course: 'edu-455', link: 'willow', person: who.lmsId! })

  const instructor = await fromCanvas(RIVERSIDE_INSTRUCTOR)
  await fromMoodle(HILLSIDE_INSTRUCTOR)
  const members = new Map<string, Visit>()
  for (const learner of RIVERSIDE_LEARNERS) members.set(learner.name, await fromCanvas(learner))
  for (const learner of HILLSIDE_LEARNERS) members.set(learner.name, await fromMoodle(learner))
  for (const [index, personId] of partners.entries()) {
    const session = await issueSpaceSession(db, { networkId, personId, cohortId, courseLinkId: null }, now)
    members.set(PARTNERS[index]!.name, visitWith(tool, session.token))
  }
  return { instructor, members }
}

/** The partners were seated by the coordinator; the learners join by their own act. Then one of them is made chair. */
async function join(db: Db, { networkId, cohortId }: DemoDirectory, { members }: People): Promise<void> {
  for (const learner of [...RIVERSIDE_LEARNERS, ...HILLSIDE_LEARNERS]) {
    const visit = members.get(learner.name)!
    await visit.call('POST', '/api/cohort/join')
    if (learner.pronouns) await visit.call('PATCH', '/api/me', { pronouns: learner.pronouns })
  }
  await db
    .updateTable('seat')
    .set({ kind: 'chair' })
    .where('network_id', '=', networkId)
    .where('cohort_id', '=', cohortId)
    .where('person_id', 'in', (query) =>
      query.selectFrom('person').select('id').where('network_id', '=', networkId).where('name', '=', 'Paul Bergeron'),
    )
    .execute()
}

type Home = Readonly<{ prompt: { id: string }; nextMeeting: { id: string } }>

async function talk({ members }: People): Promise<void> {
  const first = members.values().next().value!
  const { prompt, nextMeeting } = await first.call<Home>('GET', '/api/cohort/home')
  let before: string | undefined
  for (const { by, text, ...post } of POSTS) {
    const parent = 'reply' in post && before ? { parentId: before } : {}
    const { id } = await members
      .get(by)!
      .call<{ id: string }>('POST', `/api/prompts/${prompt.id}/posts`, { body: text, ...parent })
    before = id
  }
  for (const [index, visit] of [...members.values()].entries()) {
    if (index % 4 === 0) continue
    await visit.call('POST', `/api/meetings/${nextMeeting.id}/answer`, { answer: index % 7 === 5 ? 'no' : 'yes' })
  }
}

const setUp = (now: Date, submitInDays: number, reviewInDays: number) => ({
  submitUntil: new Date(now.getTime() + submitInDays * DAY).toISOString(),
  reviewUntil: new Date(now.getTime() + reviewInDays * DAY).toISOString(),
  timeZone: 'America/New_York',
  reviewsPerSubmission: 3,
  anonymity: 'double',
  sameCampus: 'avoid',
  workMaximum: 20,
  reviewingMaximum: 10,
})

async function openRound({ instructor }: People, round: object): Promise<string> {
  const { roundId } = await instructor.call<{ roundId: string }>('POST', '/api/rounds', round)
  await instructor.call('POST', `/api/rounds/${roundId}/open`)
  return roundId
}

async function handIn(visit: Visit, roundId: string, body: string): Promise<void> {
  await visit.call('PUT', `/api/rounds/${roundId}/submission`, { body, basedOn: null })
  await visit.call('POST', `/api/rounds/${roundId}/submission/hand-in`)
}

/** Reviewed by everyone except for one review at each campus, which the visitor can write. */
async function partnerMapRound(people: People, now: Date): Promise<void> {
  const round = { ...PARTNER_MAP_ROUND, ...setUp(now, 2, 9), rubric: PARTNER_MAP_RUBRIC, seed: 7 }
  const roundId = await openRound(people, round)
  for (const [index, visit] of [...people.members.values()].entries()) {
    await handIn(visit, roundId, PARTNER_MAPS[index]!)
  }
  await people.instructor.call('POST', `/api/rounds/${roundId}/allocate`, { preview: false, withoutWork: false })
  for (const [name, visit] of people.members) await review(visit, name)
}

type ToReview = Readonly<{ items: readonly Readonly<{ assignmentId: string }>[] }>

async function review(visit: Visit, name: string): Promise<void> {
  const leave = LEFT_TO_THE_VISITOR.includes(name) ? 1 : 0
  const { items } = await visit.call<ToReview>('GET', '/api/reviews')
  for (const { assignmentId } of items.slice(0, items.length - leave)) {
    const { work } = await visit.call<{ work: { body: string } }>('GET', `/api/reviews/${assignmentId}`)
    const basis = work.body.length + name.length
    const marks = PARTNER_MAP_RUBRIC.criteria.map(({ id, levels }, position) => ({
      criterionId: id,
      points: levels[Math.min(levels.length - 1, 1 + ((basis + position) % (levels.length - 1)))]!.points,
      comment: REVIEW_COMMENTS[(basis + position) % REVIEW_COMMENTS.length]!,
    }))
    const comment = REVIEW_COMMENTS[basis % REVIEW_COMMENTS.length]!
    await visit.call('POST', `/api/reviews/${assignmentId}/file`, { marks, comment, basedOn: null })
  }
}

/** Open for work: three have handed in, and the one whom the tour follows has begun. */
async function actionPlanRound(people: People, now: Date): Promise<void> {
  const round = { ...ACTION_PLAN_ROUND, ...setUp(now, 12, 20), rubric: ACTION_PLAN_RUBRIC }
  const roundId = await openRound(people, round)
  const authors = ['Daniel Oyelaran', 'Hannah Weiss', 'Denise Carter']
  for (const [index, name] of authors.entries()) {
    await handIn(people.members.get(name)!, roundId, ACTION_PLAN_DRAFTS[index]!)
  }
  const begun = `${ACTION_PLAN_DRAFTS[0].split('. ')[0]}.`
  await people.members
    .get(RIVERSIDE_LEARNERS[0].name)!
    .call('PUT', `/api/rounds/${roundId}/submission`, { body: begun, basedOn: null })
}
