import type { GradeColumn } from '@copractice/core/gradebook'
import type { CourseId, NetworkId, PersonId, PlatformId, RegionId, RoundId } from '@copractice/core/kernel'
import { startLmsSimulator, type Profile } from '@copractice/lms-simulator'
import { addCohort, addRound } from '@copractice/services/testing'
import { ensureLineItems, insertDeliveries } from '@copractice/store/gradebook'
import { openTool } from './open-tool.ts'

const AGS = 'https://purl.imsglobal.org/spec/lti-ags/claim/endpoint'

/** A learner of the course, as the LMS has them. */
export const learner = (id: string) => ({
  id,
  name: `Person ${id}`,
  givenName: 'Person',
  familyName: id,
  email: `${id}@x.example`,
  role: 'learner' as const,
})

export type OpenCourse = Awaited<ReturnType<typeof openCourse>>
/** `clock`: the tool's and the LMS's. `now`: when rounds begin, work is handed in and scores are published. */
type Options = Readonly<{
  profile: Profile
  learners: readonly string[]
  now: () => Date
  clock?: () => Date
  keepsKeySetsSeconds?: number
}>

/** A course of a strict LMS, known to the tool, whose cohort has one round after another with scores for its gradebook. */
export async function openCourse({ profile, learners, now, clock, keepsKeySetsSeconds }: Options) {
  const tool = await openTool(clock)
  const lms = await startLmsSimulator({
    profile,
    name: 'Riverside State',
    port: 0,
    ...(clock && { clock }),
    ...(keepsKeySetsSeconds && { keepsKeySetsSeconds }),
    courses: [
      {
        id: 'c',
        title: 'C',
        label: 'C',
        term: 'T',
        people: [...learners, 'gone'].map(learner),
        links: [{ id: 'l', title: 'L', kind: 'navigation' }],
      },
    ],
  })
  const platformId = (await tool.connect(lms)).platformId as PlatformId
  const networkId = tool.networkId as NetworkId
  const network_id = networkId
  const ids = await tool.db
    .insertInto('person')
    .values([...learners, 'gone'].map((name) => ({ network_id, name, pronouns: null, email: null, time_zone: null })))
    .returning(['id', 'name'])
    .execute()
  const people = new Map(ids.map(({ id, name }) => [name!, id as PersonId]))
  const { lineitems: lineItemsUrl } = lms.idTokenClaims()[AGS] as { lineitems: string }
  const course = await tool.db
    .insertInto('course')
    .values({
      network_id,
      platform_id: platformId,
      deployment_id: '1',
      context_id: 'c',
      title: 'C',
      label: null,
      lineitems_url: lineItemsUrl,
      memberships_url: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  const courseId = course.id as CourseId
  const region = await tool.db
    .insertInto('region')
    .values({ network_id, name: 'R' })
    .returning('id')
    .executeTakeFirstOrThrow()
  await tool.db.insertInto('policy_pack').values({ network_id, version: 1, limits: '{}' }).execute()
  const cohortId = await addCohort(tool.db, { networkId, regionId: region.id as RegionId }, 'Willow')

  /** The one that everything below is about. */
  let roundId: RoundId
  const startRound = async (): Promise<RoundId> => {
    const seeded = { networkId, cohortId, people: { rosa: people.get(learners[0]!)! } }
    roundId = await addRound(tool.db, seeded, now(), { title: `Round at ${performance.now()}` })
    return roundId
  }
  /** Everybody's work, so that a score for it is an attempt in Canvas. */
  const handIn = async () => {
    const work = { network_id, round_id: roundId, body: 'A plan', status: 'submitted' as const }
    const at = { saved_at: now(), submitted_at: now() }
    const works = learners.map((id) => ({ ...work, ...at, author_id: people.get(id)! }))
    await tool.db.insertInto('submission').values(works).execute()
  }
  /** Puts one score per learner and column on its way. */
  const publish = (
    scores: Readonly<Record<string, number>>,
    column: GradeColumn = 'work',
    { comment = '', withdraws = false } = {},
  ) =>
    tool.db.transaction().execute(async (trx) => {
      const item = { courseId, column, label: `${roundId}: ${column}`, maximum: 20 }
      const lineItem = await ensureLineItems(trx, networkId, roundId, [item])
      const deliveries = Object.entries(scores).map(([lmsUserId, score]) => ({
        lineItemId: lineItem(courseId, column),
        courseId,
        personId: people.get(lmsUserId)!,
        lmsUserId,
        score,
        maximum: 20,
        comment,
        withdraws,
      }))
      await insertDeliveries(trx, { networkId, roundId, publishedBy: people.get(learners[0]!)! }, deliveries, now())
    })
  const columnsMade = () => lms.gradebook('c').columns.filter(({ resourceId }) => resourceId === roundId)
  /** The cells of a column that hold a score; none while the column is not made. */
  const held = (column: GradeColumn = 'work') => {
    const { cells } = lms.gradebook('c')
    const made = columnsMade().find(({ tag }) => tag === column)
    return cells.filter(({ columnId, score }) => columnId === made?.id && score !== null)
  }
  const scoresHeld = (column?: GradeColumn) =>
    Object.fromEntries(held(column).map(({ personId, score }) => [personId, score]))
  const close = async () => {
    await lms.close()
    await tool.close()
  }
  return {
    tool,
    lms,
    networkId,
    platformId,
    courseId,
    lineItemsUrl,
    people,
    startRound,
    handIn,
    publish,
    columnsMade,
    held,
    scoresHeld,
    close,
  }
}
